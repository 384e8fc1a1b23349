"""Tests of the screen that says how far a season is: states, days left by destination, tonight."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.posting import DEFAULT_TABLE
from relcard.domain.posting import posting_days

if TYPE_CHECKING:
    import pytest

    from tests.support.command_line import Runner


def test_status_counts_every_card_once(season: Runner) -> None:
    """Each state, the feast with its day, every card still to post in one destination, and tonight's pile."""
    season.done("posted", "hannah")
    now = season("season", "status", "--json").json
    recipients = season("season", "list", "--json").json["recipients"]
    states = {key: number for key, number in now["states"].items() if key != "received"}
    assert sum(states.values()) == len(recipients)
    assert now["feast"] == {"name": "christmas", "on": "2026-12-25"}
    by_day = {one["household"]: one["post_by"] for one in recipients if one["state"] != "posted"}
    for pile in now["destinations"]:
        assert pile["cards"] == sum(pile["countries"].values())
        first, last = date(2026, 11, 20), date.fromisoformat(pile["post_by"])
        assert pile["days_left"] == posting_days(DEFAULT_TABLE, "", first, last)
    to_post = sum(pile["cards"] for pile in now["destinations"])
    assert to_post + len(now["without_address"]) == len(by_day)
    evenings = season("season", "plan", "--json").json["evenings"]
    assert now["tonight"] == evenings[0]["households"]
    assert now["late"] == []


def test_status_names_who_is_late_and_what_is_to_do(season: Runner) -> None:
    """Behind the last day to post a card is named; the plan knows what is left to do."""
    out = season.done("season", "status", today="2026-12-19").out
    assert "too late now: " in out
    assert "relcard season plan" in out
    late = season("season", "status", "--json", today="2026-12-19").json
    first_days = {one["post_by"] for one in late["destinations"] if not one["days_left"]}
    assert late["late"]
    assert all(day < "2026-12-19" for day in first_days)


def test_the_bars_of_status_need_no_unicode_and_no_wide_screen(
    season: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The longest bar and every line stay within 60 columns."""
    monkeypatch.setenv("COLUMNS", "60")
    lines = season.done("season", "status").out.splitlines()
    assert max(map(len, lines)) <= 60
    assert any("━" in line for line in lines)
    plain = season.process(
        "--store",
        str(season.store),
        "--today",
        "2026-11-20",
        "season",
        "status",
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert any(line.startswith("  planned") and "====" in line for line in plain.out.splitlines())
    assert "?" not in plain.out.split("TO POST")[0]
