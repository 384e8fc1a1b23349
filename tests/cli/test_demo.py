from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_demo_goes_the_whole_way_and_touches_no_store(
    people: Any, here: Path, pdf_text: Callable[[Path], str]
) -> None:
    """The demo makes cards, labels, envelopes and crib in a folder of its own; the user's store stays."""
    before = people.bytes
    result = people("demo")
    assert result.code == 0, result.err
    assert people.bytes == before
    made = {one.name for one in (here / "relcard-demo").iterdir()}
    assert {"cards.pdf", "labels.pdf", "envelopes.pdf", "crib.pdf"} <= made
    assert "Omar Haddad" in pdf_text(here / "relcard-demo" / "labels.pdf")
    assert list(here.iterdir()) == [here / "relcard-demo"]
    *_, first, second, third = result.out.strip().splitlines()
    assert all("relcard" in line for line in (first, second, third))


def test_demo_runs_again(people: Any, here: Path) -> None:
    """A second demo in the same folder begins afresh and says the same."""
    first = people.bare("demo", "the demo")
    assert first.code == 0, first.err
    second = people.bare("demo", "the demo")
    assert second.out == first.out


def test_demo_where_no_folder_can_be(run: Any, here: Path) -> None:
    """A file in the way is named with the next step."""
    (here / "relcard-demo").write_text("mine")
    result = run.bare("demo")
    assert result.code == 3
    assert "relcard demo FOLDER" in result.err
    assert (here / "relcard-demo").read_text() == "mine"
