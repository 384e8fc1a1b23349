from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def _said(run: Runner, who: str) -> list[tuple[str, bool, str]]:
    found = run("relation", who, "--json").json["relations"]
    return [(one["kind"], one["of"], one["name"]) for one in found]


def test_relations_by_hand_are_on_both_pages(near: Runner) -> None:
    """What is said once is told from either side, and the card's own stands beside it."""
    done = near.done("relation", "aunt wren", "godmother", "of", "ola smith")
    assert done.out == "  Aunt Wren: godmother of Ola Smith\n"
    near.done("relation", "hannah", "tailor", "aunt wren")
    assert _said(near, "aunt wren") == [("godmother", True, "Ola Smith"), ("tailor", False, "Hannah Weber")]
    assert ("godchild", True, "Aunt Wren") in _said(near, "ola smith")
    assert ("child", True, "Anna Kowalska") in _said(near, "ola smith")
    assert "godmother of Ola Smith · tailor: Hannah Weber" in near("show", "aunt wren").out


def test_saying_it_again_and_taking_it_back(near: Runner) -> None:
    """Said twice it is kept once; it can be taken back from either side, once."""
    near.done("relation", "aunt wren", "aunt", "ola smith")
    assert "said before" in near.done("relation", "aunt wren", "aunt", "ola smith").out
    near.done("relation", "ola smith", "niece or nephew", "aunt wren", "--remove")
    assert _said(near, "aunt wren") == []
    result = near("relation", "aunt wren", "aunt", "ola smith", "--remove")
    assert result.code == 4
    assert "relcard relation WHO" in result.err


def test_relation_refusals(near: Runner) -> None:
    """Two words are no relation, and nobody is their own neighbour."""
    assert near("relation", "anna", "mother").code == 2
    assert near("relation", "aunt wren", "neighbour", "aunt wren").code == 2
    assert near("relation", "aunt wren", "neighbour", "zebedee").code == 4
    assert "relcard relation" in near.done("relation", "omar").out
