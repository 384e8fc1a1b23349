from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.command_line import keys_of
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def _home(run: Runner, who: str) -> dict[str, Any]:
    uid = run("show", who, "--json").json["contact"]["uid"]
    (home,) = [one for one in run("household", "list", "--json").json["households"] if uid in one["members"]]
    assert isinstance(home, dict)
    return home


def test_list_has_the_promised_keys(people: Runner) -> None:
    """Each household has the keys of the contract, and every contact is in exactly one."""
    found = people("household", "list", "--json").json["households"]
    assert {"id", "members", "addressee", "salutation", "circle", "address_lines"} <= keys_of(found)
    members = [uid for one in found for uid in one["members"]]
    assert sorted(members) == sorted(one["uid"] for one in people("list", "--json").json["contacts"])
    text = people("household", "list").out
    assert "proposed" in text
    assert all(one["id"] in text for one in found)


def test_a_household_has_the_circle_of_its_nearest(near: Runner) -> None:
    """The nearest member decides."""
    assert _home(near, "ola smith")["circle"] == "close"
    assert _home(near, "chidi")["circle"] == "close"
    assert _home(near, "zielinski")["circle"] is None


def test_suggest_names_proposals_with_reasons(people: Runner) -> None:
    """A proposal is several contacts behind one letterbox, with the reason and the way to say yes or no."""
    found = people("household", "suggest", "--json").json["households"]
    assert {len(one["members"]) > 1 for one in found} == {True}
    assert all(one["reason"] and not one["stated"] for one in found)
    text = people("household", "suggest").out
    assert "relcard household join" in text
    assert "relcard household split" in text


def test_a_stated_household_is_proposed_no_longer(people: Runner) -> None:
    """Saying that a proposal is right takes it off the list of proposals."""
    home = _home(people, "anna")
    people.done("household", "join", home["id"])
    assert _home(people, "anna") == {**home, "stated": True, "reason": "as you said"}
    left = people("household", "suggest", "--json").json["households"]
    assert home["id"] not in {one["id"] for one in left}


def test_join_and_split(people: Runner) -> None:
    """Contacts are joined and parted by the user's word, and undo takes each back."""
    people.done("household", "join", "hannah", "omar")
    home = _home(people, "hannah")
    assert home["id"] == _home(people, "omar")["id"]
    assert home["stated"]
    people.done("household", "split", "omar")
    assert _home(people, "hannah")["id"] != _home(people, "omar")["id"]
    people.done("undo")
    people.done("undo")
    assert _home(people, "hannah")["stated"] is False


@pytest.mark.parametrize("who", ["anna", "hannah"])
def test_one_contact_alone_is_not_joined(people: Runner, who: str) -> None:
    """Joining needs two, whatever letter the one name begins with."""
    result = people("household", "join", who)
    assert result.code == 2
    assert "Who lives with whom" in result.err


def test_nobody_is_split_from_nobody(people: Runner) -> None:
    """A split that would leave nobody behind is refused and changes nothing."""
    before = people.bytes
    assert people("household", "split", "hannah").code == 2
    assert people("household", "split", "anna", "jan", "ola", "piotr").code == 2
    assert people.bytes == before


def test_the_users_wording_wins_and_can_be_taken_back(people: Runner) -> None:
    """What the user says the envelope and the greeting are to say is what they say."""
    was = _home(people, "wren")
    people.done("household", "set", "wren", "--addressee", "Miss W. Ashdown", "--salutation", "Dearest Wren,")
    home = _home(people, "wren")
    assert (home["addressee"], home["salutation"]) == ("Miss W. Ashdown", "Dearest Wren,")
    people.done("household", "set", "wren", "--addressee", "", "--salutation", "")
    home = _home(people, "wren")
    assert (home["addressee"], home["salutation"]) == (was["addressee"], was["salutation"])


def test_set_needs_something_to_set(people: Runner) -> None:
    """Without an option there is nothing to do, and the refusal shows one."""
    result = people("household", "set", "anna")
    assert result.code == 2
    assert "--addressee" in result.err


def test_address_lines_follow_the_country(near: Runner) -> None:
    """Mail at home has no country line; mail abroad has one."""
    assert _home(near, "omar")["address_lines"][-1] == "BS6 6HR"
    assert _home(near, "hannah")["address_lines"][-1] == "GERMANY"


