from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from typing import Any

import pytest

from relcard.cli.people import rite as rite_commands
from relcard.cli.people import rite_dialogue
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.command_line import Once
    from tests.support.command_line import Runner

LATER = "2027-01-05"


def _home(run: Runner, who: str) -> dict[str, Any]:
    home = run("household", "show", who, "--json").json["household"]
    assert isinstance(home, dict)
    del home["due"]  # the days to post by depend on where it lives
    return home


def _performed(run: Runner, *words: str, today: str = "2026-11-20") -> str:
    """Perform a rite; it changes nothing as a dry run, and undo brings every row back, before it is done."""
    before = dump(run.store)
    foreseen = run.done("rite", *words, "--dry-run", today=today).out
    assert dump(run.store) == before
    run.done("rite", *words, today=today)
    assert dump(run.store) != before
    run.done("undo")
    assert dump(run.store) == before
    done = run.done("rite", *words, today=today).out
    assert "relcard undo" in done
    assert len(foreseen.splitlines()) == len(done.splitlines()) - 1
    assert isinstance(done, str)
    return done


@pytest.fixture
def people(season: Runner, once: Once) -> Runner:
    """Return the command line of somebody whose cards of christmas-2026 are printed."""
    return once(season, _print_cards)


def _print_cards(season: Runner) -> None:
    season.done("print", "cards", "-o", str(season.store.with_name("cards.pdf")))


def _recipients(run: Runner) -> dict[str, dict[str, Any]]:
    return {one["household"]: one for one in run("season", "list", "--json").json["recipients"]}


def test_a_death_ends_cheer_for_a_year(people: Runner) -> None:
    """The survivor stands alone on the envelope, has a plain card, and is congratulated on no wedding day."""
    home = _home(people, "mia delgado")
    people.done("circle", "close", "mia delgado")
    warm = people("draft", "mia", "--json").json["drafts"][0]
    text = _performed(people, "death", "daniel", "reyes", "--on", "2026-11-01", "--drop-name")
    assert "a careful year until 1 Nov 2027" in text
    now = _home(people, "mia delgado")
    assert (now["id"], now["addressee"], now["salutation"]) == (home["id"], "Mia Delgado", "Dear Mia,")
    assert (now["careful_until"], now["stated"]) == ("2027-11-01", True)
    assert _recipients(people)[home["id"]]["state"] == "planned"
    plain = people("draft", "mia", "--json").json["drafts"][0]
    assert plain["front"] != warm["front"]
    assert any(line.startswith("a careful year: Daniel Reyes died") for line in plain["crib"])
    assert "a careful year until 1 Nov" in people("draft", "mia").out
    reminders = people("upcoming", "--days", "365", "--json").json["reminders"]
    assert not [
        one for one in reminders if one["kind"] in ("birthday", "anniversary") and "Daniel" in one["who"]
    ]
    assert not [one for one in reminders if one["kind"] == "anniversary" and "Mia" in one["who"]]
    (day,) = [one for one in reminders if one["kind"] == "remembrance" and "Daniel" in one["who"]]
    assert day["on"] == "2027-11-01"
    assert "DEATHDATE:2026-11-01" in people("export").out


def test_cheer_in_a_careful_year_needs_a_clear_yes(people: Runner) -> None:
    """For one run, or for the household; a season names the careful year, and the yes can be taken back."""
    people.done("circle", "close", "mia delgado")
    warm = people("draft", "mia", "--json").json["drafts"][0]["front"]
    people.done("rite", "death", "daniel reyes", "--on", "2026-11-01", "--drop-name")
    assert people("draft", "mia", "--json").json["drafts"][0]["front"] != warm
    assert people("draft", "mia", "--cheer", "--json").json["drafts"][0]["front"] == warm
    assert people("draft", "mia", "--json").json["drafts"][0]["front"] != warm
    people.done("household", "set", "mia", "--cheer", "yes")
    assert people("draft", "mia", "--json").json["drafts"][0]["front"] == warm
    people.done("household", "set", "mia", "--cheer", "no")
    assert people("draft", "mia", "--json").json["drafts"][0]["front"] != warm
    assert "a careful year" in people.done("season", "start", "newyear", "--year", "2027").out
    assert people("household", "set", "wren", "--cheer", "yes").code == 2


