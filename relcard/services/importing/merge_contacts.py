"""Two contacts become one: the first named survives, with what the second knew; nothing is decided alone."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.importing.couples import left_out
from relcard.domain.importing.differences import Side
from relcard.domain.importing.differences import Whole
from relcard.domain.importing.differences import differences
from relcard.domain.importing.differences import side_by_side
from relcard.domain.importing.differences import unite
from relcard.domain.people.contact import Relation
from relcard.domain.people.contact import name_key
from relcard.domain.text import fold
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.postal.checks import check_address
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import households
from relcard.store import members
from relcard.store import merges
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.importing.differences import ComparedLine
    from relcard.domain.importing.differences import Difference
    from relcard.domain.people.contact import Contact
    from relcard.store.file.database import Connection
    from relcard.store.households import HouseholdRow
    from relcard.store.merges import Origin

_WISHES = ("addressee", "salutation", "formality", "language", "feast")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two contacts beside each other; `newer` is the one whose vCard came in last."""

    uids: tuple[str, str]
    names: tuple[str, str]
    origins: tuple[list[Origin], list[Origin]]
    circles: tuple[str, str]
    lines: list[ComparedLine]
    differences: list[Difference]
    newer: Side
    wholes: tuple[Whole, Whole]
    housemates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What came of a merge: the contact that stands, and who it was besides."""

    uid: str
    name: str
    gone_uid: str
    gone_name: str
    contact_id: int


@dataclass(frozen=True, slots=True)
class _HouseholdOfOne:
    """The household of one of the two, and what the user wrote for it."""

    row: HouseholdRow | None
    drafts: Mapping[str, tuple[str, str]]
    others: tuple[str, ...]  # names of who else is there

    @property
    def stated(self) -> bool:
        return self.row is not None and self.row.stated


def compare_contacts(db: Connection, first: int, second: int) -> Comparison:
    """Return two contacts side by side, and the fields of which only one value can stand."""
    one, other = _wholes(db, first, second)
    origins = merges.origins(db, (first, second))
    return Comparison(
        uids=(one.contact.uid, other.contact.uid),
        names=(one.contact.display_name, other.contact.display_name),
        origins=(origins.get(first, []), origins.get(second, [])),
        circles=(one.said.get("circle", ""), other.said.get("circle", "")),
        lines=side_by_side(one, other),
        differences=differences(one, other),
        newer=_newer(db, first, second),
        wholes=(one, other),
        housemates=_housemates(_homes(db, first, second)),
    )


def foresee(compared: Comparison, take: Mapping[str, Side]) -> Whole:
    """Return what a merge of two compared contacts would make of them."""
    return _united(*compared.wholes, take, compared.housemates)


def merge_contacts(
    db: Connection, first: int, second: int, *, take: Mapping[str, Side], today: date
) -> Merge:
    """Merge the second contact into the first, inside the step the caller holds.

    `take` says by field which side stands. Raises `UsageError` for one contact named twice or a field in
    which they do not differ, and `UndecidedError` when a field is left open. Both vCards are kept and known
    again. The household is the first's, unless it is only proposed and the second's was stated.
    """
    if first == second:
        raise UsageError(
            "That is one contact already.", hint="Name two: relcard duplicates shows likely pairs."
        )
    one, other = _wholes(db, first, second)
    _check(one, other, take)
    homes = _homes(db, first, second)
    whole = _united(one, other, take, _housemates(homes))
    words = [merges.closeness_of(db, contact_id) for contact_id in (first, second)]
    days = merges.occasion_ids(db, (first, second))
    _follow_relations(db, other.contact.uid, one.contact.uid, but=(first, second))
    contacts.update(db, first, whole.contact)
    facts = {key.removeprefix("fact."): value for key, value in whole.said.items() if key.startswith("fact.")}
    if name_key(whole.contact) != name_key(one.contact):
        # The first's own vCard goes on to come under its old name.
        merges.add_alias(db, first, uid="", abuid="", name_key=name_key(one.contact), vcard_id=None)
    merges.take_over(db, second, first, facts=facts)
    merges.follow_occasions(db, days, first)
    merges.set_closeness(db, first, _words(words[0], words[1], whole))
    _settle(db, first, homes, whole, take, today=today)
    return Merge(
        uid=whole.contact.uid,
        name=whole.contact.display_name,
        gone_uid=other.contact.uid,
        gone_name=other.contact.display_name,
        contact_id=first,
    )


def merge_alike(db: Connection, *, today: date) -> list[Merge]:
    """Merge every pair of one name and more in common that leaves nothing to decide.

    More is an address, an e-mail, a phone or a birthday. Inside the step the caller holds. The contact that
    came first stands; of three alike all become one. A pair that differs where only one value can stand is
    left for the user.
    """
    done: list[Merge] = []
    left: set[tuple[str, str]] = set()
    while True:
        pairs = [
            (pair.a.uid, pair.b.uid)
            for pair in find_duplicates(db)
            if pair.likeness.rank == 0 and (pair.a.uid, pair.b.uid) not in left
        ]
        ids = contacts.ids_of_uids(db, [uid for pair in pairs for uid in pair])
        touched: set[str] = set()
        for pair in pairs:
            if touched & set(pair):
                continue  # seen again in the next round, as what it is then
            first, second = sorted(ids[uid] for uid in pair)
            if differences(*_wholes(db, first, second)):
                left.add(pair)
                continue
            touched |= set(pair)
            done.append(merge_contacts(db, first, second, take={}, today=today))
        if not touched:
            return done


def _united(one: Whole, other: Whole, take: Mapping[str, Side], housemates: Iterable[str]) -> Whole:
    """Return what two are together; whom only the name that goes names stays, as living with the contact.

    Of "John & Mary Smith" merged into John Smith, Mary stays so unless she is a contact of the household.
    """
    whole = unite(one, other, take)
    gone = one if take.get("name") is Side.SECOND else other
    known = {fold(name) for name in (*housemates, *(relation.name for relation in whole.contact.relations))}
    added = [
        Relation(kind="co-resident", name=name)
        for name in left_out(gone.contact, whole.contact)
        if fold(name) not in known
    ]
    contact = _reachable(whole.contact)
    if added:
        contact = contact._replace(relations=(*contact.relations, *added))
    return whole if contact is whole.contact else replace(whole, contact=contact)


def _reachable(contact: Contact) -> Contact:
    """Return a contact whose cards go to the address the post finds best, where it would miss the usual one.

    The others are kept. A card does not go to work instead of home.
    """
    usual = contact.address
    if usual is None or not check_address(usual):
        return contact
    others = [
        address
        for address in contact.addresses
        if not address.is_seasonal and ("work" not in address.types or "work" in usual.types)
    ]
    best = min(others, key=lambda address: (len(check_address(address)), address != usual), default=usual)
    if len(check_address(best)) >= len(check_address(usual)):
        return contact
    addresses = tuple(address._replace(preferred=address is best) for address in contact.addresses)
    return contact._replace(addresses=addresses)


def _housemates(homes: Iterable[_HouseholdOfOne]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for home in homes for name in home.others))


def _check(one: Whole, other: Whole, take: Mapping[str, Side]) -> None:
    differ = {difference.field: difference for difference in differences(one, other)}
    for field in take:
        if field not in differ:
            known = f"They differ in: {', '.join(differ)}." if differ else "They differ in no field."
            raise UsageError(f"There is nothing to decide about '{field}'.", hint=known)
    left = [difference for field, difference in differ.items() if field not in take]
    if left:
        names = f"{one.contact.display_name} and {other.contact.display_name}"
        raise UndecidedError(
            f"{names} differ in {', '.join(difference.field for difference in left)}: which stands?",
            candidates=tuple(f'{field}: first "{ours}", second "{theirs}"' for field, ours, theirs in left),
            hint=f"Say --take first, second or newer, or for one field: --set {left[0].field}=second",
        )


def _wholes(db: Connection, first: int, second: int) -> tuple[Whole, Whole]:
    homes = _homes(db, first, second)
    both_alone = homes[0].row is not homes[1].row and not (homes[0].others or homes[1].others)
    both_stated = homes[0].stated and homes[1].stated
    are_two_homes = both_stated and not both_alone and homes[0].row != homes[1].row
    wholes = []
    for contact_id, home in zip((first, second), homes, strict=True):
        fields = _words_of_contact(db, contact_id)
        if are_two_homes:
            fields["household"] = f"with {', '.join(home.others)}" if home.others else "alone"
        if both_alone and home.row is not None:
            fields |= {f"household.{wish}": _wish(home.row, wish) for wish in _WISHES}
            fields |= {f"draft.{season}": "\n".join(words) for season, words in home.drafts.items()}
        stated = {field: value for field, value in fields.items() if value}
        wholes.append(Whole(contact=contacts.load(db, contact_id), said=stated))
    return wholes[0], wholes[1]


def _words_of_contact(db: Connection, contact_id: int) -> dict[str, str]:
    """Return what the user says of a contact alone, by field: circle, cadence and facts."""
    words = merges.closeness_of(db, contact_id)
    fields = {"circle": words.circle or ""}
    if words.cadence_days is not None:
        fields["cadence"] = str(words.cadence_days)
    return fields | {f"fact.{fact.key}": fact.value for fact in relationships.facts(db, contact_id)}


def _wish(row: HouseholdRow, wish: str) -> str:
    # Informal is what a household begins with: only of one the user has spoken on is it a wish.
    if wish == "formality" and not row.stated:
        return ""
    return str(getattr(row, wish))


def _homes(db: Connection, first: int, second: int) -> tuple[_HouseholdOfOne, _HouseholdOfOne]:
    homes = []
    rows: dict[int, HouseholdRow | None] = {}
    for contact_id in (first, second):
        household_id = households.of_contact(db, contact_id)
        if household_id is None:
            homes.append(_HouseholdOfOne(None, {}, ()))
            continue
        row = rows.setdefault(household_id, households.get(db, household_id))
        others = [member for member in row.members if member not in (first, second)] if row else []
        names = contacts.names(db, others)
        drafts = merges.edited_drafts(db, household_id)
        homes.append(_HouseholdOfOne(row, drafts, tuple(names[member] for member in others)))
    return homes[0], homes[1]


def _words(ours: merges.Closeness, theirs: merges.Closeness, whole: Whole) -> merges.Closeness:
    """Return what stands of the user's words; a circle brings the day it was said on."""
    circle = whole.said.get("circle")
    stated = ours if ours.circle == circle else theirs
    cadence = whole.said.get("cadence")
    return merges.Closeness(
        circle=circle,
        said_on=stated.said_on,
        cadence_days=int(cadence) if cadence else None,
        added_on=min(ours.added_on, theirs.added_on),
    )


