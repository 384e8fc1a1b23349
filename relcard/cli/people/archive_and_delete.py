"""Contacts who leave the lists, or the store: archive, delete."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.text import quoted
from relcard.errors import UndecidedError
from relcard.services.people.archive_and_delete import archive_contacts
from relcard.services.people.archive_and_delete import delete_contacts
from relcard.store import contacts
from relcard.store.file import backups

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.services.people.archive_and_delete import LeftBehind
    from relcard.store.contacts import Belongings


@click.command(short_help="Put contacts aside, and take them back.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@click.option("--take-back", is_flag=True, help="They are back, where they were.")
@params.dry_run
@pass_desk
def archive(desk: Desk, who_: tuple[str, ...], take_back: bool, dry_run: bool) -> None:
    """Put contacts aside: they are in no list, season, reminder or choice any more, and on no envelope.

    All that is known of them stays: relcard show finds them, relcard list --archived lists them, exports of
    vCards hold them, and an import of their vCard keeps it up to date without bringing them back. A household
    in which everybody is archived gets no card.
    """
    if take_back:
        _take_back(desk, who_, dry_run=dry_run)
        return
    with desk.changing(f"archive {' '.join(who_)}", dry_run=dry_run) as db:
        contact_ids = who.some_contacts(db, who_)
        names = contacts.names(db, contact_ids)
        left = archive_contacts(db, contact_ids, desk.standpoint)
    if not desk.quiet:
        shown = output.some_names([names[contact_id] for contact_id in contact_ids])
        output.say_wrapped(f"{'would be ' if dry_run else ''}archived: {shown}")
        _say_left_behind(left)
        back = f"relcard archive {' '.join(map(quoted, who_))} --take-back"
        output.say(output.dim("  To bring back: ") + output.accent(back))


def _take_back(desk: Desk, who_: tuple[str, ...], *, dry_run: bool) -> None:
    with desk.changing(f"archive --take-back {' '.join(who_)}", dry_run=dry_run) as db:
        contact_ids = who.some_contacts(db, who_, among=who.ARCHIVED)
        contacts.archive(db, contact_ids, None)
        names = contacts.names(db, contact_ids)
    if not desk.quiet:
        shown = output.some_names([names[contact_id] for contact_id in contact_ids])
        output.say_wrapped(f"{'would be ' if dry_run else ''}back: {shown}")


@click.command(short_help="Delete contacts with all that hangs on them.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@params.dry_run
@pass_desk
def delete(desk: Desk, who_: tuple[str, ...], yes: bool, dry_run: bool) -> None:
    """Delete contacts: their vCards, notes, facts and history, and a household they leave empty.

    A copy of the store is made first; undo brings everything back. Nothing remembers who was deleted, so an
    import of the same vCard takes them in as new, by name in its report. relcard archive puts them aside
    instead, and no import brings them back.
    """
    with desk.reading() as db:
        contact_ids = who.some_contacts(db, who_, among=who.ANYBODY)
        name_of = contacts.names(db, contact_ids)
        names = output.some_names([name_of[contact_id] for contact_id in contact_ids])
        going = _with(names, contacts.belongings(db, contact_ids))
    if not (yes or dry_run):
        _ask(going, who_)
    kept = None if dry_run else backups.keep_before_delete(desk.store, today=desk.today)
    with desk.changing(f"delete {' '.join(who_)}", dry_run=dry_run) as db:
        left = delete_contacts(db, contact_ids, desk.standpoint)
    if not desk.quiet:
        output.say_wrapped(f"{'would be ' if dry_run else ''}deleted: {going}")
        _say_left_behind(left)
        if kept is not None:
            output.say_wrapped(f"the store as it was: {output.clean(str(kept))}")
            output.say(f"  Take it back with: {output.accent('relcard undo')}")


def _ask(going: str, who_: tuple[str, ...]) -> None:
    """Go on only when a person says yes; raises `UndecidedError`."""
    words = " ".join(map(quoted, who_))
    if sys.stdin.isatty() and sys.stderr.isatty():
        output.say(f"  To be deleted: {going}", err=True)
        if click.confirm("  Delete", default=False, err=True):
            return
    raise UndecidedError(
        f"Nothing was deleted. It would be {going}.",
        hint=f"To delete: relcard delete {words} --yes. To put aside: relcard archive {words}",
    )


def _with(names: str, hanging: Belongings) -> str:
    """Return names, and how much hangs on them."""
    counted = (
        (hanging.notes, "note", "notes"),
        (hanging.facts, "fact", "facts"),
        (hanging.interactions, "entry of the history", "entries of the history"),
        (hanging.pictures, "picture", "pictures"),
        (hanging.vcards, "vCard", "vCards"),
    )
    words = ", ".join(output.plural(*count) for count in counted if count[0])
    return f"{names}, with {words}" if words else names


def _say_left_behind(left: LeftBehind) -> None:
    """Say which cards nobody gets any more, and which envelopes may still name who left."""
    for season in dict.fromkeys(season for season, _ in left.cards):
        names = output.some_names([addressee for its, addressee in left.cards if its == season])
        output.say_wrapped(f"no card of {season} any more: {names}; the numbers behind move up")
    for view in left.wished:
        wish = output.clean(view.wished_addressee or view.wished_salutation)
        output.say_wrapped(f'for h{view.id} you wished "{wish}": relcard household set h{view.id} changes it')