def test_a_careful_time_is_said_without_a_death(people: Runner) -> None:
    """Until a day, a month or a year; drafts, season and years follow, and no ends it."""
    people.done("circle", "close", "mia delgado")
    warm = people("draft", "mia", "--json").json["drafts"][0]["front"]
    said = people.done("household", "set", "mia", "--careful", "until", "2027-05", "--because", "her mother")
    assert "until 31 May 2027" in said.out
    shown = people("household", "show", "mia", "--json").json["household"]
    assert (shown["careful_until"], shown["careful_reason"]) == ("2027-05-31", "her mother")
    assert people("draft", "mia", "--json").json["drafts"][0]["front"] != warm
    people.done("household", "set", "wren", "--careful", "until", "2028-01", "--since", "2025-02-03")
    people.done("household", "set", "wren", "--careful", "until", "2028-02")
    for today in ("2026-11-20", "2030-01-01"):
        words = ("--from", "2024", "--to", "2028", "--json")
        cells = people("--today", today, "years", "wren", *words).json["years"][0]["cells"]
        assert list(cells.values()) == ["none", "mourning", "sent", "mourning", "none"]
    for until, day in (("until 2027", "2027-12-31"), ("2028-02", "2028-02-29"), ("2027-02-03", "2027-02-03")):
        people.done("household", "set", "mia", "--careful", until)
        shown = people("household", "show", "mia", "--json").json["household"]
        assert shown["careful_until"] == day
    people.done("household", "set", "mia", "--careful", "no")
    assert people("household", "show", "mia", "--json").json["household"]["careful_until"] is None
    assert people("draft", "mia", "--json").json["drafts"][0]["front"] == warm


@pytest.mark.parametrize(
    "words",
    [
        ("--careful", "2020"),
        ("--careful", "until", "2040"),
        ("--careful", "soon"),
        ("--because", "illness"),
        ("--since", "2026-01-01"),
        ("--careful", "until", "2026-12", "--since", "2027-01-01"),
    ],
)
def test_a_careful_time_needs_a_day_to_come(people: Runner, words: tuple[str, ...]) -> None:
    assert people("household", "set", "mia delgado", *words).code == 2


def test_both_names_may_stay_on_the_envelope(people: Runner) -> None:
    """Some wish it so; the greeting is for who lives there all the same."""
    _performed(people, "death", "käthe", "--keep-name")
    home = _home(people, "jörg")
    assert home["addressee"] == "Jörg and Käthe Großmann"
    assert "Käthe" not in home["salutation"]
    assert home["careful_until"] == "2027-12-31"


def test_a_season_that_is_over_gets_no_card_more(people: Runner) -> None:
    """Last Christmas, never closed, asks for no card of a household that came to be in spring."""
    people.done("circle", "close", "mia delgado", "daniel reyes")
    people.done("season", "add", "mia delgado")
    before = _recipients(people).keys()
    spring = (
        "--today",
        "2027-03-01",
        "rite",
        "parting",
        "mia delgado",
        "daniel reyes",
        "--stays",
        "mia delgado",
    )
    assert "card of its own" not in people.done(*spring, "--yes").out
    assert _recipients(people).keys() == before
    people.done("undo")
    assert "card of its own in christmas-2026" in people.done(*spring[2:], "--yes").out


