from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.importing import duplicates
from relcard.domain.importing.duplicates import Likeness
from relcard.domain.importing.duplicates import Person
from relcard.domain.importing.duplicates import likely_duplicates

if TYPE_CHECKING:
    import pytest


def reasons(*people: Person) -> list[str]:
    return [pair.reason for pair in likely_duplicates(people)]


def test_the_same_name_is_likely_the_same_person() -> None:
    """In either order, and with what else they share said."""
    assert reasons(Person(uid="a", name_key="anna lee"), Person(uid="b", name_key="lee anna")) == [
        "same name"
    ]
    with_mail = [Person(uid=uid, name_key="anna lee", emails=("a@example.org",)) for uid in "ab"]
    assert reasons(*with_mail) == ["same name and e-mail"]
    with_phone = [
        Person(uid=uid, name_key="anna lee", phones=(phone,))
        for uid, phone in (("a", "0301234567"), ("b", "49301234567"))
    ]
    assert reasons(*with_phone) == ["same name and phone"]


def test_two_of_one_name_who_share_nothing_are_two() -> None:
    """Where both are fully known and nothing agrees, nobody is bothered."""
    one = Person(uid="a", name_key="john smith", emails=("a@example.org",), address_keys=("1|a|1||",))
    other = Person(uid="b", name_key="john smith", phones=("0301234567",), address_keys=("2|b|2||",))
    assert reasons(one, other) == []


def test_one_of_several_addresses_is_enough() -> None:
    """The old address of one book beside the new one of another."""
    moved = Person(uid="a", name_key="john smith", address_keys=("1|a|1||", "2|b|2||"))
    assert reasons(moved, Person(uid="b", name_key="john smith", address_keys=("2|b|2||",))) == [
        "same name and address"
    ]


def test_a_similar_name_needs_something_shared() -> None:
    """An initial, a part left out or a slip, with the same e-mail, phone or birthday."""
    mail = ("k@example.org",)
    for name in ("k. roe", "katherine roe", "catherine roe"):
        found = reasons(
            Person(uid="a", name_key="katharine roe", emails=mail),
            Person(uid="b", name_key=name, emails=mail),
        )
        assert bool(found) == (name != "catherine roe")
    assert reasons(Person(uid="a", name_key="katharine roe"), Person(uid="b", name_key="katherine roe")) == []
    assert reasons(
        Person(uid="a", name_key="anna maria lee", month_day=(4, 1)),
        Person(uid="b", name_key="anna lee", month_day=(4, 1)),
    ) == ["same birthday, similar name"]


def test_a_shared_e_mail_alone_says_nothing() -> None:
    """Couples and siblings share one, and their names may be alike."""
    mail = ("home@example.org",)
    for his, hers in (
        ("jan lee", "anna lee"),
        ("daniel roe", "daniela roe"),
        ("mario fox", "maria fox"),
        ("christian ash", "christina ash"),
        ("jan novak", "jana novak"),
    ):
        assert (
            reasons(Person(uid="a", name_key=his, emails=mail), Person(uid="b", name_key=hers, emails=mail))
            == []
        )


def test_twins_are_two() -> None:
    """One surname and one birthday, two given names."""
    assert (
        reasons(
            Person(uid="a", name_key="ola lee", month_day=(4, 1), birth_year=2015),
            Person(uid="b", name_key="piotr lee", month_day=(4, 1), birth_year=2015),
        )
        == []
    )


def test_parent_and_child_of_one_name_are_two() -> None:
    """Two years of birth, or two birthdays, are two people, whatever else they share."""
    jan = partial(Person, name_key="jan lee", emails=("home@example.org",), address_keys=("1|a|1||",))
    assert reasons(jan(uid="a", birth_year=1950), jan(uid="b", birth_year=1980)) == []
    assert reasons(jan(uid="a", month_day=(1, 2)), jan(uid="b", month_day=(3, 4))) == []


def test_a_switchboard_says_nothing() -> None:
    """A number that a whole office shares does not make twins of its people."""
    staff = [
        Person(uid=str(number), name_key=f"{'abcdefgh'[number]} lee", phones=("0301234567",))
        for number in range(8)
    ]
    extra = Person(uid="x", name_key="a. lee", phones=("0301234567",))
    assert reasons(*staff, extra) == []


def test_many_of_one_name_are_compared_only_with_something_in_common() -> None:
    """Twenty John Smiths are not 190 questions."""
    crowd = [Person(uid=str(number), name_key="john smith") for number in range(20)]
    assert reasons(*crowd) == []
    twins = [Person(uid=uid, name_key="john smith", address_keys=("1|a|1||",)) for uid in ("x", "y")]
    assert reasons(*crowd, *twins) == ["same name and address"]


def test_two_who_only_meet_in_a_hash_are_no_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one hash for everything, what people share is still looked at, and nothing else is named."""
    monkeypatch.setattr(duplicates, "_LARGEST", 0)
    ann = Person(
        uid="a", name_key="ann lee", emails=("a@example.org",), phones=("0301234567",), month_day=(4, 1)
    )
    assert reasons(ann, Person(uid="b", name_key="bo roe", emails=("b@example.org",), month_day=(5, 2))) == []
    assert reasons(ann, ann._replace(uid="b")) == ["same name and e-mail"]


@given(
    st.lists(
        st.builds(
            Person,
            uid=st.uuids().map(str),
            name_key=st.sampled_from(("anna lee", "lee anna", "a lee", "anna", "ann lee", "")),
            emails=st.sampled_from(((), ("x@example.org",))),
            phones=st.sampled_from(((), ("0301234567",))),
            month_day=st.sampled_from((None, (4, 1), (5, 1))),
            birth_year=st.sampled_from((None, 1950, 1980)),
        ),
        max_size=8,
    )
)
def test_a_pair_is_named_once_and_never_against_the_birthdays(people: list[Person]) -> None:
    """Each pair is two different contacts in the order given, at most once, and no known birthday forbids it."""
    found = likely_duplicates(people)
    place = {person.uid: number for number, person in enumerate(people)}
    pairs = [(pair.a, pair.b) for pair in found]
    assert len(pairs) == len(set(pairs))
    for a, b in pairs:
        one, other = people[place[a]], people[place[b]]
        assert place[a] < place[b]
        assert None in (one.birth_year, other.birth_year) or one.birth_year == other.birth_year
        assert None in (one.month_day, other.month_day) or one.month_day == other.month_day


def test_a_name_and_something_else_say_most() -> None:
    """Pairs are shown by how much they share: what it is beside the name makes no difference."""
    assert [likeness.rank for likeness in Likeness] == [0, 0, 0, 0, 1, 2, 3, 4, 5]
