from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def _known(run: Runner, who: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("address", who, "--json").json["addresses"]
    return found


def test_addresses_have_numbers_and_days(near: Runner) -> None:
    """The list says where cards go, when an address is used, since when it is confirmed and what is past."""
    near.done("address", "confirm", "anna kowalska")
    near.done(
        "address", "add", "anna kowalska", "--street", "Rua do Sol 4", "--town", "Lagos",
        "--postcode", "8600-101", "--country", "Portugal", "--from", "11-01", "--until", "03-15",
    )  # fmt: skip
    near.done("address", "retire", "anna kowalska", "1")
    second, first = _known(near, "jan smith")
    assert (first["street"], first["from"], first["until"]) == ("Rua do Sol 4", "--11-01", "--03-15")
    assert (second["retired_on"], second["confirmed_on"]) == ("2026-11-20", "2026-11-20")
    page = near("address", "anna kowalska").out
    assert "cards go here · from 1 Nov until 15 Mar" in page
    assert "until 2026-11-20" in page
    assert (
        "Rua do Sol 4" in near("household", "list").out or "LAGOS" in near("household", "list", "--json").out
    )
    near.done("address", "restore", "anna kowalska", "1")
    assert [one["retired_on"] for one in _known(near, "jan smith")] == [None, None]


def test_what_the_post_would_miss_is_said_with_the_reason(near: Runner) -> None:
    """An address that its country would not take is kept, and its fault told at once and in the list."""
    done = near.done(
        "address", "add", "aunt wren", "--street", "Lindenweg 3", "--town", "Berlin", "--postcode", "123",
        "--country", "DE", "--preferred",
    )  # fmt: skip
    assert "five digits" in done.out
    assert "five digits" in near("address", "aunt wren").out
    assert [bool(one["missing"]) for one in _known(near, "aunt wren")] == [False, True]


def test_alone_leaves_the_others_as_they_are(near: Runner) -> None:
    """With --alone only the contact named has the new address."""
    near.done("address", "add", "jan smith", "--street", "1 Low Row", "--town", "Leeds", "--alone")
    assert len(_known(near, "jan smith")) == 2
    assert len(_known(near, "anna kowalska")) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "wren"), 2),
        (("add", "wren", "--town", "Leeds", "--from", "11-01"), 2),
        (("add", "wren", "--town", "Leeds", "--from", "2027-03-01", "--until", "2027-02-01"), 2),
        (("add", "wren", "--town", "Leeds", "--until", "some day"), 2),
        (("add", "wren", "--town", "Leeds", "--country", "Atlantis"), 4),
        (("confirm", "wren", "7"), 4),
        (("restore", "wren"), 4),
        (("list", "zebedee"), 4),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_address_refusals(near: Runner, words: tuple[str, ...], code: int) -> None:
    """What cannot be is refused with the next step, and nothing changes."""
    before = near.bytes
    result = near("address", *words)
    assert result.code == code
    assert len(result.err.splitlines()) > 1
    assert near.bytes == before


def test_a_card_that_came_back_is_told_on_the_page(season: Runner) -> None:
    """The address it came back from stays, with the day and the reason."""
    season.done("written", "grace")
    season.done("posted", "grace")
    season.done("returned", "grace", today="2026-12-03")
    page = season("show", "grace okafor", today="2026-12-04").out
    assert "until 2026-12-03, a card came back" in " ".join(page.split())
    (ask, *_) = [one for one in season("ask-list", "--json").json["asks"] if one["kind"] == "returned"]
    assert ask["addressee"] == "The Okafor Family"


def test_a_card_that_came_back_from_home_leaves_the_summer_house(season: Runner) -> None:
    """Only the address the card went to is retired; the others are used as before."""
    season.done(
        "address", "add", "grace", "--street", "1 Sea Row", "--town", "Whitby", "--postcode", "YO21 3PR",
        "--country", "GB", "--from", "06-01", "--until", "08-31",
    )  # fmt: skip
    season.done("posted", "grace")
    season.done("returned", "grace")
    assert [(one["street"], bool(one["retired_on"])) for one in _known(season, "grace okafor")] == [
        ("27 Beechwood Crescent", True),
        ("1 Sea Row", False),
    ]


def test_addresses_keep_their_numbers(people: Runner) -> None:
    """Neither retiring nor restoring moves a number: the second of two commands means what the first showed."""
    people.done("add", "Joan Petrakis")
    for street in ("1 Elm St", "2 Oak St", "3 Ash St"):
        people.done("address", "add", "joan", "--street", street, "--town", "Athens", "--country", "US")

    def streets() -> list[str]:
        shown = people("address", "list", "joan", "--json").json["addresses"]
        return [f"{place['number']} {place['street']}" for place in shown]

    numbered = streets()
    for words in (("retire", "joan", "1"), ("retire", "joan", "2"), ("restore", "joan", "1")):
        people.done("address", *words)
        assert streets() == numbered


def test_typed_in_one_field(near: Runner) -> None:
    """All of an address in the street has its parts; tidy then finds nothing, and says so."""
    near.done("address", "add", "anna kowalska", "--street", "41 Hickory Hollow, Asheville, NC 28801")
    added = _known(near, "anna kowalska")[-1]
    assert [added[part] for part in ("street", "town", "region", "postcode")] == [
        "41 Hickory Hollow", "Asheville", "NC", "28801",
    ]  # fmt: skip
    assert near("address", "tidy", "--json").json["addresses"] == []
    assert "where they belong" in near("address", "tidy").out


def test_import_says_what_was_in_one_field(run: Runner, tmp_path: Path) -> None:
    """The import counts the addresses it read out of one field, a dry run and the report name each."""
    list_ = tmp_path / "list.csv"
    list_.write_text(
        'Name,Street,Town,Zip\nNora Quill,1 Elm Row,"Asheville, NC",28801\n'
        "Tom Reed,9 Reed Row Salem OR 97301,,\n"
    )
    found = run("import", str(list_), "--dry-run").out
    assert "1 address was read out of one field" in found
    assert "1 Elm Row | Asheville | NC | 28801" in found
    assert "1 address was left in one field: a doubt" in run("import", str(list_)).out
    nora, tom = run("import", "--report", "--json").json["addresses"]
    assert (nora["was"]["town"], nora["address"]["region"], tom["address"]) == ("Asheville, NC", "NC", None)


def test_preflight_of_a_couple_in_one_row(run: Runner, tmp_path: Path) -> None:
    """A row that names two people is looked at like any other; with its region read it lacks nothing."""
    list_ = tmp_path / "list.csv"
    list_.write_text('Name,Street,Town,Zip\nNora & Tom Quill,1 Elm Row,"Asheville, NC",28801\n')
    run.done("settings", "set", "sender.country", "US")
    run.done("import", str(list_))
    run.done("circle", "friend", "--has-address")
    run.done("season", "start", "christmas")
    assert "no state" not in run("preflight").out
