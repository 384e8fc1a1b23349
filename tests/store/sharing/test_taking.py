"""Two laptops come together: what each lesson of running it taught."""

from __future__ import annotations

import json
import sys
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Phone
from relcard.domain.sharing.steps import from_line
from relcard.domain.sharing.travelling import TABLES
from relcard.domain.sharing.travelling import Table
from relcard.errors import FileError
from relcard.services.people.state_households import HouseholdWords
from relcard.services.people.state_households import join_households
from relcard.services.people.state_households import set_words
from relcard.store import contacts
from relcard.store import households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.sharing import devices
from relcard.store.sharing import ledger
from relcard.store.sharing import settling
from relcard.store.sharing import taking
from tests.store.sharing.laptops import TERMS
from tests.store.sharing.laptops import come_together
from tests.store.sharing.laptops import couple
from tests.store.sharing.laptops import delete
from tests.store.sharing.laptops import merge
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.sharing.laptops import Laptop


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Laptop, Laptop]:
    return couple(tmp_path, "notes", "facts")


def test_of_several_addresses_both_post_to_the_same(tmp_path: Path) -> None:
    """Where none is preferred the first is: what came is put down as it was written, at once or a step later."""
    streets = [f"{number} Church Lane" for number in range(1, 9)]
    lines = [f"ADR:;;{street};York;;YO1 7HH;United Kingdom" for street in streets]
    his, hers = couple(tmp_path, people=(card("Ada Oak", *lines),))
    his.book.imported(card("Ben Oak", *lines))
    come_together(his, hers)
    for laptop in (his, hers):
        for name in ("Ada Oak", "Ben Oak"):
            contact = contacts.load(laptop.db, laptop.id_of(name))
            assert [address.street for address in contact.addresses] == streets
        assert laptop.db.execute("SELECT count(DISTINCT household_id) FROM membership").fetchone() == (1,)


def test_a_household_that_one_of_them_stated_is_no_proposal(pair: tuple[Laptop, Laptop]) -> None:
    """The other's laptop brings it to the list as it proposed it, later, since a card goes there."""
    his, hers = pair
    with journal.step(his.db, "household join", today=TODAY):
        join_households(his.db, [his.id_of("Ben Elm")])
    hers.rename("Cyd Ash", "Cyd Rowan")  # her clock is ahead
    with journal.step(hers.db, "season start", today=TODAY):
        season = seasons.add(hers.db, "christmas-2026", "christmas", 2026, today=TODAY)
        seasons.add_recipient(hers.db, season, hers.book.home_of("Ben Elm"), "you added them")
    come_together(his, hers)
    for laptop in pair:
        home = laptop.book.home_of("Ben Elm")
        assert laptop.db.execute("SELECT stated FROM household WHERE id = ?", (home,)).fetchone() == (1,)


def test_the_second_laptop_has_the_list_and_finds_everybody(pair: tuple[Laptop, Laptop]) -> None:
    """Derived columns, proposed households and checksums are its own; the doctor has nothing to say."""
    his, hers = pair
    assert hers.names() == ["Ada Oak", "Ben Elm", "Cyd Ash"]
    derived = "SELECT name, name_key, sort_key, search, country FROM contact ORDER BY name"
    assert hers.db.execute(derived).fetchall() == his.db.execute(derived).fetchall()
    boxes = "SELECT street, letterbox FROM address ORDER BY street"
    assert hers.db.execute(boxes).fetchall() == his.db.execute(boxes).fetchall()
    assert all(checks.examine(laptop.path).is_sound for laptop in pair)
    come_together(his, hers)


def test_a_card_comes_with_its_photo_byte_for_byte(tmp_path: Path) -> None:
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 4000
    his, hers = couple(tmp_path, people=(card("Ada Oak", photo),))
    assert (
        hers.db.execute("SELECT sha256 FROM vcard").fetchall()
        == his.db.execute("SELECT sha256 FROM vcard").fetchall()
    )
    assert checks.examine(hers.path).is_sound


def test_a_step_waits_for_what_it_had_seen(tmp_path: Path) -> None:
    """On a third laptop his answer to her note comes first: it waits, and then both stand."""
    his, hers = couple(tmp_path, "notes")
    (tmp_path / "third").mkdir()
    third, _ = couple(tmp_path / "third", "notes", people=())
    third.take(his)
    hers.note("Ada Oak", "tea")
    his.take(hers)
    his.note("Ada Oak", "milk")
    assert third.take(his) == ledger.Taken(steps={}, waiting=1, conflicts=0)
    assert not third.notes()
    assert third.take(hers) == ledger.Taken(steps={his.device: 1, hers.device: 1}, waiting=0, conflicts=0)
    assert third.notes() == ["milk", "tea"]


