from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import OccasionKind
from relcard.domain.reminders.cadence import Cadence
from relcard.domain.reminders.occasion import KeptOccasion
from relcard.domain.reminders.occasion import occurrences
from relcard.domain.reminders.reminder import Action
from relcard.domain.reminders.reminder import Dismissal
from relcard.domain.reminders.reminder import SeasonWork
from relcard.domain.reminders.reminder import Unwritten
from relcard.domain.reminders.reminder import build_reminders
from relcard.domain.reminders.reminder import done
from relcard.domain.reminders.reminder import occasion_windows
from relcard.domain.reminders.reminder import snooze
from relcard.domain.standpoint import Standpoint
from relcard.errors import UsageError

if TYPE_CHECKING:
    from relcard.domain.reminders.reminder import Reminder

TODAY = date(2026, 11, 20)  # a Friday
STANDPOINT = Standpoint(today=TODAY, sender_country="GB", language="en")
LONG_AGO = date(2020, 1, 1)


class Person(NamedTuple):
    """A contact as tests speak of it: its cadence, and where its cards go."""

    contact_id: int
    name: str
    circle: Circle | None
    since: date
    last_on: date | None = None
    has_address: bool = False
    country: str = ""
    town: str = ""

    @property
    def cadence(self) -> Cadence:
        return Cadence(self.contact_id, self.name, self.circle, self.since, self.last_on)


YUKI = Person(
    contact_id=1,
    name="Yuki Tanaka",
    circle=Circle.CLOSE,
    since=LONG_AGO,
    last_on=date(2026, 11, 10),
    has_address=True,
    country="JP",
    town="Osaka",
)
WREN = Person(contact_id=2, name="Aunt Wren", circle=Circle.INNER, since=LONG_AGO, last_on=date(2026, 11, 1))
PLUMBER = Person(contact_id=3, name="Bob Pipe", circle=None, since=LONG_AGO, has_address=True, country="GB")


def reminders(
    *people: Person,
    born: dict[int, str] | None = None,
    kind: OccasionKind = OccasionKind.BIRTHDAY,
    today: date = TODAY,
    days: int = 0,
    cadences: tuple[Cadence, ...] = (),
    seasons: tuple[SeasonWork, ...] = (),
    dismissals: tuple[Dismissal, ...] = (),
) -> list[Reminder]:
    """Build the reminders of contacts whose occasion (id: 10 more than theirs) is given by contact."""
    kept = [
        KeptOccasion(
            contact_id=person.contact_id,
            occasion_id=person.contact_id + 10,
            kind=kind,
            date=PartialDate.parse((born or {})[person.contact_id]),
            name=person.name,
            circle=person.circle,
            has_address=person.has_address,
            country=person.country,
            town=person.town,
            near_since=person.since,
        )
        for person in people
        if person.contact_id in (born or {})
    ]
    standpoint = STANDPOINT._replace(today=today)
    start, end = occasion_windows(standpoint, days=days, snoozed=bool(dismissals)).near
    return build_reminders(
        standpoint,
        days=days,
        occurrences=occurrences(kept, start=start, end=end),
        spoken_on={person.contact_id: person.last_on for person in people if person.last_on},
        cadences=cadences,
        seasons=seasons,
        put_off={dismissal.id: dismissal.until for dismissal in dismissals},
    )


def test_a_birthday_card_is_due_when_it_must_be_posted() -> None:
    """Born on 4 December in Osaka: three days from now a card must go, and the line says all of it."""
    (one,) = reminders(YUKI, born={1: "1986-12-04"}, days=3)
    assert one.id == "birthday-11-2026"
    assert (one.kind, one.action, one.who, one.contact_id) == ("birthday", Action.WRITE, "Yuki Tanaka", 1)
    assert (one.due, one.on, one.age) == (date(2026, 11, 23), date(2026, 12, 4), 40)
    assert one.title == "Yuki Tanaka's birthday"
    assert one.reason == "post by Mon 23 Nov to reach Osaka on 4 Dec; turns 40"


def test_what_is_due_later_is_not_on_todays_page() -> None:
    assert reminders(YUKI, born={1: "1986-12-04"}, days=2) == []


def test_a_birthday_without_a_year_has_no_age() -> None:
    (one,) = reminders(YUKI, born={1: "--12-04"}, days=3)
    assert one.age is None
    assert one.reason == "post by Mon 23 Nov to reach Osaka on 4 Dec"


