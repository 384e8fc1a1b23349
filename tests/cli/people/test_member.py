from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

_LIST = (
    "Name,Partner,Children,Street,Town,State,Zip,Country\n"
    'Hank Okonkwo,Nadine Thibault,"Jack (9), Emma (7)",5 Elm St,Madison,WI,53703,USA\n'
)


@pytest.fixture
def hank(run: Runner, tmp_path: Path) -> Runner:
    """Return the command on a book of one row that names a partner and two children, in November 2026."""
    (tmp_path / "list.csv").write_text(_LIST)
    run.done("import", str(tmp_path / "list.csv"))
    return run


def _household(run: Runner) -> dict[str, Any]:
    household: dict[str, Any] = run("household", "list", "--json").json["households"][0]
    return household


def _import(run: Runner, folder: Path, *lines: str) -> None:
    card = "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))
    (folder / "card.vcf").write_bytes(card.encode())
    run.done("import", str(folder / "card.vcf"))


def test_a_birthday_without_a_year_stays_one(people: Runner) -> None:
    """4 March is no birth of this year."""
    assert "born on 4 Mar\n" in people.done("member", "add", "wren", "Zoe", "--born", "4 March").out


def test_row_of_a_family_is_a_family_on_paper(hank: Runner) -> None:
    """Partner and children of a list's columns stand on the envelope and in the greeting."""
    household = _household(hank)
    assert household["addressee"] == "Hank Okonkwo, Nadine Thibault and family"
    assert household["salutation"] == "Dear Hank, Nadine, Jack and Emma,"
    shown = hank.done("household", "show", "h1").out
    assert "Jack" in shown
    assert "born 2017" in shown


def test_age_stays_that_of_the_first_reading(hank: Runner, tmp_path: Path) -> None:
    """The list read again years later makes nobody younger; a new age in it is a new one."""
    later = ("--today", "2029-11-20")
    hank.done(*later, "import", str(tmp_path / "list.csv"))
    assert "born 2017" in hank.done(*later, "household", "show", "h1").out
    (tmp_path / "list.csv").write_text(_LIST.replace("Jack (9)", "Jack (11)"))
    hank.done(*later, "import", str(tmp_path / "list.csv"))
    assert "born 2018" in hank.done(*later, "household", "show", "h1").out


def test_members_are_added_corrected_and_taken_out(hank: Runner) -> None:
    """Each is one step; who was taken out does not come back with the card."""
    hank.done("member", "add", "h1", "Rex", "--role", "pet")
    hank.done("member", "set", "h1", "jack", "--born", "2016-03-04", "--name", "Jackie")
    out = hank.done("member", "remove", "hank", "emma").out
    assert "Dear Hank, Nadine, Jackie and Rex," in out
    assert "born on 4 Mar 2016" in out
    hank.done("undo")
    assert _household(hank)["salutation"] == "Dear Hank, Nadine, Jackie, Emma and Rex,"


def test_member_becomes_a_contact_and_is_one_person(hank: Runner) -> None:
    """The card goes on to name Jack; the household has him once, with his birthday."""
    hank.done("member", "set", "h1", "jack", "--born", "2016-03-04")
    hank.done("member", "contact", "h1", "jack")
    household = _household(hank)
    assert household["salutation"] == "Dear Hank, Nadine, Jack and Emma,"
    assert len(household["members"]) == 2
    days = hank("show", "jack", "--json").json["contact"]["occasions"]
    assert [day["date"] for day in days] == ["2016-03-04"]
    assert hank("member", "remove", "h1", "jack").code == 4


def test_who_has_a_vcard_elsewhere_is_no_member(hank: Runner, tmp_path: Path) -> None:
    """A grown daughter with a letterbox of her own is named on no other envelope."""
    _import(hank, tmp_path, "N:Okonkwo;Emma;;;", "FN:Emma Okonkwo")
    assert _household(hank)["salutation"] == "Dear Hank, Nadine and Jack,"


def test_birthday_of_a_child_has_its_reminder(hank: Runner) -> None:
    """It is written in time where the house is close, and says with whom the child lives."""
    hank.done("member", "set", "h1", "jack", "--born", "2016-12-06")
    assert "Jack" not in hank.done("today").out
    hank.done("circle", "close", "h1")
    out = " ".join(hank.done("today").out.split())
    assert "Write Jack Okonkwo's birthday" in out
    assert "at Hank Okonkwo's" in out
    (reminder,) = [one for one in hank("today", "--json").json["reminders"] if one["kind"] == "birthday"]
    assert (reminder["who"], reminder["age"]) == ("Jack Okonkwo", 10)
    hank.done("done", reminder["id"])
    assert "Jack" not in hank.done("today").out