def test_a_death_alone_takes_the_card_off_the_season(people: Runner) -> None:
    """Where nobody is left the open season has no card for them, unless it is written; the reason is named."""
    home = _home(people, "yuki")["id"]
    text = _performed(people, "death", "yuki", "--on", "2026-11-18")
    assert "christmas-2026: taken off: Yuki Tanaka died" in text
    assert home not in _recipients(people)
    wren = _home(people, "wren")["id"]
    people.done("posted", "wren")
    people.done("rite", "death", "wren", "--on", "2026-11-18")
    assert _recipients(people)[wren]["state"] == "posted"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("death", "jörg"), 6, "--keep-name"),
        (("death", "yuki", "--on", "2027-01-01"), 2, "no day of the past"),
        (("death", "yuki", "--on", "1901-01-01"), 2, "was born in"),
        (("death", "yuki", "--on", "spring"), 2, "is no day"),
        (("death", "bakery"), 2, "organisation"),
        (("parting", "anna", "jan"), 6, "--stays"),
        (("parting", "anna", "jan", "--stays", "jan"), 6, "--children"),
        (("parting", "anna", "jan", "--stays", "wren"), 2, "not plainly one of"),
        (("parting", "anna", "anna"), 2, "takes two"),
        (("wedding", "hannah", "omar"), 6, "--at"),
        (("wedding", "hannah", "omar", *(3 * ("--surname", "X"))), 2, "two surnames"),
        (("birth", "callum", "dóra", "--name", "Ada", "--on", "2026-11-10"), 6, "--surname"),
        (("birth", "hannah", "omar", "--name", "Ada Li", "--on", "2026-11-10"), 6, "--at"),
        (("birth", "callum", "--name", " ", "--on", "2026-11-10"), 2, "called"),
        (("move", "anna", "--town", "Leeds"), 6, "--everybody"),
        (("move", "wren"), 6, "--in-with"),
        (("move", "wren", "--town", "Leeds", "--in-with", "anna"), 2, "say one"),
        (("move", "wren", "--in-with", "wren"), 2, "themselves"),
        (("move", "wren", "--country", "Atlantis"), 4, "Atlantis"),
        (("move", "wren", "--country", "DE"), 2, "no address yet"),
        (("leaves-home", "wren"), 2, "already"),
        (("death", "nobody"), 4, "nobody"),
    ],
)
def test_what_only_the_user_knows_is_asked_and_what_cannot_be_is_refused(
    people: Runner, words: tuple[str, ...], code: int, said: str
) -> None:
    """Not on a terminal the options are named; nothing has changed."""
    before = dump(people.store)
    result = people("rite", *words)
    assert result.code == code, result.err
    assert said in result.err
    assert dump(people.store) == before


def test_nobody_dies_twice(people: Runner) -> None:
    """A second time there is something to correct, and the message says where."""
    people.done("rite", "death", "yuki", "--on", "2026-11-18")
    result = people("rite", "death", "yuki")
    assert result.code == 2
    assert "relcard edit" in result.err


def test_a_parting_makes_two_careful_households(people: Runner) -> None:
    """Children go where the user says; past cards stay with each; the leaver has no address yet; no anniversary."""
    people.done("log", "jan smith", "card", "--on", "2025-12-10", "--text", "the train is booked")
    was = _home(people, "anna")
    _performed(people, "parting", "anna", "jan smith", "--stays", "anna", "--children", "jan")
    anna, jan = _home(people, "anna"), _home(people, "jan smith")
    assert anna["id"] == was["id"] != jan["id"]
    assert len(anna["members"]) == 1
    assert len(jan["members"]) == 3
    assert anna["careful_until"] == jan["careful_until"] == "2027-11-20"
    assert anna["address_lines"] == was["address_lines"]
    assert jan["address_lines"] == []
    assert set(_recipients(people)) >= {anna["id"], jan["id"]}
    assert "the train is booked" in people("draft", "jan smith").out
    assert "the train is booked" not in people("draft", "anna").out
    reminders = people("upcoming", "--days", "365", "--json").json["reminders"]
    assert not [
        one
        for one in reminders
        if one["kind"] == "anniversary" and one["who"] in ("Anna Kowalska", "Jan Smith")
    ]


def test_a_wedding_makes_one_household(people: Runner) -> None:
    """One address, one envelope, one card in the season, names as said, an anniversary; the import knows both."""
    text = _performed(
        people, "wedding", "hannah", "omar", "--at", "omar", "--surname", "Haddad", "--on", "2026-11-14"
    )
    assert "is Hannah Haddad" in text
    home = _home(people, "omar")
    assert home["id"] == _home(people, "hannah")["id"]
    assert "Hannah" in home["addressee"]
    assert "Haddad" in home["addressee"]
    assert home["address_lines"][-1] == "BS6 6HR"
    assert list(_recipients(people)).count(home["id"]) == 1
    days = people("upcoming", "--days", "365", "--json", today=LATER).json["reminders"]
    assert {one["who"] for one in days if one["kind"] == "anniversary" and one["on"] == "2027-11-14"} == {
        "Hannah Haddad and Omar Haddad"
    }
    before = dump(people.store)["contact"]
    result = people("import", str(_sample()))
    assert " 0 new" in f" {result.out}"
    assert dump(people.store)["contact"] == before


