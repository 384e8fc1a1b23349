"""`share` at the command line: a couple with two laptops and a folder, or a server, between them."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.share import codes
from relcard.share.store_ledger import StoreLedger
from relcard.store import migrations
from tests.cli.sharing.conftest import begin
from tests.support.command_line import Runner
from tests.support.webdav import PASSWORD
from tests.support.webdav import USER
from tests.support.webdav import webdav

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.share.ledger import Standing


NOTE = "the canary sang at tea"


def names(run: Runner) -> set[str]:
    return {contact["name"] for contact in run.done("list", "--json").json["contacts"]}


def test_the_second_laptop_has_everything(couple: tuple[Runner, Runner]) -> None:
    """Who joins has the same people with the same addresses, and both stores are whole."""
    one, other = couple
    assert names(one) == names(other)
    for run in couple:
        run.done("doctor")
    anna = ("show", "anna kowalska", "--json")
    assert one.done(*anna).json["contact"]["addresses"] == other.done(*anna).json["contact"]["addresses"]


def test_changes_go_both_ways(couple: tuple[Runner, Runner]) -> None:
    """What is added and stated on either laptop is on the other after a share each, told in a line."""
    one, other = couple
    one.done("add", "Nora Quell")
    other.done("tag", "choir", "Anna Kowalska")
    assert one.done("share").out == "  sent 1 step\n"
    assert "took 1 step from Anna's laptop" in other.done("share").out
    said = one.done("share", "--json").json["exchanges"][0]
    assert [(row["laptop"], row["steps"]) for row in said["taken"]] == [("Jan's laptop", 1)]
    assert "Nora Quell" in names(other)
    assert "choir" in one.done("show", "anna kowalska", "--json").json["contact"]["tags"]
    assert one.done("share").out == other.done("share").out == "  Nothing new on either side.\n"
    assert "Jan's laptop" in one.done("history").out


def test_one_laptop_has_a_newer_relcard(
    couple: tuple[Runner, Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it sends waits until the other is updated, whose own work goes on and goes out meanwhile."""
    one, other = couple
    as_it_is = StoreLedger.standing

    def standing(ledger: StoreLedger) -> Standing:
        return as_it_is(ledger)._replace(format=migrations.LATEST + 1)

    with monkeypatch.context() as updated:
        updated.setattr(StoreLedger, "standing", standing)
        one.done("add", "Nora Quell")
        one.done("share")
    other.done("add", "Otto Elm")
    for sent in ("sent 1 step", ""):
        told = other("share")
        assert told.code == 5
        assert sent in told.out
        assert "was written by a newer relcard" in told.out
        assert "update relcard" in told.out.lower()
    assert "newer relcard" in other("share", "status").out
    assert "Nora Quell" not in names(other)
    with monkeypatch.context() as updated:
        updated.setattr(StoreLedger, "standing", standing)
        assert "Otto Elm" in one.done("share").out or "Otto Elm" in names(one)
        assert "took 1 step from Anna's laptop" in other.done("share").out
    assert names(one) == names(other)
    assert "newer relcard" not in other.done("share", "status").out


def test_the_own_book_stays_and_nothing_is_readable(couple: tuple[Runner, Runner], folder: Path) -> None:
    """A note, a fact and a circle stay on their laptop, and no byte of a name is in the folder."""
    one, other = couple
    one.done("note", "anna kowalska", NOTE)
    one.done("fact", "anna kowalska", "bread", NOTE)
    one.done("circle", "inner", "anna kowalska")
    for run in (one, other):
        run.done("share")
    page = other.done("show", "anna kowalska").out
    assert "canary" not in page
    assert "inner" not in page
    for path in folder.rglob("*"):
        data = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        assert not any(word in data for word in (b"canary", b"Kowalska", b"laptop"))