def test_death_of_a_partner_makes_a_careful_year(hank: Runner) -> None:
    """Nobody greets the dead, and nobody is cheerful to who is left."""
    hank.done("member", "set", "h1", "nadine", "--died", "2026-09-01")
    household = _household(hank)
    assert household["addressee"] == "Hank Okonkwo and family"
    assert household["careful_until"] is not None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("member", "add", "h1", "jack"), 2),
        (("member", "add", "h1", "Zoe", "--born", "2031"), 2),
        (("member", "set", "h1", "jack"), 2),
        (("member", "set", "h1", "zoe", "--born", "2010"), 4),
        (("member", "remove", "h7", "jack"), 4),
        (("member", "set", "h1", "jack", "--name", "Emma"), 2),
        (("member", "set", "h1", "jack", "--name", "Hank"), 2),
        (("member", "set", "h1", "jack", "--name", ""), 2),
        (("member", "add", "h1", " "), 2),
        (("member", "add", "h1", "x" * 500), 2),
        (("member", "add", "h1", "Jack Okonkwo"), 2),
        (("member", "set", "h1", "emma", "--name", "Jack Okonkwo"), 2),
        (("member", "set", "h1", "emma", "--name", "Hank Okonkwo"), 2),
        (("member", "add", "h1", "(9)"), 2),
        (("member", "set", "h1", "emma", "--died", "2001"), 2),
    ],
)
def test_member_refusals(hank: Runner, words: tuple[str, ...], code: int) -> None:
    """Each says what to do and changes nothing."""
    before = _household(hank)
    result = hank(*words)
    assert (result.code, "Traceback" in result.err) == (code, False)
    assert _household(hank) == before


def test_merge_of_two_parents_keeps_each_child_once(hank: Runner, tmp_path: Path) -> None:
    """The year reckoned stands through a merge, and so does what the user said."""
    _import(hank, tmp_path, "N:Okonkwo;Henry;;;", "FN:Henry Okonkwo", "X-SPOUSE:Nadine Thibault")
    hank.done("member", "add", "henry", "Rex", "--role", "pet")
    hank.done("merge", "hank", "henry", "--take", "first")
    shown = hank.done("household", "show", "h1").out
    assert "born 2017" in shown
    assert "Rex" in shown
    assert shown.count("Nadine Thibault") == 2  # on the envelope and among the people


def test_age_of_a_list_goes_with_the_whole_name_of_a_vcard(hank: Runner, tmp_path: Path) -> None:
    """One child who is named by both is one, and its year of birth is the one that is known."""
    lines = ("N:Okonkwo;Hank;;;", "FN:Hank Okonkwo", "ADR:;;5 Elm St;Madison;WI;53703;USA")
    _import(hank, tmp_path, *lines, "X-MS-CHILD:Jack Okonkwo", "X-MS-CHILD:Zoe Okonkwo")
    hank.done("merge", "--alike")
    shown = hank.done("household", "show", "h1").out
    assert "Jack born 2017" in shown
    assert _household(hank)["salutation"] == "Dear Hank, Nadine, Jack, Emma and Zoe,"


def test_import_says_who_was_named(run: Runner, tmp_path: Path) -> None:
    """With the years reckoned from an age; a dry run names all, and scripts have them too."""
    (tmp_path / "list.csv").write_text(_LIST)
    out = " ".join(run.done("import", str(tmp_path / "list.csv"), "--dry-run").out.split())
    assert "Nadine Thibault (partner, Hank Okonkwo)" in out
    out = " ".join(run.done("import", str(tmp_path / "list.csv")).out.split())
    assert "3 names on cards belong to a household" in out
    assert "born, reckoned from today: Jack Okonkwo 2017, Emma Okonkwo 2019" in out
    again = run("import", str(tmp_path / "list.csv"), "--json").json
    assert again["members"] == []


@pytest.mark.parametrize("header", ["Pets", "Dog", "Haustiere", "Chat", "Kočka"])
def test_pets_of_a_list_are_greeted(run: Runner, tmp_path: Path, header: str) -> None:
    """They stand in the greeting and on no envelope, in every language of columns."""
    (tmp_path / "list.csv").write_text(f"Name,{header},Street,Town\nHank Okonkwo,Rex & Fido,5 Elm St,Leeds\n")
    run.done("import", str(tmp_path / "list.csv"))
    household = _household(run)
    assert household["addressee"] == "Hank Okonkwo"
    assert household["salutation"] == "Dear Hank, Rex and Fido,"


def test_who_was_taken_out_can_be_added_again(hank: Runner) -> None:
    """By the same name, or as somebody else's new name, and undo goes back step by step."""
    hank.done("member", "remove", "h1", "emma")
    hank.done("member", "add", "h1", "Emma (5)")
    assert "Emma born 2021" in hank.done("show", "h1").out
    hank.done("undo")
    hank.done("member", "set", "h1", "jack", "--name", "Emma")
    assert _household(hank)["salutation"] == "Dear Hank, Nadine and Emma,"
    hank.done("undo")
    hank.done("undo")
    assert _household(hank)["salutation"] == "Dear Hank, Nadine, Jack and Emma,"
    assert hank("doctor").code == 0


