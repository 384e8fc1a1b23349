from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

_TEMPLATE = "{%% block front %%}%s{%% endblock %%}\n{%% block inside %%}%s{%% endblock %%}\n"


def test_list_has_the_occasions_in_two_languages_at_least(run: Runner) -> None:
    """Christmas, New Year, a neutral season, birthday and thank-you come in English and German."""
    found = run("template", "list", "--json").json["templates"]
    assert {"name", "occasion", "language"} <= keys_of(found)
    have = {(one["occasion"], one["language"]) for one in found}
    assert {
        (occasion, language)
        for occasion in ("christmas", "newyear", "season", "birthday", "thankyou")
        for language in ("en", "de")
    } <= have
    assert "christmas" in run("template", "list").out


def test_a_copy_wins_over_the_packaged_one(season: Runner) -> None:
    """A template copied and changed is what is printed; it is never copied over."""
    season.done("template", "copy", "christmas.en.txt.j2")
    mine = season.store.parent / "templates" / "christmas.en.txt.j2"
    mine.write_text(_TEMPLATE % ("A lamp in the window", "It is lit for you"), encoding="utf-8")
    assert season("template", "copy", "christmas.en.txt.j2").code == 2
    assert mine.read_text(encoding="utf-8").startswith("{% block front %}A lamp")
    (draft,) = season("draft", "omar", "--json").json["drafts"]
    assert (draft["front"], draft["inside"]) == ("A lamp in the window", "It is lit for you")
    assert ("christmas", "en", True) in {
        (one["occasion"], one["language"], one["own"])
        for one in season("template", "list", "--json").json["templates"]
    }
    (row,) = [line for line in season("template", "list").out.splitlines() if line.startswith("  christmas ")]
    assert row.split()[1:3] == ["Y", "x"]


