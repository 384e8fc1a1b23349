from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.seasons.draft import Printed
from relcard.errors import TemplateError
from relcard.templating.rendering import LONGEST
from relcard.templating.rendering import check_template
from relcard.templating.rendering import render
from relcard.templating.templates import KEYS
from relcard.templating.templates import TemplateContext

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


def test_christmas_in_german() -> None:
    """The next year stands in the plain tone; the warm one says dir, euch or Ihnen."""
    plain = render(context(language="de"))[0]
    assert plain == Printed("Zu Weihnachten", "Mit guten Wünschen zum Fest\nund für das Jahr 2027")
    begins = {
        render(context(language="de", tone="warm", number=number, formality=formality))[0].inside.split()[0]
        for number in ("one", "several")
        for formality in ("informal", "formal")
    }
    assert begins == {"Dir", "Euch", "Ihnen"}


def test_a_salutation_is_printed_only_when_given(tmp_path: Path) -> None:
    """A salutation that was asked for stands above the words, in its own place if they have one; an empty one leaves no gap."""
    for asked in render(context(salutation="Dear Ann & Tom <3,")):
        assert asked.inside.startswith("Dear Ann & Tom <3,\n\nWith good wishes")
    for printed in render(context()):
        assert printed.inside.startswith("With good wishes")
    written(tmp_path, inside("Well then\n{{ salutation }}"))
    assert render(context(salutation="Dear Ann,"), [tmp_path])[0].inside == "Well then\nDear Ann,"


def test_a_template_offers_several_words(tmp_path: Path) -> None:
    """Between them stands a line of "-- or --"; the shorter row begins again, and a line that is like it is words."""
    body = "{% block front %}\nA\n -- or -- \nB\n{% endblock %}{% block inside %}\n1\n-- or --\n2 -- or --\n-- or --\n3\n{% endblock %}"
    path = written(tmp_path, body)
    offered = (Printed("A", "1"), Printed("B", "2 -- or --"), Printed("A", "3"))
    assert render(context(), [tmp_path]) == offered
    assert {printed for _, printed in check_template(path)} == {*offered}
    assert len(check_template(path)) == 8 * len(offered)
    written(tmp_path, inside("same\n-- or --\nsame\n"))
    assert render(context(), [tmp_path]) == (Printed("A", "same"),)


def test_a_users_template_may_extend_a_packaged_one(tmp_path: Path) -> None:
    """What it does not change comes from the packaged template of the same name."""
    written(tmp_path, '{% extends "builtin/christmas.en.txt.j2" %}{% block front %}Peace{% endblock %}')
    insides = [printed.inside for printed in render(context())]
    assert render(context(), [tmp_path]) == tuple(Printed("Peace", inside) for inside in insides)


@pytest.mark.parametrize("key", ["note", "fact", "name", "range", "lipsum", "self", "loop", "namespace"])
def test_nothing_personal_can_be_used(tmp_path: Path, key: str) -> None:
    """A template that uses another name is refused with file, line and the allowed ones, even in an untaken branch."""
    path = written(tmp_path, inside('one\n{% if tone == "nowhere" %}\n{{ ' + key + " }}\n{% endif %}"))
    with pytest.raises(TemplateError) as caught:
        render(context(), [tmp_path])
    assert str(path) in caught.value.message
    assert ":3:" in caught.value.message
    assert key in caught.value.message
    assert all(allowed in caught.value.hint for allowed in KEYS)


@pytest.mark.parametrize(
    "body",
    [
        "{% for letter in 'abc' %}{{ letter }}{% endfor %}",
        "{% set x = 'a' %}{{ x }}",
        "{% macro m() %}a{% endmacro %}{{ m() }}",
        "{{ salutation.__class__ }}",
        "{{ salutation['upper'] }}",
        "{{ salutation.upper() }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 99999999 }}",
        "{{ 'a'|center(999999999) }}",
        "{{ '%999999999d'|format(1) }}",
        "{% include 'christmas.de.txt.j2' %}",
        "{% import 'christmas.de.txt.j2' as other %}",
        "{{ super() }}",
    ],
)
def test_bombs_and_tricks_are_refused_before_they_run(tmp_path: Path, body: str) -> None:
    """What could grow without bound or reach outside is refused by file and line."""
    path = written(tmp_path, inside(body))
    with pytest.raises(TemplateError, match=r"christmas\.en\.txt\.j2:1"):
        check_template(path)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{% block front %}", "christmas.en.txt.j2:1: Unexpected end"),
        ("{% block front %}A{% endblock %}", "no block inside"),
        ("", "no block front"),
        ("Love, Anna" + CARD, "outside the blocks is not printed"),
        ("{{ year }}" + CARD, "outside the blocks is not printed"),
        ('{% extends "nowhere.j2" %}', "extends nowhere.j2"),
        ('{% extends "christmas.en.txt.j2" %}', "extends itself"),
        ("{% extends tone %}", "named plainly"),
        ('{% extends "../../../etc/passwd" %}', "no such template"),
        (inside("{{ year + tone }}"), "cannot be rendered"),
        (inside("a" * (LONGEST + 1)), "2002 characters"),
        (inside("(" * 5000), "5001 characters"),
        (inside("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}"), "nested"),
        (inside("{{ 'a" + "b" * 60_000 + "' }}"), "no template"),
    ],
)
def test_faulty_templates_are_named(tmp_path: Path, body: str, message: str) -> None:
    """Each fault of a template is one clear sentence with the file in it."""
    with pytest.raises(TemplateError, match=r"christmas\.en\.txt\.j2") as caught:
        check_template(written(tmp_path, body))
    assert message in caught.value.message
    assert caught.value.hint


def test_a_template_that_is_not_text(tmp_path: Path) -> None:
    """A file in another encoding, or with a name that says nothing, is refused with what to do."""
    path = tmp_path / "christmas.de.txt.j2"
    path.write_bytes(inside("gr\u00fcn").encode("latin-1"))
    with pytest.raises(TemplateError) as caught:
        check_template(path)
    assert "UTF-8" in caught.value.hint
    with pytest.raises(TemplateError, match="what it is for"):
        check_template(written(tmp_path, CARD, "letter.txt"))


def test_ink_on_paper_is_not_escaped(tmp_path: Path) -> None:
    """Ampersands, angle brackets and apostrophes come out as they were typed."""
    written(tmp_path, inside("bread & salt <it’s 'ours'>"))
    assert render(context(), [tmp_path])[0].inside == "bread & salt <it’s 'ours'>"


def test_filters_and_conditions_that_are_allowed(tmp_path: Path) -> None:
    """The small language that is documented works."""
    written(
        tmp_path,
        inside(
            "{{ occasion|capitalize ~ ' ' ~ (year + 1) }}{# quiet #}"
            "{{ ' warm'|upper|trim|lower if tone in ('warm', 'x') and not salutation else '' }}"
        ),
    )
    assert render(context(tone="warm"), [tmp_path])[0].inside == "Christmas 2027warm"
    assert render(context(), [tmp_path])[0].inside == "Christmas 2027"
