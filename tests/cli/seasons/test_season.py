from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner


RECIPIENT_KEYS = {"household", "addressee", "circle", "state", "reason", "post_by", "address_mode"}


def _recipient(run: Runner, name: str, *words: str) -> dict[str, Any]:
    found = run("season", "list", *words, "--json").json["recipients"]
    (one,) = [one for one in found if name in one["addressee"]]
    assert isinstance(one, dict)
    return one


def test_start_names_who_is_in_and_who_is_not_with_reasons(near: Runner) -> None:
    """Every household with a circle is in with a reason or left out with one."""
    found = near("season", "start", "christmas", "--year", "2026", "--json").json
    assert keys_of(found["recipients"]) >= RECIPIENT_KEYS
    reasons = {one["addressee"]: one["reason"] for one in found["recipients"]}
    assert reasons["Aunt Wren"] == "inner: always in (the no-cut clause)"
    assert reasons["Margaret Hale"] == "inner: always in (the no-cut clause); a careful year"
    assert reasons["Yuki Tanaka"] == "close: every season"
    assert reasons["Omar Haddad"] == "friend: every season"
    assert {one["state"] for one in found["recipients"]} == {"planned"}
    assert keys_of(found["left_out"]) == {"household", "addressee", "reason"}
    left_out = {one["addressee"]: one["reason"] for one in found["left_out"]}
    assert left_out["Zoë Müller"] == "wide: asks - no card either way yet"
    assert "Old Mill Bakery" in left_out
    assert not any("Callum" in who for who in (*reasons, *left_out))  # circle none: the user has said no
    assert not set(reasons) & set(left_out)


def test_start_dry_run_changes_nothing(near: Runner) -> None:
    """A dry run shows the season that would be, and there is none afterwards."""
    before = near.bytes
    assert "Aunt Wren" in near.done("season", "start", "christmas", "--dry-run").out
    assert near.bytes == before
    assert near("season", "list").code == 4


def test_start_without_a_circle_says_what_is_missing(people: Runner) -> None:
    """When nobody has a circle the season is empty and the next step is said."""
    result = people.done("season", "start", "christmas")
    assert "relcard circle close WHO" in result.out
    assert "relcard undo" in result.out


def test_start_says_when_the_senders_country_is_missing(near: Runner) -> None:
    """Days to post are a guess without the country they are counted from, and the start of a season says so."""
    near.done("circle", "close", "anna")
    hint = "relcard settings set sender.country GB"
    assert hint not in near.done("season", "start", "christmas", "--dry-run").out
    near.store.with_suffix(".toml").unlink()
    assert hint in near.done("season", "start", "christmas", "--dry-run").out


def test_start_twice_is_refused(season: Runner) -> None:
    """A season is started once."""
    result = season("season", "start", "christmas-2026")
    assert result.code == 2
    assert "season add" in result.err


@pytest.mark.parametrize(
    ("today", "name"),
    [("2026-11-20", "christmas-2026"), ("2026-12-27", "christmas-2027"), ("2027-01-02", "christmas-2027")],
)
def test_start_without_a_year_means_the_next_feast(near: Runner, today: str, name: str) -> None:
    """After Christmas the next one is another year's."""
    near.done("season", "start", "christmas", today=today)
    assert near("season", "list", "--json", today=today).json["season"] == name


def test_a_season_of_another_feast_says_its_day(near: Runner) -> None:
    """That of Eid as about one, for the moon has the last word."""
    lines = near.done("season", "start", "nowruz").out
    assert "nowruz-2027: " in lines
    assert "Sun 21 Mar 2027" in lines
    assert "about Tue 9 Mar 2027 as the moon is sighted" in near.done("season", "start", "eid-al-fitr").out
    feast = near.done("season", "start", "hanukkah", "--json").json["feast"]
    assert feast == {"name": "hanukkah", "on": "2026-12-05"}
    assert "about Tue 9 Mar 2027" in near.done("season", "status", "--season", "eid-al-fitr-2027").out
    assert near("season", "start", "hanukkah-2101").code == 2


def test_nobody_gets_a_card_of_a_feast_that_nobody_said_is_theirs(near: Runner) -> None:
    """The nearest neither; said of two at once, both are in, and so are they at the other feast of their people."""
    began = near.done("season", "start", "eid-al-fitr", "--json").json
    assert began["recipients"] == []
    near.done("undo")
    assert "theirs? household set WHO --feast" in near.done("season", "start", "eid-al-fitr").out
    near.done("undo")
    said = near.done("household", "set", "Omar Haddad", "Aunt Wren", "--feast", "eid-al-fitr").out
    assert ("Aunt Wren" in said, "Omar Haddad" in said) == (True, True)
    for name in ("eid-al-fitr", "eid-al-adha"):
        near.done("season", "start", name)
        rows = near.done("season", "list", "--json", "--season", f"{name}-2027").json["recipients"]
        assert "Aunt Wren" in [row["addressee"] for row in rows]
    refused = near("household", "set", "Omar Haddad", "Aunt Wren", "--addressee", "The Two")
    assert (refused.code, "of one household" in refused.err) == (2, True)