def test_an_overdue_card_says_to_post_now() -> None:
    (one,) = reminders(YUKI, born={1: "1986-12-04"}, today=date(2026, 11, 27))
    assert one.due == date(2026, 11, 23)
    assert one.reason == "post now; it should have gone by Mon 23 Nov to reach Osaka on 4 Dec; turns 40"


def test_on_the_day_itself_a_call_comes_in_time() -> None:
    (one,) = reminders(YUKI, born={1: "1986-12-04"}, today=date(2026, 12, 4))
    assert (one.action, one.reason) == (Action.CALL, "today; turns 40")


@pytest.mark.parametrize(
    ("circle", "days"), [(Circle.INNER, 60), (Circle.CLOSE, 60), (Circle.FRIEND, 14), (Circle.WIDE, 14)]
)
def test_a_missed_birthday_waits_for_two_months_or_two_weeks(circle: Circle, days: int) -> None:
    person = YUKI._replace(circle=circle, last_on=None)
    on = date(2026, 6, 4)
    (late,) = reminders(person, born={1: "1986-06-04"}, today=on + timedelta(days=days))
    assert late.reason == f"it was {days} days ago, 4 Jun; turned 40"
    assert reminders(person, born={1: "1986-06-04"}, today=on + timedelta(days=days + 1)) == []


def test_nobody_is_reproached_with_a_day_before_their_circle_was_said() -> None:
    before = YUKI._replace(since=date(2026, 11, 19))
    assert reminders(before, born={1: "1986-11-18"}) == []
    (same,) = reminders(before, born={1: "1986-11-19"})
    assert "yesterday" in same.reason
    assert reminders(before, born={1: "1986-11-20"})


def test_none_is_never_birthdays_too() -> None:
    nora = YUKI._replace(circle=Circle.NONE)
    assert reminders(nora, born={1: "1986-11-20"}, days=60) == []


def test_a_word_on_the_day_or_after_it_deals_with_a_missed_birthday() -> None:
    spoke = Person(contact_id=1, name="Yuki", circle=Circle.CLOSE, since=LONG_AGO, last_on=date(2026, 11, 18))
    before = Person(
        contact_id=2, name="Wren", circle=Circle.CLOSE, since=LONG_AGO, last_on=date(2026, 11, 17)
    )
    found = reminders(spoke, before, born={1: "1986-11-18", 2: "1986-11-18"})
    assert [one.who for one in found] == ["Wren"]


def test_who_has_no_circle_is_mentioned_on_the_day_without_a_post_by() -> None:
    (one,) = reminders(PLUMBER, born={3: "1970-11-20"})
    assert (one.action, one.due, one.reason) == (Action.CALL, TODAY, "today; turns 56")
    assert reminders(PLUMBER, born={3: "1970-11-19"}) == []
    (later,) = reminders(PLUMBER, born={3: "1970-11-25"}, days=5)
    assert (later.due, later.reason) == (date(2026, 11, 25), "on Wed 25 Nov; turns 56")


def test_who_has_no_address_is_called_on_the_day() -> None:
    (one,) = reminders(WREN, born={2: "1951-11-23"}, days=7)
    assert (one.action, one.due) == (Action.CALL, date(2026, 11, 23))


def test_a_birthday_in_january_is_seen_in_december() -> None:
    (one,) = reminders(YUKI, born={1: "1986-01-02"}, today=date(2026, 12, 16), days=3)
    assert one.id == "birthday-11-2027"
    assert one.on == date(2027, 1, 2)
    assert one.age == 41
    assert one.reason.endswith("on 2 Jan 2027; turns 41")


def test_a_day_of_remembrance_is_kept_without_cheer() -> None:
    """It asks to remember, on the day and its eve, whoever's address is known."""
    (one,) = reminders(YUKI, born={1: "2023-11-20"}, kind=OccasionKind.REMEMBRANCE)
    assert (one.action, one.due, one.on, one.age) == (Action.REMEMBER, date(2026, 11, 19), TODAY, None)
    assert one.title == "Yuki Tanaka"
    assert one.words == "Yuki Tanaka - died 3 years ago (20 Nov); today"
    (eve,) = reminders(YUKI, born={1: "2025-11-21"}, kind=OccasionKind.REMEMBRANCE)
    assert eve.words == "Yuki Tanaka - died a year ago (21 Nov); tomorrow"
    for day in ("2023-11-22", "2023-11-19"):  # not yet, and never belated
        assert reminders(YUKI, born={1: day}, kind=OccasionKind.REMEMBRANCE) == []


