from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest
from platformdirs import user_data_path

from relcard.settings import default_store

if TYPE_CHECKING:
    from tests.support.command_line import Runner


KEYS = {
    "sender.name", "sender.address", "sender.country", "sender.return", "language", "card", "stock",
    "envelope", "feed.edge", "feed.rotate", "feed.tray", "page", "order", "pace", "tone.off",
    "hand.pitch_mm", "hand.words_per_10cm", "leap_day", "daily", "reminders.to", "reminders.names", "circles", "feasts", "holidays", "posting",
    "postage",
}  # fmt: skip


def _settings(run: Runner) -> dict[str, Any]:
    found = run("settings", "--json").json["settings"]
    assert isinstance(found, dict)
    return found


def test_the_defaults_are_shown_without_a_file(run: Runner) -> None:
    """Every setting is shown with its default; looking makes no file."""
    assert set(_settings(run)) == KEYS
    assert set(_settings(run)["circles"]) == {"inner", "close", "friend", "wide", "none"}
    text = run("settings").out
    assert "not made yet" in text
    assert "relcard settings set sender.country GB" in text
    assert not run.store.with_suffix(".toml").exists()


def test_the_lines_of_an_address_stand_beneath_each_other(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long address leaves the room beside it for what each setting means."""
    monkeypatch.setenv("COLUMNS", "80")
    run.done("settings", "set", "sender.address", "14 Orchard Terrace, Hebden Bridge, HX7 8AD")
    lines = run("settings").out.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  sender.address"))
    assert "14 Orchard Terrace" in lines[at]
    assert [line.strip() for line in lines[at + 1 : at + 3]] == ["Hebden Bridge", "HX7 8AD"]


@pytest.mark.parametrize(
    ("key", "said", "kept"),
    [
        ("sender.name", "Maud Ellery", "Maud Ellery"),
        ("sender.address", "4 Orchard Row, Bath, BA1 5DQ", ["4 Orchard Row", "Bath", "BA1 5DQ"]),
        ("sender.country", "DE", "DE"),
        ("sender.country", "Germany", "DE"),
        ("stock", "5160", "5160"),
        ("envelope", "DL", "DL"),
        ("sender.return", "flap", "flap"),
        ("feed.edge", "short", "short"),
        ("feed.rotate", "90", 90),
        ("feed.tray", "centre", "centre"),
        ("card", "quarter-letter", "quarter-letter"),
        ("hand.pitch_mm", "9.5", 9.5),
        ("leap_day", "mar1", "mar1"),
        ("order", "country", "country"),
        ("tone.off", "shout, boast", ["boast", "shout"]),
        ("tone.off", "none", []),
        ("reminders.to", "ntfy://ada, json://localhost", ["ntfy://ada", "json://localhost"]),
        ("reminders.to", "none", []),
        ("reminders.names", "whole", "whole"),
    ],
)
def test_set_is_kept(run: Runner, key: str, said: str, kept: object) -> None:
    """A setting said is the setting shown."""
    run.done("settings", "set", key, *said.split())
    assert str(_settings(run)[key]) == str(kept)


def test_an_address_on_one_line_is_said_in_its_lines(run: Runner) -> None:
    """Its country, where it names one, is where the cards are posted from now on."""
    said = run.done(
        "settings", "set", "sender.address", "2210 Keyes Avenue, Apt 4, Madison, WI 53711, USA"
    ).out
    assert "sender.address = 2210 Keyes Avenue, Apt 4\n                   Madison WI 53711\n" in said
    assert "sender.country = US" in said
    assert _settings(run)["sender.address"] == ["2210 Keyes Avenue, Apt 4", "Madison WI 53711"]
    assert _settings(run)["page"] == "Letter"


def test_circles_and_posting_are_set_one_by_one(run: Runner) -> None:
    """One number of one circle, or the days to one country, change and the rest stands."""
    before = _settings(run)
    run.done("settings", "set", "circles.friend.cadence_days", "90")
    run.done("settings", "set", "posting.GB.NZ", "12")
    after = _settings(run)
    assert after["circles"]["friend"] == {**before["circles"]["friend"], "cadence_days": 90}
    assert after["circles"]["wide"] == before["circles"]["wide"]
    assert after["posting"]["GB"] == {**before["posting"]["GB"], "NZ": 12}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("colour", "blue"),
        ("hand.pitch_mm", "wide"),
        ("hand.slant", "3"),
        ("sender.country", "Narnia"),
        ("stock", "L0000"),
        ("envelope", "Z9"),
        ("card", "A99"),
        ("leap_day", "feb30"),
        ("circles.best.cadence_days", "3"),
        ("circles", "1"),
        ("circles.friend", "1"),
        ("posting", "3"),
        ("posting.GB.NZ", "-4"),
        ("order", "size"),
        ("postage", "3"),
        ("postage.home", "-1"),
        ("postage.home", "0,95"),
        ("postage.home", "0.955"),
        ("postage.nz", "2"),
        ("postage.currency", "12"),
        ("sender", "Maud"),
        ("hand", "8"),
        ("hand.pitch_mm", "-3"),
        ("hand.pitch_mm", "75"),
        ("hand.pitch_mm", "nan"),
        ("hand.words_per_10cm", "0"),
        ("sender.country", "XX"),
        ("language", "Klingon"),
        ("language", "e"),
        ("card.size", "A6"),
        ("stock.L7160.width", "3"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(run: Runner, key: str, said: str) -> None:
    """An unknown setting or value is refused by name; the file stays as it was."""
    run.done("settings", "set", "sender.name", "Maud")
    before = run.store.with_suffix(".toml").read_bytes()
    result = run("settings", "set", key, said)
    assert result.code in (2, 3, 4)
    assert "fault" not in result.err
    assert result.err.splitlines()[1].strip()
    assert run.store.with_suffix(".toml").read_bytes() == before


def test_comments_of_the_user_stay(run: Runner) -> None:
    """The file is the user's: a setting changes, the words around it do not."""
    file = run.store.with_suffix(".toml")
    file.write_text('# bought in bulk\nstock = "L7163"  # fourteen\n', encoding="utf-8")
    run.done("settings", "set", "stock", "L7160")
    assert file.read_text(encoding="utf-8") == '# bought in bulk\nstock = "L7160"  # fourteen\n'
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    [
        "circles = 4",
        "posting = 4",
        "sender = []",
        "hand = 3",
        "[hand]\npitch_mm = 1e9",
        'language = ["en"]',
        "x =",
    ],
)
def test_a_file_that_cannot_be_understood_is_named(run: Runner, text: str) -> None:
    """Whatever stands in the file, the sentence names the file and what is wrong in it; no fault of ours."""
    file = run.store.with_suffix(".toml")
    file.write_text(text, encoding="utf-8")
    result = run("settings")
    assert result.code == 3
    assert result.err.startswith(str(file))
    assert "fault" not in result.err
    assert "object is not" not in result.err


