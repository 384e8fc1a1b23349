"""Tests of segments at the command line: saved, used wherever a list is, and what they remind of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import keys_of
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Once
    from tests.support.command_line import Runner

SHOP = ("Zoë Müller", "Mia Delgado", "Callum Fraser", "Old Mill Bakery", "Hannah Weber")


@pytest.fixture
def shop(near: Runner, once: Once) -> Runner:
    """Return the command line of somebody with a shop: five of the sample are its customers."""
    return once(near, _open_shop)


def _open_shop(near: Runner) -> None:
    near.done("tag", "shop", *SHOP)
    near.done("fact", "zoë", "bread", "dark rye, sliced")
    near.done("fact", "callum", "bread", "Rye")
    near.done("log", "callum", "visit", "--on", "2026-11-04")
    near.done("segment", "save", "regulars", "--tag", "shop")


def _names(run: Runner, *words: str) -> set[str]:
    return {one["name"] for one in run.done("list", *words, "--json").json["contacts"]}


def test_filters_of_list_combine(shop: Runner) -> None:
    """Options of every kind must all hold, with words and with a segment."""
    assert _names(shop, "--segment", "REGULARS") == set(SHOP)
    assert _names(shop, "--segment", "regulars", "--fact", "bread=rye") == {"Zoë Müller", "Callum Fraser"}
    assert _names(shop, "--fact", "bread=rye", "--circle", "none") == {"Callum Fraser"}
    assert _names(shop, "muller", "--tag", "shop", "--not-tag", "choir", "--kind", "individual") == {
        "Zoë Müller"
    }
    assert _names(shop, "--tag", "shop", "--country", "Germany", "--country", "us") == {
        "Zoë Müller",
        "Mia Delgado",
        "Hannah Weber",
    }
    assert _names(shop, "--city", "krakow", "--birthday", "may") == {"Anna Kowalska"}
    assert _names(shop, "--older-than", "16", "--segment", "regulars") == set(SHOP) - {"Callum Fraser"}
    assert _names(shop, "--older-than", "15", "--segment", "regulars") == set(SHOP)
    assert _names(shop, "--language", "ja") == {"佐藤 健"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--birthday", "foo"), "--birthday is"),
        (("--older-than", "long"), "--older-than is"),
        (("--household-size", "many"), "--household-size is"),
        (("--received", "plough monday"), "--received is"),
        (("--language", "German"), "--language is"),
        (("--fact", "=x"), "--fact is"),
        (("--circle", "near"), "--circle"),
        (("--kind", "pet"), "--kind"),
        (("--circle", "close", "--no-circle"), "leave nobody"),
        (("--has-address", "--no-address"), "leave nobody"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(
    "command", [("list",), ("segment", "save", "wrong"), ("circle", "wide"), ("tag", "new")]
)
def test_a_wrong_value_is_a_fault_of_usage(
    shop: Runner, command: tuple[str, ...], words: tuple[str, ...], said: str
) -> None:
    """Wherever filters stand, a value that is none ends with 2 and changes nothing."""
    before = shop.bytes
    result = shop(*command, *words)
    assert result.code == 2
    assert said in result.err
    assert shop.bytes == before


def test_segments_are_listed_shown_and_dropped(shop: Runner) -> None:
    """A segment says its filters, its contacts and its cadence, for people and for scripts; undo brings it back."""
    shop.done("segment", "save", "Leeds people", "--city", "Leeds", "--has-address", "--words", "a")
    shop.done("segment", "cadence", "regulars", "14")
    assert "--tag shop" in shop.done("segment", "list").out
    found = shop.done("segment", "list", "--json").json["segments"]
    assert keys_of(found) == {"name", "filter", "said", "cadence_days", "saved_on", "count"}
    assert {one["name"]: (one["cadence_days"], one["count"]) for one in found}["regulars"] == (14, 5)
    assert {one["said"] for one in found} == {"--tag shop", "--words a --city Leeds --has-address"}
    shown = shop.done("segment", "show", "regulars", "--json").json["segment"]
    assert {one["name"] for one in shown["contacts"]} == set(SHOP)
    assert "regulars: 5 contacts · every 14 days" in shop.done("segment", "show", "regulars").out
    shop.done("segment", "drop", "leeds people")
    assert len(shop.done("segment", "list", "--json").json["segments"]) == 1
    assert 'taken back: segment drop "leeds people"' in shop.done("undo").out
    assert len(shop.done("segment", "list", "--json").json["segments"]) == 2


def test_a_segment_needs_a_name_and_a_filter(shop: Runner) -> None:
    """Everybody is no segment, and neither is a name of nothing or of a page."""
    for name in ("", "a\nb\x07", "x" * 41):
        assert shop("segment", "save", name, "--tag", "shop").code == 2
    result = shop("segment", "save", "all")
    assert (result.code, "everybody" in result.err) == (2, True)
    assert shop("list", "--segment", "friends").code == 4
    assert shop("segment", "cadence", "regulars", "soon").code == 2
    assert shop("segment", "cadence", "regulars", "0").code == 2


def test_the_jewellers_fortnight(shop: Runner) -> None:
    """Sixteen days after the visit a customer is due, whatever the circle; with none the circle's word holds."""
    shop.done("segment", "cadence", "regulars", "14")
    assert "Callum Fraser - 16 days since you spoke (regulars: every 14)" in shop.done("today").out
    (one,) = shop.done("today", "--segment", "regulars", "--json").json["reminders"]
    assert (one["who"], one["due"]) == ("Callum Fraser", "2026-11-18")
    later = shop.done("upcoming", "--days", "14", "--segment", "regulars", "--json").json["reminders"]
    assert {one["who"] for one in later if one["kind"] == "cadence"} == set(SHOP)
    shop.done("segment", "save", "bread", "--fact", "bread=rye")
    shop.done("segment", "cadence", "bread", "10")
    assert "(bread: every 10)" in shop.done("today").out
    shop.done("done", "callum")
    assert shop.done("today", "--segment", "regulars", "--json").json["reminders"] == []
    shop.done("segment", "cadence", "bread", "none")
    shop.done("segment", "cadence", "regulars", "none")
    found = shop.done("upcoming", "--days", "300", "--segment", "regulars", "--json").json["reminders"]
    assert {one["who"] for one in found if "(friend: " in one["reason"]} == {"Mia Delgado", "Hannah Weber"}


