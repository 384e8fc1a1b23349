from __future__ import annotations

from datetime import date

import pytest

from relcard.domain.dates import PartialDate
from relcard.domain.people.careful_year import Careful
from relcard.domain.people.careful_year import careful_after_death
from relcard.domain.people.careful_year import careful_after_parting
from relcard.domain.people.careful_year import careful_as_said


@pytest.mark.parametrize(
    ("died", "care"),
    [
        ("2026-11-03", Careful(date(2026, 11, 3), date(2027, 11, 3), "Bob died on 3 Nov 2026")),
        ("2026-11", Careful(date(2026, 1, 1), date(2027, 12, 31), "Bob died in Nov 2026")),
        ("2026", Careful(date(2026, 1, 1), date(2027, 12, 31), "Bob died in 2026")),
        ("--11-03", None),
        ("9999-12-31", None),
    ],
)
def test_the_year_after_a_death_is_careful(died: str, care: Careful | None) -> None:
    """A year from the day; where the day is not known no earlier end is risked; without a year there is none."""
    assert careful_after_death("Bob", PartialDate.parse(died)) == care


def test_a_careful_year_that_is_kept_is_the_one_that_was_said() -> None:
    """What the store keeps of it says the same; of one kept without its first day, a year is taken."""
    care = careful_after_parting("Ann", "Bob", date(2026, 11, 20))
    assert care == Careful(date(2026, 11, 20), date(2027, 11, 20), "Ann and Bob parted")
    assert careful_as_said(care.since, care.until, care.reason) == care
    assert careful_as_said(None, care.until, care.reason) == care
