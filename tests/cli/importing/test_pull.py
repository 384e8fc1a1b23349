"""`pull` at the command line: address books on servers, what is said of their cards, and every way it may end."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING
from typing import Self

import click
import pytest

from tests.support.address_books import BOOK
from tests.support.address_books import OFFICE
from tests.support.address_books import PASSWORD
from tests.support.address_books import USER
from tests.support.address_books import address_books
from tests.support.address_books import vcard
from tests.support.loopback import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.address_books import AddressBooks
    from tests.support.command_line import Result
    from tests.support.command_line import Runner

SAYS = f"{sys.executable} -c \"print('{PASSWORD}')\""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[AddressBooks]:
    """Run a server with an address book of three, whose password stands in the environment."""
    monkeypatch.setenv("RELCARD_PULL_PASSWORD", PASSWORD)
    with address_books("Ada Oak", "Ben Elm", "Cyd Ash") as server:
        yield server


def _added(run: Runner, server: AddressBooks) -> None:
    run.done("pull", "add", server.url, "--user", USER)


def test_an_address_book_is_added_looked_at_and_taken_in(run: Runner, server: AddressBooks) -> None:
    """The way of a newcomer: add, look, take in, nothing new, undo."""
    added = run.done("pull", "add", server.url, "--user", USER)
    assert "3 cards" in added.out
    assert "relcard pull --dry-run" in added.out
    assert "3 new · 0 updated · 0 unchanged  (dry run" in run.done("pull", "--dry-run").out
    assert run.done("list", "--json").json["contacts"] == []
    taken = run.done("pull").out
    assert "Contacts (127.0.0.1): 3 cards, 3 new or changed there" in taken
    assert "3 new · 0 updated · 0 unchanged" in taken
    assert "0 new · 0 updated · 3 unchanged" in run.done("pull").out
    run.done("undo")
    assert run.done("pull", "--json").json["new"] == 3
    assert [step["command"] for step in run.done("history", "--json").json["steps"]][:2] == ["pull", "pull"]


def test_json_is_as_imports_and_says_more(run: Runner, server: AddressBooks) -> None:
    """The counts of an import, with the address books, who is gone and what could not be had."""
    _added(run, server)
    run.done("pull")
    del server.book["ada.vcf"]
    server.book["ben.vcf"] = "hello"
    result = run("pull", "--json")
    told = result.json
    assert (result.code, told["cards"], told["unchanged"], told["gone"]) == (5, 1, 1, ["Ada Oak"])
    (book,) = told["books"]
    assert book["left_out"] == [{"name": "Ben Elm", "reason": "it is no vCard"}]
    assert (book["book"], book["listed"], book["read"], told["failed"]) == ("Contacts", 2, 0, [])


def test_who_is_gone_and_what_is_not_read_is_said(run: Runner, server: AddressBooks) -> None:
    """Each is named in a line; who is gone stays in the list."""
    _added(run, server)
    run.done("pull")
    del server.book["ada.vcf"]
    server.book["ben.vcf"] = "hello"
    result = run("pull")
    assert result.code == 5
    assert "gone there, kept here: Ada Oak" in result.out
    assert "not read: Ben Elm - it is no vCard" in result.out
    assert "Ada Oak" in run.done("list").out


def test_address_books_are_listed_and_removed(run: Runner, server: AddressBooks) -> None:
    """A list says where the passwords come from and never one; what is removed leaves its contacts."""
    assert "No address book" in run.done("pull", "list").out
    _added(run, server)
    run.done("pull")
    run.done("pull", "add", server.url, "--user", USER, "--password-command", SAYS)
    listed = run.done("pull", "list")
    assert "Contacts" in listed.out
    assert "geheim" not in run.done("pull", "list", "--json").raw.decode().replace(
        SAYS.replace('"', '\\"'), ""
    )
    (book,) = run.done("pull", "list", "--json").json["books"]
    assert (book["cards"], book["user"], book["url"]) == (3, USER, server.url.rstrip("/") + BOOK)
    assert run("pull", "remove", "nothing").code == 4
    run.done("pull", "remove", "contacts")
    assert run("pull").code == 4
    assert len(run.done("list", "--json").json["contacts"]) == 3
    run.done("undo")
    assert "0 new · 0 updated · 3 unchanged" in run.done("pull").out


def test_of_several_address_books_one_is_chosen(run: Runner, server: AddressBooks) -> None:
    """Without a terminal they are named, each to be added by its own address, which a second one is."""
    server.books[OFFICE] = {}
    server.fill("Dee Fir", book=OFFICE)
    result = run("pull", "add", server.url, "--user", USER)
    assert result.code == 6
    assert f"Office  1 card  {server.url.rstrip('/')}{OFFICE}" in result.err
    for path in (BOOK, OFFICE):
        run.done("pull", "add", server.url.rstrip("/") + path, "--user", USER)
    told = run.done("pull").out
    assert "Office (127.0.0.1): 1 card" in told
    assert "4 new" in told
    result = run("pull", "remove", "127.0.0.1")
    assert (result.code, "may be any of 2" in result.err) == (6, True)


def test_the_password_comes_from_a_command_the_environment_or_the_user(
    run: Runner, server: AddressBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without any it is said how; a command that fails is named; the store has none of them."""
    _added(run, server)
    monkeypatch.delenv("RELCARD_PULL_PASSWORD")
    result = run("pull")
    assert (result.code, "--password-command" in result.err) == (2, True)
    monkeypatch.setattr("relcard.cli.importing.pull.sys", _Terminal())
    monkeypatch.setattr("click.prompt", lambda *_, **__: PASSWORD)
    assert "3 new" in run.done("pull").out
    monkeypatch.undo()
    assert PASSWORD.encode() not in run.store.read_bytes()
    for command in ("relcard-has-no-such-program", f"{sys.executable} -c pass", '"', ""):
        result = run("pull", "add", server.url, "--user", USER, "--password-command", command or " ")
        assert result.code == 1, command
        assert "password command" in result.err


