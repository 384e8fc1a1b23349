from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from relcard.domain.occasions import OCCASIONS
from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.files import packaged_templates
from relcard.paper.fronts.art import load_art
from relcard.paper.fronts.design import Layout
from relcard.paper.fronts.design_library import design_for
from relcard.paper.fronts.design_library import examine_design
from relcard.paper.fronts.design_library import find_design
from relcard.paper.fronts.design_library import list_broken
from relcard.paper.fronts.design_library import list_designs
from relcard.paper.fronts.design_library import own_folder
from relcard.paper.fronts.design_library import read_design
from relcard.paper.fronts.svg import Drawing

if TYPE_CHECKING:
    from pathlib import Path

DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 30"><circle cx="15" cy="15" r="9"/></svg>'


def make(folder: Path, name: str, toml: str) -> Path:
    """Write a design of the user's own and return its folder."""
    here = own_folder(folder) / name
    here.mkdir(parents=True)
    (here / "card.toml").write_text(toml, encoding="utf-8")
    (here / "a.svg").write_text(DRAWN, encoding="utf-8")
    return here


PLAIN = 'title = "Mine"\nlayout = "above"\nart = "a.svg"\n'


def test_those_that_came_with_relcard_are_sound() -> None:
    """There are eight and more, each can be read with its art, and most are vectors."""
    designs = list_designs()
    assert len(designs) >= 8
    assert len({one.title for one in designs}) == len(designs)
    assert {one.layout for one in designs} == set(Layout)
    for one in designs:
        assert one.is_packaged
        assert one.back == ""
        assert one.art is None or isinstance(load_art(one.art), Drawing)


def test_every_packaged_occasion_has_a_look_of_its_own() -> None:
    """Every occasion of the table has a design, and but for two pairs another; an unknown one gets a plain one."""
    assert {occasion for one in list_designs() for occasion in one.default_for} == {
        *OCCASIONS,
        "any",
        "careful",
    }
    assert design_for("lunar-newyear") == design_for("lunar-newyear-vn")
    assert design_for("thanksgiving-ca") == design_for("thanksgiving")
    chosen = {one: design_for(one) for one in OCCASIONS}
    assert len({one.name for one in chosen.values()}) == len(OCCASIONS) - 2
    assert all(occasion in one.occasions for occasion, one in chosen.items())
    assert design_for("midwinter").layout is Layout.WORDS
    assert design_for("condolence").layout is Layout.WORDS
    assert design_for("condolence").rule is None


def test_customs_are_kept() -> None:
    """Red is the ground of a new year in China and Vietnam, with no white; nothing grave or wed has holly red."""
    for feast in ("lunar-newyear", "lunar-newyear-vn"):
        plum = design_for(feast)
        assert plum.ground is not None
        assert plum.ground[0] > 2 * max(plum.ground[1:])
        assert plum.art is not None
        drawing = load_art(plum.art)
        assert isinstance(drawing, Drawing)
        assert all(shape.style.fill != (1.0, 1.0, 1.0) for shape in drawing.shapes)
    for occasion in ("wedding", "anniversary", "remembrance"):
        art = design_for(occasion).art
        assert art is not None
        assert "#a82b26" not in art.read_text(encoding="utf-8")


def test_a_careful_year_is_plain() -> None:
    """A household in its careful year gets a front without pennants and stars, whatever the occasion."""
    for occasion in ("christmas", "newyear", "birthday", "thankyou", "season", "midwinter"):
        design = design_for(occasion, careful=True)
        assert design.careful
        assert design.layout is Layout.WORDS
    assert design_for("remembrance", careful=True).name == "candle"


def test_the_users_own_wins_by_name_and_for_its_occasions(tmp_path: Path) -> None:
    """A design in the user's folder takes the place of ours, and is taken for the occasions it names."""
    make(tmp_path, "winter", PLAIN)
    make(tmp_path, "zebra", PLAIN + 'default_for = ["birthday"]\n')
    folders = (tmp_path,)
    assert find_design("Winter", folders).title == "Mine"
    assert not find_design("winter", folders).is_packaged
    assert find_design("winter").is_packaged
    assert design_for("birthday", folders=folders).name == "zebra"
    assert design_for("christmas", folders=folders).name == "winter"
    assert [one.name for one in list_designs(folders)].count("winter") == 1
    with pytest.raises(NotFoundError, match="wintr") as caught:
        find_design("wintr", folders)
    assert "winter" in caught.value.hint


