from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.doors import Doors
from relcard.domain.household import near_keys
from relcard.domain.household import why_alone
from relcard.domain.kinds import Kind

_LETTERBOXES = ("", "ls1|millst|3||", "ls1|milst|3||", "ls1|millst|4||", "ls2|millst|3||", "ls2||||9")

residents = st.lists(
    st.tuples(
        st.sampled_from((Kind.INDIVIDUAL, Kind.ORG)),
        st.sampled_from(("Kowalski", "Kowalska", "Lee", "Lee-Dow", "")),
        st.sampled_from(_LETTERBOXES),
    ),
    max_size=9,
)


@given(residents, st.integers(1, 1000))
def test_together_are_those_who_share_a_key_within_a_place(
    people: list[tuple[Kind, str, str]], first: int
) -> None:
    """Who has a letterbox or a near key of a place in common with another is named, place by place."""
    doors = Doors(first)
    for kind, family, letterbox in people:
        doors.add(kind, family, "Anna " + family, letterbox)
    keys = [
        {
            letterbox,
            *((letterbox.partition("|")[0], *key) for key in near_keys(family, "Anna " + family, letterbox)),
        }
        if letterbox
        else set()
        for _, family, letterbox in people
    ]
    wanted: dict[str, list[int]] = {}
    for at, own in enumerate(keys):
        if any(own & other for place, other in enumerate(keys) if place != at):
            wanted.setdefault(people[at][2].partition("|")[0], []).append(first + at)
    assert sorted(doors.crowded()) == sorted(wanted.values())


@given(residents)
def test_each_contact_has_its_reason_to_be_alone(people: list[tuple[Kind, str, str]]) -> None:
    """The reasons are those of proposals with one member, in the order the contacts came."""
    doors = Doors(5)
    for kind, family, letterbox in people:
        doors.add(kind, family, family, letterbox)
    assert list(doors.reasons()) == [
        (number, why_alone(kind, letterbox)) for number, (kind, _, letterbox) in enumerate(people, 5)
    ]
