from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest

from relcard.domain.reminders.digest import in_brief
from relcard.domain.reminders.digest import is_pressing
from relcard.domain.reminders.reminder import Action
from relcard.domain.reminders.reminder import Reminder

TODAY = date(2026, 11, 20)  # a Friday
BIRTHDAY = Reminder(
    "birthday-1-2026", "birthday", Action.WRITE, "Jo Oak", 1, "Jo Oak's birthday", TODAY, date(2026, 12, 4),
    "why", 40, 2,
)  # fmt: skip
OWED = BIRTHDAY._replace(kind="cadence", action=Action.CALL, on=TODAY, every=14)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (BIRTHDAY._replace(post_by=date(2026, 11, 25)), "Write Jo by Wed"),
        (BIRTHDAY._replace(post_by=date(2026, 11, 27)), "Write Jo by 27 Nov"),
        (BIRTHDAY._replace(post_by=date(2026, 11, 21)), "Write Jo by tomorrow"),
        (BIRTHDAY._replace(post_by=TODAY), "Write Jo today"),
        (BIRTHDAY._replace(post_by=TODAY - timedelta(days=1)), "Write Jo now"),
        (BIRTHDAY._replace(action=Action.CALL, on=TODAY), "Call Jo today"),
        (BIRTHDAY._replace(on=date(2026, 11, 18)), "Write Jo"),
        (OWED._replace(last_on=date(2026, 11, 5)), "Jo 15 days"),
        (OWED, "Call Jo"),
        (
            OWED._replace(contact_id=None, title="christmas-2026", reason="3 of 9 written - tonight 2"),
            "christmas-2026: tonight 2",
        ),
    ],
)
def test_a_reminder_in_few_words(due: Reminder, words: str) -> None:
    """What to do and by when; of a word owed how long ago the last one was, where there was one."""
    assert in_brief(due, "Jo", TODAY) == words


def test_what_presses_can_still_be_in_time_or_is_of_the_inner() -> None:
    """A word owed to a friend can wait, and so can a season; a birthday to come and the inner circle cannot."""
    assert is_pressing(BIRTHDAY, TODAY)
    assert not is_pressing(BIRTHDAY._replace(on=TODAY - timedelta(days=1)), TODAY)
    assert not is_pressing(OWED, TODAY)
    assert is_pressing(OWED._replace(nearness=0), TODAY)
    assert is_pressing(OWED._replace(parts=(BIRTHDAY,)), TODAY)