def test_a_broken_one_stands_in_nobodys_way(tmp_path: Path) -> None:
    """A design that cannot be used is named, is no occasion's default, and hides none of the others."""
    make(tmp_path, "mine", 'title = "x"\n')
    folders = (tmp_path,)
    assert list_broken(folders) == [("mine", "layout is missing.")]
    assert len(list_designs(folders)) == len(list_designs())
    assert design_for("christmas", folders=folders).name == "winter"
    assert list_broken() == []


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """What is read once is not kept beyond the next change of the file."""
    here = make(tmp_path, "mine", PLAIN)
    assert read_design(here).title == "Mine"
    (here / "card.toml").write_text(PLAIN.replace("Mine", "Ours"), encoding="utf-8")
    assert read_design(here).title == "Ours"


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ('titel = "x"\n' + PLAIN, "titel is no key of a design; do you mean title?"),
        (PLAIN + "[words]\nsise = [1, 2]\n", "words.sise is no key of a design; do you mean size?"),
        (PLAIN + "[rule]\nzzz = 1\n", "there are width, colour"),
        ('title = "x"\n', "layout is missing"),
        ('layout = "words"\n', "title is missing"),
        ('title = "x"\nlayout = "sideways"\n', "is none of above"),
        ('title = "x"\nlayout = "above"\n', "art is missing"),
        ('title = "x"\nlayout = "words"\nart = "a.svg"\n', "no place in the layout words"),
        ('title = "x"\nlayout = "above"\nart = "../a.svg"\n', "stand in the folder itself"),
        ('title = "x"\nlayout = "above"\nart = "b.svg"\n', "is not there"),
        ('title = "x"\nlayout = "above"\nart = "a.gif"\n', "neither SVG nor PNG"),
        ('title = "x"\nlayout = "side"\nart = "a.png"\n', "takes an SVG drawing"),
        ('title = "x"\nlayout = "around"\nart = "a.svg"\n', "words.box says where"),
        (PLAIN + "[words]\nbox = [1, 2, 3, 4]\n", "for the layout around alone"),
        (PLAIN.replace("above", "around") + "[words]\nbox = [1, 2, 3, nan]\n", "words.box says where"),
        (PLAIN.replace("above", "around") + "[words]\nbox = [1, 2, 3, inf]\n", "words.box says where"),
        (PLAIN + "words = 3\n", "must be a table"),
        (PLAIN + 'ground = "#9c1f1b"\n', "for the layout ground alone"),
        (PLAIN.replace("above", "ground"), "ground is missing"),
        (PLAIN.replace("above", "ground") + 'ground = "#555"\n', "too near to the ground"),
        (PLAIN.replace("above", "ground") + 'ground = "rot"\n', "ground"),
        (PLAIN + "[words]\nsize = [200, 3]\n", "from 9 to 60"),
        (PLAIN + '[words]\nface = "Comic"\n', "serif or sans"),
        (PLAIN + '[words]\nalign = "right"\n', "centre or left"),
        (PLAIN + '[words]\ncolour = "yellow"\n', "too pale"),
        (PLAIN + '[words]\ncolour = "blu"\n', "no colour"),
        (PLAIN + "[rule]\nwidth = 30\n", "from 0.2 to 6"),
        (PLAIN + 'careful = "yes"\n', "true or false"),
        (PLAIN + 'occasions = "birthday"\n', "must be a list"),
        (PLAIN + 'occasions = ["My Birthday"]\n', "is no occasion"),
        (PLAIN + f'back = "{"x" * 61}"\n', "60 characters"),
        ("title = \n", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, toml: str, named: str) -> None:
    """Each fault of a card.toml is named with what may stand there, and stops its use."""
    here = make(tmp_path, "mine", toml)
    design, problems = examine_design(here)
    assert design is None
    assert named in " ".join(problems)
    with pytest.raises(FileError, match=r"mine/card\.toml: ") as caught:
        find_design("mine", (tmp_path,))
    assert "design check" in caught.value.hint


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """A check names everything that is wrong, not the first thing only."""
    here = make(tmp_path, "mine", 'layuot = "above"\ncareful = 3\n')
    _, problems = examine_design(here)
    assert len(problems) >= 4
    assert examine_design(tmp_path) == (None, ("there is no card.toml in it.",))


def test_a_copy_of_ours_is_sound(tmp_path: Path) -> None:
    """A design of ours, copied into the user's folder, is the user's and can be read."""
    ours = packaged_templates()
    assert ours is not None
    shutil.copytree(ours / "designs" / "wreath", own_folder(tmp_path) / "wreath")
    design = find_design("wreath", (tmp_path,))
    assert not design.is_packaged
    assert design.art is not None
    assert design.art.parent == own_folder(tmp_path) / "wreath"


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        (PLAIN + "[rule]\nwidth = 1" + "0" * 400, "rule.width is in points"),
        (PLAIN + "[rule]\nwidth = nan", "rule.width is in points"),
        (PLAIN + "[words]\nsize = [nan, inf]", "words.size is two sizes"),
        (PLAIN.replace("above", "around") + "[words]\nbox = [true, 0, 1, 1]", "words.box says where"),
        ("a = " + "[" * 5000 + "]" * 5000, "nested too deeply"),
        (PLAIN + "#" * 20_000, "larger than 20 kB"),
        (PLAIN.replace("Mine", "M" * 61), "title is one line"),
        (PLAIN.replace("Mine", "a\\u001b[31m"), "title is one line"),
        (PLAIN.replace("a.svg", "a" * 300 + ".svg"), "is not there"),
        (PLAIN.replace("a.svg", "a\\u0000.svg"), "is not there"),
    ],
)
def test_hostile_values_are_named_like_any_other(tmp_path: Path, toml: str, named: str) -> None:
    """Numbers no float holds, nesting without end and names no disk holds are problems, not faults."""
    design, problems = examine_design(make(tmp_path, "mine", toml))
    assert design is None
    assert named in " ".join(problems)
    assert all(len(one) < 400 for one in problems)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    """UTF-16 is refused with what to do; the mark some editors put before UTF-8 is not."""
    here = make(tmp_path, "mine", PLAIN)
    (here / "card.toml").write_bytes(PLAIN.encode("utf-16"))
    assert examine_design(here)[1] == ("it cannot be read: save it as UTF-8.",)
    other = make(tmp_path, "other", PLAIN)
    (other / "card.toml").write_bytes(PLAIN.encode("utf-8-sig"))
    assert examine_design(other)[1] == ()


def test_art_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    """A link to a file elsewhere is refused; one to another file of the folder is not."""
    here = make(tmp_path, "mine", PLAIN)
    (here / "a.svg").rename(tmp_path / "elsewhere.svg")
    (here / "a.svg").symlink_to(tmp_path / "elsewhere.svg")
    assert "is a link out of the folder" in examine_design(here)[1][0]
    other = make(tmp_path, "other", PLAIN)
    (other / "a.svg").rename(other / "b.svg")
    (other / "a.svg").symlink_to("b.svg")
    assert examine_design(other)[1] == ()
