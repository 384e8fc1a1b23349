from __future__ import annotations

import os
import pty
import re
import select
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.command_line import Runner

    Editor = Callable[[str], Path]

SPRING = """sed -i 's/^birthday = .*/birthday = "spring"/' "$1" """


def _page(people: Runner, who: str) -> str:
    return people.done("edit", who, "--page").out


def test_edit_changes_what_was_typed(people: Runner, editor: Editor) -> None:
    """The page opens in $EDITOR; what was saved is kept, in one step that undo takes back."""
    seen = editor("""sed -i 's/^title = .*/title = "bookbinder"/; s/"30-702"/"30-703"/' "$1" """)
    result = people.done("edit", "anna", "kowalska")
    assert "Anna Kowalska: title, addresses changed" in result.out
    assert 'town = "Kraków"' in seen.read_text(encoding="utf-8")
    page = _page(people, "anna kowalska")
    assert 'title = "bookbinder"' in page
    assert 'postcode = "30-703"' in page
    people.done("undo")
    assert 'title = ""' in _page(people, "anna kowalska")


def test_page_is_private_and_goes_again(people: Runner, editor: Editor, tmp_path: Path) -> None:
    """The file is 0600 in a folder of its own, and neither is left afterwards."""
    where = tmp_path / "where.txt"
    editor(f"""stat -c '%a %n' "$1" "$(dirname "$1")" > {where}; cp "$1" "$1~" """)
    people.done("edit", "anna kowalska")
    file, folder = (line.split(" ", 1) for line in where.read_text().splitlines())
    assert (file[0], folder[0]) == ("600", "700")
    assert not Path(folder[1]).exists()


def test_unchanged_page_is_no_step(people: Runner, editor: Editor) -> None:
    """Looking is not changing."""
    editor("true")
    before = people.bytes
    assert "nothing was changed" in people.done("edit", "anna kowalska").out
    assert people.bytes == before


def test_fault_is_named_with_its_line_and_what_was_typed_is_kept(people: Runner, editor: Editor) -> None:
    """Without a terminal the page lies in a named file, 0600, and going on from it works."""
    editor(SPRING)
    result = people("edit", "anna kowalska")
    assert result.code == 2
    assert re.match(r'line \d+: birthday: "spring" is no day - write', result.err)
    kept = people.store.with_name("contact-not-kept.toml")
    assert str(kept) in result.err
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    number = int(result.err.partition(":")[0].removeprefix("line "))
    assert kept.read_text(encoding="utf-8").splitlines()[number - 1].startswith('birthday = "spring"')
    kept.write_text(kept.read_text(encoding="utf-8").replace('"spring"', '"04-12"'), encoding="utf-8")
    assert "days changed" in people.done("edit", "anna kowalska", "--from", str(kept)).out


def test_second_refused_page_does_not_take_the_place_of_the_first(people: Runner, editor: Editor) -> None:
    """Two pages that were refused are two files."""
    editor(SPRING)
    people("edit", "anna kowalska")
    people("edit", "jan smith")
    kept = sorted(people.store.parent.glob("contact-not-kept*.toml"))
    assert [path.read_text(encoding="utf-8").split("\n")[0] for path in kept] == [
        "# Jan Smith",
        "# Anna Kowalska",
    ]


def test_editor_that_fails_loses_nothing(people: Runner, editor: Editor) -> None:
    """What was saved before the editor died is kept."""
    editor("""sed -i 's/^title = .*/title = "bookbinder"/' "$1"; exit 3""")
    result = people("edit", "anna kowalska")
    assert result.code == 2
    kept = people.store.with_name("contact-not-kept.toml")
    assert str(kept) in result.err
    assert 'title = "bookbinder"' in kept.read_text(encoding="utf-8")


