from __future__ import annotations

import sys
from datetime import date

import pytest

from relcard.errors import UsageError
from relcard.postal.public_holidays import is_place
from relcard.postal.public_holidays import public_holidays

TODAY = date(2026, 11, 20)


def test_the_holidays_of_a_region_are_found_for_five_years() -> None:
    days = public_holidays("gb-sct", TODAY)
    assert {date(2026, 11, 30), date(2030, 1, 2)} <= {*days}  # Saint Andrew, and the second day of the year
    assert {day.year for day in days} == {2026, 2027, 2028, 2029, 2030}
    assert all(day.weekday() != 6 for day in days)


@pytest.mark.parametrize("place", ["XX", "GB-XYZ"])
def test_a_place_nobody_knows_is_refused(place: str) -> None:
    with pytest.raises(UsageError, match="No public holidays are known") as caught:
        public_holidays(place, TODAY)
    assert "relcard settings set holidays" in caught.value.hint


def test_without_the_library_the_refusal_says_how_to_get_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(UsageError, match="not installed") as caught:
        public_holidays("JP", TODAY)
    assert "pip install holidays" in caught.value.hint


def test_days_are_no_place() -> None:
    assert is_place("JP")
    assert is_place("GB-SCT")
    assert not is_place("12-25")
    assert not is_place("12-25, last monday of august")
