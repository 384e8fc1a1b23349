from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.posting import DEFAULT_TABLE
from relcard.domain.posting import PostingTable
from relcard.domain.posting import is_posting_day
from relcard.domain.posting import longest_lead
from relcard.domain.posting import next_posting_day
from relcard.domain.posting import post_by
from relcard.domain.posting import posting_days
from relcard.domain.posting import transit_days

COUNTRIES = ["", "GB", "DE", "PL", "US", "FR", "JP", "AU", "CA", "NZ", "IE", "BR", "ZA", "NO"]
countries = st.sampled_from(COUNTRIES)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


def test_a_birthday_card_reaches_osaka_in_time() -> None:
    assert post_by(DEFAULT_TABLE, "GB", "JP", date(2026, 12, 4)) == date(2026, 11, 23)


def test_a_countrys_own_number_beats_its_zone() -> None:
    assert transit_days(DEFAULT_TABLE, "GB", "IE") < transit_days(DEFAULT_TABLE, "GB", "PL")
    assert transit_days(DEFAULT_TABLE, "GB", "PL") < transit_days(DEFAULT_TABLE, "GB", "NZ")
    assert transit_days(DEFAULT_TABLE, "GB", "GB") == transit_days(DEFAULT_TABLE, "GB", "") == 3


def test_a_sender_without_a_row_has_the_default_one() -> None:
    """Inside the sender's own country it is domestic even when the default row names that country."""
    table = PostingTable.from_mapping({"default": {"domestic": 4, "BR": 20}})
    assert transit_days(table, "BR", "BR") == 4
    assert transit_days(table, "ZA", "BR") == 20
    assert transit_days(table, "ZA", "NO") == 10


@given(countries, countries, days)
def test_nothing_is_posted_on_a_sunday_or_too_late(sender: str, destination: str, arrive: date) -> None:
    day = post_by(DEFAULT_TABLE, sender, destination, arrive)
    assert day.weekday() != 6
    assert is_posting_day(DEFAULT_TABLE, sender, day)
    lead = (arrive - day).days
    assert transit_days(DEFAULT_TABLE, sender, destination) <= lead <= longest_lead(DEFAULT_TABLE, sender)


@given(countries, countries, days, days)
def test_who_may_arrive_later_is_never_posted_earlier(
    sender: str, destination: str, one: date, other: date
) -> None:
    """The slack of December begins and ends without a jump back."""
    first, second = sorted((one, other))
    assert post_by(DEFAULT_TABLE, sender, destination, first) <= post_by(
        DEFAULT_TABLE, sender, destination, second
    )


def test_nothing_is_posted_or_delivered_on_a_public_holiday() -> None:
    """A birthday on 1 January: the card is there on New Year's Eve, and Boxing Day takes no post."""
    assert post_by(DEFAULT_TABLE, "GB", "GB", date(2027, 1, 1)) == date(2026, 12, 24)
    assert post_by(DEFAULT_TABLE, "GB", "GB", date(2026, 4, 6)) == date(2026, 4, 1)  # Easter Monday
    assert next_posting_day(DEFAULT_TABLE, "DE", date(2026, 12, 24)) == date(2026, 12, 28)
    own = DEFAULT_TABLE._replace(holidays="last monday of august, 2026-12-24")
    assert is_posting_day(own, "GB", date(2026, 12, 26))
    assert not is_posting_day(own, "GB", date(2026, 12, 24))
    assert is_posting_day(own, "GB", date(2027, 12, 24))
    assert not is_posting_day(own, "GB", date(2027, 8, 30))


def test_december_is_slower_than_june() -> None:
    """The whole slack counts in the weeks before Christmas, none of it in summer."""
    christmas, june = date(2026, 12, 23), date(2026, 6, 24)  # both a Wednesday
    assert christmas - post_by(DEFAULT_TABLE, "GB", "DE", christmas) == (
        june - post_by(DEFAULT_TABLE, "GB", "DE", june) + (date(2026, 1, 6) - date(2026, 1, 1))
    )
    assert post_by(DEFAULT_TABLE, "GB", "NZ", christmas) == date(2026, 12, 3)
    assert post_by(DEFAULT_TABLE, "GB", "GB", christmas) == date(2026, 12, 17)