class _Terminal:
    """Standard streams that are a terminal."""

    class stdin:  # noqa: N801  as sys has it
        @staticmethod
        def isatty() -> bool:
            return True

    stderr = stdin


FAULTS = {
    "a wrong password": (Reply(401), "does not know that name and password"),
    "half an answer": (Reply(207, b"<d:multi"), "no whole XML"),
    "a bomb": (Reply(207, b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'), "document type"),
    "sent elsewhere": (Reply(301, b"", {"Location": "https://elsewhere.example/"}), "another server"),
    "broken": (Reply(500), "answers 500"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_fails_is_one_line_and_changes_nothing(
    run: Runner, server: AddressBooks, fault: str
) -> None:
    """A sentence, exit 1, and a store that is byte for byte what it was."""
    _added(run, server)
    run.done("pull")
    before = run.store.read_bytes()
    reply, sentence = FAULTS[fault]
    server.spoil = lambda *_: reply
    result = run("pull")
    assert (result.code, result.out) == (1, "")
    assert sentence in result.err
    assert "Traceback" not in result.err
    assert run.store.read_bytes() == before


def test_the_password_of_the_environment_is_for_one_server(run: Runner, server: AddressBooks) -> None:
    """With a second server it is nobody's: no server is shown the password of another."""
    _added(run, server)
    with address_books("Dee Fir") as other:
        run.done("pull", "add", other.url, "--user", USER)
        other.asked()
        result = run("pull")
        assert (result.code, "wants the password" in result.err) == (2, True)
        assert other.asked() == []
        run.done("pull", "add", other.url, "--user", USER, "--password-command", SAYS)
        assert "4 new" in run.done("pull").out


def test_quiet_says_what_was_not_read(run: Runner, server: AddressBooks) -> None:
    """Only what needs an answer, on the error stream."""
    _added(run, server)
    server.book["ben.vcf"] = "hello"
    result = run("--quiet", "pull")
    assert (result.code, result.out) == (5, "")
    assert "not read: ben.vcf - it is no vCard" in result.err


def test_one_server_that_fails_costs_the_other_nothing(run: Runner, server: AddressBooks) -> None:
    """What came is taken in; the other is named, and the exit code says that something is left."""
    _added(run, server)
    with address_books("Dee Fir") as other:
        run.done("pull", "add", other.url, "--user", USER, "--password-command", SAYS)
        other.spoil = lambda *_: Reply(500)
        result = run("pull")
    assert result.code == 5
    assert "3 new" in result.out
    assert "answers 500" in result.err


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://cloud.example.org/", "not encrypted"),
        ("https://anna:geheim@cloud.example.org/", "would be kept"),
        ("https://www.google.com/carddav/v1/", "OAuth"),
        ("ftp://cloud.example.org/", "no address of a server"),
        ("127.0.0.1:1", "cannot be asked"),
    ],
)
def test_an_address_that_will_not_do_is_refused(run: Runner, url: str, sentence: str) -> None:
    """Nothing is asked of it and nothing is kept, the password in it least of all."""
    result = run("pull", "add", url)
    assert (result.code, run.store.exists()) == (1, False)
    assert sentence in result.err
    assert "geheim" not in result.err


def test_a_bar_shows_how_many_cards_came(
    run: Runner, server: AddressBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal, where many come."""
    server.book.update({f"{number}.vcf": vcard(f"Ada{number} Oak") for number in range(100)})
    _added(run, server)
    shown: list[tuple[int, str]] = []
    steps = io.StringIO()

    class Bar:
        def __init__(self, length: int, label: str, **_: object) -> None:
            shown.append((length, label))

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            """Be done."""

        def update(self, number: int) -> None:
            steps.write("x" * number)

    monkeypatch.setattr(click, "progressbar", Bar)
    monkeypatch.setattr("tests.support.command_line.Screen.isatty", lambda _: True)
    run.done("pull")
    assert shown == [(103, "  reading Contacts")]
    assert len(steps.getvalue()) == 103


def test_controls_in_names_steer_no_terminal(run: Runner, server: AddressBooks) -> None:
    """What a server calls its book and its cards is shown, not obeyed."""
    server.spoil = lambda _, reply: Reply(
        reply.status, reply.body.replace(b">Contacts<", b">Con\xc2\x9btacts<"), reply.headers
    )
    _added(run, server)
    server.book["x.vcf"] = "hello"
    result: Result = run("pull")
    assert "\x9b" not in run.done("pull", "list").out + result.out
    assert "Con\\x9btacts" in result.out
