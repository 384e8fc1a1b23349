"""What of the own book travels is said anew: a kind comes to the list, or goes no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.sharing.choosing import choose_own
from tests.store.sharing.laptops import come_together
from tests.store.sharing.laptops import couple
from tests.support.book import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.sharing.laptops import Laptop


def _circle(laptop: Laptop, name: str, circle: Circle) -> None:
    with journal.step(laptop.db, f"circle {circle.value} {name}", today=TODAY):
        relationships.set_circle(laptop.db, laptop.id_of(name), circle, today=TODAY)


def _circles(laptop: Laptop) -> dict[str, str]:
    rows = laptop.db.execute(
        "SELECT name, circle FROM circle JOIN contact ON contact.id = contact_id ORDER BY name"
    )
    return dict(rows.fetchall())


def _exchange(his: Laptop, hers: Laptop) -> None:
    """Let each take what the other has: of the own book they keep other rows."""
    for _ in range(2):
        hers.take(his)
        his.take(hers)


def test_a_kind_chosen_later_brings_what_stands_of_it_as_one_step(tmp_path: Path) -> None:
    his, hers = couple(tmp_path)
    his.note("Ada Oak", "likes tea")
    his.note("Ben Elm", "moved desk")
    come_together(his, hers)
    assert hers.notes() == []
    steps = len(his.lines())
    chosen = choose_own(his.db, ["notes"], today=TODAY)
    assert (chosen.came, chosen.stays) == ({"notes": 2}, {})
    assert len(his.lines()) == steps + 1
    his.note("Cyd Ash", "sings")
    come_together(his, hers)
    assert hers.notes() == ["likes tea", "moved desk", "sings"]
    for laptop in (his, hers):
        assert checks.examine(laptop.path).is_sound


def test_what_was_sent_of_a_kind_stays_and_nothing_more_goes(tmp_path: Path) -> None:
    his, hers = couple(tmp_path, "notes")
    his.note("Ada Oak", "likes tea")
    come_together(his, hers)
    assert choose_own(his.db, [], today=TODAY).stays == {"notes": 1}
    his.note("Ada Oak", "of my own")
    come_together(his, hers)
    assert hers.notes() == ["likes tea"]
    assert his.db.execute("SELECT ours FROM note ORDER BY text").fetchall() == [(1,), (None,)]
    choose_own(his.db, ["notes"], today=TODAY)
    come_together(his, hers)
    assert hers.notes() == ["likes tea", "of my own"]


def test_circles_are_each_ones_own_again(tmp_path: Path) -> None:
    """What one says of them from then on is neither sent nor overwritten, and no question when it comes back."""
    his, hers = couple(tmp_path, "circles")
    _circle(his, "Ada Oak", Circle.INNER)
    come_together(his, hers)
    assert choose_own(his.db, [], today=TODAY).stays == {"circles": 1}
    _circle(his, "Ada Oak", Circle.CLOSE)
    _exchange(his, hers)
    assert (_circles(his), _circles(hers)) == ({"Ada Oak": "close"}, {"Ada Oak": "inner"})
    choose_own(his.db, ["circles"], today=TODAY)
    come_together(his, hers)
    assert _circles(his) == _circles(hers) == {"Ada Oak": "close"}
    assert his.listed() == []
    for laptop in (his, hers):
        assert checks.examine(laptop.path).is_sound


def test_where_both_said_something_before_it_was_both_s_the_two_differ(tmp_path: Path) -> None:
    his, hers = couple(tmp_path)
    choose_own(hers.db, ["circles"], today=TODAY)
    _circle(hers, "Ada Oak", Circle.INNER)
    _circle(hers, "Ben Elm", Circle.FRIEND)
    _circle(his, "Ada Oak", Circle.CLOSE)
    _exchange(his, hers)
    assert _circles(his) == {"Ada Oak": "close"}
    assert choose_own(his.db, ["circles"], today=TODAY).came == {"circles": 1}
    assert _circles(his) == {"Ada Oak": "close", "Ben Elm": "friend"}
    come_together(his, hers)
    assert _circles(his) == _circles(hers)
    (differs,) = his.listed()
    assert {differs.here, *differs.there} == {"close", "inner"}
    for laptop in (his, hers):
        assert checks.examine(laptop.path).is_sound
