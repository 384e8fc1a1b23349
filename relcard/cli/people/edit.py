"""Contacts changed and added by hand: on a page in the editor, or by options."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.editor import TypedPage
from relcard.cli.editor import edited
from relcard.cli.people.contact_json import pair_json
from relcard.domain.kinds import Kind
from relcard.domain.people.contact import Name
from relcard.domain.people.page_text import PageError
from relcard.domain.people.page_text import table_text
from relcard.domain.text import quoted
from relcard.errors import UsageError
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.people.add_contact import add_contact
from relcard.services.people.add_contact import blank_page
from relcard.services.people.edit_contact import edit_contact
from relcard.services.people.edit_contact import open_page
from relcard.services.people.edit_contact import typed_contact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.people.circle import Circle
    from relcard.domain.people.contact import Contact
    from relcard.services.importing.find_duplicates import Twins
    from relcard.services.people.add_contact import Added
    from relcard.services.people.edit_contact import Edited
    from relcard.services.people.edit_contact import Opened

# Fields of a contact as the user calls them.
_CALLED = {
    "display_name": "name",
    "org": "organisation",
    "occasions": "days",
    "urls": "websites",
    "emails": "e-mails",
    "note": "vCard note",
}

_from = click.option(
    "--from",
    "source",
    metavar="FILE",
    help="Take the page from a file instead of the editor; - is standard input.",
)


@click.command(short_help="Change a contact on a page in your editor.")
@click.argument("who_", metavar="WHO", nargs=-1, required=True)
@_from
@click.option("--page", "only_page", is_flag=True, help="Print the page and change nothing.")
@params.dry_run
@params.as_json
@pass_desk
def edit(
    desk: Desk, who_: tuple[str, ...], source: str | None, only_page: bool, dry_run: bool, as_json: bool
) -> None:
    """Change what is known of a contact: name, phones, addresses, days, relations, tags.

    $EDITOR opens a page that explains itself; save and close it. A fault is named with its line, and what
    you typed is never lost. At the next export only the changed lines of the vCard change. An editor that
    returns at once needs to be told to wait: EDITOR="code --wait".
    """
    words = " ".join(who_)
    with desk.reading() as db:
        opened = open_page(db, who.one_contact(db, words))
    if only_page:
        output.say_bytes(opened.page.encode())
        return
    # The store is not held while the editor is open.
    after = _edited_page(desk, opened, source, again=f"relcard edit {quoted(opened.before.uid)}")
    if after is None:
        _say_unchanged(opened.before, as_json=as_json, quiet=desk.quiet)
        return
    with desk.changing(f"edit {words}", dry_run=dry_run) as db:
        done = edit_contact(db, opened, after, today=desk.today)
    if as_json:
        _say_json(done.contact, done.household, changed=_all_called(done.changed))
    elif not done.changed:
        _say_unchanged(done.contact, as_json=as_json, quiet=desk.quiet)
    elif not desk.quiet:
        _say_edited(done, dry_run=dry_run)
    for conflict in done.conflicts:
        what = f"{_called(conflict.field)} was changed meanwhile"
        said = f"kept {conflict.ours or 'nothing'}, not {conflict.theirs or 'nothing'}"
        output.say(output.clean(f"  {what}: {said}"), err=True)


class _Typed(NamedTuple):
    """A contact as it was typed in options."""

    phone: tuple[str, ...]
    email: tuple[str, ...]
    street: str
    town: str
    region: str
    postcode: str
    country: str
    birthday: str
    tag: tuple[str, ...]

    def entries(self, name: str) -> dict[str, object]:
        """Return what was typed as the page of a contact has it."""
        parts = ("street", "town", "region", "postcode", "country")
        entries: dict[str, object] = {
            "name": name,
            "birthday": self.birthday,
            "tags": list(self.tag),
            "phone": [{"number": number} for number in self.phone],
            "email": [{"email": email} for email in self.email],
            "address": {part: value for part in parts if (value := getattr(self, part))},
        }
        return {key: value for key, value in entries.items() if value}


_takes_typed = params.gathered(
    _Typed,
    "typed",
    click.option("--phone", metavar="NUMBER", multiple=True, help="May be said several times."),
    click.option("--email", metavar="EMAIL", multiple=True, help="May be said several times."),
    click.option("--street", metavar="STREET", default="", help="With its number."),
    click.option("--town", metavar="TOWN", default="", help="Without its code."),
    click.option("--region", metavar="REGION", default="", help="State, county or province, where written."),
    click.option("--postcode", metavar="CODE", default="", help="As written on an envelope."),
    click.option("--country", metavar="COUNTRY", default="", help="By any of its names, or its code."),
    click.option("--birthday", metavar="DAY", default="", help='1985-04-12, "12 April", 12.4.1985, 1985.'),
    click.option("--tag", metavar="TAG", multiple=True, help="May be said several times."),
)


@click.command(short_help="Add a contact, by options or in your editor.")
@click.argument("name", nargs=-1)
@_takes_typed
@click.option("--circle", type=params.CIRCLE, help="How near.")
@click.option("--org", is_flag=True, help="It is an organisation.")
@_from
@params.dry_run
@params.as_json
@pass_desk
def add(
    desk: Desk,
    name: tuple[str, ...],
    typed: _Typed,
    circle: Circle | None,
    org: bool,
    source: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add a contact: relcard add "Anna Kowalska" --town Kraków, or alone, on a page in your editor.

    The last word of a name is taken for the family's; relcard edit WHO corrects it. Contacts that look like
    the same person are named, never merged.
    """
    contact = _new_contact(desk, " ".join(name), typed, source)
    if contact is None:
        if not desk.quiet:
            output.say("  The page was left as it was; nobody was added.")
        return
    if org:
        contact = contact._replace(kind=Kind.ORG, name=Name(), org=contact.org or contact.display_name)
    with desk.changing(f"add {contact.display_name}", dry_run=dry_run, begins=True) as db:
        done = add_contact(db, contact, circle=circle, today=desk.today)
        twins = find_duplicates(db, among=range(done.contact_id, done.contact_id + 1))
    if as_json:
        pairs = [pair_json(pair) for pair in twins]
        _say_json(done.contact, done.household, likely_duplicates=pairs)
    elif not desk.quiet:
        _say_added(done, twins, dry_run=dry_run)


