from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def test_ask_list_is_a_message_for_each(near: Runner) -> None:
    """Each household to ask has a reason and a message in its language that begins in the first column."""
    near.done("circle", "inner", "paweł zieliński")
    asks = near("ask-list", "--json").json["asks"]
    assert keys_of(asks) == {
        "household", "addressee", "circle", "kind", "reason", "known_on", "address_lines", "language", "reach",
        "message",
    }  # fmt: skip
    assert [one["circle"] for one in asks] == sorted(
        (one["circle"] for one in asks), key=["inner", "close", "friend", "wide"].index
    )
    assert asks[0]["kind"] == "none"
    page = near("ask-list").out
    for ask in asks:
        assert f"\n{ask['message']}\n" in page
    assert "Soren" not in page  # nobody said how near


def test_ask_list_later_and_narrower(near: Runner) -> None:
    """Years and circles narrow the list; in time everybody is asked, and nobody without a circle."""
    assert near("ask-list", "--circle", "inner", "--json").json["asks"] == []
    assert "Nobody" in near("ask-list", "--circle", "inner").out
    late = near("ask-list", "--circle", "inner", "--json", today="2031-01-01").json["asks"]
    assert {one["kind"] for one in late} == {"old"}
    assert (
        near("ask-list", "--circle", "inner", "--years", "9", "--json", today="2031-01-01").json["asks"] == []
    )