def test_taking_twice_is_once_and_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    """Every order of a few steps of two laptops, each laptop's in any order, comes to the same on a third."""
    his, hers = couple(tmp_path, "notes", people=(card("Ada Oak"),))
    his.rename("Ada Oak", "Ada A")
    hers.rename("Ada Oak", "Ada B")
    hers.note("Ada B", "tea")
    delete(his, "Ada A")
    come_together(his, hers)
    steps = [(his.device, line) for line in his.lines()] + [(hers.device, line) for line in hers.lines()]
    wanted = ledger.tables_hash(his.db)
    for number, order in enumerate(list(permutations(steps))[::31]):
        folder = tmp_path / str(number)
        folder.mkdir()
        third, _ = couple(folder, "notes", people=())
        for device, line in (*order, *order):
            taking.keep(third.db, device, ledger.Reached(), [line])
            taking.take(third.db, taking.Terms(TODAY, _nobody))
        assert ledger.tables_hash(third.db) == wanted
        assert third.listed() == his.listed()


def _nobody(*_: object, **__: object) -> None:
    """Propose nothing."""


def test_what_both_wrote_is_kept_and_listed_until_somebody_looks(pair: tuple[Laptop, Laptop]) -> None:
    """The later stands by the counter; an ordinary edit after it clears nothing; settling does."""
    his, hers = pair
    his.rename("Ada Oak", "Ada His")
    hers.note("Ben Elm", "a step more: hers is the later")
    hers.rename("Ada Oak", "Ada Hers")
    come_together(his, hers)
    assert his.names()[0] == "Ada Hers"
    (conflict,) = his.listed()
    assert (conflict.column, conflict.here, conflict.there) == ("name", "Ada Hers", ("Ada His",))
    hers.rename("Ada Hers", "Ada Later")
    come_together(his, hers)
    (conflict,) = his.listed()
    assert (conflict.here, conflict.there) == ("Ada Later", ("Ada His",))
    settling.settle(his.db, conflict, "there", taking.Terms(TODAY, _nobody))
    come_together(his, hers)
    assert not his.listed()
    assert hers.names()[0] == "Ada His"


def test_what_followed_a_merge_is_called_after_where_it_is(pair: tuple[Laptop, Laptop]) -> None:
    """His circle goes to whom she merged Ada into; she takes it back, and Ada's next circle is another row."""
    his, hers = pair
    his.book.circle(Circle.INNER, "Ada Oak")
    merge(hers, "Ben Elm", "Ada Oak")
    his.take(hers)
    assert his.db.execute("SELECT circle FROM circle").fetchall() == [("inner",)]
    journal.undo(hers.db)
    his.take(hers)
    his.book.circle(Circle.CLOSE, "Ada Oak")
    assert his.db.execute("SELECT count(DISTINCT uuid) FROM circle").fetchone() == (2,)
    assert checks.examine(his.path).is_sound
    come_together(his, hers)


