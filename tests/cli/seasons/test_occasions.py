"""Cards for an occasion, beside any season, as they are asked for on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

HOME = "ADR;TYPE=HOME:;;1 High Street;Leeds;;LS1 1AA;United Kingdom"
SMITHS = "\n".join(
    f"BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD"
    for lines in (
        f"FN:John Smith\nN:Smith;John;;;\nBDAY:1970-06-02\n{HOME}",
        f"FN:Joan Smith\nN:Smith;Joan;;;\nBDAY:1986-12-01\nANNIVERSARY:2010-12-02\n{HOME}",
        "FN:Aino Roe\nN:Roe;Aino;;;\nLANG:vi\nADR;TYPE=HOME:;;2 High Street;Leeds;;LS1 1AA;United Kingdom",
    )
)
CARD = "{% block front %}\nNAME\n{% endblock %}\n{% block inside %}\nThinking of you\n{% endblock %}\n"


@pytest.fixture
def home(run: Runner, here: Path) -> Runner:
    """Return the command line of somebody who knows the Smiths, with Emma of nine, and Aino, all friends."""
    (here / "smiths.vcf").write_text(SMITHS.replace("\n", "\r\n"), encoding="utf-8")
    run.done("import", "smiths.vcf")
    run.done("settings", "set", "sender.country", "GB")
    run.done("household", "join", "john", "joan")
    run.done("circle", "friend", "john", "joan", "aino")
    run.done("member", "add", "Joan Smith", "Emma", "--role", "child", "--born", "2017-11-25")
    return run


def _words(run: Runner, name: str, language: str = "en") -> None:
    folder = run.store.parent / "templates"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.{language}.txt.j2").write_text(CARD.replace("NAME", f"On {name}"), encoding="utf-8")


def _draft(run: Runner, *words: str) -> dict[str, Any]:
    (draft,) = run.done("draft", *words, "--json").json["drafts"]
    assert isinstance(draft, dict)
    return draft


def test_a_birthday_card_is_for_the_one_whose_day_it_is(home: Runner, here: Path) -> None:
    """Envelope and greeting name her alone; of a household it is whoever has the nearest day."""
    crib = _draft(home, "joan", "--for", "birthday")["crib"]
    assert crib[0] == "birthday: Joan Smith, Tue 1 Dec: turns 40"
    assert crib[-1] == "begin with: Dear Joan,"
    assert _draft(home, "h1", "--for", "birthday")["crib"][-1] == "begin with: Dear Emma,"
    home.done("print", "envelopes", "joan", "--for", "birthday", "--address-mode", "label", "-o", "e.pdf")
    text = pdf_text(here / "e.pdf")
    assert "Joan Smith" in text
    assert "John" not in text


def test_without_who_those_whose_day_comes_are_meant(home: Runner) -> None:
    """They are told with their days, one card a household and run, and who waits for the next is named."""
    result = home.done("draft", "--for", "birthday")
    assert "Emma Smith  25 Nov" in result.err
    assert 'relcard draft "Joan Smith" --for birthday' in result.err
    assert home("draft", "--for", "condolence").code == 2
    assert home("posted", "--for", "birthday").code == 2


def test_two_of_a_house_get_no_common_birthday_card(home: Runner) -> None:
    """Unless it is one day: twins. A wish to get well may be for both."""
    refused = home("draft", "joan", "john", "--for", "birthday")
    assert refused.code == 2
    assert 'relcard draft "John Smith" --for birthday' in refused.err
    home.done("member", "add", "Joan Smith", "Tom", "--role", "child", "--born", "2017-11-25")
    assert _draft(home, "h1", "--for", "birthday")["crib"][-1] == "begin with: Dear Emma and Tom,"
    assert _draft(home, "joan", "john", "--for", "get well")["crib"][-1] == "begin with: Dear John and Joan,"


def test_a_thank_you_without_who_is_for_those_from_whom_something_came(home: Runner) -> None:
    """What came is said beside; posted, it is owed no more, and where none is that is said."""
    nothing = home("draft", "--for", "thankyou")
    assert nothing.code == 4
    assert "--from-them" in nothing.err
    assert "relcard draft aino --for thankyou" in home.done("gift", "aino", "honey", "--from-them").out
    home.done("gift", "john", "a scarf", "--given")
    result = home.done("draft", "--for", "thankyou", "--json")
    assert [draft["household"] for draft in result.json["drafts"]] == ["h2"]
    assert "Aino Roe - honey came on" in result.err
    home.done("posted", "--for", "thankyou", "aino")
    assert home("print", "cards", "--for", "thankyou").code == 4


def test_an_occasion_is_no_season_and_not_everybody(home: Runner) -> None:
    for other in (("--season", "christmas-2026"), ("--all",)):
        assert home("print", "labels", "joan", "--for", "birthday", *other).code == 2


def test_an_occasion_of_ones_own_is_known_by_its_template(home: Runner, here: Path) -> None:
    """One that nobody made words for is refused, and the known ones are named."""
    refused = home("draft", "joan", "--for", "name day")
    assert refused.code == 4
    assert "condolence" in refused.err
    _words(home, "name-day")
    assert _draft(home, "joan", "--for", "Name Day")["front"] == "On name-day"
    home.done("print", "cards", "joan", "--for", "name-day", "-o", "n.pdf")
    assert "Thinking of you" in pdf_text(here / "n.pdf")


def test_words_of_another_language_are_never_printed_in_silence(home: Runner) -> None:
    """Draft, print cards and preflight say it."""
    said = "no words for birthday in vi: those for birthday in en are printed"
    assert _draft(home, "aino", "--for", "birthday")["instead"] == said
    assert said in home.done("print", "cards", "aino", "--for", "birthday", "-o", "v.pdf").err
    checked = home("preflight", "aino", "--for", "birthday", "--json")
    assert checked.code == 5
    assert said in [remark["reason"] for remark in checked.json["remarks"]]


def test_an_occasion_without_words_prints_nothing(home: Runner, here: Path) -> None:
    """Never another occasion's words: what to write is said. Labels and what was posted need none."""
    _words(home, "name-day", "de")
    refused = home("draft", "joan", "--for", "name-day")
    assert refused.code == 4
    assert "name-day.en.txt.j2" in refused.err
    assert home("print", "cards", "joan", "--for", "name-day", "-o", "r.pdf").code == 5
    assert not (here / "r.pdf").exists()
    (remark,) = home("preflight", "joan", "--for", "name-day", "--json").json["remarks"][:1]
    assert remark["reason"] == "There are no words for name-day in en."
    home.done("print", "labels", "joan", "--for", "name-day", "-o", "l.pdf")
    home.done("posted", "joan", "--for", "name-day", "--line", "a good saint")