def test_a_segment_narrows_reminders(shop: Runner) -> None:
    """Without a word on a segment everyone's reminders stand; with it its contacts' alone, and no season."""
    shop.done("season", "start", "christmas")
    every = shop.done("upcoming", "--days", "40", "--json").json["reminders"]
    ours = shop.done("upcoming", "--days", "40", "--segment", "regulars", "--json").json["reminders"]
    assert {one["who"] for one in ours} <= set(SHOP)
    assert {one["kind"] for one in every} > {one["kind"] for one in ours}


def test_a_tag_for_many_at_once(shop: Runner) -> None:
    """Filters tag all they let through in one step; a dry run names them first."""
    said = shop.done("tag", "rye", "--fact", "bread=rye", "--dry-run").out
    assert "Zoë Müller" in said
    assert "would be rye: 2 contacts" in said
    assert _names(shop, "--tag", "rye") == set()
    shop.done("tag", "rye", "zoë")
    assert (
        "1 contact had it already"
        in shop.done("tag", "rye", "--segment", "regulars", "--fact", "bread=rye").out
    )
    assert _names(shop, "--tag", "rye") == {"Zoë Müller", "Callum Fraser"}
    shop.done("tag", "rye", "--remove", "--segment", "regulars")
    assert _names(shop, "--tag", "rye") == set()
    assert "taken back: tag rye --remove --segment regulars" in shop.done("undo").out
    assert _names(shop, "--tag", "rye") == {"Zoë Müller", "Callum Fraser"}
    assert shop("tag", "rye").code == 2
    assert shop("tag", "rye", "zoë", "--segment", "regulars").code == 2
    assert shop("tag", "rye", "--tag", "nobody").code == 4


def test_a_circle_for_a_segment(shop: Runner) -> None:
    """In bulk those of whom nothing was said get the circle; what was said stays."""
    shop.done("undo")
    shop.done("segment", "save", "bread", "--fact", "bread=rye")
    shop.done("circle", "wide", "--segment", "bread")
    assert _names(shop, "--circle", "none") == {"Callum Fraser"}
    assert "Zoë Müller" in _names(shop, "--circle", "wide")