def test_show_is_one_household_on_a_page(near: Runner) -> None:
    """By its id or any member: who lives there and in which role, the address, and how a letter begins."""
    home = _home(near, "anna")
    page = near("household", "show", home["id"], "--json").json["household"]
    assert [member["uid"] for member in page["members"]] == home["members"]
    assert {**page, "members": home["members"]}.items() >= home.items()
    text = " ".join(near("household", "show", "anna").out.split())
    for part in (home["id"], *home["address_lines"], home["salutation"], "Ola Smith, child", "proposed"):
        assert part in text
    assert near("household", "show", "nobody").code == 4


def test_roles_are_the_users_word(people: Runner) -> None:
    """The organiser comes first, a pet stands on no envelope and is greeted, a grown child is an adult."""
    was = _home(people, "anna")
    people.done("household", "set", "anna", "--language", "en")
    people.done("household", "role", "jan smith", "organiser")
    assert _home(people, "anna")["addressee"] == "Jan Smith, Anna Kowalska and family"
    people.done("household", "role", "anna", "organiser")
    assert list(_home(people, "anna")["roles"].values()).count("organiser") == 1
    people.done("household", "role", "piotr", "pet")
    people.done("household", "role", "ola", "adult")
    home = _home(people, "anna")
    assert home["addressee"] == "Anna Kowalska and Jan and Ola Smith"
    assert home["salutation"] == "Dear Anna, Jan, Ola and Piotr,"
    assert "Piotr: pet" in people("household", "list").out
    for who in ("ola", "piotr", "anna"):
        people.done("household", "role", who, "none")
    people.done("household", "set", "anna", "--language", "")
    assert _home(people, "anna") == {**was, "stated": True, "reason": "as you said"}


def test_a_no_is_remembered(people: Runner, sample: Path, here: Path) -> None:
    """Who was split is not proposed together again: not by the same file, nor by a changed card of theirs."""
    people.done("household", "split", "daniel reyes")
    changed = sample.read_bytes().replace(b"FN:Daniel Reyes", b"FN:Daniel J. Reyes")
    assert changed != sample.read_bytes()
    (here / "changed.vcf").write_bytes(changed)
    for source in (str(sample), "changed.vcf"):
        people("import", source)
        assert _home(people, "mia")["id"] != _home(people, "daniel")["id"]
    assert "Daniel J. Reyes" in people("list", "daniel").out
    proposed = people("household", "suggest", "--json").json["households"]
    assert _home(people, "mia")["id"] not in {one["id"] for one in proposed}


def test_one_address_is_one_household_in_any_script(run: Runner, here: Path) -> None:
    """Greek and Latin names behind one letterbox are proposed together; names alone are never enough."""
    address = "ADR:;;12 Harbour Road;Cardiff;;CF10 5AL;United Kingdom"
    cards = [
        vcard("Ελένη Παπαδάκη", address),
        vcard("Nikos Papadakis", "ADR:;;12 Harbour Rd.;CARDIFF;;CF105AL;UK"),
        vcard("Eleni Papadaki"),
        vcard("Ελένη Παπαδάκη", "ADR:;;4 Elm Row;Leeds;;LS1 4DY;United Kingdom", uid="other"),
    ]
    (here / "a.vcf").write_bytes(b"".join(cards))
    run("import", "a.vcf")
    assert sorted(len(one["members"]) for one in run("household", "list", "--json").json["households"]) == [
        1,
        1,
        2,
    ]


def test_the_organiser_is_credited_for_all(near: Runner) -> None:
    """Whoever keeps a household together, as the user says, is warm with what passed with the others."""
    near.done("log", "anna", "visit", "--on", "2026-05-01")
    near.done("household", "role", "jan smith", "organiser")
    assert "keeps a household of" in near("warmth", "jan smith").out


def test_a_careful_year_goes_along_when_households_join(near: Runner) -> None:
    """The widower who moves in with a friend is still in his careful year."""
    near.done("rite", "death", "daniel reyes", "--on", "2026-11-01", "--drop-name")
    near.done("household", "join", "hannah", "mia")
    assert _home(near, "hannah")["careful_until"] == "2027-11-01"


