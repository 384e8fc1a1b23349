"""What the commands that print share: whom, where to, and what is said of the file."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard.cli import output
from relcard.cli import params
from relcard.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.print_cards import PrintRun
    from relcard.services.print_cards import Skipped

MODES = click.Choice(["hand", "label"])
_SHOWN = 20
_PARAMETERS = {"who": "who_"}  # of the command, where it is called otherwise than in the job


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every print command is told: whom it is for, where the PDF goes, how the run is reported."""

    who: tuple[str, ...]
    path: str | None
    season: str | None
    segment: str | None
    everybody: bool
    as_json: bool


def takes_job(command: Callable[..., int]) -> Callable[..., int]:
    """Give a print command the options all of them share, as one argument `job`."""

    @wraps(command)
    def told(*args: object, **options: Any) -> int:
        job = Job(**{one.name: options.pop(_PARAMETERS.get(one.name, one.name)) for one in fields(Job)})
        return command(*args, job=job, **options)

    for decorate in (
        params.as_json,
        click.option("--all", "everybody", is_flag=True, help="Every household with an address."),
        params.segment,
        params.season,
        click.option(
            "-o",
            "path",
            type=params.OUT_FILE,
            metavar="FILE",
            help="The PDF; else a plain name in this folder.",
        ),
        click.argument("who_", metavar="[WHO...]", nargs=-1),
    ):
        told = decorate(told)
    return told


def write(job: Job, run: PrintRun, *, desk: Desk, name: str, noun: str, nouns: str = "") -> int:
    """Write the PDF and say what it holds and who is not on it; exit code 5 when somebody is missing.

    `name` is that of the file where the job says none.
    """
    name = job.path or name
    missing = [one for one in run.skipped if "by hand" not in one.reason]
    if run.data:
        write_atomically(Path(name), run.data)
    if job.as_json:
        files = [
            {
                "path": name,
                "pages": run.pages,
                "items": run.items,
                "skipped": [{"who": one.who, "reason": one.reason} for one in run.skipped],
            }
        ]
        output.say_json("files", files)
    elif not run.data:
        output.say("  Nothing was printed.")
        say_skipped(run.skipped)
        if not run.skipped:
            output.say("  There is nobody to print for. Put them in with: relcard season add WHO")
        if len(missing) < len(run.skipped):
            output.say(f"  To print those addressed by hand too: {output.accent('--address-mode label')}")
    elif not desk.quiet:
        pages = output.plural(run.pages, "page")
        output.say(f"  {output.clean(name)}  {output.plural(run.items, noun, nouns)} on {pages}")
        say_skipped(run.skipped)
    return 5 if missing or not run.data else 0


def say_skipped(skipped: Sequence[Skipped]) -> None:
    """Say who is not on the paper, and why: the first twenty."""
    if not skipped:
        return
    output.table(("", ""), [(one.who, one.reason) for one in skipped[:_SHOWN]], flexible=1, indent="    ")
    if len(skipped) > _SHOWN:
        output.say(output.dim(f"    and {len(skipped) - _SHOWN} more"))
