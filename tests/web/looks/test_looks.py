from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from relcard.domain.languages.page import page_language
from relcard.web.looks import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = page_language("en")


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_word_stands_in_a_template(path: Path) -> None:
    """What a person reads is said by the languages: a template has no letter of its own but relcard's name."""
    text = path.read_text(encoding="utf-8")
    spoken = re.sub(r"\{[{%#].*?[}%#]\}", " ", text, flags=re.DOTALL)
    read = re.findall(r'(?:placeholder|title|aria-label|alt|value)="([^"]*)"', spoken)
    spoken = re.sub(r"<[^>]*>", " ", spoken)
    assert not re.findall(r"[^\W\d_]+", " ".join([spoken, *read]).replace("relcard", ""))


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_every_word_a_template_asks_for_is_there(path: Path) -> None:
    """As far as it names it whole."""
    for chapter, name in re.findall(r"say\('(\w+)\.(\w+)'[,)]", path.read_text(encoding="utf-8")):
        assert name in ENGLISH.words[chapter], f"{chapter}.{name}"


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_nothing_of_a_template_is_taken_as_html_or_script(path: Path) -> None:
    """Each value in an attribute stands in quotes; nothing is marked as safe, nothing is script or style."""
    text = path.read_text(encoding="utf-8")
    for tag in re.findall(r"<[a-zA-Z][^>]*>", re.sub(r"\{%.*?%\}", "", text)):
        unquoted = re.sub(r'"[^"]*"', "", tag)
        assert "{{" not in unquoted, tag
        assert not re.search(r"\s(?:on\w+|style|srcdoc)=", unquoted), tag
    assert not re.search(r"\|\s*safe|autoescape|<script(?! src)|<style|://", text)
