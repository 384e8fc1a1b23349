from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Relation
from relcard.domain.people.household import Resident
from relcard.domain.people.household import children
from relcard.domain.people.household import head_order
from relcard.domain.people.household import propose
from relcard.domain.people.household import surname_key

if TYPE_CHECKING:
    from relcard.domain.people.household import Proposal

HOME = "30001|lipowa|5|3|"
NEAR = "30001|lipova|5||"
AWAY = "51147|heidestr|17||"


def one(
    name: str,
    key: str = HOME,
    *,
    born: int | None = None,
    died: bool = False,
    kind: Kind = Kind.INDIVIDUAL,
    related: tuple[Relation, ...] = (),
    organises: bool = False,
) -> Resident:
    given_name, _, family = name.rpartition(" ")
    return Resident(
        uid=name,
        display_name=name,
        given=given_name,
        family=family,
        kind=kind,
        birth_year=born,
        has_died=died,
        address_key=key,
        relations=related,
        organises=organises,
    )


def members(proposals: list[Proposal]) -> list[set[str]]:
    return [set(proposal.members) for proposal in proposals]


def test_one_letterbox_and_one_surname_are_plainly_a_household() -> None:
    """Kowalska and Kowalski bear one surname; nobody need be asked."""
    (found,) = propose([one("Anna Kowalska"), one("Jan Kowalski")])
    assert found.members == ("Anna Kowalska", "Jan Kowalski")
    assert found.reason == "same address and surname"
    assert found.sure


def test_one_letterbox_and_two_surnames_are_asked_about() -> None:
    """A couple, a lodger or the neighbour above the shop: only the user knows."""
    (found,) = propose([one("Anna Kowalska"), one("Jan Smith")])
    assert found.reason == "same address"
    assert not found.sure


def test_a_relation_at_one_letterbox_is_plain() -> None:
    """Two surnames and a spouse named on one of the vCards, by name or by UID."""
    for relation in (Relation(kind="spouse", name="jan smith"), Relation(kind="Husband", uid="Jan Smith")):
        (found,) = propose([one("Anna Kowalska", related=(relation,)), one("Jan Smith")])
        assert found.sure
        assert found.reason == "same address, related"


def test_an_organisation_stands_alone() -> None:
    """A person who lives above a bakery does not get the bakery's card."""
    found = propose([one("Anna Krumm"), one("Bakery Krumm", kind=Kind.ORG), one("Max Krumm")])
    assert members(found) == [{"Anna Krumm", "Max Krumm"}, {"Bakery Krumm"}]
    assert found[1].reason == "an organisation"


def test_a_block_of_flats_falls_apart_by_surname() -> None:
    """Many people of many surnames behind one number are families, not one household."""
    names = ["A Nowak", "B Nowak", "C Lee", "D Roe", "E Poe", "F Doe", "G Kim", "H Fox", "I Ash"]
    found = propose([one(name) for name in names])
    assert {"A Nowak", "B Nowak"} in members(found)
    assert len(found) == 8
    assert not found[0].sure


def test_a_large_family_stays_together() -> None:
    """Ten people of one surname are ten people of one surname."""
    assert len(propose([one(f"{letter} Nowak") for letter in "ABCDEFGHIJ"])) == 1


def test_a_couple_in_a_block_of_flats_stays_together() -> None:
    """A relation holds where the surname does not."""
    names = ["C Lee", "D Roe", "E Poe", "F Doe", "G Kim", "H Fox", "I Ash", "J Elm"]
    couple = one("A Nowak", related=(Relation(kind="spouse", name="C Lee"),))
    assert {"A Nowak", "C Lee"} in members(propose([couple, *(one(name) for name in names)]))


def test_strangers_that_a_newcomer_ties_together_become_one_family() -> None:
    """A double surname joins both families, whoever comes first."""
    names = ["A Nowak", "B Lee", "C Nowak-Lee", "D Roe", "E Poe", "F Doe", "G Kim", "H Fox", "I Ash"]
    found = members(propose([one(name) for name in names]))
    assert {"A Nowak", "B Lee", "C Nowak-Lee"} in found


def test_without_an_address_one_is_alone() -> None:
    """No address and no relation: nobody to share an envelope with."""
    found = propose([one("Anna Lee", ""), one("Tom Lee", "")])
    assert members(found) == [{"Anna Lee"}, {"Tom Lee"}]
    assert found[0].reason == "no address"


def test_a_partner_or_child_without_an_address_joins_the_home() -> None:
    """RELATED says what the address book forgot, but a grown child has left home."""
    mother = one(
        "Anna Lee",
        related=(
            Relation(kind="spouse", name="Tom Roe"),
            Relation(kind="child", name="Ola Lee"),
            Relation(kind="child", name="Max Lee"),
            Relation(kind="friend", name="Kim Fox"),
        ),
    )
    others = [one("Tom Roe", ""), one("Ola Lee", ""), one("Max Lee", "", born=1990), one("Kim Fox", "")]
    found = propose([*others, mother], year=2026)
    assert {"Anna Lee", "Tom Roe", "Ola Lee"} in members(found)
    assert {"Max Lee"} in members(found)
    assert {"Kim Fox"} in members(found)


def test_partners_of_whom_neither_has_an_address_are_together() -> None:
    """They are asked for one address, not two."""
    pair = [one("Anna Lee", "", related=(Relation(kind="partner", name="Tom Roe"),)), one("Tom Roe", "")]
    assert members(propose(pair)) == [{"Anna Lee", "Tom Roe"}]