def _new_contact(desk: Desk, name: str, typed: _Typed, source: str | None) -> Contact | None:
    """Return the contact of a name and options, else of a page in the editor; None for a page left as it was.

    Options go through the page, so that both ways keep the same rules.
    """
    entries = typed.entries(name)
    if not entries:
        return _edited_page(desk, blank_page(), source, again="relcard add")
    if not name:
        raise UsageError("What is the contact called?", hint='For example: relcard add "Anna Kowalska" ...')
    try:
        return typed_contact(blank_page(), table_text(entries), desk.standpoint)
    except PageError as error:
        words = "; ".join(fault.message for fault in error.faults)
        raise UsageError(f"{words}.", hint="Nothing was added.") from error


def _edited_page(desk: Desk, opened: Opened, source: str | None, *, again: str) -> Contact | None:
    """Return the contact that the page says once it was edited; None when nothing was changed."""
    page = TypedPage("contact.toml", opened.page, "edit WHO", f"{again} --from", "contact-not-kept")
    return edited(desk.store, page, source, lambda text: typed_contact(opened, text, desk.standpoint))


def _called(field: str) -> str:
    return _CALLED.get(field, field)


def _all_called(changed: Sequence[str]) -> list[str]:
    """Return what changed as the user calls it, each once: a name has two fields."""
    return list(dict.fromkeys(map(_called, changed)))


def _say_unchanged(contact: Contact, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        _say_json(contact, None, changed=[])
    elif not quiet:
        output.say(f"  {output.clean(contact.display_name)}: nothing was changed")


def _say_json(contact: Contact, household: int | None, **more: object) -> None:
    value = {"uid": contact.uid, "name": contact.display_name}
    if household is not None:
        value["household"] = f"h{household}"
    output.say_json("contact", value, **more)


def _say_edited(done: Edited, *, dry_run: bool) -> None:
    fields = _all_called(done.changed)
    verb = "would change" if dry_run else "changed"
    output.say(f"  {output.clean(done.contact.display_name)}: {', '.join(fields)} {verb}")
    if done.others is not None:
        others = output.clean(", ".join(done.others))
        words = f"with {others}" if others else "alone"
        output.say(output.dim(f"  {'would be' if dry_run else 'is'} in household h{done.household} {words}"))
    if not dry_run:
        output.say(f"  Take it back with: {output.accent('relcard undo')}")


def _say_added(done: Added, twins: list[Twins], *, dry_run: bool) -> None:
    verb = "would be added" if dry_run else "is added"
    where = f", household h{done.household}" if done.household is not None else ""
    output.say(f"  {output.clean(done.contact.display_name)} {verb}{where}")
    for pair in twins:
        other = pair.b if pair.a.uid == done.contact.uid else pair.a
        output.say(f"  looks like {output.clean(other.name)}: {output.clean(pair.reason)}")
    if not dry_run:
        if twins:
            output.say(f"  Look at them: {output.accent('relcard duplicates')}")
        output.say(f"  Take it back with: {output.accent('relcard undo')}")
