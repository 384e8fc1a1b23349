"""`share settle` after an evening of two laptops, and where else what differs is told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.command_line import Runner

if TYPE_CHECKING:
    from pathlib import Path


def edit(run: Runner, page: Path, before: str, after: str) -> None:
    text = run.done("edit", "anna kowalska", "--page").out
    assert before in text
    page.write_text(text.replace(before, after))
    run.done("edit", "anna kowalska", "--from", str(page))


@pytest.fixture
def evening(couple: tuple[Runner, Runner], tmp_path: Path) -> tuple[Runner, Runner]:
    """Return two laptops after an evening: she wrote notes, he printed, both changed one address, he deleted."""
    she, he = couple
    street = she.done("show", "anna kowalska", "--json").json["contact"]["addresses"][0]["street"]
    she.done("tag", "garden", "grace okafor")
    edit(she, tmp_path / "page", street, "Elm Row 30")
    he.done("season", "start", "christmas-2026")
    he.done("season", "add", "anna kowalska")
    he.done("print", "labels", "-o", str(tmp_path / "labels.pdf"))
    edit(he, tmp_path / "page", street, "Elm Row 3a")
    he.done("delete", "grace okafor", "--yes")
    for run in (she, he, she):
        run("share")
    return couple


def questions(run: Runner) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = run.done("share", "settle", "--list", "--json").json["questions"]
    return asked


def street(run: Runner) -> str:
    said: str = run.done("show", "anna kowalska", "--json").json["contact"]["addresses"][0]["street"]
    return said


def test_both_see_what_differs_and_by_whom(evening: tuple[Runner, Runner]) -> None:
    """Both laptops list the same under the same ids: what stands and by whom, the other, and what it was."""
    she, he = evening
    asked = questions(she)
    assert asked == questions(he)
    removed, address = sorted(asked, key=lambda one: one["kind"], reverse=True)
    assert (removed["who"], removed["stands"]["laptop"]) == ("Grace Okafor", "Anna's laptop")
    assert removed["beside"] == [{"text": "removed", "laptop": "Jan's laptop"}]
    both = {side["laptop"]: side["text"][:10] for side in (address["stands"], *address["beside"])}
    assert both == {"Anna's laptop": "Elm Row 30", "Jan's laptop": "Elm Row 3a"}
    assert address["before"]
    assert "Elm Row" not in address["before"]


def test_the_pages_count_it_and_nothing_is_held_up(evening: tuple[Runner, Runner]) -> None:
    """`today`, `preflight`, `share status` say in a line how much differs; `history` whose step it was."""
    for run in evening:
        for words in (("today",), ("preflight",), ("share", "status"), ("share", "settle")):
            said = run(*words).out
            assert "relcard share settle" in said, words
        assert run.done("today", "--json").json["unsettled"] == 2
    she, _ = evening
    assert "print labels" in she.done("history").out
    devices = {step["command"]: step["device"] for step in she.done("history", "--json").json["steps"]}
    assert (devices["print labels"], devices["tag garden grace okafor"]) == ("Jan's laptop", "")


def test_an_answer_goes_to_both(evening: tuple[Runner, Runner]) -> None:
    """What one settles is settled on the other after a share; undo asks again, on both."""
    she, he = evening
    asked = {one["kind"]: one for one in questions(she)}
    other = asked["field"]["beside"][0]["text"]
    assert street(she) not in other
    said = she.done("share", "settle", asked["field"]["id"], "take")
    assert f"taken {other}" in said.out
    assert other.startswith(street(she))
    she.done("undo")
    assert street(she) not in other
    for run in (she, he):
        run.done("share")
    assert (
        sorted(questions(he), key=str) == sorted(questions(she), key=str) == sorted(asked.values(), key=str)
    )
    for one in asked.values():
        she.done("share", "settle", one["id"], "keep")
    for run in (she, he):
        run.done("share")
    assert questions(he) == questions(she) == []
    assert street(he) == street(she)
    for run in evening:
        assert "Grace Okafor" in run.done("list").out
        assert "settle" not in run.done("today").out
        run.done("doctor")
    assert she.done("share", "settle").out == "  Nothing differs between the laptops.\n"


def test_a_removal_is_taken(evening: tuple[Runner, Runner]) -> None:
    """Who takes a removal lets the contact go, on both laptops."""
    she, he = evening
    (gone,) = [one for one in questions(he) if one["kind"] == "gone"]
    he.done("share", "settle", gone["id"], "take")
    he.done("share")
    she.done("share")
    for run in evening:
        assert "Grace Okafor" not in run.done("list").out
        assert [one["kind"] for one in questions(run)] == ["field"]


def test_at_a_terminal(evening: tuple[Runner, Runner], monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other with a key each: later, keep, undo, stop; what is no key is asked again."""
    monkeypatch.setattr("relcard.cli.sharing.settle.is_terminal", lambda: True)
    she, _ = evening
    said = she("share", "settle", stdin=b"x\nu\nk\nu\nk\nl\n")
    assert said.code == 0, said.err
    assert "One of the keys" in said.out
    assert "Nothing was said here yet" in said.out
    assert said.out.rstrip().endswith("1 settled · 1 for later · to be asked again: relcard undo")
    monkeypatch.undo()