def test_an_anniversary_counts_the_years() -> None:
    (one,) = reminders(YUKI, born={1: "2016-12-04"}, kind=OccasionKind.ANNIVERSARY, days=3)
    assert (one.id, one.age) == ("anniversary-11-2026", 10)
    assert one.reason == "post by Mon 23 Nov to reach Osaka on 4 Dec; 10 years married"


def test_a_cadence_counts_from_the_last_word() -> None:
    (one,) = reminders(cadences=(WREN.cadence,))
    assert one.id == "cadence-2-20261115"
    assert (one.kind, one.action, one.due) == ("cadence", Action.CALL, date(2026, 11, 15))
    assert one.reason == "19 days since you spoke (inner: every 14)"


def test_a_cadence_counts_from_the_circle_when_nothing_was_noted() -> None:
    new = Cadence(contact_id=4, name="Cy", circle=Circle.CLOSE, since=date(2026, 10, 21))
    (one,) = reminders(cadences=(new,))
    assert date(2026, 10, 21) < one.due <= TODAY
    assert one.reason == "nothing noted yet (close: every 30)"


def test_a_contacts_own_cadence_beats_the_circles() -> None:
    own = Cadence(
        contact_id=4,
        name="Cy",
        circle=Circle.CLOSE,
        since=LONG_AGO,
        last_on=date(2026, 11, 19),
        cadence_days=1,
    )
    (one,) = reminders(cadences=(own,))
    assert one.reason == "1 day since you spoke (every 1, as you set)"
    (ahead,) = reminders(cadences=(own,), today=date(2026, 11, 19), days=1)
    assert ahead.reason == "you last spoke on 19 Nov (every 1, as you set)"


@pytest.mark.parametrize(
    ("channel", "action"),
    [("visit", Action.VISIT), ("letter", Action.WRITE), ("card", Action.WRITE), ("call", Action.CALL)],
)
def test_a_word_is_owed_as_the_last_one_passed(channel: str, action: Action) -> None:
    """Who is visited is visited, who is written to is written to."""
    (owed,) = reminders(cadences=(WREN.cadence._replace(channel=channel),))
    assert owed.action is action


def test_no_circle_the_outermost_and_the_dead_have_no_cadence() -> None:
    none = Cadence(contact_id=5, name="Di", circle=Circle.NONE, since=LONG_AGO)
    assert reminders(cadences=(none, PLUMBER.cadence)) == []


def season(*left: Unwritten, total: int = 80, day: int = 30) -> SeasonWork:
    return SeasonWork(
        season_id=3, name="christmas-2026", total=total, left=left, day=TODAY + timedelta(days=day)
    )


def test_a_season_says_what_is_left_and_what_to_do_tonight() -> None:
    """31 of 80 are written; the far ones come first, six an evening where no pace is said."""
    far = [Unwritten(post_by=date(2026, 12, 3), place="New Zealand")] * 4
    home = [Unwritten(post_by=date(2026, 12, 17))] * 45
    (one,) = reminders(seasons=(season(*home, *far),))
    assert (one.id, one.action, one.who, one.due) == ("season-3", Action.SEASON, "christmas-2026", TODAY)
    assert one.reason == "31 of 80 written - tonight 6, New Zealand first"


def test_a_season_that_is_written_is_silent() -> None:
    assert reminders(seasons=(season(),)) == []


def test_one_place_needs_no_first() -> None:
    (one,) = reminders(seasons=(season(Unwritten(post_by=date(2026, 12, 17))),))
    assert one.reason == "79 of 80 written - tonight 1"


def test_a_season_whose_feast_is_over_is_closed_and_not_written() -> None:
    late = Unwritten(post_by=TODAY - timedelta(days=9), place="New Zealand")
    (one,) = reminders(seasons=(season(late, Unwritten(post_by=TODAY), day=-1),))
    assert one.reason == "78 of 80 written - it is over: relcard season close"
    (one,) = reminders(seasons=(season(late, day=0),))
    assert one.reason.endswith("no evening is left; 1 cannot come in time: relcard season plan")


