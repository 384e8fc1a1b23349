from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.importing.differences import DIFFERS
from relcard.domain.importing.differences import MORE
from relcard.domain.importing.differences import SAME
from relcard.domain.importing.differences import Side
from relcard.domain.importing.differences import Whole
from relcard.domain.importing.differences import differences
from relcard.domain.importing.differences import side_by_side
from relcard.domain.importing.differences import unite
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation

ANNA = Contact(uid="a", display_name="Anna Nowak", name=Name(family="Nowak", given="Anna"))
HIGH_STREET = Address(street="12 High Street", locality="Leeds", postcode="LS1 4DY", country_code="GB")


def whole(contact: Contact = ANNA, **said: str) -> Whole:
    return Whole(contact=contact, said=said)


def anna(**parts: object) -> Whole:
    return whole(ANNA._replace(**parts))  # type: ignore[arg-type]


def birthday(text: str) -> Occasion:
    return Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate.parse(text))


def asked(first: Whole, second: Whole) -> list[str]:
    return [one.field for one in differences(first, second)]


def test_what_only_one_says_is_no_question() -> None:
    """An organisation, a birthday or a circle that only one of them has is simply kept."""
    more = Whole(
        contact=ANNA._replace(org="Mill", title="Baker", language="pl", occasions=(birthday("1980-04-12"),)),
        said={"circle": "close"},
    )
    for first, second in ((whole(), more), (more, whole())):
        assert differences(first, second) == []
        assert unite(first, second) == more


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("name", anna(), anna(display_name="Ania Nowak")),
        ("kind", anna(), anna(kind=Kind.ORG)),
        ("organisation", anna(org="Mill"), anna(org="Bank")),
        ("title", anna(title="Baker"), anna(title="Dr")),
        ("language", anna(language="pl"), anna(language="en")),
        ("phonetic", anna(phonetic="a"), anna(phonetic="b")),
        ("birthday", anna(occasions=(birthday("1980-04-12"),)), anna(occasions=(birthday("1981-04-12"),))),
        ("circle", whole(circle="close"), whole(circle="wide")),
        (
            "fact.bread",
            Whole(contact=ANNA, said={"fact.bread": "rye"}),
            Whole(contact=ANNA, said={"fact.bread": "white"}),
        ),
    ],
)
def test_each_single_value_is_asked_and_taken(field: str, first: Whole, second: Whole) -> None:
    """Where both say something else there is one question, and either answer stands whole."""
    assert asked(first, second) == [field]
    assert unite(first, second, {field: Side.FIRST}) == first
    assert unite(first, second, {field: Side.SECOND}) == second
    assert unite(first, second) == first


def test_spaces_are_no_difference() -> None:
    """A name written with two spaces is the same name."""
    assert asked(anna(), anna(display_name="Anna  Nowak ")) == []


@pytest.mark.parametrize(
    ("one", "other", "united"),
    [
        ("--04-12", "1980-04-12", "1980-04-12"),
        ("1980-04-12", "--04-12", "1980-04-12"),
        ("1980", "--04-12", "1980-04-12"),
        ("1980-04", "1980-04-12", "1980-04-12"),
    ],
)
def test_a_date_known_in_part_is_filled_in(one: str, other: str, united: str) -> None:
    """A birthday without its year and the full one are one day, and nothing is asked."""
    first, second = anna(occasions=(birthday(one),)), anna(occasions=(birthday(other),))
    assert asked(first, second) == []
    assert [str(day.date) for day in unite(first, second).contact.occasions] == [united]


def test_a_leap_day_beside_a_common_year_is_asked() -> None:
    """29 February and a year that has none cannot be one date."""
    assert asked(anna(occasions=(birthday("--02-29"),)), anna(occasions=(birthday("1981"),))) == ["birthday"]


def test_days_with_labels_of_their_own_are_all_kept() -> None:
    """Two custom days are two, the same one is one."""
    first_call = Occasion(kind=OccasionKind.CUSTOM, date=PartialDate(2019, 5, 1), label="first call")
    garden = first_call._replace(label="garden")
    both = unite(
        anna(occasions=(first_call,)), anna(occasions=(garden, first_call._replace(label="First call")))
    )
    assert both.contact.occasions == (first_call, garden)


def test_one_number_written_twice_is_one() -> None:
    """Phones meet without country code and spaces, e-mails without capitals; their types are those of both."""
    first = anna(
        phones=(Phone(value="+44 113 496 0001", types=("cell",)),), emails=(Email(value="anna@example.org"),)
    )
    second = anna(
        phones=(Phone(value="0113 496 0001", types=("home",), label="kitchen"), Phone(value="113")),
        emails=(Email(value="Anna@Example.org", types=("work",)),),
    )
    both = unite(first, second).contact
    assert both.phones == (
        Phone(value="+44 113 496 0001", types=("cell", "home"), label="kitchen"),
        Phone(value="113"),
    )
    assert both.emails == (Email(value="anna@example.org", types=("work",)),)


def test_extensions_are_the_same_only_when_written_the_same() -> None:
    """12 and 112 end alike and are two numbers."""
    both = unite(anna(phones=(Phone(value="12"),)), anna(phones=(Phone(value="112"), Phone(value="12"))))
    assert [one.value for one in both.contact.phones] == ["12", "112"]