def test_both_wrote_the_same_and_nobody_is_asked(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    his.rename("Ada Oak", "Ada Elm")
    hers.rename("Ada Oak", "Ada Elm")
    come_together(his, hers)
    assert not his.listed()
    hers.rename("Ada Elm", "Ada Ash")
    come_together(his, hers)
    assert not his.listed()


def test_parts_of_a_contact_come_together_and_lists_have_what_either_has(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    his.edit("Ben Elm", title="Captain", phones=(Phone("1"),))
    hers.edit("Ben Elm", org="The Boats", phones=(Phone("2"),))
    come_together(his, hers)
    ben = contacts.load(his.db, his.id_of("Ben Elm"))
    assert (ben.title, ben.org, {phone.value for phone in ben.phones}) == ("Captain", "The Boats", {"1", "2"})
    assert not his.listed()


def _phones(laptop: Laptop) -> list[str]:
    return [phone.value for phone in contacts.load(laptop.db, laptop.id_of("Ben Elm")).phones]


def test_what_one_took_out_of_a_list_stays_out_though_the_other_added(pair: tuple[Laptop, Laptop]) -> None:
    """Put in again it stands, and so does what one took out while the other put it in again."""
    his, hers = pair
    his.edit("Ben Elm", phones=(Phone("1"), Phone("2")))
    come_together(his, hers)
    his.edit("Ben Elm", phones=(Phone("2"),))
    his.edit("Ben Elm", phones=(Phone("2"), Phone("3")))
    hers.edit("Ben Elm", phones=(Phone("1"), Phone("2"), Phone("4")))
    come_together(his, hers)
    assert sorted(_phones(hers)) == ["2", "3", "4"]
    hers.edit("Ben Elm", phones=(Phone("1"), Phone("2")))
    his.edit("Ben Elm", phones=(Phone("3"), Phone("4"), Phone("5")))
    come_together(his, hers)
    assert sorted(_phones(his)) == ["1", "5"]
    his.edit("Ben Elm", phones=(Phone("1"),))
    journal.undo(his.db)
    hers.edit("Ben Elm", phones=(Phone("5"), Phone("6")))
    come_together(his, hers)
    assert sorted(_phones(his)) == ["5", "6"]
    assert not his.listed()
    assert all(checks.examine(laptop.path).is_sound for laptop in pair)


def test_an_address_is_one_thing(pair: tuple[Laptop, Laptop]) -> None:
    """Half of his street and half of hers would be where nobody lives."""
    his, hers = pair
    his.say("UPDATE address SET street = '9 His Road' WHERE street = '1 High Street'")
    hers.say("UPDATE address SET postcode = 'LS9 9ZZ' WHERE street = '1 High Street'")
    come_together(his, hers)
    (conflict,) = his.listed()
    assert conflict.column == "postal"


def test_the_edit_wins_over_the_deletion_and_brings_what_went_along(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    his.note("Ada Oak", "old")
    come_together(his, hers)
    delete(his, "Ada Oak")
    hers.note("Ada Oak", "new")
    come_together(his, hers)
    assert his.notes() == ["new", "old"]
    assert his.db.execute("SELECT count(*) FROM address WHERE street = '1 High Street'").fetchone() == (1,)
    (conflict,) = his.listed()
    assert (conflict.kind, conflict.who) == ("gone", "Ada Oak")
    assert all(checks.examine(laptop.path).is_sound for laptop in pair)
    settling.settle(hers.db, conflict, "there", taking.Terms(TODAY, _nobody))
    come_together(his, hers)
    assert not his.listed()
    assert "Ada Oak" not in his.names()


def test_a_row_that_stands_after_all_is_listed_no_more(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    delete(his, "Ada Oak")
    hers.rename("Ada Oak", "Ada Elm")
    come_together(his, hers)
    (conflict,) = hers.listed()
    settling.settle(his.db, conflict, "here", taking.Terms(TODAY, _nobody))
    come_together(his, hers)
    assert not hers.listed()
    assert "Ada Elm" in his.names()


def test_both_deleted_and_nobody_is_asked(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    delete(his, "Ada Oak")
    delete(hers, "Ada Oak")
    come_together(his, hers)
    assert his.names() == ["Ben Elm", "Cyd Ash"]
    assert not his.listed()


def test_what_is_written_of_a_contact_merged_meanwhile_is_listed_at_who_stands(
    pair: tuple[Laptop, Laptop],
) -> None:
    his, hers = pair
    merge(his, "Ada Oak", "Ben Elm")
    hers.note("Ben Elm", "new")
    hers.edit("Ben Elm", title="Captain")
    come_together(his, hers)
    assert his.names() == ["Ada Oak", "Cyd Ash"]
    assert hers.db.execute("SELECT name FROM note JOIN contact ON contact.id = contact_id").fetchall() == [
        ("Ada Oak",)
    ]
    (conflict,) = hers.listed()
    assert (conflict.kind, conflict.column, conflict.there) == ("merged", "detail.title", ("Captain",))
    settling.settle(hers.db, conflict, "there", taking.Terms(TODAY, _nobody))
    come_together(his, hers)
    assert contacts.load(his.db, his.id_of("Ada Oak")).title == "Captain"
    assert not his.listed()


def test_two_merged_each_into_the_other_stand_by_the_smaller_uuid(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    smaller = his.db.execute("SELECT name FROM contact WHERE name <> 'Cyd Ash' ORDER BY uuid").fetchone()[0]
    his.note("Ada Oak", "a")
    hers.note("Ben Elm", "b")
    merge(his, "Ada Oak", "Ben Elm")
    merge(hers, "Ben Elm", "Ada Oak")
    come_together(his, hers)
    assert his.names() == sorted(["Cyd Ash", smaller])
    assert his.notes() == ["a", "b"]
    assert all(checks.examine(laptop.path).is_sound for laptop in pair)


def test_rows_that_come_to_one_key_become_one(pair: tuple[Laptop, Laptop]) -> None:
    """He merges Ben into Ada; she gives Ben a fact that Ada has in other words."""
    his, hers = pair
    for laptop, who, bread in ((his, "Ada Oak", "rye"), (hers, "Ben Elm", "white")):
        with journal.step(laptop.db, "fact", today=TODAY):
            relationships.set_fact(laptop.db, laptop.id_of(who), "bread", bread, today=TODAY)
    merge(his, "Ada Oak", "Ben Elm")
    come_together(his, hers)
    assert his.db.execute("SELECT value FROM fact").fetchall() == [("rye",)]
    (conflict,) = his.listed()
    assert (conflict.kind, conflict.here, conflict.there) == ("same", "rye", ("white",))


def test_what_is_kept_beside_a_fact_outlives_anothermerge(pair: tuple[Laptop, Laptop]) -> None:
    """Ada became one with Ben, and his tea lies beside hers; Ada's own goes as she is merged, Ben's stays to be looked at."""
    his, hers = pair
    for laptop, name, value in (
        (his, "Ada Oak", "strong"),
        (hers, "Ben Elm", "mild"),
        (his, "Cyd Ash", "weak"),
    ):
        with journal.step(laptop.db, "fact", today=TODAY):
            relationships.set_fact(laptop.db, laptop.id_of(name), "tea", value, today=TODAY)
    merge(his, "Ada Oak", "Ben Elm")
    come_together(his, hers)
    merge(his, "Cyd Ash", "Ada Oak")
    come_together(his, hers)
    assert his.db.execute("SELECT value FROM fact").fetchall() == [("weak",)]
    assert [(conflict.kind, conflict.there) for conflict in his.listed()] == [("same", ("mild",))]


def test_one_card_imported_on_both_is_one_contact(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    his.book.imported(card("Dee Fir", "TITLE:Captain"))
    hers.book.imported(card("Dee Fir", "TITLE:Pilot"))
    his.note("Dee Fir", "a")
    hers.note("Dee Fir", "b")
    come_together(his, hers)
    assert his.names().count("Dee Fir") == 1
    assert his.notes() == ["a", "b"]
    assert [conflict.column for conflict in his.listed()] == ["detail.title"]
    assert all(checks.examine(laptop.path).is_sound for laptop in pair)


def test_both_start_the_season_and_the_further_state_stands(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    for laptop in pair:
        with journal.step(laptop.db, "circle", today=TODAY):
            relationships.set_circle(laptop.db, laptop.id_of("Ada Oak"), Circle.INNER, today=TODAY)
        laptop.book.start()
    come_together(his, hers)
    assert his.db.execute("SELECT count(*) FROM recipient").fetchone() == (1,)
    assert not his.listed()
    his.say("UPDATE recipient SET state = 'posted'")
    hers.say("UPDATE recipient SET state = 'written'")
    come_together(his, hers)
    assert hers.db.execute("SELECT state FROM recipient").fetchone() == ("posted",)
    assert not his.listed()
    his.say("UPDATE recipient SET state = 'returned'")
    hers.say("UPDATE recipient SET state = 'written'")
    come_together(his, hers)
    assert [conflict.column for conflict in his.listed()] == ["state"]


def test_undo_takes_back_ones_own_last_step_and_leaves_the_others_words(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    his.edit("Ada Oak", title="Captain", org="The Boats")
    come_together(his, hers)
    hers.edit("Ada Oak", title="Pilot")
    come_together(his, hers)
    taken = journal.undo(his.db)
    assert taken is not None
    assert taken.command == "edit Ada Oak"
    assert taken.left
    come_together(his, hers)
    ada = contacts.load(hers.db, hers.id_of("Ada Oak"))
    assert (ada.title, ada.org) == ("Pilot", "")


def test_history_names_the_laptop_and_its_step_can_be_taken_back(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    hers.note("Ada Oak", "tea")
    with devices.changing(his.db):
        devices.name(his.db, hers.device, "hers", TODAY.isoformat())
    his.take(hers)
    (step,) = [step for step in journal.history(his.db) if step.device == "hers"]
    assert step.command == "note Ada Oak"
    journal.undo(his.db, step.id)
    come_together(his, hers)
    assert not hers.notes()


def test_a_step_and_its_undo_are_nothing(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    delete(his, "Ada Oak")
    journal.undo(his.db)
    with journal.step(his.db, "join", today=TODAY):
        join_households(his.db, [his.id_of("Ben Elm"), his.id_of("Cyd Ash")])
    journal.undo(his.db)
    come_together(his, hers)
    assert hers.names() == ["Ada Oak", "Ben Elm", "Cyd Ash"]
    assert not hers.listed()


def test_a_note_falls_to_whom_of_two_still_stands(pair: tuple[Laptop, Laptop]) -> None:
    """Each merged Ada elsewhere, and he wrote on in her note; she deleted the one it had come to there."""
    his, hers = pair
    his.note("Ada Oak", "tea")
    come_together(his, hers)
    merge(his, "Ben Elm", "Ada Oak")
    his.say("UPDATE note SET text = 'milk'")
    hers.note("Cyd Ash", "a step more: hers is the later")
    hers.note("Cyd Ash", "and another")
    merge(hers, "Cyd Ash", "Ada Oak")
    delete(hers, "Cyd Ash")
    come_together(his, hers)
    assert his.notes() == ["milk"]
    assert his.names() == ["Ben Elm"]
    assert not [conflict for conflict in his.listed() if conflict.column == "contact_id"]


def test_a_card_that_comes_back_says_of_which_file_it_is(pair: tuple[Laptop, Laptop]) -> None:
    """He takes an import back, which leaves no vCard of that file; her edit brings the card back."""
    his, hers = pair
    his.book.imported(card("Dee Fir"), source="phone.vcf")
    come_together(his, hers)
    hers.edit("Dee Fir", title="Captain")
    journal.undo(his.db)
    come_together(his, hers)
    question = """SELECT source.name FROM vcard JOIN source ON source.id = source_id
                  JOIN contact ON contact.id = contact_id WHERE contact.name = 'Dee Fir'"""
    assert [laptop.db.execute(question).fetchall() for laptop in pair] == [[("phone.vcf",)]] * 2


def test_more_than_a_share_at_once_wants_a_word(tmp_path: Path) -> None:
    """Somebody undid the first import, or imported another's book over it."""
    his, hers = couple(tmp_path, people=tuple(card(f"P{number} Oak") for number in range(40)))
    with journal.step(his.db, "delete", today=TODAY):
        contacts.delete(his.db, [his.id_of(f"P{number} Oak") for number in range(6)])
    before = ledger.tables_hash(hers.db), ledger.vector(hers.db)
    with pytest.raises(taking.MassChangeError, match="P0 Oak, P1 Oak") as refused:
        hers.take(his)
    assert refused.value.count == 6
    assert (ledger.tables_hash(hers.db), ledger.vector(hers.db)) == before
    hers.read.clear()
    with pytest.raises(taking.MassChangeError):
        hers.take(his, allowed=7)
    hers.read.clear()
    assert hers.take(his, allowed=6).steps == {his.device: 1}


def test_addresses_that_go_of_many_want_a_word_too(tmp_path: Path) -> None:
    people = [card(f"P{number} Oak", street=f"{number} High Street") for number in range(40)]
    his, hers = couple(tmp_path, people=tuple(people))
    his.say("DELETE FROM address WHERE id <= 13")
    with pytest.raises(taking.MassChangeError, match="change 13 contacts"):
        hers.take(his)
    with pytest.raises(taking.MassChangeError, match="13"):
        taking.guard(his.db, [from_line(his.lines()[-1])])
    assert hers.take(his, allowed=13).steps == {his.device: 1}


def test_a_line_that_is_no_step_changes_nothing(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    before = ledger.tables_hash(hers.db)
    his.note("Ada Oak", "tea")
    with pytest.raises(FileError):
        hers.take(his, [*his.lines(), b"{}"])
    assert ledger.tables_hash(hers.db) == before
    assert not hers.notes()


def test_what_a_newer_relcard_says_is_kept_and_passed_on(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    his.note("Ada Oak", "tea")
    line = json.loads(his.lines()[-1])
    (change,) = line["changes"]
    change["row"]["mood"] = "warm"
    line["changes"].append({"t": "scent", "u": "ab" * 16, "row": {"what": "pine"}, "r": []})
    sent = json.dumps(line).encode()
    hers.take(his, [sent])
    assert hers.notes() == ["tea"]
    kept = hers.db.execute("SELECT value FROM share_field WHERE column_name = 'mood'").fetchall()
    assert kept == [('"warm"',)]
    assert hers.db.execute("SELECT kept FROM share_row WHERE name = 'scent'").fetchone() == (
        '[["what","pine"]]',
    )
    assert ledger.steps(hers.db, his.device, len(his.lines()) - 1) == [sent]


def test_what_a_newer_relcard_said_stands_once_it_is_known_here(
    pair: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later format has a column more and a table more: what came of them before is in the tables after."""
    his, hers = pair
    his.note("Ada Oak", "tea")
    line = json.loads(his.lines()[-1])
    (change,) = line["changes"]
    change["row"]["mood"] = "warm"
    scent = {"what": "pine", "contact_id": change["row"]["contact_id"]}
    line["changes"].append({"t": "scent", "u": "ab" * 16, "row": scent, "r": []})
    hers.take(his, [json.dumps(line).encode()])
    hers.db.execute("ALTER TABLE note ADD COLUMN mood TEXT")
    hers.db.execute("CREATE TABLE scent (what TEXT, contact_id INTEGER REFERENCES contact, uuid BLOB)")
    before, note = TABLES, TABLES["note"]
    later = {
        **before,
        "note": note._replace(values=(*note.values, "mood")),
        "scent": Table(values=("what",), to={"contact_id": "contact"}),
    }
    for module in [*sys.modules.values()]:
        if getattr(module, "TABLES", None) is before:
            monkeypatch.setattr(module, "TABLES", later)
    taking.take(hers.db, taking.Terms(TODAY, _nobody))
    assert hers.db.execute("SELECT text, mood FROM note").fetchall() == [("tea", "warm")]
    (row,) = hers.db.execute("SELECT what, contact_id, uuid FROM scent").fetchall()
    assert tuple(row) == ("pine", hers.id_of("Ada Oak"), bytes.fromhex("ab" * 16))
    assert hers.db.execute("SELECT kept FROM share_row WHERE name = 'scent'").fetchone() == (None,)


def test_the_own_book_stays_ones_own(tmp_path: Path) -> None:
    """Her circle is hers and his is his; her note is hers, and falls to who stands for the contact."""
    his, hers = couple(tmp_path)
    for laptop, circle in ((his, Circle.INNER), (hers, Circle.WIDE)):
        with journal.step(laptop.db, "circle", today=TODAY):
            relationships.set_circle(laptop.db, laptop.id_of("Ben Elm"), circle, today=TODAY)
    hers.note("Ben Elm", "zqxlow")
    merge(his, "Ada Oak", "Ben Elm")
    come_together(his, hers)
    assert b"zqxlow" not in b"".join(hers.lines())
    assert hers.notes() == ["zqxlow"]
    assert not his.notes()
    assert all(checks.examine(laptop.path).is_sound for laptop in (his, hers))


def test_a_household_both_named_is_listed(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    for laptop, wish in ((his, "The Oaks"), (hers, "Oak & Co")):
        with journal.step(laptop.db, "household set", today=TODAY):
            set_words(laptop.db, laptop.book.home_of("Ada Oak"), HouseholdWords(addressee=wish), STANDPOINT)
    come_together(his, hers)
    (conflict,) = his.listed()
    assert (conflict.table, conflict.column, conflict.who) == ("household", "addressee", "Ada Oak")
    assert {conflict.here, *conflict.there} == {"The Oaks", "Oak & Co"}


def test_a_contact_whose_removal_would_take_a_note_of_ones_own_stays_and_is_listed(tmp_path: Path) -> None:
    his, hers = couple(tmp_path)
    hers.note("Ada Oak", "zqxlow")
    delete(his, "Ada Oak")
    come_together(his, hers)
    assert hers.notes() == ["zqxlow"]
    assert "Ada Oak" in his.names()
    assert [(conflict.kind, conflict.who) for conflict in his.listed()] == [("gone", "Ada Oak")]
    assert his.db.execute("SELECT count(*) FROM address WHERE street = '1 High Street'").fetchone() == (1,)
    assert b"zqxlow" not in b"".join(hers.lines())


def test_a_note_is_ours_or_mine_by_a_word_of_its_own(tmp_path: Path) -> None:
    his, hers = couple(tmp_path)
    hers.note("Ada Oak", "tea")
    hers.say("UPDATE note SET ours = 1")
    come_together(his, hers)
    assert his.notes() == ["tea"]
    hers.say("UPDATE note SET ours = 0")
    come_together(his, hers)
    assert hers.notes() == ["tea"]
    assert not his.notes()
    hers.say("UPDATE note SET text = 'milk'")
    come_together(his, hers)
    assert hers.notes() == ["milk"]
    assert not his.notes()


def test_what_undo_takes_along_goes_on_both(pair: tuple[Laptop, Laptop]) -> None:
    """A season that was begun by mistake goes with its cards, and she reads none of them either."""
    his, hers = pair
    with journal.step(his.db, "circle", today=TODAY):
        relationships.set_circle(his.db, his.id_of("Ada Oak"), Circle.INNER, today=TODAY)
    his.book.start()
    come_together(his, hers)
    assert hers.db.execute("SELECT count(*) FROM recipient").fetchone() == (1,)
    journal.undo(his.db)
    come_together(his, hers)
    assert hers.db.execute(
        "SELECT (SELECT count(*) FROM season), (SELECT count(*) FROM recipient)"
    ).fetchone() == (0, 0)
    assert all(checks.examine(laptop.path).is_sound for laptop in pair)


def test_a_part_that_a_contact_comes_back_without_is_gone_on_both(pair: tuple[Laptop, Laptop]) -> None:
    """As when a backup from before its title was given is brought back."""
    his, hers = pair
    his.edit("Ada Oak", title="Captain")
    come_together(his, hers)
    his.db.execute("CREATE TEMP TABLE was AS SELECT * FROM contact WHERE name = 'Ada Oak'")
    his.db.execute("UPDATE temp.was SET detail = json_remove(detail, '$.title')")
    delete(his, "Ada Oak")
    his.say("INSERT INTO contact SELECT * FROM temp.was")
    come_together(his, hers)
    assert not contacts.load(hers.db, hers.id_of("Ada Oak")).title


def test_an_answer_drops_no_word_that_was_not_looked_at(pair: tuple[Laptop, Laptop]) -> None:
    """Ada has two names, and Ben, merged into her, a third: who takes it still has to look at her other."""
    his, hers = pair
    hers.rename("Ben Elm", "Ben Hers")
    hers.rename("Ada Oak", "Ada Hers")
    merge(his, "Ada Oak", "Ben Elm")
    his.note("Cyd Ash", "a step more: his is the later")
    his.note("Cyd Ash", "and another")
    his.rename("Ada Oak", "Ada His")
    come_together(his, hers)
    of_ben = next(conflict for conflict in his.listed() if conflict.kind == "merged")
    settling.settle(his.db, of_ben, "there", TERMS)
    come_together(his, hers)
    assert his.names()[0] == "Ben Hers"
    assert [conflict.there for conflict in hers.listed()] == [("Ada Hers",)]


def test_a_row_that_is_let_stand_keeps_what_lies_beside_it(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    for laptop, words in ((his, "The Oaks"), (hers, "Ada and all")):
        home = households.of_contact(laptop.db, laptop.id_of("Ada Oak"))
        assert home is not None
        with journal.step(laptop.db, "household set", today=TODAY):
            set_words(laptop.db, home, HouseholdWords(addressee=words), STANDPOINT)
    delete(his, "Ada Oak")
    come_together(his, hers)
    for conflict in [conflict for conflict in his.listed() if conflict.kind == "gone"]:
        settling.settle(his.db, conflict, "here", TERMS)
    come_together(his, hers)
    (conflict,) = hers.listed()
    assert {conflict.here, *conflict.there} == {"The Oaks", "Ada and all"}


def test_a_contact_whose_merge_is_taken_back_keeps_what_the_other_wrote_meanwhile(
    pair: tuple[Laptop, Laptop],
) -> None:
    his, hers = pair
    merge(his, "Ada Oak", "Ben Elm")
    hers.rename("Ben Elm", "Ben Hers")
    his.take(hers)
    journal.undo(his.db)
    come_together(his, hers)
    assert his.names() == ["Ada Oak", "Ben Hers", "Cyd Ash"]