def test_missing_editor_is_said(people: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that is not there is a sentence and a next step, and leaves no file."""
    monkeypatch.setenv("EDITOR", "no-such-editor-here")
    result = people("edit", "anna kowalska")
    assert result.code == 2
    assert "EDITOR=nano" in result.err
    assert not list(people.store.parent.glob("contact-not-kept*"))


def test_dry_run_changes_nothing(people: Runner, editor: Editor) -> None:
    """--dry-run says what would change."""
    editor("""sed -i 's/^title = .*/title = "bookbinder"/' "$1" """)
    before = people.bytes
    assert "title would change" in people.done("edit", "anna kowalska", "--dry-run").out
    assert people.bytes == before


def test_page_through_standard_input(people: Runner) -> None:
    """A script reads the page, changes it and gives it back."""
    page = _page(people, "grace okafor").replace('organisation = ""', 'organisation = "Hill School"')
    result = people("edit", "grace okafor", "--from", "-", "--json", stdin=page.encode())
    assert result.code == 0
    assert result.json["changed"] == ["organisation"]
    assert result.json["contact"]["name"] == "Grace Okafor"


def test_terminal_opens_a_faulty_page_again(people: Runner, tmp_path: Path) -> None:
    """On a terminal the fault is said, and the page opens again with it above its line, until it is right."""
    script, seen = tmp_path / "twice.sh", tmp_path / "seen"
    script.write_text(
        f'#!/bin/sh\nif [ -e "{seen}" ]; then cp "$1" "{seen}"; '
        """sed -i 's/^birthday = .*/birthday = "12 April"/' "$1"; """
        f'else touch "{seen}"; {SPRING}; fi\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    words = ["--store", str(people.store), "--today", "2026-11-20", "edit", "anna kowalska"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["EDITOR"] = str(script)
        os.execv(sys.executable, [sys.executable, "-m", "relcard", *words])  # noqa: S606
    said = b""
    while True:
        assert select.select([terminal], [], [], 60)[0], said.decode()
        try:
            data = os.read(terminal, 4096)
        except OSError:  # the command has ended
            break
        if not data:
            break
        asked = b"Open the page again" in said
        said += data
        if b"Open the page again" in said and not asked:
            os.write(terminal, b"\n")
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, said.decode()
    os.close(terminal)
    assert b'birthday: "spring" is no day' in said
    lines = seen.read_text(encoding="utf-8").split("\n")
    at = next(
        number for number, line in enumerate(lines) if line.startswith('#! birthday: "spring" is no day')
    )
    assert lines[at + 1].startswith('birthday = "spring"')
    assert 'birthday = "04-12"' in _page(people, "anna kowalska")


def test_add_by_options(run: Runner) -> None:
    """Everything said stands on the page, and the first contact makes the store."""
    words = ("--phone", "0113 496 0000", "--email", "anna@example.org", "--street", "1 High Street")
    more = ("--town", "Leeds", "--postcode", "LS1 4DY", "--country", "UK", "--birthday", "12 April")
    result = run.done(
        "add", "Anna Kowalska", *words, *more, "--tag", "choir", "--tag", "a, b", "--circle", "close"
    )
    assert "Anna Kowalska is added, household h1" in result.out
    page = _page(run, "anna kowalska")
    for line in (
        'family = "Kowalska"',
        'birthday = "04-12"',
        'tags = ["choir", "a, b"]',
        'postcode = "LS1 4DY"',
    ):
        assert line in page
    (found,) = run.done("list", "--json").json["contacts"]
    assert (found["circle"], found["country"]) == ("close", "GB")
    run.done("undo")
    assert run.done("list", "--json").json["contacts"] == []


def test_add_refuses_what_cannot_be_kept(run: Runner) -> None:
    """A wrong day and an unknown country are named together, and nothing is added."""
    result = run("add", "Anna", "--birthday", "spring", "--street", "1 High Street", "--country", "Nowhere")
    assert result.code == 2
    assert 'birthday: "spring" is no day' in result.err
    assert "no country is called that: Nowhere" in result.err
    assert not run.store.exists()


def test_add_without_a_name_but_with_options_asks_for_it(run: Runner) -> None:
    """Options alone name nobody."""
    result = run("add", "--phone", "1")
    assert result.code == 2
    assert "What is the contact called?" in result.err


def test_add_in_the_editor(people: Runner, editor: Editor) -> None:
    """Alone, add opens a blank page; left as it is, it adds nobody."""
    seen = editor("""sed -i 's/^name = .*/name = "Nora Lind"/' "$1" """)
    assert "Nora Lind is added" in people.done("add").out
    assert seen.read_text(encoding="utf-8").startswith("# A new contact")
    editor("true")
    assert "nobody was added" in people.done("add").out


def test_add_names_likely_duplicates(people: Runner) -> None:
    """Somebody who is there already is named, with the next step."""
    result = people.done("add", "Jan Smith", "--email", "jan.smith@example.org")
    assert "looks like Jan Smith: same name and e-mail" in result.out
    assert "relcard duplicates" in result.out
    twice = people.done("add", "Jan Smith", "--email", "jan.smith@example.org", "--json").json
    assert len(twice["likely_duplicates"]) == 2


def test_add_an_organisation(run: Runner) -> None:
    """--org makes no given name of it, and says so on its vCard."""
    run.done("add", "Old Mill Bakery", "--org", "--town", "Ludlow")
    card = run.done("export").out
    assert "N:;;;;\r\n" in card
    assert "X-ABSHOWAS:COMPANY\r\n" in card


def test_a_page_that_the_editor_took_away_changes_nothing(
    people: Runner, editor: Callable[[str], Path]
) -> None:
    """A page that is gone when the editor ends says nothing, and is no contact without a name."""
    before = people.bytes
    editor('rm "$1"')
    assert "nothing was changed" in people.done("edit", "wren").out
    assert people.bytes == before


@pytest.mark.parametrize(
    ("name", "addressee", "salutation"),
    [
        ("John & Mary Smith", "John and Mary Smith", "Dear John and Mary,"),
        ("Smith, Ann and Bo", "Ann and Bo Smith", "Dear Ann and Bo,"),
        ("The Orr Family", "The Orr Family", "Dear Orr family,"),
        ("Hank Okonkwo and Nadine Thibault", "Hank Okonkwo and Nadine Thibault", "Dear Hank and Nadine,"),
        ("Ann Poe (work)", "Ann Poe", "Dear Ann,"),
        ("Walt & Doris (DIED 2024)", "Walt", "Dear Walt,"),
        ("Tom Quill + Ana Hart (died 2023)", "Tom Quill", "Dear Tom,"),
    ],
)
def test_add_reads_a_name_of_several(run: Runner, name: str, addressee: str, salutation: str) -> None:
    """As a list's one column does: the people it means are on the envelope and in the greeting."""
    run.done("add", name)
    (home,) = run("household", "list", "--json").json["households"]
    assert (home["addressee"], home["salutation"]) == (addressee, salutation)
