"""The store brought back from a backup: restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.services.data.restore_store import restore_store
from relcard.store.file import backups

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.cli.desk import Desk
    from relcard.services.data.restore_store import Restored

_WITH_PROBLEMS = 5


@click.command(short_help="Bring the store back from a backup.")
@click.argument("file", metavar="FILE")
@params.dry_run
@params.as_json
@pass_desk
def restore(desk: Desk, file: str, dry_run: bool, as_json: bool) -> int:
    """Put a backup, or an archive that relcard export made, in the place of the store.

    The file is verified as a whole first, and the store that stands is copied to backups/. A plain name is
    also looked for in backups/.
    """
    source = backups.named(desk.store, file)
    restored = restore_store(source, desk.store, today=desk.today, dry_run=dry_run)
    if as_json:
        output.say_json("restored", [_restored_json(source, restored)])
    elif not desk.quiet:
        _say_restored(source, restored, dry_run=dry_run)
        _say_shared(restored.later_steps)
    if restored.pictures_missing:
        are = "picture of a card is" if restored.pictures_missing == 1 else "pictures of cards are"
        output.say(f"  {restored.pictures_missing} {are} missing; named by: relcard doctor", err=True)
        return _WITH_PROBLEMS
    return 0


def _say_shared(later: int | None) -> None:
    """Say of a list on two laptops that what is older than the other's is brought up to date, not undone."""
    if later:
        steps = output.plural(later, "later step")
        come = "it comes" if later == 1 else "they come"
        output.say(f"  The list is shared and has {steps}; {come} back with {output.accent('relcard share')}")


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