def test_of_one_letterbox_the_fuller_address_stays() -> None:
    """12 High St with its county takes the place of 12 High Street, in the same place."""
    fuller = HIGH_STREET._replace(street="12 High St", region="West Yorkshire", country="United Kingdom")
    mill = HIGH_STREET._replace(street="3 Mill Lane", types=("work",))
    first = anna(addresses=(HIGH_STREET._replace(types=("home",)), mill))
    both = unite(first, anna(addresses=(fuller,))).contact.addresses
    assert both == (fuller._replace(types=("home",)), mill)


def test_cards_go_on_to_the_first_contacts_address() -> None:
    """The other's preferred address is kept, and does not overrule where cards went; a bare office it does."""
    home = HIGH_STREET._replace(types=("home",))
    theirs = HIGH_STREET._replace(street="3 Mill Lane", preferred=True)
    assert unite(anna(addresses=(home,)), anna(addresses=(theirs,))).contact.address == home
    office = home._replace(types=("work",))
    assert unite(anna(addresses=(office,)), anna(addresses=(theirs,))).contact.address == theirs


def test_relations_of_the_two_to_each_other_end() -> None:
    """Who was listed as their own colleague is not related to themselves afterwards."""
    to_second = Relation(kind="colleague", uid="b")
    spouse = Relation(kind="spouse", name="Jan")
    second = whole(ANNA._replace(uid="b", relations=(Relation(kind="friend", uid="a"), spouse)))
    assert unite(anna(relations=(to_second,)), second).contact.relations == (spouse,)


@pytest.mark.parametrize(
    ("one", "other", "united"),
    [
        ("a", "", "a"),
        ("", "b", "b"),
        ("a", "b", "a\nb"),
        ("likes rye", "rye", "likes rye"),
        ("rye", "likes rye", "likes rye"),
    ],
)
def test_notes_of_both_vcards_are_kept(one: str, other: str, united: str) -> None:
    """Two notes stand below each other; what one holds already is not said twice."""
    assert unite(anna(note=one), anna(note=other)).contact.note == united


def test_the_fuller_components_of_one_name_stay() -> None:
    """Of two cards that show the same name, the one that takes it apart serves."""
    bare = anna(name=Name(given="Anna Nowak"))
    assert unite(bare, anna()).contact.name == ANNA.name
    assert unite(anna(), bare).contact.name == ANNA.name


def test_side_by_side() -> None:
    """What both have stands first and unmarked; what only one has, and what cannot both stand, is marked."""
    first = whole(
        ANNA._replace(phones=(Phone(value="0113 496 0002"), Phone(value="0113 496 0001")), org="Mill"),
        circle="close",
    )
    second = whole(
        ANNA._replace(display_name="Ania Nowak", phones=(Phone(value="+44 113 496 0001"),)), circle="close"
    )
    assert [tuple(line) for line in side_by_side(first, second)] == [
        ("name", "Anna Nowak", "Ania Nowak", DIFFERS),
        ("organisation", "Mill", "", MORE),
        ("phone", "0113 496 0001", "+44 113 496 0001", SAME),
        ("", "0113 496 0002", "", MORE),
        ("circle", "close", "close", SAME),
    ]


_words = st.sampled_from(("", "Anna", "Jan", "Ola"))
_days = st.sampled_from(("1980-04-12", "1981-04-12", "--04-12", "1980", "--02-29"))
_contacts = st.builds(
    partial(Contact),  # a named tuple itself gets every field from hypothesis
    uid=st.just("u"),
    display_name=st.sampled_from(("Anna", "Jan", "Ola")),
    nicknames=st.lists(_words.filter(bool), unique=True, max_size=2).map(tuple),
    org=_words,
    title=_words,
    language=_words,
    phones=st.lists(
        st.sampled_from([Phone(number) for number in ("0113 496 0001", "+44 113 496 0001", "112")]),
        max_size=2,
    ).map(tuple),
    occasions=st.lists(_days.map(birthday), max_size=1).map(tuple),
    tags=st.lists(_words.filter(bool), unique=True, max_size=2).map(tuple),
    note=_words,
)
_wholes = st.builds(
    Whole,
    contact=_contacts,
    said=st.dictionaries(st.sampled_from(("circle", "cadence")), _words.filter(bool)),
)


@given(first=_wholes, second=_wholes, data=st.data())
def test_nothing_is_lost(first: Whole, second: Whole, data: st.DataObject) -> None:
    """Once every question is answered, the one that stands differs from neither but in what was decided."""
    found = differences(first, second)
    take = {one.field: data.draw(st.sampled_from(Side)) for one in found}
    both = unite(first, second, take)
    for one, side in ((first, Side.FIRST), (second, Side.SECOND)):
        assert set(asked(both, one)) == {field for field, chosen in take.items() if chosen is not side}
        assert set(one.contact.tags) <= set(both.contact.tags)
        assert one.contact.note in both.contact.note
        assert unite(both, one) == both


@given(one=_wholes)
def test_a_contact_united_with_itself_is_itself(one: Whole) -> None:
    """There is nothing to ask and nothing to add, but what the contact itself says twice."""
    assert differences(one, one) == []
    once = unite(one, one)
    assert unite(once, one) == once
    assert once.said == one.said


def test_a_gender_only_one_states_is_kept() -> None:
    """It decides how a letter begins; two that differ are asked about."""
    assert unite(anna(gender="f"), whole()).contact.gender == "f"
    assert unite(whole(), anna(gender="f")).contact.gender == "f"
    assert asked(anna(gender="f"), anna(gender="n")) == ["gender"]