def test_a_number_beyond_all_numbers_and_a_bottomless_file_are_refused(people: Runner) -> None:
    """A hand of four hundred digits, and a file nested five thousand deep, end in one sentence."""
    result = people("settings", "set", "hand.pitch_mm", "9" * 400)
    assert result.code == 3
    assert "hands lie between 3 and 30" in result.err
    people.store.with_suffix(".toml").write_text("a=" + "[" * 5000)
    result = people("settings")
    assert result.code == 3
    assert result.err.count("\n") < 5


@pytest.mark.parametrize("home", ["/home/anna", "/home/anna/", "/", "here", ""])
@pytest.mark.parametrize("data", [None, "", "/srv/data", "data"])
def test_the_store_is_where_this_computer_keeps_data(
    home: str, data: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plain answer for Linux is that of the library, and where something is set the library is asked."""
    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if data is not None:
        monkeypatch.setenv("XDG_DATA_HOME", data)
    assert default_store() == str(user_data_path("relcard") / "relcard.db")


def test_a_country_brings_its_paper_and_says_so_once(run: Runner) -> None:
    """Letter countries have Letter, 5x7, 5160 and A7; what the user said stands, whichever came first."""
    told = run.done("settings", "set", "sender.country", "usa").out
    assert "page Letter, card 5x7, stock 5160, envelope A7" in " ".join(told.split())
    shown = run("settings", "--json").json["settings"]
    assert [shown[key] for key in ("page", "card", "stock", "envelope")] == ["Letter", "5x7", "5160", "A7"]
    assert "With it" not in run.done("settings", "set", "sender.country", "CA").out
    run.done("settings", "set", "card", "A2")
    assert "page A4, stock L7160, envelope C6" in run.done("settings", "set", "sender.country", "GB").out
    assert run("settings", "--json").json["settings"]["card"] == "A2"
    assert "With it" not in run.done("--quiet", "settings", "set", "sender.country", "Mexico").out
    assert run("settings", "--json").json["settings"]["page"] == "Letter"


@pytest.mark.parametrize(("rule", "reason"), [("boasts", "no rule"), ("signature", "ink")])
def test_a_rule_of_tone_that_cannot_be_off_is_refused(run: Runner, rule: str, reason: str) -> None:
    """Nothing is kept, and a file that says so by hand is named."""
    refused = run("settings", "set", "tone.off", rule)
    assert refused.code == 2
    assert reason in refused.err
    run.store.with_suffix(".toml").write_text(f'[tone]\noff = ["{rule}"]\n', encoding="utf-8")
    broken = run("settings")
    assert broken.code == 3
    assert run.store.with_suffix(".toml").name in broken.err


def test_a_setting_is_let_be_as_it_comes(run: Runner) -> None:
    """Unset takes one away and leaves the others and the comments; what is not said, or is none, is named."""
    path = run.store.with_suffix(".toml")
    path.write_text("# mine\ndaily = 9 # lines\n[hand]\npitch_mm = 7.5\n")
    assert "daily is as it comes: 5" in run.done("settings", "unset", "daily").out
    assert path.read_text() == "# mine\n[hand]\npitch_mm = 7.5\n"
    run.done("settings", "unset", "hand.pitch_mm")
    assert run.done("settings", "--json").json["settings"]["hand.pitch_mm"] == 8.0
    for key in ("daily", "nothing.at.all", "hand.pitch_mm.x", ""):
        refused = run("settings", "unset", key)
        assert (refused.code, "is not said in your settings" in refused.err) == (4, True)
