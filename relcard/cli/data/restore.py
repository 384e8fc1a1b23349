"""The store brought back from a backup: restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.sharing.questions import is_terminal
from relcard.domain.text import quoted
from relcard.errors import UndecidedError
from relcard.services.data.restore_store import restore_store
from relcard.services.data.restore_store import rewind_list
from relcard.store.file import backups

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.cli.desk import Desk
    from relcard.services.data.restore_store import Restored
    from relcard.services.data.restore_store import RewoundList

_WITH_PROBLEMS = 5
_KINDS = {
    "contact": "contacts",
    "household": "households",
    "membership": "who lives where",
    "address": "addresses",
    "vcard": "vCards",
    "season": "seasons",
    "recipient": "cards of seasons",
    "not_same": "pairs told apart",
    "alias": "cards merged",
    "cadence": "cadences",
    "through": "go-betweens",
    "print_run": "print runs",
}  # tables as a screen names them; any other with an s


@click.command(short_help="Bring the store back from a backup.")
@click.argument("file", metavar="FILE")
@click.option("--rewind", is_flag=True, help="Take a shared list back to FILE on every laptop, as a step.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@params.dry_run
@params.as_json
@pass_desk
def restore(desk: Desk, file: str, rewind: bool, yes: bool, dry_run: bool, as_json: bool) -> int:
    """Put a backup, or an archive that relcard export made, in the place of the store.

    The file is verified as a whole first, and the store that stands is copied to backups/. A plain name is
    also looked for in backups/.

    Of a list that is shared, what is later than FILE comes back at the next share. With --rewind the store
    stays, and the list and your own book go back to what FILE says, as a step that undo takes back and share
    carries to the other laptop.
    """
    source = backups.named(desk.store, file)
    if not rewind:
        restored = restore_store(
            source,
            desk.store,
            today=desk.today,
            dry_run=dry_run,
            goes_on=lambda later: yes or _goes_on(later, file),
        )
        if restored.is_done or dry_run:
            return _tell_restored(desk, source, restored, as_json=as_json)
    gone_back = rewind_list(source, desk.store, today=desk.today, dry_run=dry_run)
    if as_json:
        output.say_json("rewound", [_rewound_json(source, gone_back)])
    elif not desk.quiet or dry_run:
        _say_rewound(source.name, gone_back, dry_run=dry_run)
    return _say_missing(gone_back.pictures_missing)


def _goes_on(later: int, file: str) -> bool:
    """Whether the store is restored though a shared list has later steps; False: the list is to be rewound.

    Raises `UndecidedError`.
    """
    words = f"{_later(later)} back at the next share."
    answer = "s"
    if is_terminal():
        output.say(f"  {words}", err=True)
        answer = click.prompt(
            "  g go on all the same, r rewind the list for everybody, s stop",
            type=click.Choice(["g", "r", "s"]),
            default="s",
            show_choices=False,
            err=True,
        )
    if answer == "s":
        name = quoted(file)
        raise UndecidedError(
            f"{words} Nothing was changed.",
            hint=f"All the same: relcard restore {name} --yes. To take the list back for everybody, on the "
            f"laptop that made the backup: relcard restore {name} --rewind",
        )
    return answer == "g"


def _later(steps: int) -> str:
    come = "it comes" if steps == 1 else "they come"
    return f"The list is shared and has {output.plural(steps, 'later step')}; {come}"


def _tell_restored(desk: Desk, source: Path, restored: Restored, *, as_json: bool) -> int:
    if as_json:
        output.say_json("restored", [_restored_json(source, restored)])
    elif not desk.quiet:
        _say_restored(source, restored, dry_run=not restored.is_done)
        _say_shared(restored.later_steps, *restored.lists)
    return _say_missing(restored.pictures_missing)


def _say_missing(missing: int) -> int:
    """Say how many pictures are missing; return with what the command ends."""
    if missing:
        are = "picture of a card is" if missing == 1 else "pictures of cards are"
        output.say(f"  {missing} {are} missing; named by: relcard doctor", err=True)
        return _WITH_PROBLEMS
    return 0


def _say_shared(later: int | None, before: str, after: str) -> None:
    """Say of a list on two laptops that what is older than the other's is brought up to date, not undone."""
    if later:
        output.say(f"  {_later(later)} back with {output.accent('relcard share')}")
    elif after != before and after:
        output.say(f"  The backup shares a list: what came since comes with {output.accent('relcard share')}")
    elif before and not after:
        output.say("  The backup shares no list, and with it this laptop does not any more.")


def _rewound_json(source: Path, gone_back: RewoundList) -> output.Json:
    rewound = gone_back.rewound
    return {
        "path": str(source),
        "later_steps": gone_back.later_steps,
        "tables": [{"table": table, **moved._asdict()} for table, moved in rewound.tables.items()],
        "contacts": list(rewound.names),
        "allow_deletes": rewound.mass or None,
        "pictures_missing": gone_back.pictures_missing,
    }


def _say_rewound(name: str, gone_back: RewoundList, *, dry_run: bool) -> None:
    rewound = gone_back.rewound
    if not rewound.tables:
        output.say(f"  Everything is as in {output.clean(name)}: nothing goes back.")
        return
    steps = output.plural(gone_back.later_steps, "later step")
    output.say(f"  {'would be ' if dry_run else ''}as in {output.clean(name)}, without {steps}:")
    rows = [
        (_KINDS.get(table, f"{table}s"), *(str(number or "") for number in moved))
        for table, moved in rewound.tables.items()
    ]
    output.table(("", "gone", "back", "changed"), rows, indent="    ")
    if rewound.names:
        output.say_wrapped(output.some_names(rewound.names))
    if rewound.mass:
        ask = output.accent(f"relcard share --allow-deletes {rewound.mass}")
        output.say(f"  So many contacts go or change that each laptop asks for their number: {ask}")
    if not dry_run:
        back, on = output.accent("relcard undo"), output.accent("relcard share")
        output.say(f"  The other laptop has it with {on}; take it back with {back}")


def _restored_json(source: Path, restored: Restored) -> output.Json:
    return {
        "path": str(source),
        "contacts": restored.contacts,
        "cards": restored.cards,
        "contacts_before": restored.contacts_before,
        "pictures_missing": restored.pictures_missing,
        "later_steps": restored.later_steps,
        "was_sound": restored.was_sound,
        "set_aside": str(restored.set_aside) if restored.set_aside else None,
    }


def _say_restored(source: Path, restored: Restored, *, dry_run: bool) -> None:
    there = output.plural(restored.contacts, "contact")
    cards = output.plural(restored.cards, "vCard")
    if dry_run:
        output.say(f"  {output.clean(str(source))} is whole: {there}, {cards}.")
        output.say(
            f"  The store has {output.plural(restored.contacts_before, 'contact')}; nothing was changed."
        )
        return
    before = f" (before: {restored.contacts_before})" if restored.was_sound else ""
    output.say(f"  restored: {there}, {cards}{before}")
    if restored.set_aside and not restored.was_sound:
        output.say(output.dim(f"  The damaged store is kept: {output.clean(str(restored.set_aside))}"))
    elif restored.set_aside:
        output.say(
            f"  Go back with: {output.accent(f'relcard restore {output.clean(restored.set_aside.name)}')}"
        )
