from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.command_line import vcard
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def test_demo_goes_the_whole_way_and_touches_no_store(people: Runner, here: Path) -> None:
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


def test_demo_runs_again(people: Runner, here: Path) -> None:
    """A second demo in the same folder begins afresh and says the same."""
    first = people.bare("demo", "the demo")
    assert first.code == 0, first.err
    second = people.bare("demo", "the demo")
    assert second.out == first.out


def test_demo_where_no_folder_can_be(run: Runner, here: Path) -> None:
    """A file in the way is named with the next step."""
    (here / "relcard-demo").write_text("mine")
    result = run.bare("demo")
    assert result.code == 3
    assert "relcard demo FOLDER" in result.err
    assert (here / "relcard-demo").read_text() == "mine"


def test_demo_without_a_name_stays_in_this_folder(run: Runner, here: Path) -> None:
    """An empty name, as of a variable that was not set, means this folder and never the root of the disk."""
    result = run.bare("demo", "")
    assert result.code == 0, result.err
    assert (here / "cards.pdf").exists()
    assert "/cards.pdf" not in result.out.replace("./cards.pdf", "")


def test_a_store_of_that_name_that_is_no_demo_is_left_alone(run: Runner, here: Path) -> None:
    """Whatever stands in the folder under the demo's name stays, unless an earlier demo made it."""
    (here / "mine.vcf").write_bytes(vcard("Anna Nowak"))
    run.bare("--store", "demo.db", "import", "mine.vcf")
    before = (here / "demo.db").read_bytes()
    result = run.bare("demo", ".")
    assert result.code == 2
    assert "is no demo" in result.err
    assert (here / "demo.db").read_bytes() == before
