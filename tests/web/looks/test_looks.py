from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2 import nodes

from relcard.domain.languages.page import page_language
from relcard.web import pages
from relcard.web.looks import TEMPLATES

ENGLISH = page_language("en")
PAGES = Path(pages.__file__).parent


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_word_stands_in_a_template(path: Path) -> None:
    """What a person reads is said by the languages: a template has no letter of its own but relcard's name."""
    text = path.read_text(encoding="utf-8")
    spoken = re.sub(r"\{[{%#].*?[}%#]\}", " ", text, flags=re.DOTALL)
    read = re.findall(r'(?:placeholder|title|aria-label|alt|value)="([^"]*)"', spoken)
    spoken = re.sub(r"<[^>]*>", " ", spoken)
    assert not re.findall(r"[^\W\d_]+", " ".join([spoken, *read]).replace("relcard", ""))


@pytest.mark.parametrize(
    "path", sorted([*TEMPLATES.glob("*.html"), *PAGES.glob("*.py")]), ids=lambda path: path.name
)
def test_every_word_a_page_asks_for_is_there_and_is_given_its_values(path: Path) -> None:
    """As far as it names it whole."""
    text = path.read_text(encoding="utf-8")
    for chapter, name, given in re.findall(
        r"""say\(['"](\w+)\.(\w+)['"](?=[,)])((?:[^()]|\([^()]*\))*)\)""", text
    ):
        words = ENGLISH.words[chapter][name]
        goes_with_number = isinstance(words, tuple)
        wanted = set(re.findall(r"\{(\w+)\}", " ".join(words) if goes_with_number else str(words))) - {"n"}
        assert set(re.findall(r"(\w+)=", given)) == wanted, f"{chapter}.{name}"
        assert bool(re.match(r",\s*+(?!\w+=)", given)) == goes_with_number, f"{chapter}.{name}"


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_nothing_of_a_template_is_taken_as_html_or_script(path: Path) -> None:
    """Each value in an attribute stands in quotes; nothing is marked as safe, nothing is script or style."""
    text = path.read_text(encoding="utf-8")
    for tag in re.findall(r"<[a-zA-Z][^>]*>", re.sub(r"\{%.*?%\}", "", text)):
        unquoted = re.sub(r'"[^"]*"', "", tag)
        assert "{{" not in unquoted, tag
        assert not re.search(r"\s(?:on\w+|style|srcdoc)=", unquoted), tag
    assert not re.search(r"\|\s*safe|autoescape|<script(?! src)|<style|://", text)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_words_are_said_with_the_values_they_have(path: Path) -> None:
    """Each key that a template names is one of the words, and is handed just the {values} that stand in it."""
    for say in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if (
            isinstance(say.node, nodes.Name)
            and say.node.name == "say"
            and isinstance(say.args[0], nodes.Const)
        ):
            chapter, _, name = str(say.args[0].value).partition(".")
            words = ENGLISH.words[chapter][name]
            spoken = words if isinstance(words, str) else words[0]
            values = set(re.findall(r"{(\w+)}", spoken)) - {"n"}
            assert {value.key for value in say.kwargs} == values, f"{chapter}.{name}"
            assert (len(say.args) > 1) == (not isinstance(words, str)), f"{chapter}.{name}"
