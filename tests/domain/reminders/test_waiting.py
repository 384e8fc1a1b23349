from __future__ import annotations

from datetime import date

from relcard.domain.people.circle import Circle
from relcard.domain.reminders.waiting import Waiting
from relcard.domain.reminders.waiting import of_waiting

TODAY = date(2026, 11, 20)
LETTER = Waiting("answer-3", 1, "Jo Hill", Circle.CLOSE, 4, date(2026, 11, 12), "", False)
SCARF = Waiting("thanks-5", 1, "Jo Hill", None, 4, date(2025, 12, 27), "a scarf", True)


def test_a_letter_waits_for_an_answer_and_a_gift_for_thanks() -> None:
    answer, thanks = of_waiting([LETTER, SCARF], {}, TODAY)
    assert (answer.id, answer.kind, answer.due) == ("answer-3", "answer", LETTER.came_on)
    assert answer.words == "Jo Hill - a letter came on 12 Nov: an answer is owed"
    (card,) = of_waiting([LETTER._replace(id="answer-card-3", is_card=True)], {}, TODAY)
    assert card.reason == "their card came on 12 Nov: an answer is owed"
    assert (thanks.kind, thanks.nearness) == ("thanks", len(Circle))
    assert thanks.words == "Jo Hill - a scarf came on 27 Dec 2025: thanks are owed"
    (unnamed,) = of_waiting([SCARF._replace(what="")], {}, TODAY)
    assert "a gift came" in unnamed.reason


def test_what_is_done_waits_no_more_and_what_is_put_off_comes_back() -> None:
    later = date(2026, 11, 23)
    (put_off,) = of_waiting([LETTER, SCARF], {"answer-3": later, "thanks-5": None}, TODAY)
    assert (put_off.id, put_off.due) == ("answer-3", later)