def test_only_days_in_december_add_slack() -> None:
    """A card that travels one day of December is given one more day."""
    assert post_by(DEFAULT_TABLE, "GB", "GB", date(2026, 12, 2)) == date(2026, 11, 28)
    assert post_by(DEFAULT_TABLE, "GB", "GB", date(2026, 12, 1)) == date(2026, 11, 28)
    assert post_by(DEFAULT_TABLE, "GB", "GB", date(2027, 1, 2)) == date(2026, 12, 24)  # the 28th is a holiday
    assert post_by(DEFAULT_TABLE, "GB", "GB", date(2027, 1, 7)) == date(2027, 1, 4)


def test_what_is_due_on_a_sunday_must_be_there_on_saturday() -> None:
    assert post_by(DEFAULT_TABLE, "GB", "GB", date(2026, 6, 21)) == post_by(
        DEFAULT_TABLE, "GB", "GB", date(2026, 6, 20)
    )


def test_settings_change_only_what_they_name() -> None:
    table = PostingTable.from_mapping({"GB": {"NZ": 12}, "NO": {"domestic": 2}, "december": {"world": 4}})
    assert transit_days(table, "GB", "NZ") == 12
    assert transit_days(table, "GB", "AU") == transit_days(DEFAULT_TABLE, "GB", "AU")
    assert transit_days(table, "NO", "NO") == 2
    assert transit_days(table, "NO", "JP") == transit_days(DEFAULT_TABLE, "NO", "JP")
    assert table.december == {"domestic": 3, "europe": 5, "world": 4}
    assert transit_days(DEFAULT_TABLE, "GB", "NZ") == 10


def test_a_new_sender_starts_from_the_users_default_row_wherever_that_stands() -> None:
    table = PostingTable.from_mapping({"NO": {"domestic": 2}, "default": {"world": 30}})
    assert transit_days(table, "NO", "JP") == 30


def test_the_table_as_shown_reads_back_as_itself() -> None:
    table = PostingTable.from_mapping({"GB": {"NZ": 12}, "NO": {"domestic": 2}})
    assert PostingTable.from_mapping(table.as_mapping()) == table


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"England": {}}, r"posting\.England: not a sender; use a country code such as GB"),
        ({"GB": 3}, r"posting\.GB: expected destinations"),
        ({"GB": {"GB": 3}}, r"posting\.GB\.GB: inside the sender's own country the entry is called domestic"),
        (
            {"GB": {"asia": 3}},
            r"posting\.GB\.asia: not a destination; use domestic, europe, world or a country",
        ),
        ({"december": {"JP": 3}}, r"posting\.december\.JP: not a destination; use domestic, europe, world$"),
        ({"GB": {"world": 2.5}}, r"posting\.GB\.world: 2\.5 is not a whole number of days from 0 to 120"),
        ({"GB": {"world": -1}}, r"-1 is not a whole number"),
        ({"GB": {"world": True}}, r"True is not a whole number"),
        ({"year": "last"}, r"posting\.year: 'last' is no year"),
    ],
)
def test_a_wrong_setting_says_where_and_what_it_may_be(mapping: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PostingTable.from_mapping(mapping)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(-5, 80))
def test_posting_days_are_all_but_sundays(first: date, days: int) -> None:
    """Both ends count; where the last day is past there is none. No holiday is known of a sender without country."""
    last = first + timedelta(days=days)
    between = [first + timedelta(days=number) for number in range(days + 1)]
    assert posting_days(DEFAULT_TABLE, "", first, last) == sum(day.weekday() != 6 for day in between)
