from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.kinds import Kind
from relcard.domain.people.doors import Doors
from relcard.domain.people.household import near_keys
from relcard.domain.people.household import why_alone

_LETTERBOXES = ("", "ls1|millst|3||", "ls1|milst|3||", "ls1|millst|4||", "ls2|millst|3||", "ls2||||9")

residents = st.lists(
    st.tuples(st.sampled_from((Kind.INDIVIDUAL, Kind.ORG)), st.sampled_from(_LETTERBOXES)), max_size=9
)


def _doors(people: list[tuple[Kind, str]], first: int) -> Doors:
    doors = Doors(first)
    for kind, letterbox in people:
        doors.add(kind, letterbox)
    return doors


@given(residents, st.integers(1, 1000))
def test_together_are_those_of_one_place_number_and_box(people: list[tuple[Kind, str]], first: int) -> None:
    """Who has place, house number and post box in common with another is named with them, and nobody else."""
    wanted: dict[tuple[str, str, str], list[int]] = {}
    for number, (_, letterbox) in enumerate(people, first):
        if letterbox:
            place, _, numbers, _, box = letterbox.split("|")
            wanted.setdefault((place, numbers, box), []).append(number)
    assert sorted(_doors(people, first).crowded()) == sorted(one for one in wanted.values() if len(one) > 1)


@given(residents, st.sampled_from(("Kowalski", "Lee-Dow", "")))
def test_who_may_share_a_household_is_never_parted(people: list[tuple[Kind, str]], family: str) -> None:
    """Two of one surname who have a letterbox or a near key of a place in common stand in one block."""
    blocks = _doors(people, 1).crowded()
    keys = [
        {letterbox, *((letterbox.partition("|")[0], *key) for key in near_keys(family, "Jo", letterbox))}
        if letterbox
        else set()
        for _, letterbox in people
    ]
    for one, own in enumerate(keys, 1):
        for other, theirs in enumerate(keys, 1):
            if one != other and own & theirs:
                assert any(one in block and other in block for block in blocks)


@given(residents)
def test_each_contact_has_its_reason_to_be_alone(people: list[tuple[Kind, str]]) -> None:
    """The reasons are those of proposals with one member, in the order the contacts came."""
    assert list(_doors(people, 5).reasons()) == [
        (number, why_alone(kind, letterbox)) for number, (kind, letterbox) in enumerate(people, 5)
    ]
