from __future__ import annotations

from datetime import date

import pytest

from relcard.domain.dates import PartialDate
from relcard.domain.reminders.known import Exchange
from relcard.domain.reminders.known import Known
from relcard.domain.reminders.known import in_words

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Known(), []),
        (
            Known(Exchange("card", False, date(2025, 12, 2), "forty is a rumour", False)),
            ["last your card, 2 Dec 2025: forty is a rumour"],
        ),
        (Known(Exchange("card", True, date(2024, 12, 24), "", True)), ["last their card, 2024"]),
        (Known(Exchange("visit", False, date(2026, 11, 4), "", False)), ["last a visit, 4 Nov"]),
        (Known(note="new  kitchen", noted_on=date(2026, 9, 14)), ["new kitchen (14 Sep)"]),
        (
            Known(gifts=(("given", "a scarf", 2025), ("given", "tea", 2024), ("idea", "a lamp", None))),
            ["last year: a scarf", "an idea: a lamp"],
        ),
        (Known(deaths=(("Walter", PartialDate(2026, 2, 11)),)), ["a careful year until 11 Feb 2027"]),
        (Known(deaths=(("Walter", PartialDate(2024, 2, 11)),)), []),
        (Known(careful_until=date(2026, 12, 1)), ["a careful year until 1 Dec"]),
        (Known(careful_until=date(2026, 11, 19)), []),
    ],
)
def test_what_to_have_in_mind(known: Known, words: list[str]) -> None:
    """What passed last, the newest note, last year's gift and ideas; a careful year before all."""
    assert in_words(known, TODAY) == words


def test_long_words_are_cut() -> None:
    (note,) = in_words(Known(note="x" * 99, noted_on=TODAY), TODAY)
    assert note == f"{'x' * 59}… (20 Nov)"
