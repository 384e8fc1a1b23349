"""From what was read of a card to its contact: groups and labels joined, a missing name made good."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from relcard.domain.importing.entry import NO_NAME
from relcard.domain.importing.entry import Entry
from relcard.domain.importing.entry import Place
from relcard.domain.importing.entry import contact_of
from relcard.domain.kinds import OccasionKind
from relcard.domain.text import is_east_asian
from relcard.vcard import dialects
from relcard.vcard.properties import keep_occasion
from relcard.vcard.values import many_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.importing.entry import Day
    from relcard.domain.importing.entry import NameParts
    from relcard.domain.importing.entry import Reach
    from relcard.domain.importing.entry import Tie
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Name
    from relcard.vcard.parameters import Head
    from relcard.vcard.properties import Draft


def no_code(_: str) -> str:
    """Work out no country: its code stays unsaid."""
    return ""


def to_contact(draft: Draft, code_of: Callable[[str], str] = no_code) -> Contact | None:
    """Return the contact of which `to_entry` has the parts; None when nothing names it."""
    entry = to_entry(draft, code_of)
    return contact_of(entry) if entry is not None else None


def to_entry(draft: Draft, code_of: Callable[[str], str] = no_code) -> Entry | None:
    """Join what belongs together (groups, labels); None when nothing names a contact."""
    phones, emails, notes = draft.phones, draft.emails, draft.notes
    nicknames, tags = draft.nicknames, draft.tags
    if draft.is_grouped:
        phones, emails = _labelled(phones, draft.labels), _labelled(emails, draft.labels)
    display_name = draft.display_name
    if not display_name:
        names = (_spoken(draft.name), *nicknames, draft.org, *(one[0] for one in (*emails, *phones)))
        display_name = next((one for one in names if one), "")
        if not display_name:
            return None
    # As `Entry(...)` makes it, without the call in between: there is one of every card.
    return tuple.__new__(
        Entry,
        (
            draft.uid,
            draft.kind,
            display_name,
            draft.name,
            tuple(dict.fromkeys(nicknames)) if nicknames else (),
            _phonetic(draft.phonetic) if draft.phonetic else "",
            draft.org,
            draft.title,
            _addresses(draft, code_of) if draft.addresses or draft.mailing_labels else (),
            phones,
            emails,
            draft.urls,
            _occasions(draft) if len(draft.occasions) > 1 or draft.own_dates else draft.occasions,
            _relations(draft) if draft.relations or draft.own_relations else (),
            tags if len(tags) < 2 else tuple(dict.fromkeys(tags)),
            notes[0] if len(notes) == 1 else "\n\n".join(notes),
            min(draft.languages)[1] if draft.languages else "",
            draft.gender,
            draft.members,
        ),
    )


def _labelled(several: Sequence[Reach], labels: Mapping[str, str]) -> tuple[Reach, ...]:
    return tuple((value, types, labels.get(group, "")) for value, types, group in several)


def spoken_name(name: Name) -> str:
    """Return the parts of a name in the order they are said; family first in Chinese, Japanese and Korean."""
    return _spoken((name.family, name.given, name.additional, name.prefixes, name.suffixes))


def _spoken(name: NameParts) -> str:
    if name is NO_NAME:
        return ""
    family, given, additional, prefixes, suffixes = name
    parts = [prefixes, given, additional, family, suffixes]
    if family and all(map(is_east_asian, family)):
        parts = [prefixes, family, given, additional, suffixes]
    return " ".join(filter(None, parts))


def _phonetic(said: Mapping[str, str]) -> str:
    return (
        said.get("sort-as", "")
        or said.get("sort-string", "")
        or " ".join(filter(None, (said.get("family", ""), said.get("given", ""))))
    )


def pair_labels(addresses: Sequence[Head], labels: Sequence[Head]) -> dict[int, int]:
    """Say which LABEL belongs to which ADR: one of the same group, else the next one of the same types."""
    waiting: dict[object, list[int]] = defaultdict(list)
    for place in reversed(range(len(addresses))):
        head = addresses[place]
        waiting[head.group or frozenset(head.types)].append(place)
    pairs: dict[int, int] = {}
    for number, head in enumerate(labels):
        places = waiting.get(head.group or frozenset(head.types))
        if places:
            pairs[places.pop()] = number
    return pairs


def _addresses(draft: Draft, code_of: Callable[[str], str]) -> tuple[Place, ...]:
    labels = draft.mailing_labels
    pairs = pair_labels([head for head, _ in draft.addresses], [head for head, _ in labels]) if labels else {}
    made: tuple[Place, ...] = ()
    for at, (head, parts) in enumerate(draft.addresses):
        label = many_lines(head.params["LABEL"]).strip() if "LABEL" in head.params else ""
        if not label and at in pairs:
            label = labels[pairs[at]][1]
        made += (_make_place(draft, head, parts, label, code_of),)
    if labels:
        used = set(pairs.values())
        made += tuple(
            _make_place(draft, head, [], text, code_of)
            for i, (head, text) in enumerate(labels)
            if i not in used
        )
    return made


def _make_place(
    draft: Draft, head: Head, parts: list[str], label: str, code_of: Callable[[str], str]
) -> Place:
    if len(parts) != 7:
        parts = _seven(parts)
    po_box, extended, street, locality, region, postcode, country = parts
    types = head.types
    code = head.params.get("CC", "")
    if head.group:
        code = code or draft.country_codes.get(head.group, "")
        kind = draft.labels.get(head.group, "").lower()
        if kind in dialects.ADDRESS_LABELS and kind not in types:
            types = (*types, kind)
    if code:
        code = code.upper() if len(code) == 2 and code.isascii() and code.isalpha() else ""
    if not code and country:
        code = code_of(country)
    where = (po_box, extended, street, locality, region, postcode, country, code, label)
    return tuple.__new__(Place, (*where, types, head.pref == 1))


def _seven(parts: list[str]) -> list[str]:
    """Return the seven parts of an address that has fewer or more."""
    if len(parts) == 1:
        parts = ["", "", parts[0]]  # the whole address in one part
    if len(parts) > 7 and not parts[2]:
        # RFC 9554 adds finer parts behind the seven; they say where it is when the street does not.
        parts = [*parts[:2], " ".join(part for part in parts[7:] if part), *parts[3:7]]
    return (parts + [""] * 7)[:7]


def _occasions(draft: Draft) -> tuple[Day, ...]:
    line = draft.line
    for head, value, number in draft.own_dates:
        draft.line = number
        label = draft.labels.get(head.group, "")
        is_wedding = label.lower() in dialects.ANNIVERSARY_LABELS
        kind = OccasionKind.ANNIVERSARY if is_wedding else OccasionKind.CUSTOM
        keep_occasion(draft, head, value, kind, "" if is_wedding else label)
    draft.own_dates = ()
    draft.line = line
    kept: dict[Day, None] = {}
    born: Day | None = None
    for one in draft.occasions:
        occasion = one
        if one[0] is OccasionKind.BIRTHDAY:
            if born is not None and one != born:
                occasion = (OccasionKind.CUSTOM, one[1], dialects.BIRTHDAY_LABEL)
            born = born or one
        kept[occasion] = None
    return tuple(kept)


def _relations(draft: Draft) -> tuple[Tie, ...]:
    labels = draft.labels
    own = [(labels.get(group, "").lower() or "contact", text, "") for group, text in draft.own_relations]
    return tuple(dict.fromkeys([*draft.relations, *own]))
