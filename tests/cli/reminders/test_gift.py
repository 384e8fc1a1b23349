from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

KEYS = {"number", "what", "state", "occasion", "year", "ours", "who", "household", "of_household"}


def test_a_gift_stands_on_the_page_and_the_crib(near: Runner) -> None:
    """Ideas come first, then the newest; scripts get them too, and undo takes the last back."""
    near.done("gift", "wren", "a scarf", "--for", "christmas-2024")
    near.done("gift", "wren", "plum jam", "--from-them", "--for", "birthday")
    near.done("gift", "wren", "cello strings", "--idea")
    listed = near("gift", "list", "wren", "--json").json["gifts"]
    assert keys_of(listed) == KEYS
    assert [(each["state"], each["what"], each["occasion"], each["year"]) for each in listed] == [
        ("idea", "cello strings", None, None),
        ("got", "plum jam", "birthday", 2026),
        ("given", "a scarf", "christmas", 2024),
    ]
    page = near("show", "wren", "--full").out
    assert "idea: cello strings · got: plum jam (birthday 2026)" in page
    on_page = near("show", "wren", "--json").json["contact"]["gifts"]
    assert [each["what"] for each in on_page] == ["cello strings", "plum jam", "a scarf"]
    drafted = near("draft", "wren", "--for", "birthday", "--json").json["drafts"][0]
    assert any("idea: cello strings" in str(line) for line in drafted["crib"])
    assert "cello" not in str(drafted["printed"])
    near.done("undo")
    assert len(near("gift", "list", "--json").json["gifts"]) == 2


def test_a_gift_of_a_household_is_on_every_page_of_it(near: Runner) -> None:
    """It bears the names of the adults, and stays when the one it hangs on goes."""
    assert (
        "Anna Kowalska and Jan Smith: given: a hamper (2026)"
        in near.done("gift", "the kowalskis", "a hamper").out
    )
    for who in ("the kowalskis", "Jan Smith"):
        assert "given: a hamper" in near("show", who, "--full").out
    near.done("gift", "Jan Smith", "a hat", "--idea")
    crib = near("draft", "Jan Smith", "--for", "birthday", "--json").json["drafts"][0]["crib"]
    said = [str(line) for line in crib]
    assert any("Jan: idea: a hat" in line for line in said)
    near.done("undo")
    near.done("delete", "Anna Kowalska", "--yes")
    (left,) = near("gift", "list", "--json").json["gifts"]
    assert (left["who"], left["of_household"]) == ("Jan Smith", True)


def test_an_idea_that_was_given_is_an_idea_no_more(near: Runner) -> None:
    """Said in the same words it becomes what was given; in others both stand."""
    near.done("gift", "wren", "a scarf", "--idea")
    near.done("gift", "wren", "a scarf", "--given")
    assert [each["state"] for each in near("gift", "list", "--json").json["gifts"]] == ["given"]


def test_gifts_are_on_nothing_that_leaves_the_desk(near: Runner, tmp_path: Path) -> None:
    """No file for others says a word of them."""
    near.done("gift", "wren", "violet ink", "--idea")
    for kind in ("csv", "vcf"):
        target = tmp_path / f"book.{kind}"
        near.done("export", "--format", kind, "-o", str(target))
        assert b"violet" not in target.read_bytes()


def test_a_gift_is_forgotten_by_its_words_or_its_number(near: Runner) -> None:
    """Of several one must be named."""
    near.done("gift", "wren", "a scarf")
    near.done("gift", "wren", "a hat")
    assert near("gift", "remove", "wren").code == 6
    assert "given: a hat (2026) is forgotten" in near.done("gift", "remove", "wren", "hat").out
    near.done("gift", "remove", "wren", "1")
    assert "No gifts are kept. For example: relcard gift anna" in near("gift", "list").out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("wren", ""), 2, "What is the gift"),
        (("nobody", "a scarf"), 4, "nobody"),
        (("remove", "wren", "scarf"), 4, "relcard gift list wren"),
        (("wren", "a scarf", "--for", "crhistmas 2026"), 6, "Did you mean christmas?"),
    ],
)
def test_what_is_no_gift_is_refused(near: Runner, words: tuple[str, ...], code: int, says: str) -> None:
    """Each refusal says what to do instead, and nothing is kept."""
    refused = near("gift", *words)
    assert (refused.code, says in refused.err) == (code, True)
    assert near("gift", "list", "--json").json["gifts"] == []