def test_what_is_chosen_of_the_own_book_travels(people: Runner, other: Runner, folder: Path) -> None:
    """With --with notes both have each other's notes; a kind that is none is refused with those there are."""
    assert other("share", "join", str(folder)).code == 2
    refused = people("share", "start", str(folder), "--with", "moods")
    assert refused.code == 2
    assert "circles" in refused.err
    code = begin(people, folder, "--with", "notes,visits")
    other.done("share", "join", str(folder), "--code", code, "--with", "notes")
    people.done("note", "anna kowalska", NOTE)
    people.done("share")
    other.done("share")
    assert NOTE in other.done("show", "anna kowalska").out


@pytest.mark.parametrize("place", ["nowhere", "a file", "/proc/1"])
def test_a_place_that_cannot_be_used_leaves_no_store(other: Runner, tmp_path: Path, place: str) -> None:
    """Neither a folder that is not there nor one that nobody may write to; then another place will do."""
    (tmp_path / "a file").touch()
    refused = other("share", "start", str(tmp_path / place), "--with", "none")
    assert refused.code == 3
    assert not other.store.exists()


def test_one_note_is_said_to_be_both_of_ours_or_mine(people: Runner, other: Runner, folder: Path) -> None:
    """With --mine a note stays though notes travel; with --ours it travels though the other's stay."""
    code = begin(people, folder, "--with", "notes")
    other.done("share", "join", str(folder), "--code", code, "--with", "none")
    people.done("note", "anna kowalska", "a surprise for you", "--mine")
    other.done("note", "anna kowalska", "likes rye", "--ours")
    other.done("note", "anna kowalska", "is tired")
    for run in (people, other, people):
        run.done("share")
    pages = [run.done("show", "anna kowalska", "--full").out for run in (people, other)]
    assert ["surprise" in page for page in pages] == [True, False]
    assert ["likes rye" in page for page in pages] == [True, True]
    assert ["is tired" in page for page in pages] == [False, True]


