from __future__ import annotations

from datetime import date

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import OccasionKind
from relcard.domain.reminders.occasion import KeptOccasion
from relcard.domain.reminders.occasion import occasion_named
from relcard.domain.reminders.occasion import occurrences
from relcard.domain.reminders.occasion import ordinal
from relcard.domain.reminders.occasion import years_named

BIRTHDAY, ANNIVERSARY = OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY
REMEMBRANCE, CUSTOM = OccasionKind.REMEMBRANCE, OccasionKind.CUSTOM


def kept(kind: OccasionKind, day: str, *, label: str = "", has_died: bool = False) -> KeptOccasion:
    return KeptOccasion(
        contact_id=1, occasion_id=2, kind=kind, date=PartialDate.parse(day), label=label, has_died=has_died
    )


def years_in_2026(one: KeptOccasion) -> list[int | None]:
    return [found.years for found in occurrences([one], start=date(2026, 1, 1), end=date(2026, 12, 31))]


def test_a_birthday_has_an_age_only_when_the_year_is_known() -> None:
    assert years_in_2026(kept(BIRTHDAY, "1986-12-04")) == [40]
    assert years_in_2026(kept(BIRTHDAY, "--12-04")) == [None]
    assert years_in_2026(kept(BIRTHDAY, "1986-12")) == []


def test_the_day_of_birth_or_death_itself_is_no_occurrence_but_a_wedding_is() -> None:
    assert years_in_2026(kept(BIRTHDAY, "2026-12-04")) == []
    assert years_in_2026(kept(REMEMBRANCE, "2026-12-04")) == []
    assert years_in_2026(kept(ANNIVERSARY, "2026-12-04")) == [0]
    assert years_in_2026(kept(ANNIVERSARY, "2027-12-04")) == []


def test_who_died_is_remembered_and_not_congratulated() -> None:
    """Birthday and wedding day end with a life; remembrance and the user's own days stay."""
    assert years_in_2026(kept(BIRTHDAY, "1931-05-02", has_died=True)) == []
    assert years_in_2026(kept(ANNIVERSARY, "1955-05-02", has_died=True)) == []
    assert years_in_2026(kept(REMEMBRANCE, "2019-03-09", has_died=True)) == [7]
    assert years_in_2026(kept(CUSTOM, "1999-03-09", label="shop opened", has_died=True)) == [27]


def test_numbers_are_named_as_people_name_them() -> None:
    assert years_named(BIRTHDAY, 40) == "turns 40"
    assert years_named(ANNIVERSARY, 10) == "10 years married"
    assert years_named(ANNIVERSARY, 1) == "1 year married"
    assert years_named(ANNIVERSARY, 0) == "the day itself"
    assert years_named(REMEMBRANCE, 3) == "3 years ago"
    assert years_named(BIRTHDAY, None) == ""
    assert occasion_named(BIRTHDAY, 18) == "18th birthday"
    assert occasion_named(BIRTHDAY, None) == "birthday"
    assert occasion_named(ANNIVERSARY, 22) == "22nd anniversary"
    assert occasion_named(REMEMBRANCE, 3) == "day of remembrance"
    assert occasion_named(CUSTOM, 3, "name day") == "name day"


def test_ordinals_end_as_they_are_said() -> None:
    said = " ".join(ordinal(number) for number in (1, 2, 3, 4, 10, 11, 12, 13, 21, 92, 101, 111, 113))
    assert said == "1st 2nd 3rd 4th 10th 11th 12th 13th 21st 92nd 101st 111th 113th"
