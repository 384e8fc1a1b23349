from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.tone import Reader
from relcard.domain.seasons.tone import Tone
from relcard.domain.seasons.tone import check_tone
from relcard.domain.seasons.tone import tone_for
from relcard.errors import InkContractError

names = st.sampled_from(["Anna", "Kowalska", "Zoë", "Jean-Luc", "Ødegård", "Anna Maria", "健"])


def test_tone_by_circle() -> None:
    """Near circles get the warm tone, the wide one the plain."""
    tones = {circle: tone_for(circle, careful=False) for circle in Circle}
    assert tones == {
        Circle.INNER: Tone.WARM,
        Circle.CLOSE: Tone.WARM,
        Circle.FRIEND: Tone.WARM,
        Circle.WIDE: Tone.PLAIN,
        Circle.NONE: Tone.PLAIN,
    }


@given(st.sampled_from(list(Circle)))
def test_a_careful_year_is_plain(circle: Circle) -> None:
    """In the year after a death nobody gets cheerful words."""
    assert tone_for(circle, careful=True) is Tone.PLAIN


@pytest.mark.parametrize(
    "line", ["From the offices of the bakery", "On behalf of everyone here", "from all of us"]
)
def test_signing_for_an_office_is_refused_anywhere(line: str) -> None:
    """Signing for somebody is refused on any line."""
    with pytest.raises(InkContractError, match="signature is ink"):
        check_tone(Printed("Front", f"{line}\na kind new year to you"), Reader(language="en"))


@given(names, st.sampled_from(["A kind year, {}", "{} at the table", "For {}’s day", "{}"]))
def test_a_name_in_print_is_refused(name: str, pattern: str) -> None:
    """A member's name is refused wherever it stands as a word."""
    with pytest.raises(InkContractError, match="names are ink"):
        check_tone(
            Printed("Front", f"{pattern.format(name)}\nand good days to you"),
            Reader(language="en", names=["Tom", name]),
        )


def test_plurals_and_accents_of_names() -> None:
    """Zoe is Zoë and the Joneses are the family Jones."""
    for line, name in (("Good days with Zoe here", "Zoë"), ("the Joneses at home", "Jones")):
        with pytest.raises(InkContractError, match="names are ink"):
            check_tone(Printed("", line), Reader(language="en", names=[name]))


def test_a_word_is_not_a_name() -> None:
    """A small joy is no Joy, Annamaria no Anna, and what the template says to everybody is no name."""
    assert (
        check_tone(
            Printed("", "peace and joy, Annamaria’s way"),
            Reader(language="en", names=["Joy", "Anna", "Maria"]),
        )
        == []
    )
    noel = Printed("Joyeux Noël", "")
    assert check_tone(noel, Reader(language="en", names=["Noël"], template=noel)) == []
    with pytest.raises(InkContractError):
        check_tone(noel, Reader(language="en", names=["Noël"]))


def test_a_template_may_not_end_in_the_senders_name() -> None:
    """What a template prints for everybody is no name of theirs, but the sender's alone at the end signs."""
    sender = ["May", "Ellery"]
    for line in ("May Ellery", "May", "Ellery and May", "May und Ellery"):
        template = Printed("", f"Peace at home\n{line}")
        with pytest.raises(InkContractError, match="signature is ink"):
            check_tone(template, Reader(language="en", sender_names=sender, template=template))
    for greeting in ("May the new year be kind", "A kind May"):
        template = Printed("", greeting)
        assert check_tone(template, Reader(language="en", sender_names=sender, template=template)) == []
    joyful = Printed("Joy", "to all of you")
    assert check_tone(joyful, Reader(language="de", sender_names=["Joy"], template=joyful)) == []


def test_a_salutation_that_was_asked_for_may_name() -> None:
    """Only the very line the user asked for holds names; the same name elsewhere is refused."""
    printed = Printed("Front", "Dear Ann and Tom,\n\nA kind new year to you")
    assert (
        check_tone(printed, Reader(language="en", names=["Ann", "Tom"], salutation="Dear Ann and Tom,")) == []
    )
    with pytest.raises(InkContractError, match="Ann"):
        check_tone(printed, Reader(language="en", names=["Ann", "Tom"]))


@pytest.mark.parametrize("line", ["Dear Ann,", "Liebe Anna,", "Droga Aniu", "Cher Paul,", "Hello Tom"])
def test_a_salutation_nobody_asked_for_is_remarked(line: str) -> None:
    """A printed salutation is the first mass-customisation; without names to compare it is a remark."""
    (remark,) = check_tone(Printed("Front", f"{line}\n\na kind new year"), Reader(language="en"))
    assert remark.line == line
    assert "salutation" in remark.reason


@pytest.mark.parametrize(
    "line", ["Merry Christmas!!", "To you and yours", "Where does the time go", "We hope this finds you well"]
)
def test_faux_personal_words_are_remarked(line: str) -> None:
    """Words sent to hundreds are remarked and not refused."""
    (remark,) = check_tone(Printed("Front", line), Reader(language="en"))
    assert remark.line == line


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=8), max_size=3))
def test_any_text_is_answered(front: str, inside: str, given_names: list[str]) -> None:
    """Whatever is typed is either refused by the contract or answered with remarks about its own lines."""
    printed = Printed(front.replace("#", ""), inside.replace("#", "").replace("---", ""))
    try:
        remarks = check_tone(printed, Reader(language="en", names=given_names))
    except InkContractError:
        remarks = []
    assert all(remark.line in f"{printed.front}\n{printed.inside}" for remark in remarks)
