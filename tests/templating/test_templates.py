from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.seasons.draft import Printed
from relcard.errors import NotFoundError
from relcard.errors import TemplateError
from relcard.templating.rendering import render
from relcard.templating.templates import KEYS
from relcard.templating.templates import TemplateContext
from relcard.templating.templates import find_template
from relcard.templating.templates import list_templates
from relcard.templating.templates import packaged_folder
from relcard.templating.templates import words_instead

if TYPE_CHECKING:
    from pathlib import Path

CARD = "{% block front %}A\n{% endblock %}{% block inside %}B\n{% endblock %}"


def context(**changes: object) -> TemplateContext:
    return TemplateContext.of({"occasion": "christmas", "language": "en", "year": 2026, **changes})


def written(folder: Path, body: str, name: str = "christmas.en.txt.j2") -> Path:
    path = folder / name
    path.write_text(body, encoding="utf-8")
    return path


def inside(body: str) -> str:
    return f"{{% block front %}}A{{% endblock %}}{{% block inside %}}{body}{{% endblock %}}"


@pytest.mark.parametrize(
    ("occasion", "language", "name"),
    [
        ("christmas", "pl", "christmas.pl.txt.j2"),
        ("christmas", "de-AT", "christmas.de.txt.j2"),
        ("christmas", "nn-NO", "christmas.nb.txt.j2"),
        ("christmas", "no", "christmas.nb.txt.j2"),
        ("Christmas", "EN_GB", "christmas.en.txt.j2"),
        ("christmas", "vi", "christmas.en.txt.j2"),
        ("Thank you", "vi", "thankyou.en.txt.j2"),
    ],
)
def test_fallback(occasion: str, language: str, name: str) -> None:
    """The occasion in the language, then in English, however it is spelt."""
    assert find_template(occasion, language).name == name


def test_words_in_place_of_others_are_said(tmp_path: Path) -> None:
    """Of another language or occasion; a feast of another country's day has the words of the feast."""
    assert words_instead("christmas", "de-AT") == words_instead("thanksgiving-ca", "en") == ""
    assert words_instead("condolence", "vi") == (
        "no words for condolence in vi: those for condolence in en are printed"
    )
    with pytest.raises(NotFoundError, match="There are no words for midwinter"):
        find_template("midwinter", "en")
    written(tmp_path, CARD, "midwinter.de.txt.j2")
    with pytest.raises(NotFoundError, match="no words for midwinter in en") as refused:
        find_template("midwinter", "en", [tmp_path])
    assert "midwinter.en.txt.j2" in refused.value.hint


def test_a_users_template_comes_first(tmp_path: Path) -> None:
    """A file of the same name in the user's folder wins, and one for a new occasion is found."""
    path = written(tmp_path, CARD)
    written(tmp_path, CARD, "midwinter.en.txt.j2")
    assert find_template("christmas", "en", [tmp_path]).path == path
    assert not find_template("christmas", "en", [tmp_path]).is_packaged
    assert find_template("midwinter", "fr", [tmp_path]).name == "midwinter.en.txt.j2"
    assert render(context(), [tmp_path]) == (Printed("A", "B"),)
    assert render(context()) != (Printed("A", "B"),)
    assert len(list_templates([tmp_path])) == len(list_templates()) + 1
    assert list_templates([tmp_path / "missing"]) == list_templates()


@pytest.mark.parametrize(
    "key", ["note", "fact", "name", "names", "last_line", "uid", "household", "contact", "today"]
)
def test_nothing_personal_can_be_passed(key: str) -> None:
    """A context with another key is refused, and the refusal names the allowed ones."""
    with pytest.raises(TemplateError, match=f'"{key}"') as caught:
        context(**{key: "Ola started cello"})
    assert all(allowed in caught.value.hint for allowed in KEYS)


def test_what_a_template_sees_is_exactly_the_contract() -> None:
    """The context holds the eight documented keys, and the README of the templates documents each."""
    assert tuple(context().as_mapping()) == KEYS
    readme = (packaged_folder() / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{key}` |" in readme for key in KEYS)


@pytest.mark.parametrize(
    "change", [{"tone": "jolly"}, {"number": 2}, {"formality": "du"}, {"next_year": 2030}]
)
def test_context_values_are_checked(change: dict[str, object]) -> None:
    """A value no template could know is refused before anything is rendered."""
    with pytest.raises(TemplateError):
        context(**change)


def test_a_context_needs_occasion_language_and_year() -> None:
    """What is missing is said."""
    with pytest.raises(TemplateError, match="occasion, language and year"):
        TemplateContext.of({"occasion": "christmas"})
