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
    assert "yours" in season("template", "list").out


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
