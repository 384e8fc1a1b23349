from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.command_line import keys_of
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def test_stats_have_their_keys(near: Runner) -> None:
    """One object with a list for each thing to look at, the same as the screen."""
    near.done("log", "anna", "card", "--on", "2025-12-10")
    near.done("log", "wren", "call", "--on", "2026-10-01")
    found = near("stats", "--json").json["stats"]
    assert set(found) == {
        "contacts",
        "without_circle",
        "circles",
        "cards",
        "inner",
        "birthdays",
        "countries",
    }
    assert {one["circle"]: one["contacts"] for one in found["circles"]} == {
        "inner": 2,
        "close": 4,
        "friend": 4,
        "wide": 2,
    }
    assert found["cards"] == [
        {"year": 2025, "sent": 1, "received": 0},
        {"year": 2026, "sent": 0, "received": 0},
    ]
    assert keys_of(found["inner"]) == {"uid", "name", "months_without_a_word", "last_on", "months"}
    wren = next(one for one in found["inner"] if one["name"] == "Aunt Wren")
    assert wren["months_without_a_word"] == 11
    assert {"month": "2026-10", "words": 1} in wren["months"]
    assert [one["month"] for one in found["birthdays"]] == list(range(1, 13))
    assert keys_of(found["countries"]) == {"country", "contacts"}


def test_the_screen_fits_and_draws_what_the_numbers_say(near: Runner) -> None:
    """Bars on their tracks, a strip for each of the inner circle, nothing past 80 columns."""
    near.done("log", "anna", "card", "--on", "2025-12-10")
    near.done("log", "wren", "call", "--on", "2024-10-01")
    near.done("log", "wren", "call", "--on", "2026-10-01")
    screen = near.done("stats").out
    lines = screen.splitlines()
    assert max(map(len, lines)) <= 80
    inner = next(line for line in lines if line.startswith("  inner "))
    assert (inner.count("━"), inner.count("─")) == (16, 24)
    assert inner.endswith("2 of about 5")
    wren = next(line for line in lines if line.startswith("  Aunt Wren"))
    assert "· · · · · · · · · · ● ·  11 quiet, last 1 Oct" in wren
    assert "  2025    ━━━━━━━━━━━━━━━━━━━━━━ 1     0" in lines
    assert "1 sent, 0 received, since 2025" in screen
    assert "Jan   Feb   Mar" in screen
    assert "United Kingdom" in screen


def test_a_circle_past_its_number_goes_past_the_end(near: Runner) -> None:
    """Nothing is wrong with seven in the inner circle; the bar only shows it."""
    near.done("circle", "inner", "Anna Kowalska", "Jan Smith", "Yuki Tanaka", "Omar Haddad")
    inner = next(line for line in near.done("stats").out.splitlines() if line.startswith("  inner "))
    assert "━╋" in inner
    assert inner.endswith("6 of about 5")


def test_an_empty_store_says_where_to_begin(run: Runner) -> None:
    assert run.done("stats").out == "  There are no contacts yet. Begin with: relcard import FILE.vcf\n"
    assert run.done("stats", "--json").json["stats"]["contacts"] == 0


def test_one_contact_looks_right(run: Runner, here: Path) -> None:
    """With next to nothing known each part is there or says what it waits for."""
    (here / "one.vcf").write_bytes(vcard("Ada Oak", uid="ada"))
    run.done("import", "one.vcf")
    run.done("circle", "inner", "ada")
    screen = run.done("stats").out
    assert "1 of about 5" in screen
    assert "Ada Oak               · · · · · · · · · · · ·  nothing noted yet" in screen
    assert "none noted yet: relcard log WHO card" in screen
    assert "none known yet" in screen
    assert "Countries" not in screen


def test_many_years_are_drawn_in_part_and_counted_whole(near: Runner) -> None:
    """The last twelve years have their bars; what came before is a line, not forgotten."""
    near.done("log", "yuki", "card", "--from-them", "--on", "1991-12-10")
    screen = near.done("stats").out
    assert "  before  0 sent, 1 received" in screen
    assert "since 1991" in screen
    assert screen.count("\n  20") == 12
