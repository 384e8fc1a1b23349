"""Change a vCard where its contact changed, and leave every other byte alone."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.people.contact import Address
from relcard.domain.people.typed_address import read_apart
from relcard.vcard import dialects
from relcard.vcard.assemble import name_made_good
from relcard.vcard.assemble import no_code
from relcard.vcard.assemble import pair_labels
from relcard.vcard.assemble import to_contact
from relcard.vcard.parameters import Encoding
from relcard.vcard.parameters import find_colon
from relcard.vcard.properties import CardReading
from relcard.vcard.properties import android_value
from relcard.vcard.read import charsets_of
from relcard.vcard.read import is_marker
from relcard.vcard.read import parse_card
from relcard.vcard.read import read_lines
from relcard.vcard.read import version_of
from relcard.vcard.split import RawCard
from relcard.vcard.unfold import logical_lines
from relcard.vcard.values import decode
from relcard.vcard.values import from_quoted_printable
from relcard.vcard.values import listed
from relcard.vcard.values import split_escaped
from relcard.vcard.write import BAG_LINES
from relcard.vcard.write import LONGEST_LINE
from relcard.vcard.write import SINGLE_LINES
from relcard.vcard.write import Property
from relcard.vcard.write import escaped
from relcard.vcard.write import fold
from relcard.vcard.write import to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable
    from collections.abc import Sequence

    from relcard.domain.people.contact import Contact
    from relcard.vcard.parameters import Head
    from relcard.vcard.unfold import CardLine

_FIELD_OF = {
    "UID": "uid",
    "FN": "display_name",
    "N": "name",
    "NICKNAME": "nicknames",
    "ORG": "org",
    "TITLE": "title",
    "CATEGORIES": "tags",
    "NOTE": "note",
    "LANG": "language",
    "GENDER": "gender",
    "X-GENDER": "gender",
    "ADR": "addresses",
    "LABEL": "addresses",
    "TEL": "phones",
    "EMAIL": "emails",
    "URL": "urls",
    "BDAY": "occasions",
    "X-ALTBDAY": "occasions",
    "ANNIVERSARY": "occasions",
    "DEATHDATE": "occasions",
    "X-ABDATE": "occasions",
    "RELATED": "relations",
    "X-ABRELATEDNAMES": "relations",
    **dict.fromkeys(dialects.RELATION_OF, "relations"),
}
_ANDROID_FIELD_OF = {
    dialects.ANDROID_NICKNAME: "nicknames",
    dialects.ANDROID_EVENT: "occasions",
    dialects.ANDROID_RELATION: "relations",
}
_OF_A_GROUP = frozenset({"X-ABLABEL", "X-ABADR"})  # say something about the other lines of their group
_GIVE_A_NAME = frozenset({"name", "nicknames", "org", "emails", "phones"})
# These go with a value: what it is, or what some program has worked out of it.
_DERIVED = frozenset({"WAID", "X-EVOLUTION-E164", "X-EVOLUTION-NORMALIZED", "GEO", "TZ", "ALTID"})
_NOT_KEPT = frozenset({"VALUE", "LABEL", "CC", "SORT-AS", "CALSCALE", dialects.OMIT_YEAR}) | _DERIVED
_FINE_PARTS_OF = (
    "po_box",
    "extended",
    "street",
)  # what the parts of RFC 9554 behind the seven say more finely


_FIRST_YEAR_HERE = 2026  # no card was read by relcard before it


def card_with_changes(
    raw: bytes,
    now: Contact,
    groups: frozenset[str] = frozenset(),
    *,
    joined: bool = False,
    code_of: Callable[[str], str] = no_code,
) -> bytes:
    """Return the text of a card with the lines rewritten that say something else of its contact `now`.

    `groups` are tags that cards of groups give; `joined` says that the card speaks for several.
    `code_of` gives the code of a country, as where the card was read.
    """
    before = parse_card(RawCard(raw=raw, line=1, ordinal=0, closed=True), source="").contact
    if before is None:
        return raw
    # What relcard worked out for itself is no change of the user's: a minted UID, a country's code, the tag
    # that another card, a group, gives its members, an address read out of one field.
    # A year of birth that was still to come when the card came in was read as none.
    # But by its name alone a card that speaks for several would not be known again: it is given the UID.
    years = {day.without_year_after(_FIRST_YEAR_HERE): day for day in before.occasions}
    codes = {
        same._replace(country_code=""): address
        for address in before.addresses
        for same in (read_apart(address, code_of=code_of).address, address)
    }
    after = now._replace(
        uid=before.uid or (now.uid if joined else ""),
        addresses=tuple(codes.get(address._replace(country_code=""), address) for address in now.addresses),
        occasions=tuple(years.get(day, day) for day in now.occasions),
        tags=tuple(tag for tag in now.tags if tag in before.tags or tag not in groups),
    )
    return raw if after == before else patch_vcard(raw, before=before, after=after)


def patch_vcard(raw: bytes, *, before: Contact, after: Contact) -> bytes:
    """Rewrite the lines of `raw` that say what differs between `before`, its contact, and `after`.

    All other lines stay byte for byte and in order. New lines stand behind those of their kind, or before
    END. A rewritten line keeps its group and the parameters that are not about the old value. Lists of
    phones, addresses and so on are compared without their order. A country code alone is no difference: it
    is worked out, not written. The sort key, the kind and the members of a group are left as they are, and so
    is a UID once there is one.
    """
    if before == after:
        return raw
    patch = _Patch(raw)
    changed = {name for name in (*SINGLE_LINES, *BAG_LINES) if getattr(before, name) != getattr(after, name)}
    is_unnamed = not patch.by_field["display_name"]
    if is_unnamed and changed & _GIVE_A_NAME and name_made_good(after) != after.display_name:
        changed.add("display_name")  # it was made from one of these, and is to stay
    if before.uid:
        changed.discard("uid")
    if not after.gender:
        changed.discard("gender")  # a store of before it was read says nothing of it; the card goes on to
    for name in SINGLE_LINES:
        if name in changed:
            patch.change_single(name, after, was=getattr(before, name))
    for name in BAG_LINES:
        gone = Counter(map(_compared, getattr(before, name)))
        come = Counter(map(_compared, getattr(after, name)))
        if gone != come:
            new = _only_in(getattr(after, name), gone)
            patch.change_bag(name, gone - come, new)
    return patch.result()


def _compared(item: Hashable) -> Hashable:
    return item._replace(country_code="") if isinstance(item, Address) else item


def _only_in(items: tuple[Hashable, ...], others: Counter[Hashable]) -> list[Hashable]:
    """Return the items that the others lack, in order."""
    left = Counter(others)
    new = []
    for item in items:
        key = _compared(item)
        if left[key]:
            left[key] -= 1
        else:
            new.append(item)
    return new


class _Patch:
    """A card being changed: its lines by field, and what becomes of each line."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.lines: list[CardLine] = []
        self.heads: list[Head] = []  # of each line
        self.bare: dict[int, list[CardLine]] = defaultdict(list)  # by line, those without a header behind it
        self._take_outer_lines()
        self.version = version_of(self.lines)
        self.charsets = charsets_of(self.lines)
        self.eol = line_end(raw)
        self.instead: dict[int, bytes] = {}  # by line, what stands there now
        self.behind: dict[int, bytes] = defaultdict(bytes)  # by line, what follows it now
        self.by_field: dict[str, list[int]] = defaultdict(list)
        self.company: dict[str, list[int]] = defaultdict(list)  # by group, the lines about its other lines
        self.speakers: Counter[str] = Counter()  # by group, how many others there are
        self.label_of: dict[int, int] = {}  # by ADR line, the LABEL line that goes with it
        self.groups = 1  # the next number for a group of ours
        self.end = len(self.lines)
        for place, line in enumerate(self.lines):
            if is_marker(line, "END"):
                self.end = place
            self.by_field[_field_of(self.heads[place], line.value)].append(place)
            head = self.heads[place]
            if head.name in _OF_A_GROUP and head.group:
                self.company[head.group].append(place)
            elif head.group and head.name != "LABEL":
                self.speakers[head.group] += 1
        addresses, labels = self._places("ADR"), self._places("LABEL")
        pairs = pair_labels([self.heads[p] for p in addresses], [self.heads[p] for p in labels])
        self.label_of = {addresses[mine]: labels[label] for mine, label in pairs.items()}

    def _places(self, name: str) -> list[int]:
        return [place for place in self.by_field["addresses"] if self.heads[place].name == name]

    def _take_outer_lines(self) -> None:
        """Take the lines of the card, without those of a card inside it."""
        depth = 0
        for line in logical_lines(self.raw, 1):
            if is_marker(line, "BEGIN") and (depth or not self.lines):
                depth += 1
            if depth <= 1:
                if line.head is not None:  # one with an odd name too
                    self.lines.append(line)
                    self.heads.append(line.head)
                elif self.lines:
                    self.bare[len(self.lines) - 1].append(line)
            if is_marker(line, "END") and depth > 1:
                depth -= 1

    def result(self) -> bytes:
        out = []
        place = 0
        for number, line in enumerate(self.lines):
            out.append(self.raw[place : line.start])
            text = self.instead.get(number)
            place = line.end
            if number in self.bare:
                place = self.bare[number][-1].end  # what was added to the value goes with it
            out.append(self.raw[line.start : place] if text is None else text)
            if number in self.behind:
                if out[-1] and not out[-1].endswith((b"\n", b"\r")):
                    out.append(self.eol)  # the file ended within this line
                out.append(self.behind[number])
        out.append(self.raw[place:])
        return b"".join(out)

    def change_single(self, name: str, after: Contact, *, was: object) -> None:
        """Put the new value where the old one stood, and take away what else said the old one."""
        places = self.by_field[name]
        if name == "tags":
            after = after._replace(tags=after.tags + self._system_tags(places))
        lines = SINGLE_LINES[name](after, self.version) if getattr(after, name) or name == "name" else []
        if not places:
            self._append(name, lines)
            return
        keep = next((p for p in places if getattr(self._meaning([p]), name, None) == was), places[0])
        self._delete_others(name, keep, is_gone=not lines)
        if not lines:
            self._delete(keep)
            return
        if name == "name":
            old = self._meaning([keep])
            lines = [self._with_old_parts(keep, lines[0], old.name if old else (), after.name)]
        self._rewrite_single(keep, lines)

    def _delete_others(self, name: str, keep: int, *, is_gone: bool) -> None:
        """Delete the other lines of a field that say the old value too, all of them where it is gone."""
        is_merged = is_gone or name in {"nicknames", "tags", "note"}
        for place in self.by_field[name]:
            if place != keep and (is_merged or self._are_alternates(place, keep)):
                self._delete(place)

    def change_bag(self, name: str, gone: Counter[Hashable], new: list[Hashable]) -> None:
        """Rewrite or delete the lines of items that are gone, and add those that are new."""
        waiting = list(reversed(new))
        answered: set[Hashable] = set()
        for place in self.by_field[name]:
            if place in self.instead:
                continue
            group = self._company(place)
            items = [_compared(item) for item in getattr(self._meaning([place, *group]), name, ())]
            leaving = [item for item in items if gone[item] > 0 or item in answered]
            for item in leaving:
                gone[item] -= gone[item] > 0
            if name in {"occasions", "relations"}:
                answered.update(leaving)  # several lines may say the same one
            if leaving:
                stay = self._replace_item(name, place, leaving[0], waiting, group)
                self._delete_company(name, place, set(group) - stay)
            elif not items and name == "occasions" and waiting:
                self._replace_unread(place, waiting)
        for item in reversed(waiting):
            self._append(name, BAG_LINES[name](item, self.version))

    def _replace_item(
        self, name: str, place: int, old: Hashable, waiting: list[Hashable], group: list[int]
    ) -> set[int]:
        """Let the next of the waiting take the place of an item, or none; return what stays of its group."""
        if not waiting or not self._alike(name, old, waiting[-1]):
            self._delete(place)
            return set()
        new = waiting.pop()
        if self._rewrite_android(name, place, old, new):
            return set()
        return self._rewrite_item(name, place, old, new, group)

    def _delete_company(self, name: str, place: int, group: set[int]) -> None:
        """Delete what was about the item of a line only: lines of its group, other writings of its value."""
        for other in self.by_field[name]:
            if other != place and self._are_alternates(other, place):
                self._delete(other)
        for other in group:
            if self.heads[other].name == "LABEL" or not self._is_shared(place):
                self._delete(other)

    def _are_alternates(self, one: int, other: int) -> bool:
        """Whether two lines are one value in several languages or scripts (ALTID)."""
        heads = self.heads[one], self.heads[other]
        return bool(heads[0].params.get("ALTID")) and all(
            heads[0].params["ALTID"] == head.params.get("ALTID") and heads[0].name == head.name
            for head in heads
        )

    def _rewrite_item(self, name: str, place: int, old: Any, new: Any, group: list[int]) -> set[int]:
        """Rewrite the line of an item, as its program writes it; return the lines of its group that stay."""
        lines: list[Property] = BAG_LINES[name](new, self.version)
        keeps_label = name == "addresses" and place in self.label_of and old.label == new.label
        if name == "addresses":
            lines = [self._with_old_parts(place, lines[0], old.postal, new.postal, old, new)]
            has_lines = self.version in {"2.1", "3.0"} and "LABEL" not in self.heads[place].params
            if has_lines and new.label and not keeps_label:
                return self._rewrite_with_label(place, lines[0], new)
        labels = [other for other in group if self.heads[other].name == "X-ABLABEL"]
        if name in {"addresses", "urls"}:
            stay = {label for label in labels if self._may_stay(label, new)}
            stay |= {self.label_of[place]} if keeps_label else set()
        else:
            lines, stay = self._in_its_dialect(place, old, new, lines, labels)
        has_same_head = len(lines) == 1 and self._has_same_head(name, place, old, new)
        if not (has_same_head and self._rewrite_value(place, lines[0])):
            self._rewrite(place, lines, leaves=bool(set(labels) - stay))
        return stay

    def _in_its_dialect(
        self, place: int, old: Any, new: Any, lines: list[Property], labels: list[int]
    ) -> tuple[list[Property], set[int]]:
        """Return the lines of an item as the program of the card writes it, and the labels that stay."""
        head = self.heads[place]
        if len(lines) != 2 or lines[1].name != "X-ABLABEL":
            return lines, set()
        if head.label and old.label == new.label:
            return lines[:1], set()
        if self._is_of_a_vendor(place, old, new):
            return [replace(lines[0], name=head.written, group="")], set()
        if labels and all(getattr(old, part, None) == getattr(new, part, None) for part in ("label", "kind")):
            return lines[:1], set(labels)
        return lines, set()

    def _rewrite_with_label(self, place: int, line: Property, address: Any) -> set[int]:
        """Write an address and its label as two lines, which 2.1 and 3.0 know (RFC 2426 section 3.2.2)."""
        params = tuple(pair for pair in line.params if pair[0] != "LABEL")
        types = tuple(pair for pair in params if pair[0] == "TYPE")
        label = Property(name="LABEL", value=escaped(address.label, self.version), params=types)
        mine = self.label_of.get(place)
        if mine is None:
            self._rewrite(place, [replace(line, params=params), label])
            return set()
        self._rewrite(place, [replace(line, params=params)])
        self._rewrite(mine, [label])
        return {mine}

    def _rewrite_android(self, name: str, place: int, old: Any, new: Any) -> bool:
        """Put another day or name into Android's list; False where more than that has changed."""
        is_other = any(getattr(old, part, "") != getattr(new, part, "") for part in ("kind", "label", "uid"))
        if self.heads[place].name != dialects.ANDROID_CUSTOM or is_other:
            return False
        line = BAG_LINES[name](new, self.version)[0]
        text = self._text(place)
        parts = split_escaped(android_value(text), ";")
        parts[1] = line.value
        between = ";" if android_value(text) == text else "\\;"
        self._rewrite(
            place, [replace(line, name=dialects.ANDROID_CUSTOM, value=between.join(parts), group="")]
        )
        return True

    def _may_stay(self, place: int, new: Any) -> bool:
        """Whether the label of an address or a website is still right: relcard reads home and work only."""
        label = dialects.plain_label(self._text(place)).lower()
        return label not in dialects.ADDRESS_LABELS or label in getattr(new, "types", ())

    def _is_of_a_vendor(self, place: int, old: Any, new: Any) -> bool:
        """Whether the kind of a day or a relation stands in the name of its property."""
        head = self.heads[place]
        is_day = head.name == "ANNIVERSARY" or (head.written in dialects.RELATION_OF and not new.uid)
        return is_day and old.kind == new.kind

    def _has_same_head(self, name: str, place: int, old: Any, new: Any) -> bool:
        """Whether the head of an item's line says nothing that has changed."""
        if name in {"phones", "emails"}:
            return bool((old.types, old.label) == (new.types, new.label))
        if name != "addresses":
            return name == "urls"
        params = self.heads[place].params
        return (
            (old.types, old.preferred, old.country) == (new.types, new.preferred, new.country)
            and (old.label == new.label or "LABEL" not in params)
            and params.get("CC", new.country_code).upper() == new.country_code
            and (bool(new.country) or "CC" in params or not new.country_code)
        )

    def _with_old_parts(
        self, place: int, line: Property, old: Sequence[str], new: Sequence[str], *addresses: Any
    ) -> Property:
        """Return a line of several parts in which those that did not change stand as they stood.

        Parts behind the known ones (RFC 9554 sections 2.1 and 2.2) stay too, unless they say more finely
        what has changed.
        """
        was = split_escaped(self._text(place), ";")
        parts = split_escaped(line.value, ";")
        can_stay = self.version == "2.1" or all(map(str.isprintable, was))
        if not can_stay or len(old) != len(new) or (addresses and len(was) < len(parts)):
            return line
        known = len(parts)
        parts = [
            was[at] if at < len(was) and mine == others else parts[at]
            for at, (mine, others) in enumerate(zip(old, new, strict=True))
        ]
        is_coarse = (
            all(getattr(addresses[0], part) == getattr(addresses[-1], part) for part in _FINE_PARTS_OF)
            if addresses
            else True
        )
        if is_coarse:
            parts += was[known:]
        return replace(line, value=";".join(parts))

    def _rewrite_single(self, place: int, lines: list[Property]) -> None:
        head = self.heads[place]
        if head.written != head.name and head.written in dialects.RENAMED:
            lines = [replace(lines[0], name=head.written)]
        if len(lines) > 1 or lines[0].params or not self._rewrite_value(place, lines[0]):
            self._rewrite(place, lines, kept=self._kept_of_single(place))

    def _rewrite_value(self, place: int, new: Property) -> bool:
        """Put another value behind the head of a line as it stands; False where the head is about the old."""
        line, head, value = self.lines[place], self.heads[place], new.value
        written = self.raw[line.start : line.end]
        colon = find_colon(written)
        text = written[:colon]
        if colon < 0 or b"\n" in text or b"\r" in text or not _fits_any_value(head, new.name):
            return False
        is_long = len(text) + len(value) >= LONGEST_LINE and not head.label
        if self.version == "2.1" and (is_long or not (value.isascii() and value.isprintable())):
            return False
        whole = text + b":" + value.encode("utf-8", "replace")
        whole = fold(whole) if self.version != "2.1" else whole + b"\r\n"
        self.instead[place] = whole.replace(b"\r\n", self.eol)
        return True

    def _text(self, place: int) -> str:
        """Return the value of a line, decoded, with its escapes."""
        line, head = self.lines[place], self.heads[place]
        data = from_quoted_printable(line.value) if head.encoding is Encoding.QUOTED else line.value
        return decode(data, head.charset, self.charsets)[0]

    def _replace_unread(self, place: int, waiting: list[Hashable]) -> None:
        """Let a date take the place of a line that was meant to be this date and could not be read."""
        lines = BAG_LINES["occasions"](waiting[-1], self.version)
        if lines[0].name == self.heads[place].name:
            self._rewrite(place, lines)
            waiting.pop()

    def _alike(self, name: str, old: object, new: object) -> bool:
        """Whether a line may be rewritten in place: a birthday's line does not become an anniversary's."""
        return name != "occasions" or getattr(old, "kind", None) == getattr(new, "kind", None)

    def _meaning(self, places: list[int]) -> Contact | None:
        """Return what some lines say on their own."""
        reading = CardReading(self.version)
        reading.display_name = "?"
        lines = [line for place in sorted(places) for line in (self.lines[place], *self.bare.get(place, ()))]
        read_lines(reading, lines, self.charsets)
        return to_contact(reading)

    def _company(self, place: int) -> list[int]:
        """Return the lines that say something about this one: of its group, and the LABEL of an address."""
        # A real group has a label or two; the bound keeps a hostile one linear, and the last label counts.
        company = self.company.get(self.heads[place].group, [])[-8:]
        return [*company, self.label_of[place]] if place in self.label_of else company

    def _is_shared(self, place: int) -> bool:
        """Whether other lines of its group lean on the same label."""
        return self.speakers[self.heads[place].group] > 1

    def _delete(self, place: int) -> None:
        self.instead[place] = b""

    def _kept_of_single(self, place: int) -> tuple[tuple[str, str], ...]:
        """Return the types and the preference, which of a phone or address are part of the item itself."""
        head = self.heads[place]
        types = [*head.types, "pref"] if head.preferred and self.version != "4.0" else head.types
        kept = (("TYPE", ",".join(types)),) if types else ()
        return (*kept, ("PREF", "1")) if head.preferred and self.version == "4.0" else kept

    def _rewrite(
        self,
        place: int,
        properties: list[Property],
        *,
        kept: tuple[tuple[str, str], ...] = (),
        leaves: bool = False,
    ) -> None:
        """Write a line anew; it `leaves` its group where the label there is no longer its own.

        Where others of the group lean on its label, a line with a new label has a group of its own.
        """
        head = self.heads[place]
        kept += tuple((key, value) for key, value in head.params.items() if key not in _NOT_KEPT)
        if 1 < head.pref <= 100:
            kept += (("PREF", str(head.pref)),)
        first = properties[0]
        stated = {key for key, _ in first.params}
        params = first.params + tuple(pair for pair in kept if pair[0] not in stated)
        is_torn = self._is_shared(place) and (leaves or len(properties) > 1)
        group = "" if is_torn else head.group
        if len(properties) > 1:
            group = group or self._new_group()
        lines = [replace(first, params=params, group=group)]
        lines += [replace(line, group=group) for line in properties[1:]]
        self.instead[place] = self._bytes(lines)

    def _append(self, name: str, properties: list[Property]) -> None:
        if len(properties) > 1:
            group = self._new_group()
            properties = [replace(line, group=group) for line in properties]
        places = self.by_field[name]
        behind = places[-1] if places else self.end - 1
        self.behind[max(behind, 0)] += self._bytes(properties)

    def _new_group(self) -> str:
        while f"item{self.groups}" in self.speakers or f"item{self.groups}" in self.company:
            self.groups += 1
        self.groups += 1
        return f"item{self.groups - 1}"

    def _bytes(self, properties: list[Property]) -> bytes:
        return b"".join(to_bytes(line, self.version) for line in properties).replace(b"\r\n", self.eol)

    def _system_tags(self, places: list[int]) -> tuple[str, ...]:
        """Return the labels that are not tags but stand in the same line."""
        items = [item for p in places for item in listed(self.lines[p].value.decode("utf-8", "replace"))]
        return tuple(dict.fromkeys(item for item in items if item.lower() in dialects.SYSTEM_TAGS))


def _fits_any_value(head: Head, name: str) -> bool:
    """Whether a head may stand before another value of a property: it says nothing about the old one."""
    return (
        name in {head.name, head.written}
        and not set(head.params) & (_NOT_KEPT - {"LABEL", "CC"})
        and head.encoding is Encoding.NONE
        and head.charset.upper() in {"", "UTF-8"}
    )


def _field_of(head: Head, value: bytes) -> str:
    """Return the field of a contact that a line speaks of, "" for none that is patched."""
    if head.name == dialects.ANDROID_CUSTOM:
        kind = android_value(value.decode("utf-8", "replace")).partition(";")[0].strip().lower()
        return _ANDROID_FIELD_OF.get(kind.removeprefix(dialects.ANDROID_KIND), "")
    return _FIELD_OF.get(head.name, "")


def line_end(raw: bytes) -> bytes:
    """Return the line end of the card, as its first line has it; CRLF when there is only one line."""
    body = raw.lstrip(b"\r\n")
    text_end = min((place for end in (b"\r", b"\n") if (place := body.find(end)) >= 0), default=len(body))
    for end in (b"\r\r\n", b"\r\n", b"\n", b"\r"):
        if body.startswith(end, text_end):
            return end
    return b"\r\n"
