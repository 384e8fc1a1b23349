"""Write docs/cli.md, docs/tone.md, docs/pictures and the parts of README.md that the program itself can say.

`make docs` runs it. tests/test_docs.py compares the pages with what this makes, so a page that says something
else is a failure.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import click

from docs.pictures import TODAY
from docs.pictures import pictures
from relcard.cli.chapters import CHAPTERS
from relcard.cli.main import relcard
from relcard.cli.main import run
from relcard.domain.languages import all_languages
from relcard.domain.seasons.tone.rules import RULES
from relcard.domain.seasons.tone.rules import example_of
from relcard.templating.templates import template_grid

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "cli.md"
TEMPLATES = ROOT / "docs" / "templates.md"
TONE = ROOT / "docs" / "tone.md"
README = ROOT / "README.md"
PICTURES = ROOT / "docs" / "pictures"
SAMPLE = ROOT / "sample_contacts.vcf"

EXIT_CODES = {
    0: "done",
    1: "a fault of relcard's own",
    2: "the command cannot be done as it was given",
    3: "the store, the settings, a template or a file cannot be used",
    4: "nothing answers to that name",
    5: "done, but some of the input had problems, which were named",
    6: "a person must decide",
}
_INTRODUCTION = """\
# The command line

Made from the commands themselves by `make docs`; `relcard COMMAND --help` says the same on the terminal.

`WHO` is a UID, a household by its id (`h12`), any words of a name, accents or not, a family (`"the
Kowalskis"`), or several people (`"Anna and Jan"`). When several contacts answer to it, relcard asks on
a terminal; elsewhere it names them and ends with exit code 6. `DAY` is `2026-11-20`, `20 Nov`,
`20.11.2026`, `today`, `yesterday`, `tuesday` (the last one) or `3 days ago`; of what is still to come,
as with `snooze --until`, it is the next such day. `11/12/2026` is read in the order of
`sender.country`, and refused where that does not tell.

Every command that lists or reports takes `--json`: one object, `{"version": 1, "<plural noun>": [...]}`, with
keys in snake_case and dates in ISO 8601, the same in every language, and nothing else on standard output.
"""
_ON_TONE = """\
# Tone

What makes a friend feel processed, and which rule says so. Made from the rules themselves by `make docs`;
`relcard template check --rules` lists them on the terminal, with examples in the language of your settings.

The rules look at printed words only: what you write by hand is yours. They are read by
`relcard template check FILE`, by `relcard draft check` for all drafts of a season, by `relcard draft WHO`,
and by `relcard draft edit WHO` for the words you have just written. A line of the first three is never
printed; the others ask for a second look, and the card is printed all the same. A name stands in print where
`--print-salutation` asks for it.

`relcard settings set tone.off boast, shout` switches rules off for good,
`relcard settings set tone.off none` on again, and `--allow boast` lets one pass in one run. Signatures and
names are ink, whatever the settings say.

"""
_IN_LANGUAGES = """
`again` reads what is kept: the words printed on their earlier cards, the lines you wrote to them, and the
words you wrote this season for households whose people are related to theirs (`relcard relation`). It looks
at sentences of five words or more that you typed into a draft, never at a template's.

## In each language

What goes by words is known in the card's language and, because people mix, in English. The other languages
of docs/languages.md know signatures and words that sound sent to hundreds. Words by which a rule finds
something stand in `relcard/domain/languages/`, in the fields `sent_to_hundreds` and `tone`.

"""
_CHAPTERS = re.compile(r"^\| Chapter \| Commands \|\n(?:\|.*\n)+", re.MULTILINE)
_TEMPLATES = re.compile(r"^\| Words for \|.*\n(?:\|.*\n)+", re.MULTILINE)
_BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every command and subcommand with its full name, in the order of the help."""
    root = click.Context(relcard, info_name="relcard")
    for _, entries in CHAPTERS:
        for name, _, _ in entries:
            command = relcard.get_command(root, name)
            assert command is not None, name  # noqa: S101  the table of chapters names commands
            yield from _with_subcommands(command, click.Context(command, info_name=name, parent=root))