def _sample() -> object:
    from pathlib import Path

    return Path(__file__).parents[3] / "sample_contacts.vcf"


def test_each_may_bear_a_name_of_their_own(people: Runner) -> None:
    """Two surnames are one each, in the order of the two."""
    people.done("rite", "wedding", "callum", "dóra", "--surname", "Fraser-Szőke", "--surname", "Szőke-Fraser")
    assert "Callum Fraser-Szőke" in people("list", "callum").out
    assert "Dóra Szőke-Fraser" in people("list", "dóra").out


def test_a_birth_adds_a_child(people: Runner) -> None:
    """A new contact with a birthday, in the household, behind the adults and in the greeting."""
    people.done("household", "set", "callum", "--salutation", "Dear both,")
    text = _performed(
        people, "birth", "callum", "dóra", "--name", "Isla", "--surname", "Fraser", "--on", "2026-11-10"
    )
    assert '"Dear both," stands' in text
    people.done("household", "set", "callum", "--salutation", "")
    home = _home(people, "callum")
    assert home["addressee"] == "Callum Fraser, Dóra Szőke and family"
    assert home["salutation"] == "Dear Callum, Dóra and Isla,"
    child = people("show", "isla fraser", "--json").json["contact"]
    assert home["roles"] == {child["uid"]: "child"}
    assert any("born to Callum and Dóra" in one["text"] for one in child["notes"])
    days = people("upcoming", "--days", "30", "--json", today="2027-11-01").json["reminders"]
    assert [one["age"] for one in days if one["who"] == "Isla Fraser"] == [1]


def test_a_household_moves_as_a_whole(people: Runner) -> None:
    """It stays the same household with its card; the old address is kept as a past one."""
    home = _home(people, "anna")
    _performed(
        people,
        "move",
        home["id"],
        "--street",
        "1 Low Road",
        "--town",
        "Leeds",
        "--postcode",
        "LS1 4DY",
        "--country",
        "GB",
    )
    now = _home(people, "anna")
    assert now == {
        **home,
        "address_lines": ["1 Low Road", "LEEDS", "LS1 4DY"],
        "stated": True,
        "reason": "as you said",
    }
    with closing(sqlite3.connect(people.store)) as db:
        kept = db.execute(
            "SELECT count(*) FROM address WHERE street LIKE '%Lipowa%' AND retired_on = '2026-11-20'"
        )
        assert kept.fetchone()[0] >= 1
        new = db.execute("SELECT DISTINCT confirmed_on FROM address WHERE street = '1 Low Road'")
        assert new.fetchall() == [("2026-11-20",)]


def test_some_of_a_household_move(people: Runner) -> None:
    """Who moves alone has a household, an address and, by circle, a card of their own."""
    home = _home(people, "anna")
    _performed(
        people,
        "move",
        "jan smith",
        "--only",
        "--street",
        "1 Low Road",
        "--town",
        "Leeds",
        "--postcode",
        "LS1 4DY",
    )
    jan = _home(people, "jan smith")
    assert jan["id"] != home["id"]
    assert jan["address_lines"][0] == "1 Low Road"
    assert _home(people, "anna")["address_lines"] == home["address_lines"]
    assert jan["id"] in _recipients(people)


def test_somebody_moves_in(people: Runner) -> None:
    """An aunt who moves in shares the address and the envelope; her card goes with her."""
    wren = _home(people, "wren")["id"]
    _performed(people, "move", "wren", "--in-with", "margaret")
    home = _home(people, "margaret")
    assert _home(people, "wren")["id"] == home["id"]
    assert "Wren" in home["addressee"]
    assert wren not in _recipients(people)
    assert home["id"] in _recipients(people)


