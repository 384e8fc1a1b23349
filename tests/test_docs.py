"""The pages: each says what the program does today, or a test here fails. `make docs` writes what can be written."""

from __future__ import annotations

import importlib
import inspect
import re
from contextlib import closing
from pathlib import Path

import click
import pytest

from docs import generate
from docs import pictures
from relcard import __version__
from relcard import errors
from relcard import settings
from relcard.cli.chapters import CHAPTERS
from relcard.cli.main import relcard
from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.people.circle import Sending
from relcard.store import migrations
from relcard.store.file import database
from relcard.store.file import journal
from relcard.templating import rendering
from relcard.templating import templates

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "CHANGELOG.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
PARTS = sorted({path.stem for path in (ROOT / "relcard").iterdir() if not path.name.startswith("_")})
COMMANDS = {name: words for _, entries in CHAPTERS for name, _, words in entries}
# A function, class or method as the pages name it: `services.importing.import_cards.import_cards`, `vcard.parse_card`.
NAMED = re.compile(rf"`((?:{'|'.join(PARTS)})\.[\w.]+)`")
# A file or folder of the house: `relcard/postal/countries.tsv`, `tests/faults/`.
PLACED = re.compile(r"`((?:relcard|tests|docs|bench|templates)/[\w./-]*)`")
SPOKEN = re.compile(r"^\$ (relcard .+)$|`(relcard [a-z][^`]*)`", re.MULTILINE)


def _page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _first_cells(page: str, section: str) -> list[str]:
    """Return the first cell of each row of the table in a section, without its backticks."""
    part = page.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in part.splitlines() if line.startswith("| `")]
    return [row.split("|")[1].strip(" `") for row in rows]


def test_the_page_of_commands_is_up_to_date() -> None:
    """docs/cli.md is what the commands themselves say; `make docs` writes it anew."""
    assert _page("docs/cli.md") == generate.command_page(), "make docs"


def test_the_page_on_tone_is_made_from_the_rules() -> None:
    """docs/tone.md has every rule with its reason and example, and the examples of each language."""
    assert _page("docs/tone.md") == generate.tone_page(), "make docs"


def test_the_transcripts_are_what_the_program_prints(tmp_path: Path) -> None:
    """Every command in the README, run in order in a fresh store, prints exactly what stands beneath it."""
    page = _page("README.md")
    assert page == generate.with_transcripts(page, tmp_path), "make docs"
    assert page.count("\n$ relcard ") > 10
    assert not re.search(r"[ \t]+$", page, re.MULTILINE)
    _check_pictures(tmp_path)


def _check_pictures(folder: Path) -> None:
    """Fail where a picture shows what is no longer so, is on no page, or all of them are heavy."""
    shown = {name: digest for name, digest, _ in pictures.pictures(folder)}
    kept = {path.name: path.read_bytes() for path in generate.PICTURES.iterdir()}
    assert {name: pictures.digest_in(data) for name, data in kept.items()} == shown, "make docs"
    assert sum(map(len, kept.values())) < 400_000
    pages = "".join(map(_page, PAGES))
    assert not [name for name in kept if f"pictures/{name})" not in pages]


def test_the_readme_names_every_command() -> None:
    """The table of commands in the README has every chapter with exactly its commands."""
    page = _page("README.md")
    assert page == generate.with_commands(page), "make docs"
    assert all(f"`{name}`" in page for name in COMMANDS)


def test_the_page_on_templates_has_the_ones_there_are() -> None:
    """Its table of occasions and languages is that of `template list`."""
    page = _page("docs/templates.md")
    assert page == generate.with_templates(page), "make docs"
    assert "| `condolence` | x | x |" in page


def test_every_command_and_option_has_help() -> None:
    """Each command has a line for lists and a sentence for its page, each option has words."""
    for name, command, context in generate.commands():
        assert command.short_help, name
        assert (command.help or "").strip().endswith((".", ")")), name
        shown = dict(generate.options(command, context))
        declared = [one for one in command.params if isinstance(one, click.Option)]
        assert len(shown) == len(declared), f"{name} hides an option"
        assert all(words.strip() for words in shown.values()), name


def test_the_chapters_say_what_the_commands_say() -> None:
    """The list of `relcard --help`, which imports no command, has each command's own words."""
    context = click.Context(relcard)
    own = {name: command.short_help for name in COMMANDS if (command := relcard.get_command(context, name))}
    assert own == COMMANDS


def test_the_readme_shows_the_circles_as_they_are() -> None:
    """The table of circles in the README has the default cadence, room and envelope of each."""
    part = _page("README.md").split("\n## Circles\n", 1)[1].split("\n## ", 1)[0]
    rows = {
        cells[0]: cells
        for line in part.splitlines()
        if (cells := [c.strip(" `") for c in line.strip("|").split("|")])
    }
    for circle, rule in RULES.items():
        cells = rows[circle.value]
        assert cells[1] == (f"every {rule.cadence_days} days" if rule.cadence_days else "never")
        if rule.sending is Sending.NO:
            continue
        assert cells[3] == {"hand": "by hand", "label": "label"}[rule.address_mode.value]
        if rule.room_share < 1:
            assert cells[2] == f"at least {rule.room_share * 100:.0f} % and {rule.room_lines} lines"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_a_page_names_exists(page: str) -> None:
    """What a page tells the reader to type is a command, with options it has."""
    for found in SPOKEN.finditer(_page(page)):
        line = next(part for part in found.groups() if part)
        _check_spoken(line)


# Of groups in which WHO may stand instead of a subcommand: the subcommand that is meant then.
MEANT = {"draft": "show", "day": "add", "gift": "add"}


