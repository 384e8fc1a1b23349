"""From what was read of a card to its contact: groups and labels joined, a missing name made good."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from relcard.domain.contact import Address
from relcard.domain.contact import Contact
from relcard.domain.contact import Email
from relcard.domain.contact import Name
from relcard.domain.contact import Occasion
from relcard.domain.contact import OccasionKind
from relcard.domain.contact import Phone
from relcard.domain.contact import Relation
from relcard.vcard import dialects
from relcard.vcard.mapping import keep_occasion
from relcard.vcard.values import many_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from relcard.vcard.heads import Head
    from relcard.vcard.mapping import Draft

_EMPTY_NAME = Name()


def no_code(_: str) -> str:
    """Work out no country: its code stays unsaid."""
    return ""


def to_contact(draft: Draft, code_of: Callable[[str], str] = no_code) -> Contact | None:
    """Join what belongs together (groups, labels) and make the contact; None when nothing names it."""
    labels = draft.labels
    phones = tuple(
        [
            Phone(value=text, types=_types(head), label=labels.get(head.group, ""))
            for head, text in draft.phones
        ]
    )
    emails = tuple(
        [
            Email(value=text, types=_types(head), label=labels.get(head.group, ""))
            for head, text in draft.emails
        ]
    )
    display_name = draft.display_name or spoken_name(draft.name)
    if not display_name:
        candidates = (
            *draft.nicknames,
            draft.org,
            *(one.value for one in emails),
            *(one.value for one in phones),
        )
        display_name = next((one for one in candidates if one), "")
        if not display_name:
            return None
    return Contact(
        uid=draft.uid,
        kind=draft.kind,
        display_name=display_name,
        name=draft.name,
        nicknames=tuple(dict.fromkeys(draft.nicknames)),
        phonetic=_phonetic(draft.phonetic) if draft.phonetic else "",
        org=draft.org,
        title=draft.title,
        addresses=_addresses(draft, code_of) if draft.addresses or draft.mailing_labels else (),
        phones=phones,
        emails=emails,
        urls=tuple(draft.urls),
        occasions=_occasions(draft) if draft.occasions or draft.own_dates else (),
        relations=_relations(draft) if draft.relations or draft.own_relations else (),
        tags=tuple(dict.fromkeys(draft.tags)),
        note="\n\n".join(draft.notes),
        language=min(draft.languages)[1] if draft.languages else "",
        members=tuple(draft.members),
        gender=draft.gender,
    )


def spoken_name(name: Name) -> str:
    """Return the parts of a name in the order they are said; family first in Chinese, Japanese and Korean."""
    if name is _EMPTY_NAME:
        return ""
    parts: tuple[str, ...] = (name.prefixes, name.given, name.additional, name.family, name.suffixes)
    if name.family and all(_is_east_asian(c) for c in name.family):
        parts = (name.prefixes, name.family, name.given, name.additional, name.suffixes)
    return " ".join(part for part in parts if part)


def _is_east_asian(character: str) -> bool:
    return (
        "\u3005" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7a3"
    )


def _types(head: Head) -> tuple[str, ...]:
    return (*head.types, "pref") if head.pref == 1 else head.types


def _phonetic(said: dict[str, str]) -> str:
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


def _addresses(draft: Draft, code_of: Callable[[str], str]) -> tuple[Address, ...]:
    labels = draft.mailing_labels
    pairs = pair_labels([head for head, _ in draft.addresses], [head for head, _ in labels]) if labels else {}
    made = []
    for place, (head, parts) in enumerate(draft.addresses):
        label = many_lines(head.params.get("LABEL", "")).strip()
        if not label and place in pairs:
            label = labels[pairs[place]][1]
        made.append(_make_address(draft, head, parts, label, code_of))
    used = set(pairs.values())
    made += [
        _make_address(draft, head, [], text, code_of)
        for i, (head, text) in enumerate(labels)
        if i not in used
    ]
    return tuple(made)


def _make_address(
    draft: Draft, head: Head, parts: list[str], label: str, code_of: Callable[[str], str]
) -> Address:
    if len(parts) == 1:
        parts = ["", "", parts[0]]  # the whole address in one part
    if len(parts) < 7:
        parts = parts + [""] * (7 - len(parts))
    elif len(parts) > 7 and not parts[2]:
        # RFC 9554 adds finer parts behind the seven; they say where it is when the street does not.
        parts = [*parts[:2], " ".join(part for part in parts[7:] if part), *parts[3:7]]
    types = head.types
    code = head.params.get("CC", "")
    if head.group:
        code = code or draft.country_codes.get(head.group, "")
        kind = draft.labels.get(head.group, "").lower()
        if kind in dialects.ADDRESS_LABELS and kind not in types:
            types = (*types, kind)
    code = code.upper() if len(code) == 2 and code.isascii() and code.isalpha() else ""
    if not code and parts[6]:
        code = code_of(parts[6])
    return Address(
        po_box=parts[0],
        extended=parts[1],
        street=parts[2],
        locality=parts[3],
        region=parts[4],
        postcode=parts[5],
        country=parts[6],
        country_code=code,
        label=label,
        types=types,
        preferred=head.pref == 1,
    )


def _occasions(draft: Draft) -> tuple[Occasion, ...]:
    line = draft.line
    for head, value, number in draft.own_dates:
        draft.line = number
        label = draft.labels.get(head.group, "")
        is_wedding = label.lower() in dialects.ANNIVERSARY_LABELS
        kind = OccasionKind.ANNIVERSARY if is_wedding else OccasionKind.CUSTOM
        keep_occasion(draft, head, value, kind, "" if is_wedding else label)
    draft.own_dates = []
    draft.line = line
    kept: dict[Occasion, None] = {}
    born: Occasion | None = None
    for one in draft.occasions:
        occasion = one
        if one.kind is OccasionKind.BIRTHDAY:
            if born is not None and one != born:
                occasion = Occasion(kind=OccasionKind.CUSTOM, date=one.date, label=dialects.BIRTHDAY_LABEL)
            born = born or one
        kept[occasion] = None
    return tuple(kept)


def _relations(draft: Draft) -> tuple[Relation, ...]:
    own = [
        Relation(kind=draft.labels.get(group, "").lower() or "contact", name=text)
        for group, text in draft.own_relations
    ]
    return tuple(dict.fromkeys([*draft.relations, *own]))