def _with_subcommands(
    command: click.Command, context: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, name  # noqa: S101  the group has just named it
            yield from _with_subcommands(inner, click.Context(inner, info_name=name, parent=context))


def options(command: click.Command, context: click.Context) -> list[tuple[str, str]]:
    """Return the options of a command as its help names them, each with its words."""
    records = (one.get_help_record(context) for one in command.params if isinstance(one, click.Option))
    return [record for record in records if record is not None]


def command_page() -> str:
    """Return docs/cli.md."""
    root = click.Context(relcard, info_name="relcard")
    parts = [_INTRODUCTION, "## Before any command\n", _table("Option", "", options(relcard, root))]
    parts.append("## Exit codes\n")
    parts.append(_table("Code", "", [(str(code), words) for code, words in EXIT_CODES.items()]))
    every = {name: (command, context) for name, command, context in commands()}
    for chapter, entries in CHAPTERS:
        parts.append(f"## {chapter}\n")
        for name, _, _ in entries:
            path = f"relcard {name}"
            parts += [
                _section(*every[one], depth=3 + (one != path))
                for one in every
                if one == path or one.startswith(f"{path} ")
            ]
    return "\n".join(parts)


def _section(command: click.Command, context: click.Context, *, depth: int) -> str:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    words = inspect.cleandoc(command.help or "")
    listed = options(command, context)
    return f"{'#' * depth} `{usage}`\n\n{words}\n" + (f"\n{_table('Option', '', listed)}" if listed else "")


def _table(left: str, right: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"| {left} | {right} |".replace("|  |", "| |"), "| --- | --- |"]
    lines += [
        f"| `{name.replace('|', chr(92) + '|')}` | {words.replace('|', chr(92) + '|')} |"
        for name, words in rows
    ]
    return "\n".join(lines) + "\n"


def tone_page() -> str:
    """Return docs/tone.md."""
    rules = [[f"`{rule.name}`", rule.reason, _code(rule.example)] for rule in RULES]
    known = [words for words in all_languages() if words.tone]
    in_words = [
        rule for rule in RULES if all(words.tone and rule.name in words.tone.examples for words in known)
    ]
    heads = ["Language", *(f"`{rule.name}`" for rule in in_words)]
    examples = [
        [f"`{words.code}`", *(_code(example_of(rule, words.code)) for rule in in_words)] for words in known
    ]
    return _ON_TONE + _grid(["Rule", "Reason", "For example"], rules) + _IN_LANGUAGES + _grid(heads, examples)


def with_templates(text: str) -> str:
    """Return docs/templates.md with its table of occasions and languages as the templates are today."""
    grid = template_grid()
    rows = [
        [
            f"`{occasion}`",
            *("x" if (occasion, language) in grid.places else "" for language in grid.languages),
        ]
        for occasion in grid.occasions
    ]
    table = _grid(["Words for", *(f"`{language}`" for language in grid.languages)], rows)
    return _TEMPLATES.sub(lambda _: table, text)


def _grid(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _code(example: str) -> str:
    return f"`{example}`" if set("<{[") & set(example) else example


def with_commands(text: str) -> str:
    """Return a page with its table of commands as the chapters are today."""
    rows = [
        f"| {chapter} | {', '.join(f'`{name}`' for name, _, _ in entries)} |" for chapter, entries in CHAPTERS
    ]
    return _CHAPTERS.sub(
        lambda head: head[0].split("\n", 1)[0] + "\n| --- | --- |\n" + "\n".join(rows) + "\n", text
    )


def with_transcripts(text: str, folder: Path) -> str:
    """Return a page with every `console` block as it runs today, one after the other, in an empty `folder`.

    A line that begins with "$ " is a command of relcard; what follows it, up to the next, is what it printed.
    """
    shutil.copy(SAMPLE, folder)
    return _BLOCK.sub(lambda block: f"```console\n{_run_block(block['body'], folder)}```", text)


def _run_block(body: str, folder: Path) -> str:
    commands_of_block = [line for line in body.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{_run(line.removeprefix('$ '), folder)}" for line in commands_of_block)


def _run(line: str, folder: Path) -> str:
    program, *arguments = shlex.split(line)
    if program != "relcard":
        raise ValueError(f"A transcript runs relcard and nothing else: {line}")
    settings = {
        "RELCARD_STORE": "relcard.db",
        "RELCARD_TODAY": TODAY,
        "RELCARD_FONTS": "packaged",
        "COLUMNS": "80",
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("RELCARD")}
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with (
        patch.dict(os.environ, {**kept, **settings}, clear=True),
        contextlib.chdir(folder),
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
    ):
        code = run(arguments)
    screen.seek(0)
    if code not in (0, 5):
        raise RuntimeError(f"{line} ended with exit code {code}:\n{screen.read()}")
    return screen.read()


def main() -> None:
    """Write the pages."""
    TONE.write_text(tone_page(), encoding="utf-8")
    PAGE.write_text(command_page(), encoding="utf-8")
    TEMPLATES.write_text(with_templates(TEMPLATES.read_text(encoding="utf-8")), encoding="utf-8")
    page = with_commands(README.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(with_transcripts(page, Path(folder)), encoding="utf-8")
        PICTURES.mkdir(exist_ok=True)
        for name, _, data in pictures(Path(folder)):
            (PICTURES / name).write_bytes(data)


if __name__ == "__main__":
    main()
