from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.languages import CODES
from relcard.domain.people.asking import Want
from relcard.domain.people.asking import is_old
from relcard.domain.people.asking import message


@pytest.mark.parametrize("language", CODES)
def test_messages_of_one_language_differ_only_in_salutation_and_address(language: str) -> None:
    """Nothing but the salutation, and the address that is asked about, is anybody's own."""
    one = message("Dear Anna,", Want.NONE, language=language)
    assert one.startswith("Dear Anna,\n\n")
    assert one.replace("Anna", "Tom") == message("Dear Tom,", Want.NONE, language=language)
    assert max(map(len, one.splitlines())) <= 72
    old = message("Dear Anna,", Want.OLD, language=language, address_lines=("1 High Street", "Leeds"))
    assert old.endswith("\n\n1 High Street\nLeeds")
    assert "{" not in one + old
    assert "!" not in one + old


def test_each_language_has_its_own_words() -> None:
    """No two languages share a message; one without words of its own gets the English ones."""
    for want in (Want.NONE, Want.OLD):
        asked = {message("", want, language=code, address_lines=("Leeds",)) for code in CODES}
        assert len(asked) == len(CODES)
    assert message("Dia duit,", Want.NONE, language="ga") == message("Dia duit,", Want.NONE, language="en")
    assert message("Hallo,", Want.NONE, language="de-AT") == message("Hallo,", Want.NONE, language="de")


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 9000), st.integers(1, 9))
def test_an_address_grows_old_once(known_on: date, days: int, years: int) -> None:
    """It is old after more than so many years, not on the day itself, and never young again."""
    day = known_on + timedelta(days=days)
    assert is_old(known_on, day, years=years) == (days > (_years_on(known_on, years) - known_on).days)


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # of 29 February in a common year: old from 1 March on
        return date(day.year + years, 2, 28)