def _follow_relations(db: Connection, old: str, new: str, *, but: tuple[int, int]) -> None:
    """Let those who named the second contact as a relation name the one that stands."""
    for contact_id in merges.related_to(db, old):
        if contact_id not in but:
            contact: Contact = contacts.load(db, contact_id)
            relations = (one._replace(uid=new) if one.uid == old else one for one in contact.relations)
            followed = contact._replace(relations=tuple(dict.fromkeys(relations)))
            contacts.update(db, contact_id, followed)


def _settle(
    db: Connection,
    contact_id: int,
    homes: tuple[_HouseholdOfOne, _HouseholdOfOne],
    whole: Whole,
    take: Mapping[str, Side],
    *,
    today: date,
) -> None:
    """Put the contact into the household that stands, with the seasons and wishes of one that ends."""
    first, second = homes
    side = take.get("household")
    if second.row is not None and (
        side is Side.SECOND or (side is None and second.stated and not first.stated)
    ):
        households.put(db, contact_id, second.row.id)
    if first.row is None or first.row is not second.row:
        suggest_households(db, {contact_id}, today=today)
    else:  # nobody moves: to propose households is to look at everybody
        members.follow_cards(db, {contact_id}, today=today)
    here = households.of_contact(db, contact_id)
    assert here is not None  # noqa: S101  every contact is in a household
    _keep_wishes(db, here, contact_id, whole, is_stated=first.stated or second.stated)
    _end_households(db, here, homes, take)