def _check_spoken(line: str) -> None:
    words = line.split()[1:]
    command: click.Command = relcard
    context = click.Context(relcard)
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        if words[0].isupper():
            return  # relcard COMMAND --help speaks of any
        inner = command.get_command(context, words[0])
        if inner is None:
            assert command.name in MEANT, line
            break
        command = inner
        words = words[1:]
    known = {name for one in (*command.params, *_shown(command)) for name in (*one.opts, *one.secondary_opts)}
    for word in words:
        if word.startswith("--"):
            assert word in known | {"--help"}, f"{line}: {word}"


def _shown(command: click.Command) -> list[click.Parameter]:
    meant = MEANT.get(command.name or "")
    return command.commands[meant].params if meant and isinstance(command, click.Group) else []


@pytest.mark.parametrize("page", PAGES)
def test_every_function_a_page_names_exists(page: str) -> None:
    """A function named in the pages can be imported by that name."""
    names = [name for name in NAMED.findall(_page(page)) if not name.endswith((".toml", ".py", ".md"))]
    assert not [name for name in names if _find(f"relcard.{name}") is None]


@pytest.mark.parametrize("page", PAGES)
def test_every_place_a_page_names_exists(page: str) -> None:
    """A file or folder named in the pages is there."""
    assert not [place for place in PLACED.findall(_page(page)) if not (ROOT / place).exists()]


def test_each_journey_names_what_it_passes_through() -> None:
    """The three journeys name functions of at least three parts each, all of them callable."""
    part = _page("docs/architecture.md").split("\n## Three journeys\n", 1)[1].split("\n## ", 1)[0]
    journeys = part.split("\n### ")[1:]
    assert len(journeys) == 3
    for journey in journeys:
        names = NAMED.findall(journey)
        assert len({name.split(".")[0] for name in names}) >= 3
        assert all(callable(_find(f"relcard.{name}")) for name in names)


def _find(name: str) -> object:
    """Return what a dotted name stands for: the longest importable module, then attributes."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)
        return found
    return None


def test_the_page_on_storage_has_every_table(tmp_path: Path) -> None:
    """docs/storage.md describes exactly the tables of a new store, and gives the number of its format."""
    with closing(database.open_store(str(tmp_path / "relcard.db"), create=True)) as db:
        found = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    page = _page("docs/storage.md")
    assert set(_first_cells(page, "The store")) == set(found)
    assert f"which is {migrations.LATEST}." in page
    assert f"`{migrations.APPLICATION_ID:#x}`".lower() in page.lower()
    assert f"The last {journal.KEPT_STEPS} that stand are kept" in page


def test_the_page_on_storage_has_every_setting(tmp_path: Path) -> None:
    """docs/storage.md lists every setting, and its example is a settings file that can be read."""
    page = _page("docs/storage.md")
    assert _first_cells(page, "Settings") == list(settings.KEYS)
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "relcard.toml"
    path.write_text(example, encoding="utf-8")
    read = settings.load(str(path))
    assert read.sender.country == "GB"
    assert read.posting.rows["GB"]["NZ"] == 12
    assert read.circles[Circle.CLOSE].cadence_days == 21


@pytest.mark.parametrize("page", ["docs/templates.md", "templates/README.md"])
def test_the_pages_on_templates_have_the_keys(page: str) -> None:
    """Both pages on templates list exactly what a template knows, and the number of characters it may print."""
    text = _page(page)
    assert _first_cells(text, "What a template knows") == list(templates.KEYS)
    assert f"At most {rendering.LONGEST:,} characters" in text


def test_the_page_on_templates_shows_templates_that_work(tmp_path: Path) -> None:
    """Each example on the page is accepted by the check a user would run, and prints what it shows."""
    examples = re.findall(r"```jinja\n(.*?)```", _page("docs/templates.md"), re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        path = tmp_path / "christmas.en.txt.j2"
        path.write_text(example, encoding="utf-8")
        for _, printed in rendering.check_template(path):
            assert printed.front in ("A quiet Christmas", "Peace at Christmas")


def test_the_page_on_templates_has_every_filter(tmp_path: Path) -> None:
    """Each filter the page lists is accepted, and the refusal of another names exactly these."""
    listed = _first_cells(_page("docs/templates.md"), "What a template may do")
    path = tmp_path / "christmas.en.txt.j2"
    blocks = "{% block front %}{{ tone | FILTER }}{% endblock %}{% block inside %}{% endblock %}"
    for name in listed:
        path.write_text(blocks.replace("FILTER", name), encoding="utf-8")
        assert rendering.check_template(path)
    path.write_text(blocks.replace("FILTER", "center"), encoding="utf-8")
    with pytest.raises(errors.TemplateError) as refused:
        rendering.check_template(path)
    assert refused.value.hint == f"There are: {', '.join(listed)}."


def test_the_exit_codes_are_those_of_the_errors() -> None:
    """Every code an error ends with is explained on the page of commands, and no other but 0."""
    codes = {
        one.exit_code
        for _, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, errors.RelcardError)
    }
    assert codes | {0} == set(generate.EXIT_CODES)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    """A link to another page finds the page, and its heading when it names one."""
    for target in re.findall(r"\]\(([^)]+)\)", _page(page)):
        if target.startswith("https://"):
            continue
        name, _, heading = target.partition("#")
        path = (ROOT / page).parent / name
        assert path.is_file(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {one.lower().replace(" ", "-") for one in headings}


def test_the_changelog_has_this_version() -> None:
    """The version of the package has its section in the changelog."""
    assert re.search(
        rf"^## {re.escape(__version__)} - \d{{4}}-\d\d-\d\d$", _page("CHANGELOG.md"), re.MULTILINE
    )
