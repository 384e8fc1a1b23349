from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


@pytest.fixture
def picture(here: Path) -> Path:
    """Return a picture good enough for any card."""
    path = here / "family.jpg"
    Image.effect_noise((1800, 1400), 40).convert("RGB").save(path)
    return path


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def test_list_names_them_with_their_occasions(run: Runner) -> None:
    """Every design is listed with its title and what it is for, as words and as JSON."""
    found = run.done("design", "list", "--json").json["designs"]
    assert keys_of(found) == {
        "name",
        "title",
        "occasions",
        "default_for",
        "layout",
        "takes_photo",
        "careful",
        "yours",
    }
    assert {"winter", "candle", "letterpress", "birthday", "newyear", "condolence", "thankyou"} <= {
        one["name"] for one in found
    }
    assert [one["name"] for one in found if one["takes_photo"]] == ["photo", "photo-full"]
    screen = run.done("design", "list").out
    assert "winter       A branch with berries" in screen
    assert all(len(line) <= 80 for line in screen.splitlines())


def test_pictures_of_all_and_each(run: Runner, here: Path) -> None:
    """The designs are drawn on one picture, or each as one of its own in the shape of the card."""
    run.done("design", "list", "-o", "all.png", "--pictures", "looks", "--card", "A2")
    assert size_of(here / "all.png")[0] > 800
    found = {path.stem: size_of(path) for path in (here / "looks").iterdir()}
    names = {one["name"] for one in run("design", "list", "--json").json["designs"]}
    assert found.keys() == names | {"all"}
    width, height = found["winter"]
    assert width / height == pytest.approx(5.5 / 4.25, abs=0.02)
    (here / "taken").write_text("x")
    assert run("design", "list", "--pictures", "taken", "--card", "hagaki").code == 2


def test_copy_and_change(season: Runner, here: Path) -> None:
    """A copied design is the user's, is checked, listed as theirs, and printed in the place of ours."""
    result = season.done("design", "copy", "letterpress")
    folder = season.store.parent / "templates" / "designs" / "letterpress"
    assert str(folder) in result.out
    assert season("design", "copy", "letterpress").code == 2
    assert "is sound" in season.done("design", "check", "letterpress").out
    assert "yours" in season.done("design", "list").out
    season.done("print", "cards", "omar", "--design", "letterpress", "-o", "as_ours.pdf")
    toml = folder / "card.toml"
    toml.write_text(toml.read_text().replace("[24, 16]", "[40, 30]"), encoding="utf-8")
    season.done("print", "cards", "omar", "--design", "letterpress", "-o", "as_mine.pdf")
    assert (here / "as_ours.pdf").read_bytes() != (here / "as_mine.pdf").read_bytes()
    toml.write_text('title = "x"\nlayuot = "words"\n', encoding="utf-8")
    result = season("design", "check", str(folder))
    assert result.code == 5
    assert "layuot is no key of a design; do you mean layout?" in result.out
    assert season("print", "cards", "omar", "--design", "letterpress").code == 3
    result = season("design", "list")
    assert result.code == 5
    assert "letterpress cannot be used" in result.err
    assert "winter" in result.out
    assert season.done("draft", "omar").out  # a broken design is in nobody's way
    assert season("design", "check", "nowhere").code == 4


def test_a_picture_in_a_design_of_ones_own(run: Runner, here: Path) -> None:
    """A check says how fine a picture in a design is, and refuses what is no picture."""
    folder = here / "mine"
    folder.mkdir()
    (folder / "card.toml").write_text('title = "Mine"\nlayout = "window"\nart = "a.png"\n')
    out = BytesIO()
    Image.new("RGB", (480, 400), (9, 9, 9)).save(out, "PNG")
    for data, code, said in (
        (out.getvalue(), 5, "pixels an inch"),
        (b"no picture", 5, "no picture that can be read"),
    ):
        (folder / "a.png").write_bytes(data)
        result = run("design", "check", "mine")
        assert (result.code, said in result.out) == (code, True), result.out


def test_pictures_replace_no_picture_of_the_users(run: Runner, here: Path, picture: Path) -> None:
    """Where a photo has the name of one, nothing is drawn at all; older drawings give way."""
    before = picture.read_bytes()
    assert run("design", "list", "-o", picture.name, "--card", "hagaki").code == 2
    looks = here / "looks"
    looks.mkdir()
    (looks / "winter.png").write_bytes(before)
    refused = run("design", "list", "--pictures", "looks", "--card", "hagaki")
    assert refused.code == 2
    assert "is no picture of designs" in refused.err
    assert [one.name for one in looks.iterdir()] == ["winter.png"]
    assert picture.read_bytes() == before
    run.done("design", "list", "-o", "all.png", "--card", "hagaki")
    run.done("design", "list", "-o", "all.png", "--card", "hagaki")


def test_names_no_disk_can_hold_are_refused_in_words(run: Runner, here: Path) -> None:
    """A name that is too long is no folder, no picture and no place for one."""
    long = "x" * 300
    assert run("design", "check", long).code == 4
    assert run("design", "list", "--pictures", long, "--card", "hagaki").code == 3
    assert run("stock", "list", "--from", long).code == 4


def test_a_copy_says_what_stands_in_its_way(run: Runner) -> None:
    """Where the folder of templates cannot be made, the reason is said."""
    (run.store.parent / "templates").write_text("x")
    refused = run("design", "copy", "winter")
    assert refused.code == 3
    assert "Cannot make the folder" in refused.err