def test_a_feast_of_ones_own_makes_a_season_that_keeps_its_day(near: Runner) -> None:
    """What the settings say later of the feast does not move a season that was started."""
    near.done("settings", "set", "feasts.midsummer", "last", "saturday", "of", "june")
    out = near.done("season", "start", "midsummer").out
    assert "Sat 26 Jun 2027" in out
    assert "no printed words for midsummer yet" in out
    near.store.with_suffix(".toml").unlink()
    assert near.done("season", "status", "--json").json["feast"]["on"] == "2027-06-26"
    assert near.done("season", "list", "--json").json["recipients"]
    assert near.done("today").code == 0
    assert near.done("doctor").code == 0
    refused = near("settings", "set", "feasts.midsummer", "soon")
    assert (refused.code, "say it as 06-24" in refused.err) == (3, True)


def test_list_is_in_writing_order_with_days_from_the_senders_country(season: Runner) -> None:
    """What must go first stands first: overseas, then Europe, then home; dates are ISO."""
    found = season("season", "list", "--json").json
    assert found["season"] == "christmas-2026"
    days = [one["post_by"] for one in found["recipients"]]
    assert days == sorted(days)
    assert _recipient(season, "Yuki")["post_by"] < _recipient(season, "Hannah")["post_by"]
    assert _recipient(season, "Hannah")["post_by"] < _recipient(season, "Wren")["post_by"] < "2026-12-25"
    assert {one["address_mode"] for one in found["recipients"] if one["circle"] in ("inner", "close")} == {
        "hand"
    }
    assert {one["address_mode"] for one in found["recipients"] if one["circle"] == "friend"} == {"label"}


def test_two_open_seasons_must_be_told_apart(season: Runner) -> None:
    """With two open seasons a command without --season asks which."""
    season.done("season", "start", "easter", "--year", "2027")
    result = season("season", "list")
    assert result.code == 6
    assert "christmas-2026" in result.err
    assert "easter-2027" in result.err
    assert "--season easter-2027" in result.err
    assert "relcard season close --season christmas-2026" in result.err
    assert season("season", "list", "--season", "easter-2027").code == 0
    season.done("season", "close", "--season", "easter-2027")
    assert season("season", "list", "--json").json["season"] == "christmas-2026"


def test_a_season_that_is_over_and_open_is_in_nobodys_way(season: Runner) -> None:
    """The newest is meant; the old one is named with its close, and close itself asks."""
    later = "2027-01-20"
    assert "it is over: relcard season close" in season.done("today", "--all", today="2027-02-20").out
    told = season.done("season", "start", "easter", today=later).out
    assert "christmas-2026 is over and still open: relcard season close --season christmas-2026" in told
    for words in (("season", "list"), ("written", "anna"), ("preflight",), ("season", "add", "zoë")):
        assert season(*words, today=later).code in (0, 5)
    assert season("season", "list", "--json", today=later).json["season"] == "easter-2027"
    asked = season("season", "close", today=later)
    assert (asked.code, "--season christmas-2026" in asked.err) == (6, True)
    season.done("season", "close", "--season", "christmas-2026", today=later)
    assert "easter-2027" in season.done("season", "close", today=later).out


def test_add_and_drop(season: Runner) -> None:
    """Households come in and go out by the user's word; who is not in is named."""
    season.done("season", "add", "zoë")
    assert _recipient(season, "Zoë")["reason"] == "you added them"
    season.done("season", "drop", "zoë", "hannah")
    names = [one["addressee"] for one in season("season", "list", "--json").json["recipients"]]
    assert "Zoë Müller" not in names
    assert "Hannah Weber" not in names
    result = season("written", "hannah")
    assert result.code == 4
    assert "relcard season add hannah" in result.err