def test_no_jolly_front_under_a_condolence(home: Runner) -> None:
    """Whatever design is asked for, and that is said."""
    _words(home, "condolence")
    result = home.done("print", "cards", "joan", "--for", "sympathy", "--design", "birthday", "-o", "c.pdf")
    assert "A plain front, for condolence" in result.err


def test_a_condolence_goes_to_the_living_and_a_birthday_card_never_to_the_dead(home: Runner) -> None:
    _words(home, "condolence")
    home.done("rite", "death", "John Smith", "--on", "2026-11-10", "--keep-name", "--yes")
    assert "John" not in _draft(home, "h1", "--for", "condolence")["crib"][-1]
    refused = home("draft", "John Smith", "--for", "birthday")
    assert refused.code == 2
    assert "--for condolence" in refused.err


def test_what_is_posted_answers_its_day_alone(home: Runner) -> None:
    """Of a birthday and an anniversary in one week the card answers the one it was for."""
    due = {reminder["kind"] for reminder in home("upcoming", "--days", "20", "--json").json["reminders"]}
    assert {"birthday", "anniversary"} <= due
    home.done("posted", "joan", "--for", "birthday", "--line", "forty is a rumour")
    left = home("upcoming", "--days", "20", "--json").json["reminders"]
    assert [reminder["kind"] for reminder in left if reminder["who"].startswith("Joan")] == ["anniversary"]
    assert "Emma Smith" in [reminder["who"] for reminder in left]
    home.done("posted", "h1", "--for", "birthday", "--line", "nine")
    left = home("upcoming", "--days", "20", "--json").json["reminders"]
    assert "Emma Smith" not in [reminder["who"] for reminder in left]
    home.done("undo")
    left = home("upcoming", "--days", "20", "--json").json["reminders"]
    assert "Emma Smith" in [reminder["who"] for reminder in left]


