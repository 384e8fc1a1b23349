"""A test is found by its module's name: relcard/store/seasons.py is looked at by tests/store/test_seasons.py.

Run as a program, this page lists the modules that have no test of their own name.
"""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parent
PACKAGE = TESTS.parent / "relcard"
# Tests of a story that no single module tells.
STORIES = {
    "cli/test_narrow.py": "every screen at 60 columns and at 80",
    "cli/printing/test_cups.py": "straight to a printer, by a real scheduler of printers",
    "cli/printing/test_send.py": "straight to a printer, with commands that write down what they are told",
    "cli/printing/test_strict_readers.py": "every kind of PDF, as a strict reader has it, and the same bytes twice",
    "cli/sharing/test_rewind.py": "a list on two laptops and a backup from before its last steps",
    "cli/sharing/test_through_syncthing.py": "a list through a folder that a real Syncthing carries",
    "cli/test_world_fails.py": "what is said when the disk, the output or the store fails",
    "cli/importing/test_import_csv.py": "a spreadsheet at the command line",
    "cli/reminders/test_other_calendars.py": "days of other calendars at the command line",
    "cli/seasons/test_simulated_season.py": "sixty days of a season, by chance, through the command line",
    "cli/seasons/test_occasions.py": "cards for an occasion, beside any season, at the command line",
    "domain/people/test_names_on_paper.py": "names as address books have them, on envelope and in greeting",
    "domain/reminders/test_ten_years.py": "ten years of reminders, used on any days",
    "domain/seasons/tone/test_corpus.py": "two hundred good greetings and a hundred bad ones",
    "paper/text/test_scripts.py": "every script, from a name to the pixels of a page",
    "cli/sharing/test_own_book.py": "one row of the own book that is on both laptops, or here alone",
    "cli/sharing/test_privacy.py": "a canary in every private field, of which nothing leaves its laptop",
    "share/test_carried.py": "laptops with the real exchange between them, over a folder or a server at its worst",
    "share/test_oracle.py": "that the oracle of two laptops notices what would lose their words",
    "share/test_through_a_server.py": "laptops that share through a server, which answers as servers do",
    "services/importing/test_import_csv.py": "a spreadsheet, from file to store",
    "services/importing/test_reimport.py": "the same people again, from a newer file",
    "services/seasons/test_card_order.py": "the order of a newer card, up to the envelope",
    "services/seasons/test_packaged_words.py": "the words that come with relcard, in every language",
    "share/test_two_laptops.py": "a couple on laptops of one list, by chance, with an oracle of its own",
    "store/migrations/test_stored_formats.py": "stores that older versions left",
    "store/test_undo_machine.py": "any commands in any order, all taken back",
    "web/test_two_at_once.py": "two devices and a terminal that write at once",
    "web/test_journey.py": "a day at home, from the couch to the desk, in a real browser",
    "vcard/test_sample.py": "what the sample of the demo promises",
}


def _floor_tests() -> list[str]:
    """Return the tests that stand on a floor: those of the whole house and of a laptop's faults do not."""
    paths = (path.relative_to(TESTS) for path in TESTS.rglob("test_*.py"))
    return sorted(path.as_posix() for path in paths if len(path.parts) > 1 and path.parts[0] != "faults")


def _module_of(test: str) -> Path:
    """Return the module a test is called after, in a folder of its own name the folder as a whole."""
    path = PACKAGE / test
    stem = path.stem.removeprefix("test_")
    return path.parent / "__init__.py" if path.parent.name == stem else path.with_name(f"{stem}.py")


def test_each_test_stands_where_its_module_does() -> None:
    """A test has the place and the name of a module; after a module was renamed or merged, so is its test."""
    lost = {}
    for test in _floor_tests():
        module = _module_of(test)
        if test in STORIES or module.exists() or module.with_suffix("").is_dir():
            continue
        alike = [f"relcard/{path.relative_to(PACKAGE)}" for path in PACKAGE.rglob(module.name)]
        lost[f"tests/{test}"] = " or ".join(alike) or "no module of this name"
    assert not lost, "move each beside its module with git mv, or say in STORIES what it tells"


def test_a_story_is_no_modules() -> None:
    """The table of stories names tests that are there and that no module could claim."""
    assert not [one for one in STORIES if not (TESTS / one).exists()]
    assert not [one for one in STORIES if _module_of(one).exists()]


def modules_without_a_test() -> list[str]:
    """Return the modules with a function that no test bears the name of: others see them at work."""
    tested = {_module_of(one) for one in (*_floor_tests(), *(path.name for path in TESTS.glob("test_*.py")))}
    kinds = ast.FunctionDef, ast.AsyncFunctionDef
    return sorted(
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if path not in tested
        and any(isinstance(node, kinds) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    )


if __name__ == "__main__":
    print("\n".join(modules_without_a_test()))  # noqa: T201  for whoever asks