def test_what_was_written_tonight_is_taken_off_its_pile() -> None:
    """Six an evening are six, however often one sits down; what no post brings in time is counted apart."""
    work = season(*[Unwritten(date(2026, 12, 17))] * 9, Unwritten(None), Unwritten(TODAY))
    (left,) = reminders(seasons=(work._replace(tonight=4),))
    assert left.reason == "69 of 80 written - tonight 2; 2 cannot come in time: relcard season plan"
    (full,) = reminders(seasons=(work._replace(tonight=7),))
    assert "Sat 21 Nov 6" in full.reason


def test_what_lies_here_written_is_to_be_posted() -> None:
    """Also when all is written: by the first last day, and at once when it has come."""
    work = season(Unwritten(date(2026, 12, 17)), total=7)._replace(
        lying=(date(2026, 12, 3), date(2026, 12, 17))
    )
    (both,) = reminders(seasons=(work,))
    assert both.reason == "6 of 7 written - tonight 1; 2 written lie here: post by Thu 3 Dec"
    (all_,) = reminders(seasons=(work._replace(left=(), lying=(TODAY,)),))
    assert all_.reason == "7 of 7 written - 1 written lies here: post now"


def test_what_is_done_is_gone_and_next_year_comes_back() -> None:
    (one,) = reminders(YUKI, born={1: "1986-12-04"}, days=3)
    dealt = done(one, TODAY)
    assert dealt == Dismissal("birthday-11-2026", None)
    assert reminders(YUKI, born={1: "1986-12-04"}, days=3, dismissals=(dealt,)) == []
    assert reminders(YUKI, born={1: "1986-12-04"}, today=date(2027, 11, 23), dismissals=(dealt,)) != []


def test_a_cadence_that_is_done_comes_back_after_the_next_word() -> None:
    (one,) = reminders(cadences=(WREN.cadence,))
    dealt = done(one, TODAY)
    assert reminders(cadences=(WREN.cadence,), dismissals=(dealt,)) == []
    again = Cadence(contact_id=2, name="Aunt Wren", circle=Circle.INNER, since=LONG_AGO, last_on=TODAY)
    assert len(reminders(cadences=(again,), today=date(2026, 12, 4), dismissals=(dealt,))) == 1


def test_a_season_that_is_done_tonight_comes_back_tomorrow() -> None:
    work = season(Unwritten(post_by=date(2026, 12, 17)))
    (one,) = reminders(seasons=(work,))
    dealt = done(one, TODAY)
    assert reminders(seasons=(work,), dismissals=(dealt,)) == []
    assert len(reminders(seasons=(work,), today=date(2026, 11, 21), dismissals=(dealt,))) == 1


def test_what_falls_into_a_time_away_is_told_before_it() -> None:
    """From a Monday on: the card goes on the Saturday before, a word owed waits until one is back."""
    away = Dismissal("away-2026-11-23", date(2026, 12, 8))
    (card,) = reminders(YUKI, born={1: "1986-12-04"}, dismissals=(away,))
    assert card.due == TODAY
    assert card.reason == "post by Sat 21 Nov to reach Osaka on 4 Dec; turns 40"
    word = Cadence(4, "Cy", Circle.INNER, LONG_AGO, date(2026, 11, 12))  # due on the 26th
    assert reminders(cadences=(word,), dismissals=(away,), days=18) == []
    (back,) = reminders(cadences=(word,), dismissals=(away,), days=19)
    assert back.due == date(2026, 12, 9)


def test_no_card_is_to_be_posted_on_a_holiday_of_the_sender() -> None:
    """To be there on New Year's Day it goes on Christmas Eve: Boxing Day, its substitute and Sunday rest."""
    leeds = YUKI._replace(country="GB", town="Leeds")
    (card,) = reminders(leeds, born={1: "1986-01-01"}, today=date(2026, 12, 24), days=3)
    assert card.due == date(2026, 12, 24)
    assert "post by Thu 24 Dec" in card.reason


def test_what_is_put_off_comes_back_on_its_day_and_not_before() -> None:
    (one,) = reminders(YUKI, born={1: "1986-12-04"}, today=date(2026, 12, 1))
    late = snooze(one, date(2026, 12, 28), date(2026, 12, 1))
    born = {1: "1986-12-04"}
    assert reminders(YUKI, born=born, today=date(2026, 12, 27), dismissals=(late,)) == []
    (back,) = reminders(YUKI, born=born, today=date(2026, 12, 28), dismissals=(late,))
    assert back.due == date(2026, 12, 28)
    assert reminders(YUKI, born=born, today=date(2026, 12, 20), days=8, dismissals=(late,)) == [
        back._replace(reason="it was 16 days ago, 4 Dec; turned 40")
    ]


