from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.domain.people.circle import CircleRule
from relcard.domain.people.circle import Sending
from relcard.domain.people.circle import nearest
from relcard.domain.people.circle import rules_from_mapping


def test_a_nearer_circle_never_gets_less() -> None:
    """From circle to circle outwards, room shrinks or stays and cadence grows."""
    sending = [RULES[circle] for circle in Circle if circle is not Circle.NONE]
    assert set(RULES) == set(Circle)
    assert sending == sorted(sending, key=lambda rule: -rule.room_share)
    assert sending == sorted(sending, key=lambda rule: -rule.room_lines)
    assert sending == sorted(sending, key=lambda rule: rule.cadence_days or 0)
    assert RULES[Circle.INNER].sending is Sending.ALWAYS
    assert RULES[Circle.NONE].sending is Sending.NO


@given(st.lists(st.sampled_from(Circle), min_size=1))
def test_a_household_has_its_nearest_members_circle(circles: list[Circle]) -> None:
    found = nearest(circles)
    assert found in circles
    assert all(found.nearness <= circle.nearness for circle in circles)


def test_nobody_has_no_circle() -> None:
    assert nearest([]) is Circle.NONE


def test_settings_change_only_what_they_name() -> None:
    """One number for one circle leaves every other rule as it was."""
    rules = rules_from_mapping(
        {"inner": {"cadence_days": 10}, "wide": {"sending": "yes", "cadence_days": "never"}}
    )
    assert rules[Circle.INNER].cadence_days == 10
    assert rules[Circle.INNER].room_share == RULES[Circle.INNER].room_share
    assert rules[Circle.WIDE].sending is Sending.YES
    assert rules[Circle.WIDE].cadence_days is None
    assert rules[Circle.CLOSE] == RULES[Circle.CLOSE]
    assert RULES[Circle.INNER].cadence_days == 14


def test_no_settings_are_the_default_rules() -> None:
    assert rules_from_mapping({}) == RULES


def test_every_entry_of_a_rule_can_be_changed() -> None:
    changed = {"cadence_days": 1, "room_share": 1, "room_lines": 2, "address_mode": "hand", "sending": "no"}
    assert set(changed) == set(CircleRule._fields)
    assert rules_from_mapping({"friend": changed})[Circle.FRIEND] == CircleRule(
        cadence_days=1, room_share=1.0, room_lines=2, address_mode=AddressMode.HAND, sending=Sending.NO
    )


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"outer": {}}, r"circles\.outer: 'outer' is not known; use inner, close, friend, wide or none"),
        ({"inner": 14}, r"circles\.inner: expected entries"),
        (
            {"inner": {"cadence": 9}},
            r"circles\.inner\.cadence: not an entry of a circle; use cadence_days, room_",
        ),
        (
            {"inner": {"cadence_days": 0}},
            r"circles\.inner\.cadence_days: 0 is not a whole number from 1 .* or \"never\"",
        ),
        ({"inner": {"cadence_days": True}}, r"True is not a whole number"),
        (
            {"inner": {"room_share": 1.4}},
            r"circles\.inner\.room_share: 1\.4 is not a share above 0 and up to 1",
        ),
        ({"inner": {"room_share": True}}, r"True is not a share"),
        ({"inner": {"room_share": 0}}, r"0 is not a share"),
        (
            {"inner": {"room_lines": "5"}},
            r"circles\.inner\.room_lines: '5' is not a whole number from 1 to 60$",
        ),
        ({"inner": {"address_mode": "sticker"}}, r"'sticker' is not known; use hand or label"),
        ({"inner": {"sending": False}}, r"False is not known; use always, yes, ask or no"),
    ],
)
def test_a_wrong_setting_says_where_and_what_it_may_be(mapping: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rules_from_mapping(mapping)
