from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def test_plan_names_every_card_once_and_keeps_the_pace(season: Runner) -> None:
    """Evenings at the pace that is said and kept; who is written is planned no more."""
    season.done("settings", "set", "sender.country", "GB")
    left = {
        one["household"]
        for one in season("season", "list", "--json").json["recipients"]
        if one["state"] in ("planned", "drafted", "printed")
    }
    plan = season("season", "plan", "--pace", "2 an evening, Mon Wed Fri", "--json").json
    told = [home for evening in plan["evenings"] for home in evening["households"]]
    assert sorted([*told, *(one["household"] for one in plan["unreachable"])]) == sorted(left)
    assert all(len(evening["households"]) <= 2 for evening in plan["evenings"])
    assert plan["pace"] == "2 an evening, Mon Wed Fri"
    assert season("season", "plan", "--json").json == plan
    season.done("written", told[0])
    again = season("season", "plan", "--json").json
    assert told[0] not in [home for evening in again["evenings"] for home in evening["households"]]


def test_plan_says_what_is_too_late_and_what_is_left(season: Runner) -> None:
    """A week before Christmas the far ones are beyond the post; New Year or a call is not."""
    out = season.done("season", "plan", today="2026-12-19").out
    assert "will not come in time" in out
    assert "instead" in out
    plan = season("season", "plan", "--json", today="2026-12-19").json
    assert {one["instead"] for one in plan["unreachable"]} <= {"New Year", "a call"}
    assert all("last day to post" in one["reason"] for one in plan["unreachable"])


def test_plan_names_the_pace_that_would_do(season: Runner) -> None:
    """One card on Mondays is too slow for seven; the quicker pace is said as a command."""
    out = season.done("season", "plan", "--pace", "1 an evening, Mon", today="2026-12-01").out
    assert "no evening is left before" in out
    assert "relcard season plan --pace" in out


@pytest.mark.parametrize("words", ["", "fast", "0", "6 an evening, someday"])
def test_plan_refuses_what_is_no_pace(season: Runner, words: str) -> None:
    """And keeps the one there was."""
    result = season("season", "plan", "--pace", words)
    assert result.code == 2
    assert "6 an evening, Mon Wed Fri" in result.err
    assert season("settings", "set", "pace", "often").code != 0


def _season_line(run: Runner, today: str) -> str:
    (line,) = [
        one for one in run("today", "--json", today=today).json["reminders"] if one["kind"] == "season"
    ]
    return str(line["reason"])


def test_today_keeps_to_the_pace(season: Runner) -> None:
    """The evening's pile, the next evening where this one is none of yours, and how many are lost."""
    season.done("season", "plan", "--pace", "2 an evening, Fri")
    assert "tonight 2" in _season_line(season, "2026-11-20")
    later = _season_line(season, "2026-11-21")
    assert "Fri 27 Nov 2" in later
    assert "cannot come in time: relcard season plan" in later
    season.done("settings", "set", "pace", "")
    assert "tonight" in _season_line(season, "2026-11-21")


def test_plan_knows_the_sundays_and_holidays_of_the_sender(season: Runner) -> None:
    """A day of the user's own on which the post rests moves what must be posted on it a day ahead."""
    season.done("settings", "set", "sender.country", "GB")
    before = {
        one["household"]: one["post_by"] for one in season("season", "list", "--json").json["recipients"]
    }
    day = max(filter(None, before.values()))
    season.done("settings", "set", "holidays", day)
    after = {
        one["household"]: one["post_by"] for one in season("season", "list", "--json").json["recipients"]
    }
    assert day not in after.values()
    assert {one: by for one, by in after.items() if by and by < day}.items() >= {
        one: by for one, by in before.items() if by and by < day
    }.items()
    season.done("settings", "set", "holidays", "GB-SCT")
    assert "2026-11-30" in season("settings", "--json").json["settings"]["holidays"]
    refused = season("settings", "set", "holidays", "someday")
    assert (refused.code, "is no day" in refused.err) == (3, True)


def test_plan_warns_of_last_years_days_in_the_post(season: Runner) -> None:
    """Until the user says that they were checked for this year."""
    assert "check them with your post" not in season.done("season", "plan").out
    assert "days in the post are those of 2026" in season.done("season", "plan", today="2027-01-02").out
    season.done("settings", "set", "posting.year", "2027", today="2027-01-02")
    assert "check them with your post" not in season.done("season", "plan", today="2027-01-02").out


def test_plan_offers_the_lunar_new_year_where_it_is_kept(season: Runner) -> None:
    """A card for Korea that misses Christmas and New Year comes in time for the first day of the lunar year."""
    season.done("settings", "set", "sender.country", "GB")
    address = ("--street", "12 Sejong-daero", "--town", "Seoul", "--postcode", "04519", "--country", "KR")
    season.done("add", "Jiwoo Han", *address, "--circle", "close")
    season.done("season", "add", "Jiwoo Han")
    lost = season("season", "plan", "--json", today="2026-12-23").json["unreachable"]
    assert "Lunar New Year" in {entry["instead"] for entry in lost}
    assert "season start lunar-newyear" in season.done("season", "plan", today="2026-12-23").out


def test_what_lies_here_written_too_long_is_named_with_what_is_left(season: Runner) -> None:
    """A card written in time and not posted is no longer counted as done; nothing is to write for it."""
    season.done("written", "Yuki Tanaka")
    late = season("season", "plan", "--json", today="2026-12-12").json["unreachable"]
    (yuki,) = [lost for lost in late if "it is written" in lost["reason"]]
    assert yuki["instead"] in ("New Year", "a call")
    season.done("posted", "--all")
    assert "Nothing is left to write" in season.done("season", "plan", today="2026-12-12").out


def test_a_card_that_came_back_is_planned_again_once_an_address_is_known(season: Runner) -> None:
    season.done("posted", "Yuki Tanaka")
    season.done("returned", "Yuki Tanaka")
    (home,) = [row["household"] for row in season("returned", "--json").json["returned"]]

    def planned() -> list[str]:
        evenings = season("season", "plan", "--json").json["evenings"]
        return [one for evening in evenings for one in evening["households"]]

    assert home not in planned()
    season.done(
        "address", "add", "Yuki Tanaka", "--street", "3-2-1 Ginza", "--town", "Tokyo", "--country", "JP"
    )
    assert home in planned()