def test_what_cannot_be_settled_is_a_sentence(evening: tuple[Runner, Runner], run: Runner) -> None:
    """An id that is none is 4, an answer without one 2, two addresses as one 2, a store of one's own 4."""
    she, _ = evening
    (address,) = [one for one in questions(she) if one["kind"] == "field"]
    assert address["choices"] == ["keep", "take"]
    assert she("share", "settle", address["id"], "both").code == 2
    assert she("share", "settle", "abcdef", "keep").code == 4
    assert she("share", "settle", address["id"]).code == 2
    she.done("share", "stop", "--yes")
    assert run("share", "settle").code == 4


def test_a_step_of_the_other_is_looked_at_and_taken_back(couple: tuple[Runner, Runner]) -> None:
    """`undo` of another laptop's step names first what would stay, for it was changed since, and goes to both."""
    she, he = couple
    he.done("season", "start", "christmas-2026")
    he.done("season", "add", "anna kowalska", "grace okafor")
    he.done("share")
    she.done("share")
    she.done("written", "grace okafor")
    steps = {step["command"]: str(step["id"]) for step in she.done("history", "--json").json["steps"]}
    step = steps["season add anna kowalska grace okafor"]
    assert "would stay, changed since: recipient of Grace Okafor" in she.done("undo", step, "--dry-run").out
    she.done("undo", step)
    for run in (she, he):
        run.done("share")
    cards = [run.done("season", "list", "--json").json["recipients"] for run in couple]
    assert [[card["addressee"] for card in season] for season in cards] == [["The Okafor Family"]] * 2


def test_of_three_laptops_each_value_has_its_number(
    couple: tuple[Runner, Runner], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`take 2` or a part of the laptop's name says which; a word that names none of the others, or both, is 2."""
    she, he = couple
    third = Runner(tmp_path / "third" / "relcard.db", monkeypatch)
    code = she.done("share", "status", "--code", "--json").json["code"]
    third.done("share", "join", str(folder), "--code", code, "--name", "Eva's laptop")
    before = street(she)
    for run, after in ((she, "Elm Row 1"), (he, "Elm Row 2"), (third, "Elm Row 3")):
        edit(run, tmp_path / "page", before, after)
    for run in (she, he, third, she, he):
        run("share")
    (asked,) = questions(he)
    laptops = [side["laptop"] for side in asked["beside"]]
    assert {asked["stands"]["laptop"], *laptops} == {"Anna's laptop", "Jan's laptop", "Eva's laptop"}
    page = he.done("share", "settle").out
    assert "other 1" in page
    assert "other 2" in page
    for words in ((), ("3",), ("laptop",), ("nobody",)):
        refused = he("share", "settle", asked["id"], "take", *words)
        assert (refused.code, laptops[1] in refused.err) == (2, True)
    he.done("share", "settle", asked["id"], "take", laptops[0].partition("'")[0].lower())
    assert asked["beside"][0]["text"].startswith(street(he))
    he.done("undo")
    monkeypatch.setattr("relcard.cli.sharing.settle.is_terminal", lambda: True)
    assert "1 settled" in he("share", "settle", stdin=b"t\n2\n").out
    assert asked["beside"][1]["text"].startswith(street(he))
