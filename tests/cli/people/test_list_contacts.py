from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def test_list_has_the_promised_keys(near: Runner) -> None:
    """Each contact of the list has the keys of the contract."""
    near.done("log", "wren", "call", "--on", "2026-11-01")
    found = near("list", "--json").json["contacts"]
    assert keys_of(found) == {"uid", "name", "circle", "tags", "country", "household", "last_contact"}
    wren = next(one for one in found if one["name"] == "Aunt Wren")
    assert wren["circle"] == "inner"
    assert wren["country"] == "GB"
    assert wren["household"].startswith("h")
    assert wren["last_contact"] == "2026-11-01"
    assert next(one for one in found if one["name"] == "Paweł Zieliński")["circle"] is None
    assert next(one for one in found if one["name"] == "Anna Kowalska")["tags"] == ["Kraków", "friends"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("smith",), {"Jan Smith", "Ola Smith", "Piotr Smith"}),
        (("leipzig",), {"Jörg Großmann", "Käthe Großmann"}),
        (("muller",), {"Zoë Müller"}),
        (("--circle", "inner"), {"Aunt Wren", "Margaret Hale"}),
        (("--circle", "NONE"), {"Callum Fraser"}),
        (("--tag", "choir"), {"Chidi Okafor", "Ольга Мельник"}),
        (("--country", "pl"), {"Anna Kowalska", "Jan Smith", "Ola Smith", "Piotr Smith"}),
        (("--country", "Poland", "--circle", "close"), {"Anna Kowalska", "Jan Smith"}),
        (("--country", "Türkiye"), {"İbrahim Şahin"}),
        (("--no-address",), {"Soren Odegard", "Paweł Zieliński"}),
        (("--no-circle", "smith"), {"Ola Smith", "Piotr Smith"}),
        (("nobody at all",), set()),
    ],
    ids=lambda one: "-".join(one) if isinstance(one, tuple) else "",
)
def test_list_narrows(near: Runner, words: tuple[str, ...], names: set[str]) -> None:
    """Words and options narrow the list, accents or not."""
    assert {one["name"] for one in near("list", *words, "--json").json["contacts"]} == names


def test_list_says_when_nobody_is_like_that(near: Runner, run: Runner) -> None:
    """An empty answer is a sentence with the next step."""
    assert near("list", "zebedee").out == "  None of 31 contacts is like that. relcard list shows them all.\n"


def test_list_of_an_empty_store(run: Runner) -> None:
    """An empty store says how to begin; for scripts it is an empty list."""
    assert "relcard import FILE.vcf" in run("list").out
    assert run("list", "--json").json == {"version": 1, "contacts": []}
