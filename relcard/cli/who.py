"""WHO: from the words a user types to a contact or a household."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli.desk import Desk
from relcard.domain.text import fold
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.store import contacts
from relcard.store import households
from relcard.store import merges

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.mentions import Mention
    from relcard.domain.people.mentions import MentionChoice
    from relcard.store.file.database import Connection

_MOST_ASKED = 12
_HOUSEHOLD = r"[hH](\d{1,18})\Z"  # as large a number as the store can hold
_URN = r"(?i)urn:uuid:"
_UUID = r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"


# Whom WHO may mean, by whether they are archived; the first that somebody answers to is meant.
PRESENT, ARCHIVED, ANYBODY = (False,), (True,), (False, True)


def one_contact(db: Connection, words: str, *, among: Sequence[bool] = PRESENT) -> int:
    """Return the contact meant; asks on a terminal when there are several.

    A household means its only member. Raises `NotFoundError` and `UndecidedError`.
    """
    contact_ids = _contacts(db, words, among)
    return contact_ids[0] if len(contact_ids) == 1 else _choose(db, words, contact_ids)


def some_contacts(db: Connection, who: Sequence[str], *, among: Sequence[bool] = PRESENT) -> list[int]:
    """Return the contacts meant by several WHO; a household means all its members."""
    contact_ids: list[int] = []
    for words in who:
        several = _contacts(db, words, among)
        if len(several) > 1 and not is_household(words) and not _is_group(db, words, several):
            several = [_choose(db, words, several)]
        contact_ids.extend(several)
    return list(dict.fromkeys(contact_ids))


def some_adults(db: Connection, who: Sequence[str], *, today: date) -> list[int]:
    """Return the contacts meant by several WHO; a household or a family means its living adults.

    A child or a pet that is named is meant itself; a household without adults means all its contacts.
    """
    contact_ids: list[int] = []
    for words in who:
        several = some_contacts(db, [words])
        grown = households.grown(db, several, today=today) if len(several) > 1 else []
        contact_ids.extend(grown or several)
    return list(dict.fromkeys(contact_ids))


def one_household(db: Connection, words: str) -> int:
    """Return the household meant: by its id or by the name of a member."""
    contact_ids = _contacts(db, words)
    at = {households.of_contact(db, contact_id): contact_id for contact_id in contact_ids}
    if len(at) > 1:
        chosen = _choose(db, words, list(at.values()))
        at = {households.of_contact(db, chosen): chosen}
    household_id = next(iter(at))
    assert household_id is not None  # noqa: S101  every contact is in a household
    return household_id


def household_or_contact(
    db: Connection, words: str, *, among: Sequence[bool] = ANYBODY
) -> tuple[int | None, int]:
    """Return the household that words mean as a whole, "h12" or "the kowalskis", and a contact of it.

    Where they do not, the household is None and the contact the one meant, as `one_contact` returns it. A
    household in which everybody is archived is none.
    """
    contact_ids = _contacts(db, words, among)
    is_family = fold(words).startswith("the ")
    if is_household(words) or is_family or (len(contact_ids) > 1 and _is_group(db, words, contact_ids)):
        rows = households.some(
            db, filter(None, (households.of_contact(db, contact_id) for contact_id in contact_ids))
        )
        if len(rows) == 1:
            return rows[0].id, contact_ids[0]
    return None, contact_ids[0] if len(contact_ids) == 1 else _choose(db, words, contact_ids)


def households_or_contacts(db: Connection, who: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the households that WHO mean as a whole, and the contacts that are meant by themselves."""
    meant = [household_or_contact(db, words, among=PRESENT) for words in who]
    homes = [household_id for household_id, _ in meant if household_id is not None]
    return homes, [contact_id for household_id, contact_id in meant if household_id is None]


def some_households(db: Connection, who: Sequence[str]) -> list[int]:
    """Return the households meant by several WHO."""
    return list(dict.fromkeys(one_household(db, words) for words in who))


