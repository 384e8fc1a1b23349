"""Names of one card that are several people's, as people write them in lists and address books."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies

from relcard.domain.kinds import Kind
from relcard.domain.people.contact import Name
from relcard.domain.people.household import Resident
from relcard.domain.people.joint_names import Doubt
from relcard.domain.people.joint_names import each_once
from relcard.domain.people.joint_names import family_alone
from relcard.domain.people.joint_names import people_of
from relcard.domain.people.joint_names import read_card_name
from relcard.domain.people.salutation import addressee
from relcard.domain.people.salutation import salutation

# As written: the people it means, the envelope and the greeting, in English.
WRITTEN = [
    ("Mo & Ida Finch", "Mo Finch, Ida Finch", "Mo and Ida Finch", "Dear Mo and Ida,"),
    ("Mo and Ida Finch", "Mo Finch, Ida Finch", "Mo and Ida Finch", "Dear Mo and Ida,"),
    ("Finch, Mo and Ida", "Mo Finch, Ida Finch", "Mo and Ida Finch", "Dear Mo and Ida,"),
    ("O'Dell, Pat & Kim", "Pat O'Dell, Kim O'Dell", "Pat and Kim O'Dell", "Dear Pat and Kim,"),
    ("Tam Reed + Ana Reed", "Tam Reed, Ana Reed", "Tam and Ana Reed", "Dear Tam and Ana,"),
    ("Hal Obi and Nell Roux", "Hal Obi, Nell Roux", "Hal Obi and Nell Roux", "Dear Hal and Nell,"),
    ("Mo, Ida and Bo Finch", "Mo Finch, Ida Finch, Bo Finch", "Mo, Ida and Bo Finch", "Dear Mo, Ida and Bo,"),
    ("Mr Mo Finch and Mrs Ida Finch", "Mo Finch, Ida Finch", "Mo and Ida Finch", "Dear Mo and Ida,"),
    ("Mo Finch & Ida", "Mo Finch, Ida Finch", "Mo and Ida Finch", "Dear Mo and Ida,"),
    ("Mo & Ida", "Mo, Ida", "Mo and Ida", "Dear Mo and Ida,"),
    ("Mo & Ida (DIED 2024)", "Mo, Ida", "Mo", "Dear Mo,"),
    ("Jan en Els van der Meer", "Jan van der Meer, Els van der Meer", "Jan and Els van der Meer", "Dear Jan and Els,"),
    ("Uwe und Gerda Krall", "Uwe Krall, Gerda Krall", "Uwe and Gerda Krall", "Dear Uwe and Gerda,"),
    ("Luc et Anouk Morel", "Luc Morel, Anouk Morel", "Luc and Anouk Morel", "Dear Luc and Anouk,"),
    ("Jan i Iga Borowscy", "Jan Borowski, Iga Borowska", "Jan and Iga Borowscy", "Dear Jan and Iga,"),
    ("Eva y Iván Soto Rey", "Eva Soto Rey, Iván Soto Rey", "Eva and Iván Soto Rey", "Dear Eva and Iván,"),
    ("Mary Ann & Mo Finch", "Mary Ann Finch, Mo Finch", "Mary Ann and Mo Finch", "Dear Mary Ann and Mo,"),
    ("Mo & Ida Finch and family", "Mo Finch, Ida Finch", "Mo and Ida Finch and family", "Dear Mo and Ida,"),
    ("Mo Finch and Family", "Mo Finch", "Mo Finch and family", "Dear Mo,"),
    ("Mr. and Mrs. Alan Dove", "Alan Dove, Dove", "Mr. and Mrs. Alan Dove", "Dear Mr. and Mrs. Dove,"),
    ("Rabbi & Mrs. Stern", "Stern, Stern", "Rabbi & Mrs. Stern", "Dear Rabbi & Mrs. Stern,"),
    ("Sir Hugh and Lady Dale", "Hugh Dale, Dale", "Sir Hugh and Lady Dale", "Dear Sir Hugh and Lady Dale,"),
    ("The Finch Family", "", "The Finch Family", "Dear Finch family,"),
    ("Finch Family", "", "Finch Family", "Dear Finch family,"),
    ("Familie Krall", "", "Familie Krall", "Dear Krall family,"),
    ("Famille Morel", "", "Famille Morel", "Dear Morel family,"),
    ("Borowscy", "", "Borowscy", "Dear Borowscy family,"),
    ("Ida Finch", "Ida Finch", "Ida Finch", "Dear Ida,"),
    ("Vik van der Meer", "Vik van der Meer", "Vik van der Meer", "Dear Vik,"),
    ("Pau Roca i Vidal", "Pau Roca i Vidal", "Pau Roca i Vidal", "Dear Pau Roca,"),
    ("Grandma Ida", "", "Grandma Ida", "Dear Grandma Ida,"),
    ("Krall & Sons Plumbing", "", "Krall & Sons Plumbing", "Dear Krall & Sons Plumbing,"),
    ("Marsh Bank", "", "Marsh Bank", "Dear Marsh Bank,"),
    ("De Vries", "", "De Vries", "Dear De Vries,"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "people", "envelope", "greeting"), WRITTEN)
def test_a_name_is_read_as_the_people_it_means(
    written: str, people: str, envelope: str, greeting: str
) -> None:
    read = read_card_name(written)
    assert ", ".join(person.name for person in read.people if person.name) == people
    residents = people_of(Resident(uid="card", display_name=written))
    assert addressee(residents) == envelope
    assert salutation(residents) == greeting


@pytest.mark.parametrize(
    ("parts", "people"),
    [
        (Name("Finch", "Mo & Ida"), ["Mo Finch", "Ida Finch"]),
        (Name("Finch & Dove", "Mo & Ida"), ["Mo Finch", "Ida Dove"]),
        (Name("Roux", "Hal Obi and Nell"), ["Hal Obi", "Nell Roux"]),  # the last word taken for the surname
        (Name("Finch", "Mary Ann & Mo"), ["Mary Ann Finch", "Mo Finch"]),
        (Name("Finch and Daughters", "Mo"), ["Mo Finch and Daughters"]),
    ],
)
def test_the_parts_of_a_card_may_be_of_several_too(parts: Name, people: list[str]) -> None:
    assert [person.name for person in read_card_name("as shown", parts).people] == people


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("Mo & Ida", Doubt.NO_SURNAME),
        ("Mo Finch & Ida", Doubt.ONE_SURNAME),
        ("Krall & Sons", Doubt.BUSINESS),
        ("Mary Ann & Mo Finch", Doubt.DOUBLE_NAME),
        ("Mo & Mo Finch", Doubt.SAME_NAME),
        ("Mo & Ida Finch", None),
        ("Hal Obi and Nell Roux", None),
    ],
)
def test_what_may_be_wrong_about_a_reading_is_said(written: str, doubt: Doubt | None) -> None:
    assert read_card_name(written).doubt is doubt


def test_each_of_several_has_an_identity_of_its_own_and_the_first_the_card_s() -> None:
    people = people_of(Resident(uid="card", display_name="Mo & Ida Finch", born="1960-02-01", gender="m"))
    assert [(person.uid, person.gender) for person in people] == [("card", ""), ("card/2", "")]


def test_an_organisation_is_never_several() -> None:
    shop = Resident(uid="shop", display_name="Finch & Dove", kind=Kind.ORG)
    assert people_of(shop) == (shop,)


_GIVEN = strategies.sampled_from(("Mo", "Ida", "Uwe", "Nell", "Bo", "Zofia"))
_FAMILY = strategies.sampled_from(("Finch", "Krall", "Roux", "van der Meer"))


@given(_GIVEN, _GIVEN, _FAMILY, strategies.sampled_from(("&", "and", "+", "und", "et", "og")))
def test_two_of_one_surname_are_read_alike_however_they_are_joined(
    one: str, other: str, family: str, joined: str
) -> None:
    expected = [(one, family), (other, family)]
    for written in (f"{one} {joined} {other} {family}", f"{family}, {one} {joined} {other}"):
        assert [(person.given, person.family) for person in read_card_name(written).people] == expected


def test_an_empty_name_is_no_family() -> None:
    """A card without a name, or with spaces for one, has no surname to greet."""
    assert family_alone("") == family_alone("  ") == ""


def test_a_title_that_only_joins_is_no_title() -> None:
    """A prefix field with nothing but "&" in it titles nobody."""
    card = read_card_name("Mo & Ida Finch", Name(given="Mo & Ida", family="Finch", prefixes="&"))
    assert [person.prefixes for person in card.people] == ["", ""]


def test_signs_that_touch_the_names_join_too() -> None:
    """Between two names "&" needs no spaces, also behind a name of two words."""
    assert [person.given for person in read_card_name("Mary Ann&Tom").people] == ["Mary", "Tom"]


def test_an_envelope_names_nobody_twice() -> None:
    """A couple's card beside the cards of both, and one name in two spellings, are two people."""
    couple = people_of(Resident(uid="both", display_name="Mo & Ida Finch"))
    mo = Resident(uid="mo", display_name="Mo Finch", given="Mo", family="Finch", birth_year=1960)
    ida = Resident(uid="ida", display_name="IDA FINCH", given="IDA", family="FINCH")
    assert [person.uid for person in each_once([*couple, mo])] == ["both/2", "mo"]
    assert {person.uid for person in each_once([*couple, mo, ida])} == {"mo", "ida"}
    son = mo._replace(uid="son", birth_year=1990)
    assert each_once([mo, son]) == (mo, son)
    assert each_once([mo, mo._replace(uid="jr", suffixes="Jr.")])[1:] != ()