def test_a_season_for_a_segment_names_who_stays_out(shop: Runner) -> None:
    """Only its households come in; the nearest outside are named, and those without a circle."""
    result = shop.done("season", "start", "christmas", "--segment", "regulars", "--json").json
    assert {one["addressee"] for one in result["recipients"]} == {
        "Mia Delgado and Daniel Reyes",
        "Hannah Weber",
    }
    assert result["left_out"]
    reasons = {one["addressee"]: one["reason"] for one in result["left_out"]}
    assert reasons["Aunt Wren"] == "inner: outside the segment"
    assert reasons["Yuki Tanaka"] == "close: outside the segment"
    shop.done("undo")
    said = shop.done("season", "start", "christmas", "--segment", "regulars").out
    assert "Aunt Wren" in said
    assert "Yuki Tanaka" not in said
    assert "with a circle outside regulars" in said
    assert "relcard season add --segment regulars" in said


def test_a_segment_joins_a_season(shop: Runner) -> None:
    """All of its households come in but those of circle none, in one step, each with the reason."""
    shop.done("season", "start", "christmas", "--segment", "regulars")
    before = {one["household"] for one in shop.done("season", "list", "--json").json["recipients"]}
    shop.done("segment", "save", "germans", "--country", "DE", "--city", "freiburg", "--city", "leipzig")
    said = shop.done("season", "add", "--segment", "germans").out
    assert "1 household of germans, 1 was in it before" in said
    assert "no card, as you said: Callum Fraser" in shop.done("season", "add", "--segment", "regulars").out
    after = shop.done("season", "list", "--json").json["recipients"]
    assert "of germans" in {one["reason"] for one in after}
    shop.done("undo")
    shop.done("undo")
    assert {one["household"] for one in shop.done("season", "list", "--json").json["recipients"]} == before
    assert shop("season", "add").code == 2
    assert shop("season", "add", "zoë", "--segment", "regulars").code == 2


def test_paper_for_a_segment(shop: Runner, here: Path) -> None:
    """Labels need no season; in a season, and of everybody, a segment leaves its own."""
    shop("print", "labels", "--segment", "regulars", "-o", "a.pdf")
    assert "Delgado" in pdf_text(here / "a.pdf")
    assert "Okafor" not in pdf_text(here / "a.pdf")
    shop("print", "labels", "--all", "--segment", "regulars", "--address-mode", "label", "-o", "b.pdf")
    assert "Kowalska" not in pdf_text(here / "b.pdf")
    flown = shop("preflight", "--segment", "regulars", "--json")
    assert flown.json["addresses"] == 5
    shop.done("season", "start", "christmas")
    drafts = shop.done("draft", "--segment", "regulars", "--json").json["drafts"]
    assert len(drafts) == 2
    flown = shop("preflight", "--segment", "regulars", "--json")
    assert flown.json["addresses"] == 2
    assert "3 households of regulars are not in christmas-2026" in flown.err
    assert shop("print", "crib", "zoë", "--segment", "regulars").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("circle", "wide", "--country", "DE"),
        ("season", "start", "newyear"),
        ("season", "add"),
        ("draft",),
        ("print", "labels"),
        ("preflight",),
        ("today",),
    ],
    ids=" ".join,
)
def test_an_empty_name_is_never_everybody(season: Runner, words: tuple[str, ...]) -> None:
    """A script whose variable is empty is refused, and does not do to all what was meant for some."""
    before = season.bytes
    result = season(*words, "--segment", "")
    assert (result.code, 'no segment ""' in result.err) == (4, True)
    assert season.bytes == before
    assert season("list", "--older-than", "").code == 2


def test_the_shop_and_the_friends_stay_apart(shop: Runner) -> None:
    """Two segments by one tag share nobody and leave nobody out."""
    shop.done("segment", "save", "friends", "--not-tag", "shop")
    ours, theirs = _names(shop, "--segment", "regulars"), _names(shop, "--segment", "friends")
    assert not ours & theirs
    assert ours | theirs == _names(shop)
    shop.done("tag", "shop", "Yuki Tanaka")
    assert "Yuki Tanaka" not in _names(shop, "--segment", "friends")