def test_nearly_the_same_address_and_one_surname_are_asked_about() -> None:
    """A slip in the street's name does not part a family; another surname does."""
    (found,) = propose([one("Anna Lee"), one("Tom Lee", NEAR)])
    assert found.reason == "same surname, nearly the same address"
    assert not found.sure
    assert len(propose([one("Anna Lee"), one("Tom Roe", NEAR)])) == 2


def test_the_dead_stay_in_their_household() -> None:
    """Being addressed is another matter."""
    assert members(propose([one("Joan Lee"), one("Bob Lee", died=True)])) == [{"Joan Lee", "Bob Lee"}]


def test_adults_come_first_and_the_organiser_before_all() -> None:
    """Who keeps the household together, the other adults as they came, the children by age."""
    people = [
        one("Ola Lee", born=2016),
        one("Tom Lee", born=1979),
        one("Piotr Lee", born=2013),
        one("Eva Lee", born=1985, organises=True),
        one("Gran Lee", born=1950),
    ]
    ordered = [resident.given for resident in head_order(people, year=2026)]
    assert ordered == ["Eva", "Tom", "Gran", "Piotr", "Ola"]


def test_a_child_is_one_by_age_by_word_or_by_relation() -> None:
    """Eighteen is grown up; RELATED counts only where no age is known; a parent among them is no child."""
    mother = one(
        "Anna Lee", related=(Relation(kind="child", name="Ola Lee"), Relation(kind="child", name="Max Lee"))
    )
    grandmother = one("Gran Lee", related=(Relation(kind="daughter", name="Anna Lee"),))
    people = [
        mother,
        grandmother,
        one("Ola Lee"),
        one("Max Lee", born=2008),
        one("Kim Lee")._replace(is_child=True),
    ]
    assert children(people, year=2026) == {"Ola Lee", "Kim Lee"}
    assert children(people, year=2025) == {"Ola Lee", "Kim Lee", "Max Lee"}


def test_children_alone_are_a_household() -> None:
    """With no adult living there nobody stands behind anyone."""
    people = [one("Ola Lee", born=2015), one("Gran Lee", born=1940, died=True)]
    assert children(people, year=2026) == set()


def test_surnames_that_change_with_their_bearer_are_one() -> None:
    """Polish, Czech, Russian and Greek couples bear one surname in two forms."""
    for hers, his in (
        ("Kowalska", "Kowalski"),
        ("Nováková", "Novák"),
        ("Иванова", "Иванов"),
        ("Παππού", "Παππός"),
    ):
        assert surname_key(one(f"X {hers}")) & surname_key(one(f"Y {his}")), hers
    assert not surname_key(one("X Lee")) & surname_key(one("Y Roe"))


_RESIDENTS = st.lists(
    st.builds(
        Resident,
        uid=st.sampled_from("abcdefghijklmnop"),
        display_name=st.sampled_from(("Anna Lee", "Tom Lee", "Kim Roe", "Bo", "")),
        family=st.sampled_from(("Lee", "Roe", "Lee-Roe", "Fox", "Ash", "")),
        given=st.sampled_from(("Anna", "Tom", "")),
        kind=st.sampled_from((Kind.INDIVIDUAL, Kind.INDIVIDUAL, Kind.ORG)),
        birth_year=st.sampled_from((None, 1950, 2015)),
        has_died=st.booleans(),
        address_key=st.sampled_from(("", HOME, NEAR, AWAY)),
        relations=st.lists(
            st.builds(
                Relation,
                kind=st.sampled_from(("spouse", "child", "parent", "friend")),
                uid=st.sampled_from("abcdefghijklmnopq"),
            ),
            max_size=2,
        ).map(tuple),
    ),
    max_size=16,
    unique_by=lambda resident: resident.uid,
)


@given(_RESIDENTS)
def test_everyone_is_in_exactly_one_proposal(residents: list[Resident]) -> None:
    """Nobody is forgotten, nobody gets two cards, and organisations share with no one."""
    found = propose(residents, year=2026)
    named = [uid for proposal in found for uid in proposal.members]
    assert sorted(named) == sorted(resident.uid for resident in residents)
    organisations = {resident.uid for resident in residents if resident.kind is Kind.ORG}
    for proposal in found:
        assert len(proposal.members) == 1 or not organisations & set(proposal.members)
        assert proposal.reason


@given(_RESIDENTS)
def test_order_loses_nobody_and_puts_no_child_before_an_adult(residents: list[Resident]) -> None:
    """Head order is the same people again, adults before children."""
    ordered = head_order(residents, year=2026)
    assert sorted(one.uid for one in ordered) == sorted(one.uid for one in residents)
    young = [one.uid in children(residents, year=2026) for one in ordered]
    assert young == sorted(young)


def test_roles_beat_age_and_pets_come_last() -> None:
    """Whoever the user calls an adult is one at any age; a pet is no adult and no child."""
    tom = one("Tom Lee", born=2012)._replace(is_grown=True)
    rex = one("Rex")._replace(is_pet=True)
    ola = one("Ola Lee", born=2015)
    home = [rex, ola, tom, one("Ann Lee")]
    assert children(home, year=2026) == {"Ola Lee"}
    assert [each.uid for each in head_order(home, year=2026)] == ["Tom Lee", "Ann Lee", "Ola Lee", "Rex"]
    assert children([ola, rex], year=2026) == set()