@given(st.integers(1, 30), st.integers(0, 95))
def test_what_is_put_off_is_never_forgotten(off: int, later: int) -> None:
    """Put off by as long as is allowed, it stands there on its day and for two months more."""
    born = {1: "1986-12-04"}
    on = date(2026, 12, 4)
    (one,) = reminders(YUKI, born=born, today=on)
    until = on + timedelta(days=off)
    found = reminders(YUKI, born=born, today=on + timedelta(days=later), dismissals=(snooze(one, until, on),))
    assert bool(found) == (off <= later <= off + 60)


def test_nothing_is_put_off_to_the_past_or_for_ever() -> None:
    (one,) = reminders(YUKI, born={1: "1986-12-04"}, days=3)
    with pytest.raises(UsageError, match="20 Nov is not ahead of today"):
        snooze(one, TODAY, TODAY)
    with pytest.raises(UsageError, match="Yuki Tanaka's birthday can be put off until 3 Jan 2027 at most"):
        snooze(one, date(2027, 1, 4), TODAY)
    (cadence,) = reminders(cadences=(WREN.cadence,))
    assert snooze(cadence, date(2027, 3, 1), TODAY).until == date(2027, 3, 1)


def test_the_page_goes_by_due_day_then_nearness() -> None:
    """Overdue first; on one day the inner circle before the rest, the season's evening last."""
    inner = Person(contact_id=6, name="Zora", circle=Circle.INNER, since=LONG_AGO, last_on=TODAY)
    wide = Person(contact_id=7, name="Al", circle=Circle.WIDE, since=LONG_AGO, last_on=TODAY)
    found = reminders(
        inner,
        wide,
        PLUMBER,
        born={3: "1970-11-20", 7: "1970-11-20", 6: "1970-11-20"},
        cadences=(WREN.cadence,),
        seasons=(season(Unwritten(post_by=date(2026, 12, 17))),),
    )
    assert [one.who for one in found] == ["Aunt Wren", "Zora", "Al", "Bob Pipe", "christmas-2026"]


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2020, 12, 31)),
    st.dates(min_value=date(2025, 1, 1), max_value=date(2030, 12, 31)),
    st.integers(0, 60),
)
def test_upcoming_holds_all_of_today_and_every_birthday_in_its_window(
    born: date, today: date, days: int
) -> None:
    """A longer look never loses what a shorter one shows, nor a day that falls inside it."""
    text = str(PartialDate(born.year, born.month, born.day))
    page = {one.id for one in reminders(YUKI, born={1: text}, today=today)}
    ahead = reminders(YUKI, born={1: text}, today=today, days=days)
    assert page <= {one.id for one in ahead}
    kept = KeptOccasion(
        contact_id=1,
        occasion_id=11,
        kind=OccasionKind.BIRTHDAY,
        date=PartialDate(born.year, born.month, born.day),
    )
    inside = occurrences([kept], start=today, end=today + timedelta(days=days))
    assert {each.on for each in inside} <= {one.on for one in ahead}


@pytest.mark.parametrize("circle", [Circle.INNER, Circle.WIDE, Circle.NONE, None])
def test_a_segment_gives_the_cadence_whatever_the_circle(circle: Circle | None) -> None:
    """Sixteen days after the last word a regular is due, and the line names the segment."""
    regular = Cadence(
        contact_id=4,
        name="Callum Fraser",
        circle=circle,
        since=LONG_AGO,
        last_on=TODAY - timedelta(days=16),
        segment="regulars",
        segment_days=15,
    )
    (one,) = reminders(cadences=(regular,))
    assert one.reason == "16 days since you spoke (regulars: every 15)"
    assert one.due == TODAY - timedelta(days=1)
    assert reminders(cadences=(regular._replace(segment_days=17),)) == []


def test_a_cadence_of_ones_own_goes_before_that_of_a_segment() -> None:
    """What the user set for one contact holds, longer or shorter."""
    own = WREN.cadence._replace(cadence_days=18, segment="regulars", segment_days=5)
    (one,) = reminders(cadences=(own,))
    assert one.reason == "19 days since you spoke (every 18, as you set)"
    assert reminders(cadences=(own._replace(cadence_days=20),)) == []