def test_where_it_is_asked(
    people: Runner, other: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal the kinds of the own book and the code are asked; the code is shown again by status."""
    monkeypatch.setattr("relcard.cli.sharing.own.is_terminal", lambda: True)
    began = people("share", "start", str(folder), stdin=b"noted\nnotes, facts\n")
    assert began.code == 0, began.err
    assert "what you noted" in began.err
    assert '"noted" is no kind' in began.err
    monkeypatch.setattr("relcard.cli.sharing.questions.is_terminal", lambda: True)
    status = people.done("share", "status", "--code", "--json").json
    assert status["own"] == ["facts", "notes"]
    assert codes.read_code(status["code"]).text in began.out
    joined = other("share", "join", str(folder), "--with", "none", stdin=f"{status['code']}\n".encode())
    assert joined.code == 0, joined.err
    assert "code" not in people.done("share", "status", "--json").json


def test_people_who_are_here_are_put_aside(people: Runner, other: Runner, folder: Path) -> None:
    """A store with people of its own is refused with exit 6; put aside, they can be imported."""
    code = begin(people, folder)
    other.done("add", "Nora Quell")
    other.done("note", "nora quell", "likes rye")
    join = ("share", "join", str(folder), "--code", code)
    refused = other(*join)
    assert refused.code == 6
    assert names(other) == {"Nora Quell"}
    with other.monkeypatch.context() as patch:
        patch.setattr("relcard.cli.sharing.begin.is_terminal", lambda: True)
        assert other(*join, "--with", "none", stdin=b"n\n").code == 6
    said = other.done(*join, "--put-aside", "--json").json["exchanges"][0]
    assert (said["own_book"], said["own_book_left"]) == (0, 1)
    assert names(other) == names(people)
    assert [copy["path"] for copy in other.done("backup", "--list", "--json").json["backups"]] == [
        said["set_aside"]
    ]
    other.done("import", said["cards"])
    assert "Nora Quell" in names(other)
    other.done("doctor")


def test_a_store_that_shares_nothing_says_how_to_begin(run: Runner) -> None:
    """Each command of a list says how one is begun where there is none."""
    for words in ((), ("status",), ("repair",), ("stop", "--yes"), ("retire", "x")):
        refused = run("share", *words)
        assert refused.code == 4, words
        assert "share start" in refused.err


def test_a_folder_that_is_not_there_is_one_line(couple: tuple[Runner, Runner], folder: Path) -> None:
    """A disk that is not connected is said with exit 3, remembered by status, and nothing is made."""
    one, _ = couple
    folder.rename(folder.with_name("elsewhere"))
    refused = one("share")
    assert refused.code == 3
    assert "is not there" in refused.err
    assert not folder.exists()
    assert "is not there" in one.done("share", "status").out
    folder.mkdir()
    behind = one("share")
    assert behind.code == 1
    assert "Nothing was sent or taken." in behind.out
    assert "nothing of it is in the place" in behind.out
    assert [*folder.iterdir()] == []


def test_what_was_tidied_away_is_given_again(
    couple: tuple[Runner, Runner], folder: Path, tmp_path: Path
) -> None:
    """Repair says first what is lost, then gives it again, and a third laptop can join."""
    one, _ = couple
    for path in folder.rglob("00000001.rcb"):
        path.unlink()
    assert "lost in the folder" in one.done("share", "repair", "--dry-run").out
    assert len([*folder.rglob("*.rcb")]) == 0
    assert "given again" in one.done("share", "repair").out
    assert one.done("share", "repair").out == "  Nothing is lost.\n"
    third = Runner(tmp_path / "third.db", one.monkeypatch)
    code = one.done("share", "status", "--code", "--json").json["code"]
    third.done("share", "join", str(folder), "--code", code)
    assert names(third) == names(one)


def test_a_new_key_wants_a_new_folder(couple: tuple[Runner, Runner], tmp_path: Path) -> None:
    """After a lost laptop the list goes on in another folder under another code; the own book stays whole."""
    one, other = couple
    other.done("circle", "close", "anna kowalska")
    other.done("note", "anna kowalska", "likes rye")
    other.done("log", "anna kowalska", "call", "--text", "about bread")
    old = one.done("share", "status", "--code", "--json").json["code"]
    anew = tmp_path / "Anew"
    anew.mkdir()
    code = one.done("share", "rekey", str(anew), "--json").json["code"]
    assert code != old
    other.done("share", "stop", "--yes")
    other.done("note", "anna kowalska", "after it was lost")
    assert other("share", "join", str(anew), "--code", old, "--put-aside").code == 2
    joined = other.done("share", "join", str(anew), "--code", code, "--put-aside", "--with", "notes")
    assert "Your own book of those who are in the list is back" in joined.out
    assert names(other) == names(one)
    page = other.done("show", "anna kowalska", "--json").json["contact"]
    assert page["circle"] == "close"
    assert {note["text"] for note in page["notes"]} == {"likes rye", "after it was lost"}
    for laptop in (other, one):
        laptop.done("share")
    assert {
        note["text"] for note in one.done("show", "anna kowalska", "--json").json["contact"]["notes"]
    } == {
        "likes rye",
        "after it was lost",
    }


def test_a_join_that_breaks_off_says_where_the_people_are(
    people: Runner, other: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had come by then stays, and what was put aside is named with the way back."""
    code = begin(people, folder)
    other.done("add", "Nora Quell")

    def fail(*_: object, **__: object) -> None:
        raise FileError("The disk is full.", hint="Nothing was sent.")

    monkeypatch.setattr("relcard.share.folder.Folder.put", fail)
    broken = other("share", "join", str(folder), "--code", code, "--put-aside", "--with", "none")
    assert broken.code == 3
    assert "The disk is full." in broken.err
    (aside,) = other.done("backup", "--list", "--json").json["backups"]
    assert aside["path"] in broken.err
    assert names(other) == names(people)


def test_a_laptop_that_is_silent_is_named_and_retired(couple: tuple[Runner, Runner]) -> None:
    """After 400 days a laptop is named; retired, it is so until it is heard of."""
    one, other = couple
    assert "silent for long" not in one.done("share", "status", today="2027-06-01").out
    assert "silent for long" in one.done("share", "status", today="2027-12-30").out
    one.done("share", "retire", "Jan's laptop")
    laptops = one.done("share", "status", "--json", today="2027-12-30").json["laptops"]
    assert [(row["is_silent"], row["is_retired"]) for row in laptops] == [(False, False), (False, True)]
    other.done("add", "Nora Quell")
    other.done("share")
    one.done("share")
    assert "retired" not in one.done("share", "status").out
    assert one("share", "retire", "nobody").code == 4


def test_a_restored_store_goes_on_as_a_laptop_of_its_own(couple: tuple[Runner, Runner], folder: Path) -> None:
    """A store brought back from a backup says that it is a new laptop, and has all that came since."""
    one, other = couple
    one.done("backup", "-o", str(one.store.with_name("kept.db")))
    one.done("add", "Nora Quell")
    one.done("share")
    one.done("add", "Not Sent")
    kept = str(one.store.with_name("kept.db"))
    assert one.done("restore", kept, "--dry-run", "--json").json["restored"][0]["later_steps"] == 1
    assert "has 1 later step; it comes back with relcard share" in one.done("restore", kept, "--yes").out
    one.done("add", "Bo Reed")
    assert "goes on as a new laptop" in one("share").out
    one.done("share")
    assert other.done("share").out == "  took 2 steps from Anna's laptop\n"  # of both its lives
    assert names(one) == names(other) >= {"Nora Quell", "Bo Reed"}


def test_a_mass_of_changes_is_asked_about(couple: tuple[Runner, Runner]) -> None:
    """Many contacts deleted at once do not go out, nor come in, before somebody says their number."""
    one, other = couple
    gone = sorted(names(one) - {"Anna Kowalska"})[:8]
    one.done("delete", *gone, "--yes")
    refused = one("share")
    assert refused.code == 6
    assert "8 contacts" in refused.err
    other.done("add", "Nora Quell")
    other.done("share")
    assert one("share", "--allow-deletes", "9").code == 6
    one.done("share", "--allow-deletes", "8")
    assert "Nora Quell" in names(one)
    assert other("share").code == 6
    assert set(gone) <= names(other)
    assert "--allow-deletes 8" in " ".join(other.done("share", "status").out.split())
    assert "took 1 step from Anna's laptop" in other.done("share", "--allow-deletes", "8").out
    assert names(other) == names(one)
    assert "asks you" not in other.done("share", "status").out
    assert "no members" not in other.done("doctor").out  # the households proposed for them went too


def test_through_a_server(
    people: Runner, other: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real WebDAV server between them, with the password by command or from the environment."""
    served = tmp_path / "served"
    (served / "list").mkdir(parents=True)
    says = f"{sys.executable} -c \"print('{PASSWORD}')\""
    with webdav(served) as server:
        place = f"{server.url}list"
        refused = people("share", "start", place, "--user", USER)
        assert refused.code == 2
        assert "wants the password" in refused.err
        wrong = people("share", "start", place, "--user", USER, "--password-command", "echo wrong")
        assert wrong.code == 1
        assert "app password" in wrong.err
        began = people.done("share", "start", place, "--user", USER, "--password-command", says)
        assert f"relcard share join {place} --user {USER}" in began.out
        code = people.done("share", "status", "--code", "--json").json["code"]
        monkeypatch.setenv("RELCARD_SHARE_PASSWORD", PASSWORD)
        other.done("share", "join", place, "--code", code, "--user", USER)
        people.done("share")
        server.requests.clear()
        people.done("share")
        assert len(server.requests) == 1 + 2
    assert names(other) == names(people)
    refused = people("share")
    assert refused.code == 1
    assert "cannot be asked" in people.done("share", "status").out


def kill_while_it_shares(run: Runner, chance: random.Random) -> None:
    """Let a process share, and kill it at any moment of that."""
    process = subprocess.Popen(
        [sys.executable, "-m", "relcard", "--quiet", "--store", str(run.store), "share"],
        env={**os.environ, "RELCARD_TODAY": "2026-11-20"},
    )
    time.sleep(chance.uniform(0.1, 0.6))
    process.send_signal(signal.SIGKILL)
    assert process.wait() in (-signal.SIGKILL, 0, 1), "it did not share at all"


def test_killed_for_real(couple: tuple[Runner, Runner], dose: Callable[[int, int], int]) -> None:
    """Processes that share are killed at any moment; both lists come to the same, and the stores are whole."""
    chance = random.Random(7)  # noqa: S311  no secret
    for turn in range(dose(3, 60)):
        run = couple[turn % 2]
        run.done("add", f"Person {turn}")
        kill_while_it_shares(run, chance)
    for _ in range(3):
        for run in couple:
            assert run("share").code == 0
    assert names(couple[0]) == names(couple[1])
    assert sum(name.startswith("Person") for name in names(couple[0])) == dose(3, 60)
    for run in couple:
        run.done("doctor")


def test_two_at_once(couple: tuple[Runner, Runner]) -> None:
    """Two processes that share one store at one time send one bundle, and neither fails."""
    one, other = couple
    one.done("add", "Nora Quell")
    words = [sys.executable, "-m", "relcard", "--store", str(one.store), "share", "--json"]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert all(json.loads(out)["exchanges"][0]["remarks"] == [] for out, _ in said)
    other.done("share")
    assert "Nora Quell" in names(other)


def test_stop_leaves_everything_here(couple: tuple[Runner, Runner], folder: Path) -> None:
    """Who leaves a list is asked, keeps everyone, and the folder stays as it is."""
    one, _ = couple
    before = names(one), sorted(folder.rglob("*"))
    assert one("share", "stop").code == 6
    one.done("share", "stop", "--yes")
    assert (names(one), sorted(folder.rglob("*"))) == before
    assert one("share").code == 4


def test_nothing_new_loads_little(couple: tuple[Runner, Runner]) -> None:
    """Through a folder, an exchange that finds nothing new loads no network, no sealing and none of the commands' pages."""
    program = """if True:
        import sys
        from relcard.cli.main import run
        assert run(sys.argv[1:]) == 0
        print(*sys.modules)
    """
    words = [sys.executable, "-c", program, "--store", str(couple[0].store), "--quiet", "share"]
    loaded = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    unwanted = {
        "http",
        "ssl",
        "socket",
        "pyrage",
        "reportlab",
        "jinja2",
        "vobject",
        "relcard.store.sharing.taking",
    }
    assert not unwanted & set(loaded)


def test_a_laptop_that_says_what_cannot_be_is_named(couple: tuple[Runner, Runner]) -> None:
    """Its disk made nonsense of a step: nothing of it is taken, the other's own still goes out and is kept."""
    run, other = couple
    other.done("tag", "choir", "Kowalska")
    run.done("tag", "tea", "Kowalska")
    with closing(sqlite3.connect(other.store)) as db, db:
        rowid, line = db.execute("SELECT rowid, line FROM share_step ORDER BY rowid DESC").fetchone()
        broken = zlib.compress(zlib.decompress(line).replace(b'"choir"', b"7"))
        db.execute("UPDATE share_step SET line = ? WHERE rowid = ?", (broken, rowid))
    other.done("share")
    shared = run("share")
    assert shared.code == 5
    assert "Jan's laptop" in shared.out
    assert "tag.name cannot be 7" in " ".join(shared.out.split())
    assert "sent 1 step" in shared.out
    assert "relcard doctor" in run.done("share", "status").out
    assert "choir" not in run.done("show", "Kowalska").out
    assert run.done("doctor").code == 0
    other.done("share")
    assert "tea" in other.done("show", "Kowalska").out