def _contacts(db: Connection, words: str, among: Sequence[bool] = PRESENT) -> list[int]:
    for archived in among:
        contact_ids = _archived(db, words) if archived else _present(db, words)
        if contact_ids:
            return contact_ids
    raise _nobody(db, words, among)


def _present(db: Connection, words: str) -> list[int]:
    number = re.match(_HOUSEHOLD, words)
    if number:
        row = households.get(db, int(number[1]))
        return list(row.members) if row is not None else []
    return (
        contacts.find(db, words)
        or contacts.find(db, _kept_uid(words))
        or _once_called(db, words)
        or _as_addressed(db, words)
        or _as_mentioned(db, words)
    )


def _archived(db: Connection, words: str) -> list[int]:
    number = re.match(_HOUSEHOLD, words)
    if number:
        return households.archived_of(db, int(number[1]))
    return contacts.find(db, words, archived=True) or contacts.find(db, _kept_uid(words), archived=True)


def _nobody(db: Connection, words: str, among: Sequence[bool]) -> NotFoundError:
    """Return the refusal of words that nobody answers to who may be meant."""
    if True not in among and (aside := _archived(db, words)):
        name = contacts.names(db, aside)[aside[0]] if len(aside) == 1 else f"Whoever '{words}' may mean"
        return NotFoundError(
            f"{name} is archived, since {contacts.archived_on(db, aside[0])}.",
            hint=f"To bring back: relcard archive {quoted(words)} --take-back",
        )
    if False not in among and (present := _present(db, words)):
        return NotFoundError(
            f"{contacts.names(db, present)[present[0]]} is not archived.",
            hint="relcard list --archived shows who is.",
        )
    if is_household(words):
        return NotFoundError(f"There is no household {words}.", hint="relcard household list")
    if not contacts.count(db):
        return NotFoundError("There are no contacts yet.", hint="Begin with: relcard import FILE.vcf")
    near = contacts.near_names(db, words)
    first = words.split(maxsplit=1)[0] if words.split() else ""
    return NotFoundError(
        f"No contact matches '{words}'." + (f" Near: {', '.join(near)}." if near else ""),
        hint=f"Try: relcard list {first[:3]}" if first[:3].isalnum() else "relcard list names them.",
    )


def _once_called(db: Connection, words: str) -> list[int]:
    """Return the contacts that had just this name before, or have it on another card."""
    key = fold(words)
    places = merges.aliases(db, "name_key", [key]).get(key, [])
    once = dict.fromkeys(contact_id for contact_id, _ in places)
    return [contact_id for contact_id in once if contacts.archived_on(db, contact_id) is None]


def _as_addressed(db: Connection, words: str) -> list[int]:
    """Return the members of the household whose envelope says just these words: screens name it so."""
    desk = click.get_current_context().find_object(Desk)
    if desk is None or not words.strip():
        return []
    from relcard.services.people.read_households import read_households  # noqa: PLC0415  27 ms; WHO is mostly a name

    views = read_households(db, None, desk.standpoint)
    named = [view.id for view in views if fold(view.addressee) == fold(words)]
    row = households.get(db, named[0]) if len(named) == 1 else None
    return list(row.members) if row else []


def _is_group(db: Connection, words: str, contact_ids: list[int]) -> bool:
    """Whether words that mean several contacts mean all of them: a household, or "Anna and Jan"."""
    if contacts.find(db, words) or contacts.find(db, words, archived=True):
        # One household, or none is called so: reading how all of ten thousand are takes 2 s.
        homes = {households.of_contact(db, contact_id) for contact_id in contact_ids}
        return len(homes) == 1 and contact_ids == _as_addressed(db, words)
    return True


def _as_mentioned(db: Connection, words: str) -> list[int]:
    """Return those whom nothing but names says: the Kowalskis, Anna and Jan, Grace and family."""
    if len(words.split()) < 2 and "/" not in words:
        return []
    from relcard.domain.people.mentions import read_mentions  # noqa: PLC0415  6 ms; WHO is mostly one name
    from relcard.domain.people.mentions import words_of  # noqa: PLC0415  as above
    from relcard.store import mentions  # noqa: PLC0415  as above

    reading = read_mentions(f"{words}: -", mentions.some(db, words_of(words)))
    if not reading.is_list or reading.unknown:
        return []
    return list(dict.fromkeys(one for mention in reading.mentions for one in mentioned(db, mention)))