def test_add_takes_the_filters_of_a_list(season: Runner) -> None:
    """A season is chosen by who wrote as well; the reason says by what, and undo takes all of it back."""
    season.done("log", "zoë", "card", "--from-them", "--on", "2024-12-20")
    added = season.done("season", "add", "--received", "christmas-2024")
    assert "1 household by --received christmas-2024" in added.out
    assert _recipient(season, "Zoë")["reason"] == "by --received christmas-2024"
    season.done("undo")
    season.done("segment", "save", "silent", "--silent-for", "1")
    assert "1 household of silent" in season.done("season", "add", "--segment", "silent").out
    assert season("season", "add", "zoë", "--silent-for", "1").code == 2
    assert season("season", "add").code == 2
    wrong = season("season", "add", "--silent-for", "a while")
    assert (wrong.code, "--silent-for 3" in wrong.err) == (2, True)


def _numbers(run: Runner) -> dict[str, int]:
    return {each["household"]: each["number"] for each in run("season", "list", "--json").json["recipients"]}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("paper", ["labels", "envelopes", "postcards", "cards", "crib"])
def test_numbers_stand_once_anything_is_printed(season: Runner, paper: str) -> None:
    """Who comes in later follows the last number, who goes out leaves a gap, and nobody else's card moves."""
    late = _recipient(season, "Yuki")["household"]
    season.done("season", "drop", late)
    season("print", paper)
    printed = _numbers(season)
    last = max(printed.values())
    assert f"from {last + 1}" in season.done("season", "add", late).out
    assert _numbers(season) == {**printed, late: last + 1}
    first = next(iter(printed))
    season.done("season", "drop", first)
    season.done("season", "add", first)
    assert _numbers(season) == {**printed, late: last + 1, first: last + 2} or _numbers(season) == {
        **printed,
        first: last + 1,
        late: last + 2,
    }
    gap = season("posted", "1")
    assert (gap.code, "nobody's any more" in gap.err) == (4, True)
    season.done("posted", f"1-{last}")
    moved = season("season", "list", "--json").json["recipients"]
    assert {each["household"] for each in moved if each["state"] == "posted"} == set(printed) - {first}


@pytest.mark.usefixtures("here")
def test_a_number_that_two_households_have_is_asked_about(season: Runner) -> None:
    """Two laptops may have printed at the same time; no card is marked by guess."""
    season("print", "labels")
    with closing(sqlite3.connect(season.store)) as db, db:
        db.execute("UPDATE recipient SET number = 2 WHERE number = 1")
    result = season("posted", "2")
    assert (result.code, "on paper for 2 households" in result.err) == (6, True)


@pytest.mark.usefixtures("here")
def test_another_order_of_numbers_on_paper(season: Runner) -> None:
    """Numbers printed in another order than the settings' are those that `posted` takes, until it is undone."""
    before = _numbers(season)
    season("print", "labels", "--order", "name", "--dry-run")
    assert _numbers(season) == before
    season("print", "labels", "--order", "name")
    printed = _numbers(season)
    assert list(printed.values()) == sorted(printed.values())
    assert printed != before
    season("print", "labels", "--order", "post-by")
    assert _numbers(season) == printed
    season.done("undo")
    season.done("undo")
    assert _numbers(season) == before


def test_next_year_knows_this_one(season: Runner) -> None:
    """A year later the reasons name what was sent and what came, and the crib has both lines."""
    season.done("written", "anna", "--line", "the kettle is on")
    season.done("posted", "anna", "hannah")
    season.done("received", "anna", "--line", "come and see the garden")
    season.done("received", "zoë")
    season.done("season", "close")
    season.done("season", "start", "christmas", "--year", "2027", today="2027-11-20")
    later = ("--season", "christmas-2027")
    assert _recipient(season, "Anna", *later)["reason"] == "close: sent last year; they wrote last year"
    assert _recipient(season, "Hannah", *later)["reason"] == "friend: sent last year"
    assert _recipient(season, "Omar", *later)["reason"] == "friend: every season"
    assert _recipient(season, "Zoë", *later)["reason"] == "wide: they wrote last year"
    (draft,) = season("draft", "anna", "--json", today="2027-11-20").json["drafts"]
    crib = " | ".join(draft["crib"])
    assert "they wrote: “come and see the garden”" in crib
    assert "you wrote: “the kettle is on”" in crib
    assert crib.count("the kettle is on") == 1


def test_a_closed_season_is_still_read(season: Runner) -> None:
    """Closing ends the season for commands without a name; its list stays."""
    season.done("season", "close")
    assert season("written", "anna").code == 4
    assert "(closed)" in season("season", "list", "--season", "christmas-2026").out


def test_a_household_without_an_address_is_in_and_named(near: Runner) -> None:
    """A missing address leaves nobody out; there is time to ask."""
    near.done("circle", "friend", "zielinski")
    near.done("season", "start", "christmas")
    one = _recipient(near, "Zieliński")
    assert one["post_by"] is None
    assert one["reason"].endswith("no address yet")
