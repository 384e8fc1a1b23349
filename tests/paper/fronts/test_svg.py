from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.errors import FileError
from relcard.paper.fronts.svg import DEEPEST
from relcard.paper.fronts.svg import LARGEST
from relcard.paper.fronts.svg import examine_svg
from relcard.paper.fronts.svg import read_svg
from relcard.paper.fronts.svg import svg_bytes

if TYPE_CHECKING:
    from pathlib import Path

NS = 'xmlns="http://www.w3.org/2000/svg"'


def svg(body: str, *, view: str = "0 0 10 10", more: str = "") -> bytes:
    return f'<svg {NS} viewBox="{view}" {more}>\n{body}\n</svg>'.encode()


def refusals(body: str) -> str:
    _, problems = examine_svg(svg(body))
    assert problems
    return " ".join(message for _, message in problems)


def test_every_shape_is_read() -> None:
    """Each shape of the subset becomes an outline, groups hand down how they look, and style wins."""
    drawing = read_svg(
        svg(
            '<g fill="#ff0000" stroke="none" transform="translate(1 2)">'
            '<path d="M0 0L5 0Q6 1 5 5A2 2 0 0 1 3 5Z"/><rect width="4" height="3"/>'
            '<rect width="4" height="3" rx="1"/><circle r="2"/><ellipse rx="2" ry="1"/>'
            '<polygon points="0,0 1,0 1,1"/>'
            '<polyline points="0 0 1 0 1 1" style="fill:none;stroke:navy;stroke-width:.5"/>'
            '<line x2="5" y2="5" stroke="#123" stroke-linecap="round" opacity="50%"/></g>'
        ),
        "all.svg",
    )
    assert len(drawing.shapes) == 8
    assert {shape.matrix.e for shape in drawing.shapes} == {1.0}
    assert all(shape.style.fill == (1, 0, 0) for shape in drawing.shapes[:6])
    line = drawing.shapes[6].style
    assert (line.fill, line.width) == (None, 0.5)
    assert line.stroke == pytest.approx((0, 0, 128 / 255))
    last = drawing.shapes[7].style
    assert (last.cap, last.opacity) == (1, 0.5)
    assert (drawing.width, drawing.height) == (10, 10)


def test_opacities_multiply_and_inherit_as_css_says() -> None:
    """Opacity of a group multiplies into its shapes; fill-opacity is inherited and replaced."""
    drawing = read_svg(
        svg('<g opacity=".5" fill-opacity=".4"><rect width="1" height="1" opacity=".5"/>'
            '<rect width="1" height="1" fill-opacity=".9"/></g>'), "o.svg",
    )  # fmt: skip
    first, second = (shape.style for shape in drawing.shapes)
    assert (first.opacity, first.fill_opacity) == (0.25, 0.4)
    assert (second.opacity, second.fill_opacity) == (0.5, 0.9)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("<text>Anna</text>", "text is not drawn"),
        ("<tspan/>", "tspan is not drawn"),
        ("<script>alert(1)</script>", "script"),
        ("<defs><script/></defs><rect width='1' height='1'/>", "script"),
        ("<style>rect{fill:red}</style>", "style sheets"),
        ("<image href='file:///etc/passwd'/>", "image"),
        ("<use href='#a'/>", "use"),
        ("<foreignObject/>", "foreignObject"),
        ("<linearGradient/>", "linearGradient"),
        ("<animate/>", "animate"),
        ("<rect width='1' height='1' fill='url(#g)'/>", "gradients"),
        ("<rect width='1' height='1' onload='x()'/>", "onload"),
        ("<rect width='1' height='1' href='http://example.org'/>", "href"),
        ("<rect width='1' height='1' filter='url(#f)'/>", "filter"),
        ("<rect width='1' height='1' clip-path='url(#f)'/>", "clip-path"),
        ("<rect width='1' height='1' style='mix-blend-mode:multiply'/>", "mix-blend-mode"),
        ("<rect width='1' height='1' stroke-dasharray='1 2'/>", "stroke-dasharray"),
        ("<rect width='1' height='1' fill='puce-ish'/>", "no colour"),
        ("<rect width='1cm' height='1'/>", "no plain number"),
        ("<rect width='1e9' height='1'/>", "farther"),
        ("<path d='M0 0L1 nan'/>", "signs"),
        ("<path d='L1 1'/>", "cannot be read"),
        ("<path d='M0 0L1'/>", "cannot be read"),
        ("<polygon points='1 2 3'/>", "second number"),
        ("<rect width='1' height='1' transform='spin(4)'/>", "no transform"),
        ("<rect width='1' height='1' transform='rotate(1,2)'/>", "numbers"),
        ("<rect width='1' height='1' fill-rule='sideways'/>", "nonzero, evenodd"),
        ("<rect width='1' height='1'><circle r='1'/></rect>", "stands in a rect"),
        ("<rect width='1' height='1'/>Dear Anna", "words stand between"),
        ("<?php echo 1?><rect width='1' height='1'/>", "instruction"),
        ("<g/>", "nothing is drawn"),
    ],
)
def test_what_is_not_drawn_is_refused_by_name(body: str, named: str) -> None:
    """Whatever could run, load, spell a word or be left out of the print is named."""
    assert named in refusals(body)