def test_a_child_leaves_home(people: Runner) -> None:
    """A household of their own, a card of their own from the next season on."""
    before = set(_recipients(people))
    _performed(people, "leaves-home", "ola smith", "--street", "9 College Lane", "--town", "York")
    home = _home(people, "ola smith")
    assert home["addressee"] == "Ola Smith"
    assert home["address_lines"][0] == "9 College Lane"
    assert set(_recipients(people)) == before
    assert len(_home(people, "anna")["members"]) == 3


def test_words_a_person_wrote_stand_and_are_named(people: Runner, editor: Callable[[str], object]) -> None:
    """The user's draft is never overwritten; after a death they are told to look at it."""
    editor("sed -i 's/Christmas/Yuletide/' \"$1\"")
    people.done("draft", "edit", "mia")
    text = _performed(people, "death", "daniel reyes", "--on", "2026-11-01", "--drop-name")
    assert "draft edit" in text
    assert "Yuletide" in str(people("draft", "mia", "--json").json["drafts"][0])


def test_a_wording_for_both_is_set_aside(people: Runner) -> None:
    """What the user worded for another household is not printed for this one; the message says what it was."""
    people.done("household", "set", "mia", "--addressee", "Mia & Daniel", "--salutation", "Dear M&D,")
    text = _performed(people, "death", "daniel reyes", "--on", "2026-11-01", "--drop-name")
    assert "Mia & Daniel" in text
    home = _home(people, "mia")
    assert (home["addressee"], home["salutation"]) == ("Mia Delgado", "Dear Mia,")


def test_scripts_read_what_changes(people: Runner) -> None:
    """One object: the households as they are, what else changes, and whether it was a dry run."""
    found = people("rite", "leaves-home", "ola smith", "--dry-run", "--json").json
    assert found["dry_run"] is True
    assert {one["addressee"] for one in found["households"]} >= {"Ola Smith"}
    assert all({"what", "words"} == set(one) for one in found["changes"])


def test_on_a_terminal_the_user_is_asked(people: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question in turn, then what will change, and a last yes; a no changes nothing."""
    monkeypatch.setattr(rite_dialogue, "asks", lambda _how: True)
    monkeypatch.setattr(rite_commands, "asks", lambda _how: True)
    before = dump(people.store)
    refused = people("rite", "parting", "anna", "jan smith", stdin=b"1\n2\nn\n")
    assert refused.code == 0
    assert "Who stays" in refused.err
    assert "This will be" in refused.out
    assert dump(people.store) == before
    assert people("rite", "parting", "anna", "jan smith", stdin=b"1\n2\ny\n").code == 0
    assert len(_home(people, "jan smith")["members"]) == 3
    moved = people("rite", "move", "wren", "--yes", stdin=b"1 Low Road\n\nLeeds\n\nLS1 4DY\n\n")
    assert moved.code == 0, moved.err
    assert _home(people, "wren")["address_lines"] == ["1 Low Road", "LEEDS", "LS1 4DY"]
    assert people("rite", "death", "wren", "--yes", stdin=b"2026-11-02\n").code == 0
    assert people("rite", "wedding", "callum", "dóra", "--yes", stdin=b"Fraser\n").code == 0
    assert "Dóra Fraser" in people("list", "dóra").out


def test_partner_without_a_vcard_is_left(people: Runner) -> None:
    """Who is widowed keeps the season's card and a circle can be said: as a contact, which undo takes back."""
    people.done("member", "add", "wren", "Tom Hale", "--role", "partner")
    people.done("circle", "close", "wren")
    people.done("season", "add", "wren")
    died = people.done("rite", "death", "wren", "--on", "2026-11-02", "--drop-name")
    assert "nobody living" not in died.out
    assert 'relcard circle close "Tom Hale"' in " ".join(died.out.split())
    home = _home(people, "tom hale")
    assert (home["addressee"], home["salutation"]) == ("Tom Hale", "Dear Tom,")
    assert "Tom Hale" in people.done("season", "list").out
    people.done("undo")
    assert people("show", "tom hale").code != 0 or "Wren" in people("show", "tom hale").out
    assert people("doctor").code == 0
