"""What this run has done so far: the steps it committed and the files it gave a name.

Whoever commits or renames writes it down here, once it is done. A command that then ends badly says what
stands by this record and not by guessing.
"""

from __future__ import annotations

steps: list[str] = []  # the commands whose changes the store keeps
unsynced: list[str] = []  # those of them of which the disk did not say that they are safe
files: list[str] = []  # the paths of what was written


def begin() -> None:
    """Forget what an earlier command of this process did."""
    steps.clear()
    unsynced.clear()
    files.clear()


_DONE = {"undo": "The last step was taken back.", "restore": "The store was brought back."}


def what_stands() -> tuple[str, str]:
    """Return what this run did, in a sentence, and how to see it; twice "" where nothing was done."""
    done, look = "", ""
    if steps:
        words = _DONE.get(steps[0], "The change was made.")
        done = words if len(steps) == 1 else f"{len(steps)} changes were made."
        lists = "list" if "restore" in steps else "history"
        look = f"Do not repeat the command; relcard {lists} shows what stands."
    if files:
        done += f" Written: {files[0]}{f' and {len(files) - 1} more' if len(files) > 1 else ''}."
        look = look or "Look at what was written; the store is as it was."
    return done.lstrip(), look
