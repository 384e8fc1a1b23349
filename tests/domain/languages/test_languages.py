"""Each language is whole, has one home, and another one is found wherever languages are."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from relcard.domain import languages
from relcard.domain.languages import CODES
from relcard.domain.languages import WITHOUT
from relcard.domain.languages import CellWords
from relcard.domain.languages import ColumnNames
from relcard.domain.languages import Language
from relcard.domain.languages import all_languages
from relcard.domain.languages import language
from relcard.domain.people import mentions
from relcard.domain.people import names
from relcard.domain.people.asking import Want
from relcard.domain.people.asking import message
from relcard.domain.people.household import Resident
from relcard.domain.people.mentions import Named
from relcard.domain.people.mentions import read_mentions
from relcard.domain.people.salutation import addressee
from relcard.domain.people.salutation import salutation
from relcard.domain.seasons.tone import signatures
from relcard.domain.seasons.tone.signatures import find_signature
from relcard.domain.text import fold
from relcard.postal.countries import CODES as COUNTRIES
from relcard.postal.countries import country_name
from relcard.postal.countries import post_language
from relcard.vcard.spreadsheet import column_words
from relcard.vcard.spreadsheet.columns import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(inspect.getfile(languages)).parent
# What a language may be without, and what only says yes or no.
_MAY_LACK = frozenset(
    {
        "and_before",
        "family",
        "dear_pair",
        "formal_pair",
        "formal_titled",
        "ranks",
        "dear_twins",
        "anybody",
        "behind_each",
        "date_words",
        "both_surnames",
        "clergy",
        "consorts",
        "dear_plural",
        "formal_several_pair",
        "given_titles",
        "large_particles_but_in",
        "lesser_titles",
        "shared_titles",
        "spelled_courtesies",
        "suffix_titles",
        "surname_endings",
        "tone",
    }
)


def test_every_file_is_a_language_and_the_other_way_round() -> None:
    """A file that nobody lists would never be read, a code without a file would fail a card."""
    assert {path.stem for path in FOLDER.glob("[a-z]*.py")} == set(CODES)
    assert [words.code for words in all_languages()] == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_no_field_is_empty(code: str) -> None:
    """Each field says something, or says on purpose that the language has no such words."""
    words = language(code)
    for field, value in words._asdict().items():
        if value is WITHOUT:
            assert field in _MAY_LACK
        else:
            assert _is_said(value), field
    for field, value in (words.columns._asdict() | words.cells._asdict()).items():
        assert _is_said(value), field


def _is_said(value: object) -> bool:
    if isinstance(value, bool):
        return True
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, dict):
        return bool(value) and all(map(_is_said, value.values()))
    return isinstance(value, tuple) and bool(value) and all(map(_is_said, value))


@pytest.mark.parametrize("field", Language._fields)
def test_a_language_that_lacks_a_field_cannot_be_made(field: str) -> None:
    """A half-written language is a TypeError as it is imported."""
    values = language("en")._asdict()
    del values[field]
    with pytest.raises(TypeError, match=field):
        Language(**values)


@pytest.mark.parametrize("field", ColumnNames._fields)
def test_columns_that_lack_a_field_cannot_be_made(field: str) -> None:
    """Nor can half the names of columns."""
    values = language("en").columns._asdict()
    del values[field]
    with pytest.raises(TypeError, match=field):
        ColumnNames(**values)


@pytest.mark.parametrize("field", CellWords._fields)
def test_words_of_cells_that_lack_a_field_cannot_be_made(field: str) -> None:
    """Nor half the words of a list of cards."""
    values = language("en").cells._asdict()
    del values[field]
    with pytest.raises(TypeError, match=field):
        CellWords(**values)


@pytest.mark.parametrize("code", CODES)
def test_patterns_and_words_are_well_formed(code: str) -> None:
    """Patterns have one place for names, regular expressions compile, and words of columns are folded."""
    words = language(code)
    for pattern in (words.and_family, words.family or "{}"):
        assert pattern.count("{}") == 1
    pairs = (words.dear_pair, words.dear_plural, words.formal_pair, words.formal_several_pair)
    for pair in (*pairs, words.formal_titled, words.dear_twins, words.given_titles, words.consorts):
        assert not pair or len(pair) == 2
    assert bool(words.dear_pair) is bool(words.dear_twins)
    assert bool(words.formal_pair) is bool(words.formal_titled)
    for field in ("closings", "weak_closings", "wished_by", "offices", "openings", "sent_to_hundreds"):
        for expression in getattr(words, field):
            assert not re.compile(expression, re.IGNORECASE).fullmatch("")
    for line in words.family_lines:
        assert line.count("{}") == 1
    for message_text in (words.ask_where, words.ask_still):
        assert message_text.count("\n") == 1
        assert message_text.rstrip(" ?").count("?") == 0
        assert message_text.endswith("?")


@pytest.mark.parametrize("code", CODES)
def test_columns_and_months_are_folded_and_known(code: str) -> None:
    """A header is compared folded: a name with an accent would never be found."""
    columns = language(code).columns
    headers = {field: getattr(columns, field) for field in column_words.COMMON_FIELDS} | dict(columns.others)
    placed = {f"{place} {field}" for place in column_words.PLACES for field in FIELDS}
    assert set(headers) <= set(FIELDS) | placed
    for header in "|".join(headers.values()).split("|"):
        assert re.fullmatch(r"[^\W_]+(?: [^\W_]+)*", header), header
        assert header == fold(header)
    assert set(columns.unclear) <= set(columns.name.split("|"))
    for month in " ".join(language(code).months).split():
        assert month == fold(month)
        assert column_words.MONTH_OF[month] == 1 + next(
            number for number, months in enumerate(language(code).months) if month in months.split()
        )


@pytest.mark.parametrize("code", CODES)
def test_a_column_of_a_language_means_in_a_file_what_it_means_there(code: str) -> None:
    """Also where another language calls something else by its name: the other columns say which it is."""
    columns = language(code).columns
    headers = [
        (field, name) for field in column_words.COMMON_FIELDS for name in getattr(columns, field).split("|")
    ]
    assert column_words.fields_of([name for _, name in headers]) == [field for field, _ in headers]


@pytest.mark.parametrize("code", CODES)
def test_countries_are_named_in_every_language(code: str) -> None:
    """The country's line of an envelope is written in it, and some country's post reads it if its letters are Latin."""
    assert country_name("DE", code)
    assert (code == "en") is (country_name("DE", code) == "GERMANY")
    assert (code in {post_language(country) for country in COUNTRIES}) is (code not in ("uk", "ja"))


def test_a_language_is_found_by_the_first_part_of_its_tag() -> None:
    """de-AT is German, no and nn are answered in Bokmål, and what we do not have in English."""
    tags = {"de-AT": "de", "EN_gb": "en", "no": "nb", "nn-NO": "nb", "tlh": "en", "": "en", "pt-BR": "pt"}
    assert {tag: language(tag).code for tag in tags} == tags


def test_one_language_loads_no_other() -> None:
    """A page or a card in one language costs the module of that language alone."""
    program = (
        "import sys\n"
        "from relcard.domain.people.salutation import salutation\n"
        "from relcard.domain.people.household import Resident\n"
        "salutation([Resident(uid='a', display_name='Ana Gil', given='Ana', family='Gil')], language='es')\n"
        "print(*[name for name in sys.modules if name.startswith('relcard.domain.languages.')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["relcard.domain.languages.es"]


PLANTED = language("en")._replace(
    code="xx",
    and_="kaj",
    family="Familio {}",
    dear="Saluton {}",
    dear_several="Saluton {}",
    women="fraulino",
    family_words=("familio",),
    closings=("elkore via",),
    ask_where="Karto atendas.\nKien gi iru?",
    months=("januaro", "februaro", "marto", "aprilo", "majo", "junio", "julio", "augusto", "septembro", "oktobro",
            "novembro", "decembro"),
    columns=language("en").columns._replace(family="familia nomo", home="hejma"),
)  # fmt: skip


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """Plant one more language as the recipe says: a module, and its code last in `CODES`."""
    module = ModuleType(f"{languages.__name__}.{PLANTED.code}")
    monkeypatch.setattr(module, "LANGUAGE", PLANTED, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for user in (languages, names, signatures):
        monkeypatch.setattr(user, "CODES", (*CODES, PLANTED.code))
    gathered = (mentions.family_words, mentions._ands, names._courtesy, signatures.find_signature)
    for cached in gathered:
        cached.cache_clear()
    yield PLANTED
    for cached in gathered:
        cached.cache_clear()


def test_a_planted_language_shows_wherever_languages_are(planted: Language) -> None:
    """Salutation, envelope, tone, asking, notes, titles and columns know it without another line of code."""
    couple = [Resident(uid=one, display_name=f"{one} Gil", given=one, family="Gil") for one in ("Ana", "Bo")]
    assert salutation(couple, language="xx") == "Saluton Ana kaj Bo,"
    assert addressee(couple, language="xx") == "Ana kaj Bo Gil"
    assert find_signature(("Paco", "Elkore via, Ana"), "xx") == "Elkore via, Ana"
    assert find_signature(("Paco", "Familio Gil"), "xx") == "Familio Gil"
    assert message("Saluton,", Want.NONE, language="xx").endswith("Kien gi iru?")
    assert names.stated_gender("", "Fraulino") == "f"
    people = [
        Named(contact_id=at, display_name=f"{one} Gil", given=one, family="Gil")
        for at, one in enumerate(("Ana", "Bo"))
    ]
    assert [each.words for each in read_mentions("Ana kaj Bo: new house", people).mentions] == ["Ana", "Bo"]
    assert planted.code in {words.code for words in all_languages()}


def test_a_planted_language_shows_in_spreadsheets(planted: Language) -> None:
    """Its columns, places and months are gathered with all the others."""
    source = Path(inspect.getfile(column_words)).read_text(encoding="utf-8")
    module = ModuleType("planted_column_words")
    exec(compile(source, "column_words.py", "exec"), module.__dict__)  # noqa: S102  the module, read again
    gathered = vars(module)
    assert gathered["FIELD_OF"]["familia nomo"] == "family"
    assert gathered["PLACE_OF"]["hejma"] == "home"
    assert gathered["MONTH_OF"]["decembro"] == 12
    assert "fraulino" in gathered["COURTESY"]
    assert planted.and_ in gathered["ANDS"]


def test_the_page_on_languages_names_them_all() -> None:
    """docs/languages.md lists the codes there are, and files that exist."""
    root = FOLDER.parents[2]
    page = (root / "docs" / "languages.md").read_text(encoding="utf-8")
    sentence = page.split("There are seventeen:")[1].split(".")[0]
    assert re.findall(r"`(\w+)`", sentence) == list(CODES)
    for path in re.findall(r"`((?:relcard|tests)/[\w/.]+)`", page):
        assert (root / path).exists(), path
    fields = {
        name
        for row in page.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    assert fields <= set(Language._fields)
