from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.cli import output
from relcard.cli.desk import Desk
from relcard.cli.printing.preflight import summary
from relcard.cli.seasons import selection
from relcard.cli.seasons.whom import Whom

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


WIDE = 80


def test_a_clear_flight_is_a_short_screen(season: Runner) -> None:
    """When all is well the screen says so in two lines and the code is 0."""
    season.done("settings", "set", "sender.name", "Maud Ellery")
    season.done("settings", "set", "sender.address", "4 Orchard Row, Bath, BA1 5DQ")
    result = season("preflight", "hannah")
    assert result.code == 0
    assert result.out.splitlines() == [
        "  christmas-2026: 1 household · all is well",
        "  card A6, labels L7160, envelope C6",
    ]


def test_each_line_names_who_what_and_the_command(season: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What wants a look stands under what is to be done, with a command that can be typed, in 80 columns."""
    monkeypatch.setenv("COLUMNS", str(WIDE))
    season.done("season", "add", "zoë", "paweł zieliński")
    result = season("preflight", "--envelope", "Square 220")
    assert result.code == 5
    assert all(output.width(line) <= WIDE for line in result.out.splitlines())
    remarks = season("preflight", "--envelope", "Square 220", "--json").json["remarks"]
    assert {"ask", "correct", "material", "sender"} <= {one["kind"] for one in remarks}
    for one in remarks:
        assert one["mend"] in result.out
    (zoe,) = (one for one in remarks if one["who"] == "Zoë Müller")
    assert zoe["mend"] == f"relcard edit {zoe['household']}"
    assert season("address", zoe["household"]).code == 0  # a household stands for its only member


def test_postcards_have_no_envelope(season: Runner) -> None:
    """The card of the country is what is looked at, and nothing is said of labels and envelopes."""
    assert "card postcard-A6" in season("preflight", "hannah", "--postcards").out.splitlines()[1]
    assert "C6" not in season("preflight", "hannah", "--postcards").out
    assert season("preflight", "--postcards", "--envelope", "C6").code == 2
    assert season("preflight", "--postcards", "--card", "A6").code == 2


def test_json_says_on_what(season: Runner) -> None:
    """The sizes that were checked stand beside the remarks, so that a script need not know the settings."""
    found = season("preflight", "--card", "5x7", "--envelope", "a7", "--stock", "5160", "--json").json
    assert (found["card"], found["envelope"], found["stock"]) == ("5x7", "A7", "5160")
    assert found["season"] == "christmas-2026"
    assert isinstance(found["notes"], list)


@pytest.mark.parametrize("option", ["--card", "--envelope", "--stock"])
def test_an_unknown_size_is_refused(season: Runner, option: str) -> None:
    """A paper nobody knows is named with its nearest, and nothing is checked."""
    result = season("preflight", option, "Z99")
    assert result.code == 4
    assert "Z99" in result.err


def test_years_are_yours_to_say(season: Runner) -> None:
    """An address imported four years ago wants a look after three, and not where five are said."""
    later = "2030-11-21"
    kinds = {one["kind"] for one in season("preflight", "--json", today=later).json["remarks"]}
    assert "confirm" in kinds
    patient = season("preflight", "--years", "5", "--json", today=later).json["remarks"]
    assert "confirm" not in {one["kind"] for one in patient}


def test_nothing_is_changed(season: Runner) -> None:
    """A look leaves the store as it is, drafts and all."""
    before = season.bytes
    season("preflight")
    assert season.bytes == before


def test_many_of_a_kind_are_cut_short(season: Runner, here: Path) -> None:
    """Twenty of a kind stand on the screen, the rest is a number; scripts get all."""
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Guest {number}\r\nUID:guest-{number}\r\n"
        f"ADR;TYPE=home:;;{number} Road;Ulm;;;Germany\r\nEND:VCARD\r\n"
        for number in range(25)
    )
    (here / "guests.vcf").write_text(cards, encoding="utf-8")
    season.done("import", "guests.vcf")
    page = season("preflight", "--all").out
    found = season("preflight", "--all", "--json").json["remarks"]
    guests = [one for one in found if one["who"].startswith("Guest")]
    assert len(guests) == 25
    assert "more" in page
    assert page.count("Guest") <= 20


def test_labels_begin_with_a_short_look(season: Runner, capsys: pytest.CaptureFixture[str]) -> None:
    """Before labels one line counts the addresses and names those the post would not find."""
    season.done("season", "add", "zoë")
    desk = Desk(store_option=str(season.store), today=date(2026, 11, 20), quiet=False)
    with desk.reading() as db:
        found, _ = selection.recipients(desk, db, Whom())
    summary(desk, found)
    first, zoe = capsys.readouterr().out.splitlines()
    assert first == "  preflight: 5 addresses · 1 wants a look"
    assert "five digits" in zoe
    assert "relcard edit h" in zoe
    summary(desk, [one for one in found if one.household.addressee == "Hannah Weber"])
    assert capsys.readouterr().out == "  preflight: 1 address · nothing to correct\n"