def _keep_wishes(db: Connection, here: int, contact_id: int, whole: Whole, *, is_stated: bool) -> None:
    """Give a household of the contact alone the wishes of two; with `is_stated` it is by the user's word."""
    wishes = {wish: whole.said[f"household.{wish}"] for wish in _WISHES if f"household.{wish}" in whole.said}
    row = households.get(db, here)
    if wishes and row is not None and row.members == (contact_id,):
        households.set_wishes(db, here, {**wishes})
        if is_stated and not row.stated:
            households.describe(db, here, stated=True, reason=row.reason)


def _end_households(
    db: Connection, here: int, homes: tuple[_HouseholdOfOne, _HouseholdOfOne], take: Mapping[str, Side]
) -> None:
    """Let a household without anybody end; its seasons go on here, each with the draft that stands."""
    first, second = homes
    drafts = {
        season: (second if take.get(f"draft.{season}") is Side.SECOND else first).drafts[season]
        for season in first.drafts.keys() & second.drafts.keys()
    }
    for row in (first.row, second.row):
        if row is not None and row.id != here and households.get(db, row.id) is None:
            merges.move_recipients(db, row.id, here, drafts=drafts)
            merges.drop_household(db, row.id)


def _newer(db: Connection, first: int, second: int) -> Side:
    """Return whose vCard came in last: vCards carry clocks of their own, which nobody sets."""
    ours, theirs = (
        max((one.id for one in merges.cards_of(db, contact_id)), default=0) for contact_id in (first, second)
    )
    days = merges.origins(db, (first, second))
    our_day, their_day = (
        days[contact_id][0].imported_on.isoformat() if contact_id in days else ""
        for contact_id in (first, second)
    )
    return Side.SECOND if (their_day, theirs, second) > (our_day, ours, first) else Side.FIRST
