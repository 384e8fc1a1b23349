"""Who is what to whom: relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.people import contact_json
from relcard.cli.people import show_contact
from relcard.domain.people.relations import inverse
from relcard.domain.people.relations import plain_word
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.read_contact_page import Related
from relcard.services.people.read_contact_page import read_relations
from relcard.store import contacts
from relcard.store import relations

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.file.database import Connection

_EXAMPLE = 'For example: relcard relation "Anna Kowalska" mother "Ola Smith"'


@click.command(short_help="Say who is what to whom.")
@click.argument("words", metavar="WHO [KIND WHO]", nargs=-1, required=True)
@click.option("--remove", is_flag=True, help="Take back what you said.")
@params.as_json
@pass_desk
def relation(desk: Desk, words: tuple[str, ...], remove: bool, as_json: bool) -> None:
    """Say who is what to whom: relcard relation anna mother ola. With one WHO, list the relations.

    Any word will do: mother, godchild, neighbour of, tailor. Both pages say it, each from its own side.
    """
    if len(words) == 1:
        _list(desk, words[0], as_json=as_json)
        return
    first, kind, second = _parted(words)
    with desk.changing(f"relation {' '.join(words)}") as db:
        one, other = who.one_contact(db, first), who.one_contact(db, second)
        if one == other:
            raise UsageError("That is one and the same contact.", hint=_EXAMPLE)
        known = relations.names_and_uids(db, (one, other))
        name, related = known[one][0], Related(kind, True, *known[other])
        if remove:
            _take_back(db, one, other, name, related)
        is_new = remove or relations.say(db, other, kind, one, today=desk.today)
    if as_json:
        output.say_json("relations", [contact_json.relation_json(related)])
    elif not desk.quiet:
        verb = "no longer " if remove else "" if is_new else "as you said before, "
        output.say(f"  {output.clean(name)}: {verb}{output.clean(show_contact.relation_words(related))}")


def _parted(words: tuple[str, ...]) -> tuple[str, str, str]:
    """Return WHO, what they are, and to whom. Raises `UsageError`."""
    if len(words) < 3:
        raise UsageError("A relation is WHO, what they are, and to WHOM.", hint=_EXAMPLE)
    first, *between, second = words
    kind = plain_word(" ".join(between))
    if not kind or "\n" in kind:
        raise UsageError("What are they to each other?", hint=_EXAMPLE)
    return first, kind, second


def _take_back(db: Connection, one: int, other: int, name: str, related: Related) -> None:
    """Take back what `name` is to the other. Raises `NotFoundError` when the user never said so."""
    if not _forget(db, one, related.word, other):
        raise NotFoundError(
            f"You did not say that {name} is {show_contact.relation_words(related)}.",
            hint="relcard relation WHO lists what is known; what a card says: relcard edit WHO",
        )


def _forget(db: Connection, one: int, kind: str, other: int) -> bool:
    """Take a relation back, in whichever direction it was said: one the parent, or the other the child."""
    if relations.forget(db, other, kind, one):
        return True
    turned = {row.kind for row in relations.said(db, one) if (row.contact_id, row.other_id) == (one, other)}
    meant = [word for word in turned if inverse(word) == kind]
    return any(relations.forget(db, one, word, other) for word in meant)


def _list(desk: Desk, words: str, *, as_json: bool) -> None:
    with desk.reading() as db:
        contact_id = who.one_contact(db, words)
        contact = contacts.load(db, contact_id)
        related = read_relations(db, contact_id, contact)
    if as_json:
        output.say_json("relations", [contact_json.relation_json(related_one) for related_one in related])
        return
    name = output.clean(contact.display_name)
    if not related:
        output.say(f"  Nothing is said of {name}'s relations. {_EXAMPLE}")
        return
    output.say(f"  {name}")
    for related_one in related:
        output.say(f"    {output.clean(show_contact.relation_words(related_one))}")
