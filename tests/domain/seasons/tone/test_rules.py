from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.languages import all_languages
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.tone import Reader
from relcard.domain.seasons.tone import check_tone
from relcard.domain.seasons.tone import read_tone
from relcard.domain.seasons.tone.rules import RULES
from relcard.domain.seasons.tone.rules import SWITCHED
from relcard.domain.seasons.tone.rules import check_switched
from relcard.domain.seasons.tone.rules import example_of
from relcard.errors import InkContractError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from relcard.domain.seasons.tone.rules import Rule

LANGUAGES = tuple(words.code for words in all_languages() if words.tone)
# Rules whose example is a line; that of the others says what such words would be.
WITH_A_LINE = [rule for rule in RULES if rule.name not in ("again", "length")]


def _rules_of(line: str, reader: Reader) -> set[str]:
    return {remark.rule for remark in read_tone(Printed("", line), reader)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", WITH_A_LINE, ids=lambda rule: rule.name)
def test_an_example_is_what_its_rule_speaks_of(rule: Rule, language: str) -> None:
    """The example of each rule is caught by it in each language, and no longer once the rule is off."""
    line = example_of(rule, language)
    reader = Reader(language=language, names=("Anna", "Tom"), careful=True)
    assert rule.name in _rules_of(line, reader)
    if not rule.is_law:
        off = Reader(language=language, careful=True, off=frozenset({rule.name}))
        assert rule.name not in _rules_of(line, off)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_an_example_of_what_goes_by_words(language: str) -> None:
    """Merge fields, boasts, plurals, jolly lines and what is sent to hundreds are shown in every language."""
    names = {"merge-field", "hundreds", "boast", "plural", "jolly"}
    (words,) = (each.tone for each in all_languages() if each.code == language)
    assert words
    assert set(words.examples) == names


def test_a_language_without_words_of_its_own_has_the_english_example() -> None:
    """So has a language nobody knows here."""
    boast = next(rule for rule in RULES if rule.name == "boast")
    assert example_of(boast, "sv") == example_of(boast, "ru") == boast.example


def test_a_law_cannot_be_switched_off() -> None:
    """Names and signatures are ink; what is no rule is refused with those there are."""
    assert check_switched(SWITCHED) == set(SWITCHED)
    for name in ("signature", "name"):
        with pytest.raises(UsageError, match="ink"):
            check_switched(["boast", name])
    with pytest.raises(UsageError, match="boasts") as refused:
        check_switched(["boasts"])
    assert "boast, plural" in refused.value.hint


@pytest.mark.parametrize("line", ["Dear [NAME]", "Liebe <<Vorname>>", "Dear ____, peace"])
def test_a_field_is_refused_unless_its_rule_is_off(line: str) -> None:
    """Nobody prints a field on purpose; who does says so."""
    with pytest.raises(InkContractError, match="nobody filled"):
        check_tone(Printed(line, ""), Reader(language="de"))
    assert check_tone(Printed(line, ""), Reader(language="de", off=frozenset({"merge-field"}))) == []
