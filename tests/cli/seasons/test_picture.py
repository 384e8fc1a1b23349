"""Pictures of the cards that came, at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from relcard.cli import picture_viewer
from relcard.cli.picture_viewer import PictureWay
from tests.support.book import dump
from tests.support.pictures import from_camera
from tests.support.pictures import is_upright
from tests.support.pictures import opened
from tests.support.pictures import quarters

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


@pytest.fixture
def card(here: Path) -> tuple[str, str]:
    """Return a front as a phone has it, and an inside as a scanner."""
    (here / "front.jpg").write_bytes(from_camera(orientation=6))
    quarters(500, 400).save(here / "inside.png")
    return "front.jpg", "inside.png"


def _pictures(run: Runner, who: str = "kowalska") -> list[dict[str, Any]]:
    listed = run("picture", who, "--json").json["pictures"]
    assert isinstance(listed, list)
    return listed


def test_a_card_comes_with_its_pictures_in_one_step(season: Runner, card: tuple[str, str]) -> None:
    """They are kept upright beside the store, on both pages, and undo takes back the rows and no file."""
    before = dump(season.store)
    came = season.done("received", "kowalska", "--picture", card[0], "--picture", card[1], "--line", "hello")
    assert "relcard picture h" in came.out
    front, inside = _pictures(season)
    assert (front["season"], front["year"], front["kind"], front["on"]) == (
        "christmas-2026",
        2026,
        "card",
        "2026-11-20",
    )
    assert (front["place"], inside["place"]) == (1, 2)
    for each in (front, inside):
        assert each["path"].startswith(f"{season.store.resolve()}.pictures/{each['sha256'][:2]}/")
    with open(front["path"], "rb") as file:  # noqa: PTH123
        data = file.read()
    assert is_upright(opened(data))
    assert b"TestCam" not in data
    home = season("show", "kowalska", "--json").json["contact"]
    assert home["pictures"] == [front, inside]
    assert season("show", home["household"]["id"], "--json").json["household"]["pictures"] == [front, inside]
    for words in ("kowalska", home["household"]["id"]):
        page = season.done("show", words).out
        assert "2, the newest: card of christmas-2026, 20 Nov" in page
    season.done("undo")
    assert dump(season.store) == before
    with open(front["path"], "rb") as file:  # noqa: PTH123
        assert file.read() == data


def test_the_list_says_where_each_is(season: Runner, card: tuple[str, str]) -> None:
    """With the number by which it is taken away; in a pipe nothing is drawn and nothing is opened."""
    assert "No picture is kept" in season.done("picture", "kowalska").out
    season.done("picture", "kowalska", *card, "--on", "2019")
    season.done("picture", "kowalska", card[0], "--envelope", "--season", "christmas-2026")
    assert [(each["year"], each["kind"]) for each in _pictures(season)] == [(2019, "card"), (2019, "card")]
    season.done("picture", "jan smith", "--remove", "1")
    season.done("picture", "kowalska", card[0], "--envelope", "--season", "christmas-2026")
    out = season.done("picture", "kowalska").out
    assert "envelope of christmas-2026, 20 Nov" in out
    assert "card of 2019, picture 2" in out
    assert all(each["path"] in out for each in _pictures(season))
    assert "\x1b" not in out
    season.done("undo")
    season.done("undo")
    assert [each["number"] for each in _pictures(season)] == [1, 2]


def test_a_terminal_that_can_shows_the_newest(
    season: Runner, card: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    season.done("picture", "kowalska", *card)
    monkeypatch.setattr(picture_viewer, "can_draw", lambda: True)
    monkeypatch.setattr(picture_viewer, "_own_way", lambda _: PictureWay.KITTY)
    assert "\x1b_Ga=T,f=100" in season.done("picture", "kowalska").out


def test_an_envelope_that_came_back_has_its_picture(season: Runner, card: tuple[str, str]) -> None:
    """Taken back, the picture is of no card any more; that of the card that came stays."""
    season.done("posted", "kowalska")
    season.done("returned", "kowalska", "--picture", card[1])
    season.done("received", "kowalska", "--picture", card[0])
    assert [each["kind"] for each in _pictures(season)] == ["card", "envelope"]
    season.done("returned", "--take-back", "kowalska")
    assert [each["kind"] for each in _pictures(season)] == ["card"]
    season.done("received", "--take-back", "kowalska")
    assert _pictures(season) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("received", "kowalska", "--picture", "none.jpg"), 4, "There is no picture none.jpg"),
        (("received", "kowalska", "--picture", "words.jpg"), 3, "words.jpg is no picture"),
        (
            ("received", "kowalska", "--picture", "front.jpg", "--picture", "cut.jpg"),
            3,
            "cut.jpg cannot be read",
        ),
        (("received", "--all", "--picture", "front.jpg"), 2, "is of one household"),
        (("received", "kowalska", "hannah", "--picture", "front.jpg"), 2, "is of one household"),
        (("returned", "--all", "--picture", "front.jpg"), 2, "is of one envelope"),
        (("returned", "--picture", "front.jpg"), 2, "Whose card is returned"),
        (("returned", "--take-back", "kowalska", "--picture", "front.jpg"), 2, "nothing is said"),
        (("picture",), 2, "Whose pictures?"),
        (("picture", "kowalska", "--on", "2019"), 2, "as it is kept"),
        (("picture", "kowalska", "front.jpg", "--on", "2026-10"), 2, "is a month"),
        (("picture", "kowalska", "front.jpg", "--on", "2027"), 2, "has not come yet"),
        (("picture", "kowalska", "--remove", "9"), 4, "no picture 9"),
        (("picture", "kowalska", "front.jpg", "--season", "easter-2020"), 4, "no season"),
    ],
)
def test_what_cannot_be_changes_nothing(
    season: Runner, card: tuple[str, str], here: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    (here / "words.jpg").write_text("words")
    (here / "cut.jpg").write_bytes(from_camera()[:3000])
    season.done("posted", "kowalska", "hannah")
    before = dump(season.store)
    ended = season(*words)
    assert (ended.code, said in ended.err) == (code, True), ended.err
    assert dump(season.store) == before
    assert not season.store.with_name(f"{season.store.name}.pictures").exists()


def test_no_row_stands_without_its_file(season: Runner, card: tuple[str, str]) -> None:
    """Where a picture cannot be written the card has not come either."""
    season.store.with_name(f"{season.store.name}.pictures").write_bytes(b"")
    before = dump(season.store)
    ended = season("received", "kowalska", "--picture", card[0])
    assert (ended.code, "Cannot write" in ended.err) == (3, True)
    assert dump(season.store) == before


def test_the_doctor_names_a_picture_that_is_gone(season: Runner, card: tuple[str, str], here: Path) -> None:
    """And an archive is written without it, which is said; tidied is only what nothing needs."""
    season.done("received", "kowalska", "--picture", card[0])
    season.done("picture", "hannah", card[1])
    season.done("doctor")
    (gone,) = _pictures(season)
    season.done("undo")
    assert "relcard picture --tidy" in season.done("doctor").out
    assert "1 picture" in season.done("picture", "--tidy").out
    season.done("export", "--format", "archive", "-o", "all.zip")
    (here / gone["path"]).unlink()
    ended = season("doctor")
    assert (ended.code, gone["path"] in ended.out.replace("\n    ", "")) == (3, True)
    ended = season("export", "--format", "archive", "-o", "all.zip")
    assert (ended.code, "not in it" in ended.err) == (5, True)
    ended = season("restore", "all.zip")
    assert (ended.code, "1 picture of a card is missing" in ended.err) == (5, True)


def test_pictures_go_with_a_contact_and_stay_with_the_household(
    season: Runner, card: tuple[str, str]
) -> None:
    """Who leaves a household leaves them there; a household that goes takes them along, until undo."""
    season.done("picture", "kowalska", card[0])
    season.done("delete", "anna kowalska", "--yes")
    assert len(_pictures(season, "jan smith")) == 1
    season.done("picture", "hannah", card[1])
    assert "1 picture" in season.done("delete", "hannah", "--yes").out
    season.done("undo")
    assert len(_pictures(season, "hannah")) == 1
    assert season("doctor").code == 0


def test_a_backup_says_where_its_pictures_are(season: Runner, card: tuple[str, str], here: Path) -> None:
    season.done("picture", "kowalska", card[0])
    assert "stay in" in season.done("backup").out
    assert "kept.db.pictures" in season.done("backup", "-o", "kept.db").out.replace("\n    ", "")
    assert len([*(here / "kept.db.pictures").rglob("*.jpg")]) == 1
