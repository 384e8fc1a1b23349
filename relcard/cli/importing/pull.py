"""New addresses from the phones: address books on CardDAV servers, which are only read."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.importing import import_report
from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.errors import ServerError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.share.carddav import refuse_oauth
from relcard.share.https import Login
from relcard.share.https import address_of
from relcard.share.passwords import password_from
from relcard.share.pull import fetch_book
from relcard.share.pull import look_for_books
from relcard.share.pull import own_name
from relcard.share.pull import take_books
from relcard.store import contacts
from relcard.store.file import backups
from relcard.store.sharing import remotes
from relcard.store.sharing.remotes import Remote

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.errors import RelcardError
    from relcard.share.carddav import Book
    from relcard.share.pull import FetchedBook
    from relcard.share.pull import Pulled
    from relcard.store.sharing.remotes import RemoteCard

_PASSWORD = "RELCARD_PULL_PASSWORD"  # noqa: S105  the name of a variable
_EXAMPLE = "relcard pull add https://cloud.example.org --user anna"


@click.group(invoke_without_command=True, short_help="Take in what is new in address books on servers.")
@params.dry_run
@params.as_json
@click.pass_context
def pull(ctx: click.Context, dry_run: bool, as_json: bool) -> int | None:
    """Take in new and changed contacts from address books on CardDAV servers, as the phones have them.

    Nothing is written there, and nothing is taken from absence: a contact that is gone there is named and
    stays here. What comes is merged as an import is; `undo` takes it back. Say first where: relcard pull add.
    """
    return None if ctx.invoked_subcommand is not None else _pull(ctx.obj, dry_run=dry_run, as_json=as_json)


def _pull(desk: Desk, *, dry_run: bool, as_json: bool) -> int:
    fetched, failed = _fetch_all(desk)
    with desk.changing("pull", dry_run=dry_run) as db:
        keep = _nothing if dry_run or not contacts.count(db) else partial(_keep_copy, desk)
        done = take_books(db, fetched, today=desk.today, before_change=keep)
        report = done.report
        pairs = find_duplicates(db, among=report.new_ids, blocks=report.blocks) if report.new_ids else []
    if not (as_json or desk.quiet):
        _say_books(fetched, done)
    code = import_report.tell(
        desk, report, pairs, dry_run=dry_run, as_json=as_json, more=_json(fetched, failed, done)
    )
    if desk.quiet and not as_json:
        _say_left_out(fetched, err=True)
    for error in failed:
        output.say(output.clean(error.message), err=True)
        output.say(output.dim(f"  {output.clean(error.hint)}"), err=True)
    return 5 if failed or any(book.left_out for book in fetched) else code


def _fetch_all(desk: Desk) -> tuple[list[FetchedBook], list[RelcardError]]:
    """Return what came of each address book, and why of others nothing did.

    Raises `ServerError` or `UsageError` where of none anything did.
    """
    with desk.reading() as db:
        books = [(remote, remotes.cards(db, remote.id)) for remote in remotes.every(db)]
    if not books:
        raise NotFoundError("No address book on a server is known yet.", hint=f"For example: {_EXAMPLE}")
    fetched: list[FetchedBook] = []
    failed: list[RelcardError] = []
    passwords = _of_environment([remote for remote, _ in books])
    for remote, known in books:
        try:
            fetched.append(_fetch(desk, remote, _login(remote, passwords), known))
        except (ServerError, UsageError) as error:
            failed.append(error)
    if not fetched:
        raise failed[0]
    return fetched, failed


def _fetch(desk: Desk, remote: Remote, login: Login | None, known: Mapping[str, RemoteCard]) -> FetchedBook:
    """Return what came of an address book, with a bar while many of its cards come."""
    shown: list[Callable[[int], None]] = []
    with ExitStack() as opened:

        def progress(number: int) -> None:
            if not shown:
                label = f"  reading {output.clean(output.cut(remote.name, 30))}"
                bar = output.progress(number, label, quiet=desk.quiet, least=_MANY)
                shown.append(opened.enter_context(bar))
            shown[0](1)

        return fetch_book(remote, login, known, progress=progress)


def _say_books(fetched: Sequence[FetchedBook], done: Pulled) -> None:
    """Say what each address book has, who is gone there, and what could not be had."""
    for book in fetched:
        cards = output.plural(book.listed, "card")
        news = book.listed - book.unchanged
        output.say(f"  {output.clean(book.source)}: {cards}, {news or 'none'} new or changed there")
    if done.gone:
        output.say_wrapped(f"gone there, kept here: {output.some_names(done.gone)}")
    _say_left_out(fetched)


def _say_left_out(fetched: Sequence[FetchedBook], *, err: bool = False) -> None:
    for book in fetched:
        for left in book.left_out[:_MOST_NAMED]:
            output.say(f"  not read: {output.clean(f'{left.name} - {left.reason}')}", err=err)
        if len(book.left_out) > _MOST_NAMED:
            output.say(f"  and {len(book.left_out) - _MOST_NAMED} more were not read", err=err)


def _json(fetched: Sequence[FetchedBook], failed: Sequence[RelcardError], done: Pulled) -> dict[str, object]:
    return {
        "books": [
            {
                "book": book.remote.name,
                "url": book.remote.url,
                "listed": book.listed,
                "read": len(book.read),
                "left_out": [left._asdict() for left in book.left_out],
            }
            for book in fetched
        ],
        "gone": done.gone,
        "failed": [error.message for error in failed],
    }


def _nothing() -> None:
    return None


def _keep_copy(desk: Desk) -> None:
    backups.keep_daily(desk.store, today=desk.today)


@pull.command("add", short_help="Say where an address book is.")
@click.argument("url")
@click.option("--user", metavar="NAME", default="", help="The name to log in with.")
@click.option(
    "--password-command", metavar="CMD", default="", help="Prints the password; else you are asked each time."
)
@params.as_json
@pass_desk
def add(desk: Desk, url: str, user: str, password_command: str, as_json: bool) -> None:
    """Find the address book at a CardDAV address, and keep where it is: of one server, or the book itself.

    Most servers want an app password, made in their settings. It is never kept: it comes from the command
    (pass show cloud, secret-tool lookup ...), from RELCARD_PULL_PASSWORD, or from you. Nothing is taken in
    yet: look first with relcard pull --dry-run.
    """
    url = url if "://" in url else f"https://{url}"
    refuse_oauth(url)
    address_of(url)
    asked = Remote(0, url, "", user, password_command)
    book, cards = _choose(look_for_books(url, _login(asked, _of_environment([asked]))))
    with desk.changing(f"pull add {book.url}", begins=True) as db:
        name = own_name(book.name, (known for known in remotes.every(db) if known.url != book.url))
        remotes.save(db, asked._replace(url=book.url, name=name))
        kept = next(known for known in remotes.every(db) if known.url == book.url)
    if as_json:
        output.say_json("books", [{**_book_json(kept), "listed": cards}])
    elif not desk.quiet:
        output.say(f"  {output.clean(kept.name)} at {output.clean(kept.url)}: {output.plural(cards, 'card')}")
        output.say(f"  {'Look first, nothing is taken in yet:':<44}{output.accent('relcard pull --dry-run')}")


@pull.command("list", short_help="Show the address books on servers.")
@params.as_json
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """Show the address books that pull reads, and how many cards of each it knows."""
    with desk.reading() as db:
        books, counts = remotes.every(db), remotes.counts(db)
    if as_json:
        output.say_json("books", [{**_book_json(book), "cards": counts.get(book.id, 0)} for book in books])
    elif not books:
        output.say(f"  No address book on a server is known yet. {output.accent(_EXAMPLE)}")
    else:
        rows = [
            (book.name, book.user, str(counts.get(book.id, 0)), _password_in_words(book), book.url)
            for book in books
        ]
        output.table(("address book", "user", "cards", "password", "address"), rows, flexible=4)


@pull.command("remove", short_help="Forget an address book on a server.")
@click.argument("book", metavar="BOOK")
@pass_desk
def remove(desk: Desk, book: str) -> None:
    """Forget an address book, by words of its name or its address; the contacts stay."""
    with desk.changing(f"pull remove {book}") as db:
        known = remotes.every(db)
        meant = [remote for remote in known if fold(book) == fold(remote.name) or book == remote.url] or [
            remote for remote in known if fold(book) in fold(f"{remote.name} {remote.url}")
        ]
        if not meant:
            raise NotFoundError(f'No address book is called "{book}".', hint="relcard pull list shows them.")
        if len(meant) > 1:
            raise UndecidedError(
                f'"{book}" may be any of {len(meant)}.',
                candidates=tuple(f"{remote.name}  {remote.url}" for remote in meant),
                hint="Say the whole name or address.",
            )
        remotes.drop(db, meant[0].id)
    if not desk.quiet:
        output.say(f"  {output.clean(meant[0].name)} is not read any more; its contacts stay.")


def _choose(books: Sequence[tuple[Book, int]]) -> tuple[Book, int]:
    """Return the address book meant: the only one, or the one chosen on a terminal."""
    if len(books) == 1:
        return books[0]
    labels = [f"{book.name}  {output.plural(cards, 'card')}  {book.url}" for book, cards in books]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UndecidedError(
            f"There are {len(books)} address books there; each is added by its own address.",
            candidates=tuple(labels),
            hint="relcard pull add ADDRESS, with the same --user",
        )
    for number, label in enumerate(labels, start=1):
        output.say(f"  {number}  {output.clean(label)}", err=True)
    answer: int = click.prompt("Which", type=click.IntRange(1, len(books)), err=True, show_choices=False)
    return books[answer - 1]


def _book_json(remote: Remote) -> dict[str, object]:
    return {
        "book": remote.name,
        "url": remote.url,
        "user": remote.user,
        "password_command": remote.password_command,
    }


def _password_in_words(remote: Remote) -> str:
    if not remote.user:
        return "none"
    return remote.password_command or "asked for"


def _login(remote: Remote, passwords: dict[tuple[str, str], str]) -> Login | None:
    """Return the login for an address book; a password said for a server is not asked for again."""
    if not remote.user:
        return None
    place = _place(remote)
    if place not in passwords:
        command = remote.password_command
        passwords[place] = _commanded(command) if command else _asked(*place)
    return Login(remote.user, passwords[place])


def _place(remote: Remote) -> tuple[str, str]:
    """Return for which server and user a password is."""
    return str(address_of(remote.url)), remote.user


def _of_environment(books: Iterable[Remote]) -> dict[tuple[str, str], str]:
    """Return the password of the environment for the one server it can be for: of two it is nobody's."""
    password = os.environ.get(_PASSWORD, "")
    places = {_place(remote) for remote in books if remote.user and not remote.password_command}
    return dict.fromkeys(places, password) if password and len(places) == 1 else {}


def _asked(server: str, user: str) -> str:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            f"{server} wants the password of {user}.",
            hint="Say what prints it: relcard pull add ... --password-command CMD; "
            f"for one server {_PASSWORD} will do.",
        )
    password: str = click.prompt(f"Password of {output.clean(user)} at {server}", hide_input=True, err=True)
    return password


def _commanded(command: str) -> str:
    """Return what a command says as the password. Raises `ServerError`: other servers are still asked."""
    try:
        return password_from(command)
    except UsageError as error:
        raise ServerError(error.message, hint=_CHANGE) from error


_CHANGE = "relcard pull list shows it; relcard pull add with the same address changes it."
_MANY = 100  # cards, which take more than a second
_MOST_NAMED = 8