def test_next_years_crib_and_the_page_know_the_line(home: Runner) -> None:
    home.done("posted", "joan", "--for", "birthday", "--line", "forty is a rumour")
    home.done("posted", "john", "--for", "birthday", "--line", "no rumour at all")
    (drafted,) = home("--today", "2027-11-20", "draft", "joan", "--for", "birthday", "--json").json["drafts"]
    assert "you wrote: “forty is a rumour”  (birthday 2026)" in drafted["crib"]
    assert "birthday: “forty is a rumour”" in home.done("show", "Joan Smith").out
    (entry,) = home("show", "Joan Smith", "--json").json["contact"]["interactions"]
    assert (entry["channel"], entry["occasion"]) == ("card", "birthday")


def test_said_again_it_is_the_same_card_and_can_be_taken_back(home: Runner) -> None:
    """Written, then posted, is one card; another thank-you within days is another."""

    def lines() -> list[str]:
        entries = home("show", "Joan Smith", "--json").json["contact"]["interactions"]
        return sorted(entry["text"] for entry in entries)

    home.done("written", "joan", "--for", "birthday", "--line", "forty")
    home.done("posted", "joan", "--for", "birthday")
    assert lines() == ["forty"]
    home.done("posted", "joan", "--for", "thanks", "--line", "for the jam")
    home.done("posted", "joan", "--for", "thanks", "--line", "for the loan of the ladder")
    assert lines() == ["for the jam", "for the loan of the ladder", "forty"]
    home.done("posted", "joan", "--for", "birthday", "--take-back")
    assert lines() == ["for the jam", "for the loan of the ladder"]
    assert home("posted", "joan", "--for", "birthday", "--take-back").code == 4


def test_a_card_for_an_occasion_is_no_greeting_of_the_year(home: Runner) -> None:
    home.done("posted", "joan", "--for", "birthday", "--line", "forty")
    rows = home("years", "--json").json["years"]
    assert {mark for row in rows for mark in row["cells"].values()} == {"none"}


def test_the_dead_on_the_envelope_of_a_condolence_are_named_before_paper(home: Runner) -> None:
    """A wish of before stands on the envelope as it was: preflight says whom it names."""
    home.done("household", "set", "h1", "--addressee", "John and Joan Smith")
    home.done("rite", "death", "John Smith", "--on", "2026-11-10", "--keep-name", "--yes")
    checked = home("preflight", "h1", "--for", "condolence", "--json")
    reasons = [remark["reason"] for remark in checked.json["remarks"]]
    assert "envelope or greeting names John Smith, who has died" in reasons


def test_a_feast_whose_season_is_open_keeps_its_cards_there(home: Runner) -> None:
    """A card beside it could be said twice; without a season it is kept as a card of the year."""
    home.done("season", "start", "christmas")
    refused = home("posted", "joan", "--for", "xmas")
    assert refused.code == 2
    assert "--season christmas-2026" in refused.err
    home.done("season", "close")
    home.done("posted", "joan", "--for", "xmas", "--line", "snow at last")
    row = next(row for row in home("years", "--json").json["years"] if row["household"] == "h1")
    assert row["cells"]["2026"] == "sent"