def test_a_shorter_form_of_a_name_stands_on_no_envelope_beside_it() -> None:
    """Aunt Fern is Aunt Fern Pickett and Lois is Lois Ostrander, unless a birth, a child or a surname parts them."""
    fern = Resident("a", "Aunt Fern Pickett", family="Pickett", given="Fern")
    assert each_once([Resident("b", "Aunt Fern"), fern]) == (fern,)
    helen = Resident("a", "Grandma Helen")
    assert each_once([helen, Resident("b", "Grandma Helen")]) == (helen,)
    lois = Resident("a", "Lois Ostrander", family="Ostrander", given="Lois", birth_year=1950)
    assert each_once([lois, Resident("b", "lois", given="lois")]) == (lois,)
    couple = people_of(Resident("c", "Glenn & Lois Ostrander"))
    assert [person.uid for person in each_once([Resident("b", "Lois", given="Lois"), *couple])] == [
        "c",
        "c/2",
    ]
    for other in (
        Resident("b", "Lois", given="Lois", birth_year=1990),
        Resident("b", "Lois", given="Lois", is_child=True),
        Resident("b", "Lois Ann Ostrander", family="Ostrander", given="Lois Ann"),
        Resident("b", "Loisa", given="Loisa"),
    ):
        assert len(each_once([lois, other])) == 2


def test_death_told_behind_a_surname_two_share_is_asked_about() -> None:
    """Behind the last name alone it is that one's; nobody guesses whose it is else."""
    doris = read_card_name("Walt & Doris (DIED 2024)")
    assert (doris.last_died, doris.doubt, str(doris)) == (True, Doubt.OTHER_DIED, "Walt · Doris (has died)")
    either = read_card_name("Walt & Doris Hutchins (DIED 2024)")
    assert (either.last_died, either.doubt) == (False, Doubt.ONE_DIED)