def test_the_line_is_told() -> None:
    """A refusal says the file and the line, and where all of them are listed."""
    with pytest.raises(FileError, match=r"a\.svg:3: text") as caught:
        read_svg(svg("<rect width='1' height='1'/>\n<text>x</text>"), "a.svg")
    assert "design check" in caught.value.hint


def test_entities_and_doctypes_are_refused_before_they_grow() -> None:
    """A small file that would become a large one is refused at its first declaration."""
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for encoded in ((bomb + svg("<g/>").decode()).encode(), (bomb + svg("<g/>").decode()).encode("utf-16")):
        _, problems = examine_svg(encoded)
        assert "no DOCTYPE and no entities" in problems[0][1]
    _, problems = examine_svg(b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>')
    assert "DOCTYPE" in problems[0][1]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b" " * (LARGEST + 1), "larger than 1 MB"),
        (svg("<g>" * (DEEPEST + 1) + "</g>" * (DEEPEST + 1)), "deep in one another"),
        (svg("<rect width='1' height='1'/>" * 20_001), "more than 20,000 shapes"),
        (b"", "no XML"),
        (b"<svg", "no XML"),
        (b"\x89PNG\r\n", "no XML"),
        (b"<html/>", "begins with html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "no viewBox"),
        (svg("<g/>", view="0 0 0 10"), "sensible size"),
        (svg("<g/>", view="0 0 10"), "four numbers"),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', "encoding"),
    ],
)
def test_limits(data: bytes, named: str) -> None:
    """A file too large, too deep, too full or no drawing at all is refused in a sentence."""
    _, problems = examine_svg(data)
    assert named in " ".join(message for _, message in problems)


def test_an_editors_remarks_are_passed_over() -> None:
    """What a drawing program notes for itself, titles and empty definitions do no harm."""
    drawing, problems = examine_svg(
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"'
        b' width="10mm" viewBox="0 0 9 9" i:version="1"><defs id="d"/><title>A leaf</title>'
        b"<metadata>made by hand</metadata><i:namedview><i:grid/></i:namedview>"
        b'<rect id="r" class="x" width="1" height="1" style="-inkscape-stroke:none;font-size:4px"/></svg>'
    )
    assert problems == []
    assert drawing is not None
    assert len(drawing.shapes) == 1


def test_what_cannot_be_seen_is_left_out() -> None:
    """A shape squeezed flat, without ink or without size adds nothing to the file."""
    drawing = read_svg(
        svg(
            '<rect width="1" height="1" transform="scale(0)"/><rect width="1" height="1" fill="none"/>'
            '<rect width="0" height="1"/><circle r="1"/>'
        ),
        "x.svg",
    )
    assert len(drawing.shapes) == 1


@settings(max_examples=60)
@given(st.binary(max_size=200), st.integers(0, 250))
def test_a_damaged_file_is_refused_and_never_more(noise: bytes, at: int) -> None:
    """Whatever stands in a file, reading it ends in a drawing or in sentences."""
    whole = svg('<path d="M0 0L5 0Q6 1 5 5A2 2 0 0 1 3 5Z" transform="rotate(3) scale(2)" fill="#123"/>')
    for data in (noise, whole[:at] + noise + whole[at:]):
        drawing, problems = examine_svg(data)
        assert drawing is not None or problems


@settings(max_examples=60)
@given(st.text("MmLlHhVvCcSsQqTtAaZz0123456789 ,.-+eE", max_size=60))
def test_any_path_is_drawn_or_refused(d: str) -> None:
    """A path of any letters and numbers ends in an outline within the limits, or in a sentence."""
    drawing, problems = examine_svg(svg(f'<path d="{d}"/>'))
    assert drawing is not None
    for shape in drawing.shapes:
        for segment in shape.outline:
            assert all(abs(value) <= 1e6 for point in segment for value in point)
    assert problems or drawing.shapes


def test_transforms_that_blow_up_are_refused() -> None:
    """Scales that multiply beyond any drawing are named; what is left has numbers a PDF can hold."""
    box = '<rect width="1" height="1"/>'
    assert "together reach farther" in refusals(f'<g transform="{"scale(1e6)" * 60}">{box}</g>')
    deep = '<g transform="scale(1e5)">' * 30 + box + "</g>" * 30
    assert "together reach farther" in refusals(deep)
    assert "longer than any drawing needs" in refusals(f'<g transform="{"rotate(1)" * 1000}">{box}</g>')


@pytest.mark.parametrize("view", ["0 0 1e-9 1e-9", "0 0 100000 1", "0 0 1 100000", "0 0 1e400 1"])
def test_a_box_of_no_shape_is_refused(view: str) -> None:
    """A viewBox smaller than a dot, or like a thread, is no sheet to draw on."""
    drawing, problems = examine_svg(svg('<rect width="1" height="1"/>', view=view))
    assert drawing is None
    assert "viewBox" in problems[0][1]


def test_a_name_without_end_is_said_in_short() -> None:
    """What a hostile file calls its elements does not fill the screen."""
    assert len(refusals(f"<{'k' * 5000}/>")) < 200


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """Of a file beyond the limit no more is read than shows that it is."""
    path = tmp_path / "a.svg"
    with path.open("wb") as file:
        file.truncate(10**9)
    data = svg_bytes(path)
    assert len(data) == LARGEST + 1
    assert "larger than 1 MB" in examine_svg(data)[1][0][1]
    with pytest.raises(FileError, match=r"Cannot read .*b\.svg"):
        svg_bytes(tmp_path / "b.svg")
