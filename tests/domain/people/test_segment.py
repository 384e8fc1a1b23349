"""Tests of options as they are said, and what they come to on a day."""

from __future__ import annotations

from datetime import date

import pytest

from relcard.domain.people import segment
from relcard.domain.people.segment import Filter
from relcard.errors import UsageError

TODAY = date(2026, 11, 20)


def test_nothing_said_is_everybody() -> None:
    """No options make the filter that leaves nobody out."""
    assert segment.read({}, TODAY) == Filter()


@pytest.mark.parametrize(
    ("today", "this", "following"), [(TODAY, 11, 12), (date(2026, 12, 31), 12, 1), (date(2027, 1, 1), 1, 2)]
)
def test_this_month_moves_with_the_day(today: date, this: int, following: int) -> None:
    """A birthday this month or next is of the month it is when it is asked."""
    found = segment.read({"birthday": ["this", "next"]}, today)
    assert found.birth_months == (this, following)


@pytest.mark.parametrize(
    ("said", "months"), [("may", 5), ("MAY", 5), ("sept", 9), ("12", 12), ("01", 1), ("december", 12)]
)
def test_a_month_by_name_or_number(said: str, months: int) -> None:
    """A month is its English name, three letters of it or more, or its number."""
    assert segment.read({"birthday": said}, TODAY).birth_months == (months,)


@pytest.mark.parametrize(
    ("said", "today", "season"),
    [
        ("christmas", TODAY, "christmas-2025"),
        ("christmas", date(2026, 12, 25), "christmas-2026"),
        ("newyear", TODAY, "newyear-2026"),
        ("New Year", date(2027, 1, 1), "newyear-2027"),
        ("Christmas-2019", TODAY, "christmas-2019"),
    ],
)
def test_a_season_without_a_year_is_the_last_one(said: str, today: date, season: str) -> None:
    """Christmas is the last whose day has come; with a year it is that of the year."""
    (found,) = segment.read({"received": [said]}, today).received
    assert found.season == season
    assert found.first < found.last


@pytest.mark.parametrize(
    ("said", "size"), [("4", (4, 4)), ("2..4", (2, 4)), ("2-4", (2, 4)), ("3..", (3, 99)), ("..2", (1, 2))]
)
def test_sizes_of_a_household(said: str, size: tuple[int, int]) -> None:
    """A number, from one to another, at least, at most."""
    assert segment.read({"household-size": said}, TODAY).household_size == size


def test_days_of_silence_end_before_today() -> None:
    """Older than thirty days: nothing on the thirtieth day before today, nor since; a century is enough."""
    assert segment.read({"older-than": "30"}, TODAY).spoken_before == date(2026, 10, 21)
    assert segment.read({"older-than": 30}, TODAY).spoken_before == date(2026, 10, 21)
    assert segment.read({"older-than": "36600"}, date(20, 1, 1)).spoken_before == date.min


WRONG = (
    ({"circle": ["near"]}, "There are inner, close, friend, wide, none."),
    ({"circle": ["close"], "no-circle": True}, "Leave one of them out."),
    ({"has-address": True, "no-address": True}, "Leave one of them out."),
    ({"tag": [" "]}, "For example: --tag choir"),
    ({"fact": ["=rye"]}, "Say a key"),
    ({"fact": ["bread="]}, "Say a key"),
    ({"fact": ["bread=*"]}, "Say a key"),
    ({"country": ["Narnia"]}, "Say its code, as DE or GB."),
    ({"city": ["*"]}, "For example: --city Leeds"),
    ({"postcode": ["- "]}, "For example: --postcode LS1"),
    ({"language": ["German"]}, "Say its code, as de or pl."),
    ({"language": [""]}, "Say its code, as de or pl."),
    ({"older-than": "a month"}, "For example: --older-than 30"),
    ({"older-than": "0"}, "For example: --older-than 30"),
    ({"older-than": "99999999999999999999"}, "For example: --older-than 30"),
    ({"birthday": ["ma"]}, "Say may, 5, this or next."),
    ({"birthday": ["13"]}, "Say may, 5, this or next."),
    ({"received": ["festivus"]}, "Say christmas-2025, or christmas for the last one."),
    ({"not-received": ["christmas-26"]}, "Say christmas-2025, or christmas for the last one."),
    ({"sent": ["christmas-26"]}, "Say christmas-2025, or christmas for the last one."),
    ({"silent-for": "0"}, "For example: --silent-for 3"),
    ({"silent-for": "three"}, "For example: --silent-for 3"),
    ({"silent-for": "101"}, "For example: --silent-for 3"),
    ({"received": ["christmas"], "never-received": True}, "Leave one of them out."),
    ({"household-size": "4..2"}, "Say 4, 2..4, 3.. or ..2: of the living."),
    ({"household-size": ".."}, "Say 4, 2..4, 3.. or ..2: of the living."),
    ({"household-size": "0"}, "Say 4, 2..4, 3.. or ..2: of the living."),
    ({"household-size": "two"}, "Say 4, 2..4, 3.. or ..2: of the living."),
    ({"kind": "group"}, "Say individual or org."),
)


@pytest.mark.parametrize(("options", "hint"), WRONG, ids=[str(options) for options, _ in WRONG])
def test_what_cannot_be_meant_is_refused(options: dict[str, object], hint: str) -> None:
    """A value that is none is refused with the option's name and what may be said instead."""
    with pytest.raises(UsageError) as refused:
        segment.read(options, TODAY)
    assert f"--{next(iter(options))}" in refused.value.message or "tag" in options
    assert refused.value.hint.startswith(hint)


def test_an_option_of_a_later_relcard_is_never_left_out() -> None:
    """A filter nobody here knows would have made the choice smaller: it is refused by name."""
    with pytest.raises(UsageError, match="no filter --shoe-size"):
        segment.read({"tag": ["shop"], "shoe-size": "42"}, TODAY)


def test_options_are_written_as_they_are_typed() -> None:
    """Repeated options, flags and words with spaces are what one would type again."""
    said = {"tag": ["shop", "tea room"], "fact": ["bread=rye"], "has-address": True, "older-than": "30"}
    assert (
        segment.in_words(said) == '--tag shop --tag "tea room" --fact bread=rye --has-address --older-than 30'
    )
    assert segment.in_words({}) == ""
