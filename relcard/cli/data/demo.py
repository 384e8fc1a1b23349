"""The whole way on invented people: import, circles, a season, drafts on screen, PDFs."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli.main import run
from relcard.errors import FileError
from relcard.errors import RelcardError
from relcard.errors import UsageError
from relcard.store.file import journal
from relcard.store.file.database import session

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY = date(2026, 11, 20)  # the people of the sample have their birthdays about this time
_DONE = (0, 5)  # 5: done, and the odd cards of the sample are named

# Commands as a user would type them. {folder} is the demo's own; a line of words stands before some.
_SETTINGS = (
    'settings set sender.name "Maud Ellery"',
    'settings set sender.address "4 Orchard Row, Bath, BA1 5DQ"',
    "settings set sender.country GB",
)
_JOURNEY = (
    ("Take in the address book", ("import {sample}",)),
    (
        "Say who is near",
        (
            'circle inner "Aunt Wren" "Margaret Hale"',
            'circle close "Anna Kowalska" "Jan Smith" "Yuki Tanaka" "Grace Okafor" "Chidi Okafor"',
            'circle friend "Mia Delgado" "Jörg Großmann" "Hannah Weber" "Omar Haddad" "Dóra Szőke"',
            'circle friend Hương Şahin Мельник "Søren Ødegård" 佐藤 منصور',
            'circle wide "Zoë Müller" Παπαδάκη "Old Mill Bakery"',
        ),
    ),
    (
        "Keep what you learn",
        (
            'log "Anna Kowalska" card --from-them --on 2025-12-19 --text "come and see the garden"',
            'log "Anna Kowalska" card --on 2025-12-10 --text "the train is booked"',
            'note "Anna Kowalska" "new kitchen, the old table stays" --on 2026-09-14',
            'note "Ola Smith" "started the cello" --on 2026-05-03',
            'fact "Old Mill Bakery" bread rye',
            'log "Yuki Tanaka" card --on 2025-12-02 --text "forty is a rumour"',
            'log "Aunt Wren" call --on 2026-11-01',
            "show anna kowalska",
        ),
    ),
    ("Start the season", ("season start christmas --year 2026", "season add zoë")),
    ("Look at greetings, and the room in them", ("draft anna wren hannah", "draft yuki --for birthday")),
    (
        "Print, after a look at what would misfire",
        (
            "preflight",
            "stamps",
            "design list -o {folder}/designs.png",
            "print cards -o {folder}/cards.pdf",
            "print labels --stock L7160 --skip 3 -o {folder}/labels.pdf",
            "print envelopes --size C6 -o {folder}/envelopes.pdf",
            "print crib -o {folder}/crib.pdf",
            "print guides -o {folder}/guides.pdf",
        ),
    ),
    ("Be told in time", ("today",)),
)
_NEXT = (
    ("relcard --store {store} draft edit yuki", "change the printed words"),
    ("relcard --store {store} upcoming --days 30", "see what comes"),
    ("relcard import YOUR-CONTACTS.vcf", "begin with your own people"),
)


@click.command(short_help="Show the whole way on invented people.")
@click.argument("folder", default="relcard-demo")
@click.pass_context
def demo(ctx: click.Context, folder: str) -> None:
    """Show the whole way on invented people, in a FOLDER of its own: from vCards to cards, labels and crib.

    Your own store is not touched.
    """
    place = _cleared(folder)
    store = str(place / "demo.db")
    paths = {"folder": str(place), "sample": str(_sample()), "store": store}
    words = {name: shlex.quote(path) for name, path in paths.items()}
    before = ["--store", store, "--today", ctx.find_root().params.get("today") or _DAY.isoformat()]
    for line in _SETTINGS:
        _run([*before, "--quiet"], line)
    for title, lines in _JOURNEY:
        output.say()
        output.say(output.bold(f"  {title}"))
        for line in lines:
            output.say(output.accent(f"$ relcard {line.format(**words)}"))
            _run(before, line.format(**words))
    _say_next(words)


def _say_next(words: dict[str, str]) -> None:
    output.say()
    output.say(output.bold("  Three commands to try next"))
    for command, why in _NEXT:
        output.say(f"  {output.accent(output.pad(command.format(**words), 52))}  {why}")


def _cleared(folder: str) -> Path:
    """Make the folder, and take away the store of an earlier demo in it."""
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        _spare_what_is_not_ours(place)
        for made_before in ("demo.db", "demo.toml"):
            (place / made_before).unlink(missing_ok=True)
    except OSError as error:
        raise FileError(
            f"Cannot use the folder {folder}: {error.strerror}.", hint="Name another: relcard demo FOLDER"
        ) from error
    return place


def _spare_what_is_not_ours(place: Path) -> None:
    """Refuse a folder whose demo.db is no demo of an earlier day: what we did not make we do not remove."""
    made_before = place / "demo.db"
    if not made_before.exists():
        return
    with session(str(made_before)) as db:
        first = journal.history(db)[-1:]
    if not first or first[0].command != f"import {_sample().name}":
        raise UsageError(
            f"{made_before} is no demo: relcard did not make it and leaves it alone.",
            hint="Name another folder: relcard demo FOLDER",
        )


def _run(before: Sequence[str], line: str) -> None:
    code = run([*before, *shlex.split(line)])
    if code not in _DONE:
        raise RelcardError(f"The demo stopped at: relcard {line}", hint="Please report it.")


def _sample() -> Path:
    """Return the sample: inside the installed package, else beside it in a checkout."""
    here = Path(__file__).parents[2]
    for path in (here / "sample_contacts.vcf", here.parent / "sample_contacts.vcf"):
        if path.exists():
            try:
                return path.relative_to(Path.cwd())
            except ValueError:
                return path
    raise FileError("The sample is missing from this installation.", hint="Install relcard again.")