@pytest.mark.parametrize(
    "who", ["Mill", "Town Hall", "Printer", "Dee Fir", "none@example.org", "Ada Oak", "h1"]
)
@pytest.mark.parametrize("command", [("household", "show"), ("draft", "show"), ("draft",), ("season", "add")])
def test_no_kind_of_contact_is_a_fault(run: Runner, here: Path, command: tuple[str, ...], who: str) -> None:
    """Firms, places, devices, the dead, the nameless and the archived: shown, or refused with the next step."""
    text = b"".join(
        (
            vcard("Mill Bakery", "KIND:org", uid="1"),
            vcard("Town Hall", "KIND:location", uid="2"),
            vcard("Printer", "KIND:device", uid="3"),
            vcard("Dee Fir", "DEATHDATE:20200101", uid="4"),
            b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:\r\nEMAIL:none@example.org\r\nEND:VCARD\r\n",
            vcard("Ada Oak", uid="5"),
        )
    ).replace(b"VERSION:3.0", b"VERSION:4.0")
    (here / "kinds.vcf").write_bytes(text)
    run("import", "kinds.vcf")
    run.done("circle", "close", "1", "4", "5", "none@example.org")
    run.done("season", "start", "christmas")
    run.done("archive", "5")
    result = run(*command, who)
    assert result.code in (0, 2, 4)
    assert result.code == 0 or len(result.err.splitlines()) > 1


@pytest.mark.parametrize(
    "wish",
    [
        ("--language", "Deutsch"),
        ("--language", "1-20"),
        ("--addressee", "x" * 201),
        ("--salutation", "x" * 201),
    ],
)
def test_a_wish_no_card_can_bear_is_refused(near: Runner, wish: tuple[str, str]) -> None:
    """Else the store would hold what cannot be read again."""
    assert near("household", "set", "hannah", *wish).code == 2
    assert near("doctor").code == 0
    near.done("household", "set", "hannah", "--language", " pt-BR ")
    near.done("household", "set", "hannah", "--language", "")


def test_a_household_keeps_its_feast_and_gives_it_back(near: Runner) -> None:
    """The page and JSON tell it, another spelling is understood, and undo takes it back."""
    near.done("household", "set", "wren", "--feast", "Chanukah")
    home = next(home for home in near("household", "list", "--json").json["households"] if home["feast"])
    assert home["feast"] == "hanukkah"
    assert near("show", home["id"], "--json").json["household"]["feast"] == "hanukkah"
    assert "feast      hanukkah" in near("show", home["id"]).out
    left_out = near("season", "start", "easter", "--json").json["left_out"]
    assert {
        "household": home["id"],
        "reason": "their feast is hanukkah: season start hanukkah-2026",
    }.items() <= next(entry for entry in left_out if entry["household"] == home["id"]).items()
    near.done("undo")
    near.done("household", "set", "wren", "--feast", "none")
    assert "no card for any feast" in near("show", home["id"]).out
    near.done("household", "set", "wren", "--feast", "")
    near.done("undo")
    near.done("undo")
    assert near("show", home["id"], "--json").json["household"]["feast"] == "hanukkah"
    refused = near("household", "set", "wren", "--feast", "whitsun")
    assert (refused.code, "there are christmas," in refused.err) == (2, True)


def test_a_feast_said_in_an_open_season_names_the_card_that_is_not_theirs(season: Runner) -> None:
    """Nobody is put out in silence, and nobody gets a feast that is not theirs in silence either."""
    told = " ".join(season.done("household", "set", "wren", "--feast", "none").out.split())
    command = told[told.index("relcard season drop") :].split()[1:]
    assert "still in christmas-2026" in told
    season.done(*command)
    assert "still in" not in season.done("household", "set", "wren", "--feast", "none").out
    assert "still in" not in season.done("household", "set", "yuki", "--feast", "newyear").out


def test_an_organisation_lives_with_nobody(run: Runner, tmp_path: Path) -> None:
    """Its card says so, or its name: people do not join it, and nobody is a member there."""
    book = tmp_path / "book.vcf"
    acme = vcard("Acme Ltd", uid="1").replace(b"N:Ltd;Acme;;;\r\n", b"")
    book.write_bytes(acme + vcard("Mill", "KIND:org", uid="2") + vcard("Dee Fir", uid="3"))
    run.done("import", str(book))
    for shop in ("acme", "mill"):
        refused = run("household", "join", shop, "dee")
        assert (refused.code, "is an organisation" in refused.err) == (2, True)
        assert run("member", "add", shop, "Tim").code == 2
    assert "Acme Ltd" in run.done("household", "join", "acme", "mill").out


@pytest.mark.parametrize(
    ("said", "since"), [("2026-09", "2026-09-01"), ("2026", "2026-01-01"), ("3 Nov", "2026-11-03")]
)
def test_a_careful_time_begins_with_a_month_or_a_year(near: Runner, said: str, since: str) -> None:
    """A month alone is its first day."""
    near.done("household", "set", "hannah", "--careful", "2027-05", "--since", said)
    (row,) = sqlite3.connect(near.store).execute(
        "SELECT careful_since FROM household WHERE careful_since <> ''"
    )
    assert row == (since,)