def test_export_holds_members(hank: Runner) -> None:
    """Those of a card and those the user added, for whoever reads the book elsewhere."""
    hank.done("member", "add", "h1", "Rex", "--role", "pet")
    (contact,) = hank("export", "--format", "json").json["contacts"]
    assert contact["members"] == [
        {"name": "Nadine Thibault", "role": "partner", "born": None, "died": None},
        {"name": "Jack", "role": "child", "born": "2017", "died": None},
        {"name": "Emma", "role": "child", "born": "2019", "died": None},
        {"name": "Rex", "role": "pet", "born": None, "died": None},
    ]


def test_name_of_a_contact_elsewhere_is_refused(hank: Runner) -> None:
    """Where somebody would be on no page, the way into the household is said."""
    hank.done("add", "Zoe Okonkwo")
    result = hank("member", "add", "h1", "Zoe")
    assert (result.code, "household join h1" in result.err) == (2, True)
    assert hank("member", "set", "h1", "emma", "--name", "Zoe").code == 2


def test_organisation_has_no_members(run: Runner, tmp_path: Path) -> None:
    """No firm has a child on its envelope."""
    _import(run, tmp_path, "FN:Acme Ltd", "ORG:Acme Ltd", "X-ABShowAs:COMPANY")
    assert "relcard add" in run("member", "add", "acme", "Paul").err
    assert _household(run)["addressee"] == "Acme Ltd"


def test_new_surname_of_a_card_meets_who_has_it_already(run: Runner, tmp_path: Path) -> None:
    """The import is done, and of two of one name the one the user named stays."""
    _import(run, tmp_path, "UID:ann", "N:Orr;Ann;;;", "FN:Ann Orr", "X-SPOUSE:Tom", "X-MS-CHILD:Emma")
    run.done("member", "add", "ann", "Tom Smith", "--role", "partner")
    _import(run, tmp_path, "UID:ann", "N:Smith;Ann;;;", "FN:Ann Smith", "X-SPOUSE:Tom", "X-MS-CHILD:Emma")
    assert _household(run)["salutation"] == "Dear Ann, Tom and Emma,"
    assert _household(run)["addressee"] == "The Smith Family"
    assert run("doctor").code == 0


@pytest.mark.parametrize(
    ("name", "parts", "member", "addressee"),
    [
        ("山田太郎", "山田;太郎", "花子", "山田太郎、山田花子"),
        ("김철수", "김;철수", "김영희", "김철수, 김영희"),
        ("Bob Stone", "Stone;Bob", "山田花子", "Bob Stone, 山田花子"),
        ("María García López", "García López;María", "José", "María and José García López"),
    ],
)
def test_surname_beside_a_given_name(
    run: Runner, tmp_path: Path, name: str, parts: str, member: str, addressee: str
) -> None:
    """First in Chinese, Japanese and Korean, of its own script, and whole where it is two words."""
    _import(run, tmp_path, f"FN:{name}", f"N:{parts};;;", "ADR:;;1;Town;;1;")
    run.done("member", "add", "h1", member, "--role", "partner", "--born", "1980-11-20")
    assert _household(run)["addressee"] == addressee


@pytest.mark.parametrize("word", ["-", "?", "none", "n/a", "TBD"])
def test_what_stands_for_nobody_is_nobody(run: Runner, tmp_path: Path, word: str) -> None:
    """No greeting begins "Dear Hank and none"."""
    row = f"Hank Okonkwo,{word},{word},5 Elm St,Leeds"
    (tmp_path / "list.csv").write_text(f"Name,Partner,Children,Street,Town\n{row}\n")
    run.done("import", str(tmp_path / "list.csv"))
    assert _household(run)["salutation"] == "Dear Hank,"
    assert run("household", "list", "--json").json["households"][0]["addressee"] == "Hank Okonkwo"


def test_a_birth_to_come_is_none(hank: Runner, tmp_path: Path) -> None:
    """Typed, it is refused; on a card it is neither a birth nor a part of the name on the envelope."""
    refused = hank("member", "add", "h1", "Tim (2031)")
    assert (refused.code, "Tim cannot have been born in 2031" in refused.err) == (2, True)
    _import(hank, tmp_path, "UID:b", "FN:Ann Oak", "N:Oak;Ann;;;", "X-ABRELATEDNAMES;TYPE=child:Zoe (2031)")
    shown = hank.done("household", "show", "ann").out
    assert "Zoe Oak, child" in shown
    assert "2031" not in shown


def test_members_are_looked_at_first_and_told_to_scripts(hank: Runner) -> None:
    """Each of the four ways has a dry run that changes nothing, and JSON with who has no vCard."""
    before = _household(hank)
    ways = (("add", "Tim (3)"), ("set", "Jack", "--name", "Jake"), ("remove", "Jack"), ("contact", "Emma"))
    for way, *words in ways:
        told = hank.done("member", way, "h1", *words, "--dry-run")
        assert "dry run: nothing was changed" in told.out
        assert _household(hank) == before
    told = hank.done("member", "add", "h1", "Tim (3)", "--json")
    household = told.json["household"]
    assert household["id"] == "h1"
    assert household["without_vcard"][-1] == {"name": "Tim", "role": "child", "born": "2023", "died": None}