@pytest.mark.parametrize("columns", [80, 60, 45])
def test_the_grid_shows_every_occasion_and_its_gaps(
    run: Runner, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Occasions down, languages across, in blocks where the terminal is narrow; no line is broken or too wide."""
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run("template", "list").out
    grid = out[: out.index("  x came with")].splitlines()
    assert max(map(len, grid)) <= columns
    heads = [line.split() for line in grid if line.startswith("   ")]
    assert [language.lower() for line in heads for language in line][:2] == ["en", "de"]
    assert {language for line in heads for language in line} >= {"UK", "JA", "TR"}
    for occasion, marks in (("condolence", "x"), ("diwali", "·"), ("thanksgiving-ca", "thanksgiving")):
        rows = [line.split() for line in grid if line.startswith(f"  {occasion} ")]
        assert len(rows) == len(heads)
        assert marks in rows[0]


@pytest.mark.parametrize("key", ["name", "note", "facts", "contact", "household", "last_line"])
def test_a_template_that_asks_for_a_person_is_refused(run: Runner, here: Path, key: str) -> None:
    """No name, note or fact can enter a template: the refusal names the key and what is allowed."""
    (here / "christmas.en.txt.j2").write_text(
        _TEMPLATE % ("Peace", "Dear {{ " + key + " }}"), encoding="utf-8"
    )
    result = run("template", "check", "christmas.en.txt.j2")
    assert result.code == 3
    assert key in result.err
    assert "formality" in result.err


def test_check_shows_how_it_reads(run: Runner, here: Path) -> None:
    """A sound template is shown in every tone in which it differs."""
    (here / "christmas.en.txt.j2").write_text(
        _TEMPLATE % ("Peace", "{% if tone == 'warm' %}A warm house{% else %}Good days{% endif %}"),
        encoding="utf-8",
    )
    text = run.done("template", "check", "christmas.en.txt.j2").out
    assert text.count("Peace") == 2
    assert "A warm house" in text
    assert "Good days" in text


# What a card says, and whether it may; "|" parts the front from the inside.
TEXTS = {
    "Spanish, names after a closing": ("es", "Feliz Navidad|Paz en casa\nCon cariño, los Pérez", False),
    "English, names after a weak closing": ("en", "Peace|Peace at home\nWarmly, the Hales", False),
    "English on a Spanish card": ("es", "Feliz Navidad|Paz en casa\nLove, Anna", False),
    "Dutch, a closing alone": ("nl", "Fijne kerst|Vrede thuis\nGroetjes", False),
    "Italian, names on the next line": ("it", "Buon Natale|Pace in casa\nCon affetto,\nAnna e Luca", False),
    "an office": ("en", "Peace|On behalf of everyone at the mill", False),
    "the sender alone": ("en", "Peace|Peace at home\nMaud Ellery", False),
    "a letter no font has": ("en", "Peace|Peace at home \U000130b8", False),
    "too many lines": ("en", "Peace|" + "\n".join(["a line of words"] * 14), False),
    "a word wider than the card": ("en", "Peace|" + "Peace" * 30, False),
    "plain Spanish": ("es", "Feliz Navidad|Con cariño para todos\ny un año de paz", True),
    "plain English": ("en", "Peace|Warmly lit windows\nand a quiet night", True),
    "plain Dutch": ("nl", "Fijne kerst|Vrede thuis", True),
    "plain Italian": ("it", "Buon Natale|Pace in casa", True),
}


@pytest.mark.parametrize("text", TEXTS)
def test_check_refuses_what_printing_refuses(season: Runner, text: str) -> None:
    """A template is refused before the season as its card would be in it, with the same exit code and message."""
    language, words, is_sound = TEXTS[text]
    front, inside = words.split("|")
    season.done("settings", "set", "sender.name", "Maud Ellery")
    season.done("household", "set", "omar", "--language", language)
    mine = season.store.parent / "templates" / f"christmas.{language}.txt.j2"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text(_TEMPLATE % (front, inside), encoding="utf-8")
    printed = season("print", "cards", "omar", "-o", "cards.pdf")
    checked = season("template", "check", str(mine))
    assert (printed.code == 0) is is_sound
    assert (checked.code == 0) is is_sound
    if not is_sound:
        assert checked.code in (5, 6)
        assert mine.name in checked.err
        assert "template check" in checked.err
        _, _, reason = " ".join(checked.err.split()).partition(f"{mine.name}, for wide: ")
        if "too tall" not in reason:  # how many millimetres are missing is the circle's
            assert reason[:40] in " ".join(printed.out.split())


def test_check_says_what_sounds_processed(run: Runner, here: Path) -> None:
    """Each remark has its rule, line and reason; switched off, nothing is said and the check is done."""
    (here / "christmas.en.txt.j2").write_text(
        _TEMPLATE % ("Merry Christmas", "To you and yours"), encoding="utf-8"
    )
    checked = run("template", "check", "christmas.en.txt.j2", "--json")
    assert checked.code == 5
    rules = {remark["rule"] for reading in checked.json["readings"] for remark in reading["remarks"]}
    assert rules == {"hundreds", "jolly"}  # a plain card may go to a household in its careful year
    text = run("template", "check", "christmas.en.txt.j2").out
    assert "“To you and yours” this sounds" in " ".join(text.split())
    run.done("settings", "set", "tone.off", "jolly")
    assert run("template", "check", "christmas.en.txt.j2").code == 5
    run.done("template", "check", "christmas.en.txt.j2", "--allow", "hundreds")


def test_the_rules_are_listed_with_reason_and_example(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the language of the settings, and nothing wider than the screen."""
    monkeypatch.setenv("COLUMNS", "60")
    run.done("settings", "set", "language", "de-AT")
    rules = run("template", "check", "--rules", "--allow", "shout", "--json").json["rules"]
    assert keys_of(rules) == {"rule", "reason", "example", "refuses", "may_be_off", "off"}
    assert [rule["rule"] for rule in rules if rule["off"]] == ["shout"]
    text = run.done("template", "check", "--rules").out
    assert "Lasst die Korken knallen" in text
    for rule in rules:
        assert rule["rule"] in text
    assert max(map(len, text.splitlines())) <= 60


@pytest.mark.parametrize("words", [[], ["christmas.en.txt.j2", "--rules"], ["--rules", "--allow", "boasts"]])
def test_check_asks_for_a_file_or_the_rules(run: Runner, words: list[str]) -> None:
    """Neither, both, or a rule there is none of: a question of usage."""
    assert run("template", "check", *words).code == 2


def test_nothing_jolly_goes_to_the_bereaved(run: Runner, here: Path) -> None:
    """Words of condolence are held against the rule in every tone."""
    (here / "condolence.en.txt.j2").write_text(
        _TEMPLATE % ("Let the party begin", "{{ tone }}"), encoding="utf-8"
    )
    readings = run("template", "check", "condolence.en.txt.j2", "--json").json["readings"]
    assert {reading["tone"] for reading in readings} == {"plain", "warm"}
    assert all([each["rule"] for each in reading["remarks"]] == ["jolly"] for reading in readings)