def is_whole_word(db: Connection, word: str) -> bool:
    """Whether a word stands in somebody's name as it is, and not only within another word."""
    names = contacts.names(db, contacts.find(db, word))
    return any(fold(word) in fold(name).split() for name in names.values())


def mentioned(db: Connection, mention: Mention) -> tuple[int, ...]:
    """Return the contacts a name in free words means; asks on a terminal when there are several."""
    choice = mention.choices[0] if len(mention.choices) == 1 else _choose_mention(db, mention)
    if not mention.and_family or choice.household_id is None:
        return choice.contact_ids
    from relcard.store import mentions  # noqa: PLC0415  1 ms, and only for "and family"

    return tuple(dict.fromkeys((*choice.contact_ids, *mentions.living_of(db, choice.household_id))))


def _choose_mention(db: Connection, mention: Mention) -> MentionChoice:
    shown = mention.choices[:_MOST_ASKED]
    everybody = [contact_id for choice in shown for contact_id in choice.contact_ids]
    names, known = contacts.names(db, everybody), contacts.whereabouts(db, everybody)
    labels = [
        f"{listed([names[contact_id] for contact_id in choice.contact_ids])}  {known[choice.contact_ids[0]]}"
        for choice in shown
    ]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UndecidedError(
            f"'{mention.words}' may be any of {len(mention.choices)}.",
            candidates=tuple(
                label if len(choice.contact_ids) > 1 else _identified(db, label, choice.contact_ids[0])
                for label, choice in zip(labels, shown, strict=True)
            ),
            hint="Say more of the name, the household, or the identifier beside it.",
        )
    output.say(f"'{output.clean(mention.words)}' may be:", err=True)
    for number, label in enumerate(labels, start=1):
        output.say(f"  {number}  {output.clean(label)}", err=True)
    answer: int = click.prompt("Which", type=click.IntRange(1, len(shown)), err=True, show_choices=False)
    return shown[answer - 1]


def listed(names: list[str]) -> str:
    """Return names as a sentence lists them: Anna, Tom and Jan."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _kept_uid(words: str) -> str:
    """Return a UID as the store keeps it, whatever way a vCard spells it: without urn:uuid: and capitals."""
    uid = re.sub(_URN, "", words.strip(), count=1)
    return uid.lower() if re.match(_UUID, uid) else uid


def is_household(words: str) -> bool:
    """Whether WHO is the id of a household, such as h12."""
    return re.match(_HOUSEHOLD, words) is not None


def _choose(db: Connection, words: str, contact_ids: list[int]) -> int:
    names = contacts.names(db, contact_ids)
    known = contacts.whereabouts(db, contact_ids)
    labels = [f"{names[contact_id]}  {known[contact_id]}" for contact_id in contact_ids]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UndecidedError(
            f"'{words}' may be any of {len(contact_ids)} contacts.",
            candidates=tuple(
                _identified(db, label, contact_id)
                for label, contact_id in zip(labels[:_MOST_ASKED], contact_ids, strict=False)
            ),
            hint="Say more of the name, or the identifier beside it.",
        )
    output.say(f"'{output.clean(words)}' may be:", err=True)
    for number, label in enumerate(labels[:_MOST_ASKED], start=1):
        output.say(f"  {number}  {output.clean(label)}", err=True)
    answer: int = click.prompt(
        "Which", type=click.IntRange(1, min(len(contact_ids), _MOST_ASKED)), err=True, show_choices=False
    )
    return contact_ids[answer - 1]


def _identified(db: Connection, label: str, contact_id: int) -> str:
    """Return a label with the identifier behind it: for two of one name in one house nothing else will do."""
    return f"{label}  {contacts.uid_of(db, contact_id)}"
