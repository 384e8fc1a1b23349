from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.cli.desk import Desk
from relcard.cli.seasons import selection
from relcard.cli.seasons.whom import Whom
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.services.seasons.read_season import Recipient
    from tests.support.command_line import Runner

TODAY = date(2026, 11, 20)


def _chosen(
    runner: Runner, *who: str, everybody: bool = False, segment: str | None = None, order: str | None = None
) -> list[Recipient]:
    desk = Desk(store_option=str(runner.store), today=TODAY, quiet=True)
    with desk.reading() as db:
        return selection.recipients(
            desk, db, Whom(who=who, everybody=everybody, segment=segment, order=order)
        )[0]


def _numbers(recipients: list[Recipient]) -> dict[str, int]:
    return {one.household.addressee: one.number for one in recipients}


def test_a_number_is_the_same_whoever_else_is_printed(season: Runner) -> None:
    """Numbers count the whole season: in a run of two, and in one of a segment, each keeps its own."""
    everyone = _numbers(_chosen(season))
    assert sorted(everyone.values()) == list(range(1, len(everyone) + 1))
    two = _numbers(_chosen(season, "wren", "yuki"))
    assert len(two) == 2
    assert two.items() <= everyone.items()
    season.done("segment", "save", "germans", "--country", "DE")
    few = _numbers(_chosen(season, segment="germans"))
    assert 0 < len(few) < len(everyone)
    assert few.items() <= everyone.items()


def test_outside_a_season_a_run_counts_itself(near: Runner) -> None:
    """Without a season the first is 1, by WHO, by segment and of everybody."""
    near.done("segment", "save", "germans", "--country", "DE")
    for found in (
        _chosen(near, "wren", "hannah"),
        _chosen(near, segment="germans"),
        _chosen(near, everybody=True),
        _chosen(near, segment="germans", everybody=True),
    ):
        assert [one.number for one in found] == list(range(1, len(found) + 1))


def test_the_order_is_said_or_set(season: Runner) -> None:
    """--order beats the setting, the setting the usual order; a list of the season is in the agreed one."""
    usual = list(_numbers(_chosen(season)))
    by_name = list(_numbers(_chosen(season, order="name")))
    assert usual != by_name
    season.done("settings", "set", "order", "name")
    assert list(_numbers(_chosen(season))) == by_name
    assert list(_numbers(_chosen(season, order="post-by"))) == usual
    listed = season.done("season", "list", "--json").json["recipients"]
    assert [one["addressee"] for one in listed] == by_name


def test_every_print_takes_an_order(season: Runner, here: Path) -> None:
    """Labels lie in the order that was said."""
    season.done("print", "labels", "--address-mode", "label", "--order", "name", "-o", "a.pdf")
    text = pdf_text(here / "a.pdf")
    at = [text.index(name) for name in ("Mia Delgado", "Großmann", "Omar Haddad", "Hannah Weber")]
    assert at == sorted(at)
    assert season("print", "labels", "--order", "size").code == 2
