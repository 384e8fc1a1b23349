"""The store brought back from a backup: restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.services.data.restore_store import restore_store
from relcard.store.file import backups

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


@click.command(short_help="Bring the store back from a backup.")
@click.argument("file", metavar="FILE")
@params.dry_run
@params.as_json
@pass_desk
def restore(desk: Desk, file: str, dry_run: bool, as_json: bool) -> None:
    """Put a backup, or an archive that relcard export made, in the place of the store.

    The file is verified as a whole first, and the store that stands is copied to backups/. A plain name is
    also looked for in backups/.
    """
    source = Path(file)
    if not source.exists() and source.name == file:
        kept = backups.folder_of(desk.store) / file
        source = kept if kept.exists() else source
    done = restore_store(source, desk.store, today=desk.today, dry_run=dry_run)
    if as_json:
        output.say_json(
            "restored",
            [
                {
                    "path": str(source),
                    "contacts": done.contacts,
                    "cards": done.cards,
                    "contacts_before": done.contacts_before,
                    "was_sound": done.was_sound,
                    "set_aside": str(done.set_aside) if done.set_aside else None,
                }
            ],
        )
        return
    if desk.quiet:
        return
    there = output.plural(done.contacts, "contact")
    cards = output.plural(done.cards, "vCard")
    if dry_run:
        output.say(f"  {output.clean(str(source))} is whole: {there}, {cards}.")
        output.say(f"  The store has {output.plural(done.contacts_before, 'contact')}; nothing was changed.")
        return
    before = f" (before: {done.contacts_before})" if done.was_sound else ""
    output.say(f"  restored: {there}, {cards}{before}")
    if done.set_aside and not done.was_sound:
        output.say(output.dim(f"  The damaged store is kept: {output.clean(str(done.set_aside))}"))
    elif done.set_aside:
        output.say(f"  Go back with: {output.accent(f'relcard restore {output.clean(done.set_aside.name)}')}")
