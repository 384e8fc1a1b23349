from __future__ import annotations

import pytest

from relcard.domain.languages import CODES
from relcard.domain.languages import language
from relcard.domain.people.contact import Name
from relcard.domain.people.household import Resident
from relcard.domain.people.names import academic
from relcard.domain.people.names import capitals_put_right
from relcard.domain.people.names import follow_name
from relcard.domain.people.names import follow_parts
from relcard.domain.people.names import is_written_as_shown
from relcard.domain.people.names import parts_of
from relcard.domain.people.names import stated_gender
from relcard.domain.people.names import tidy_name
from relcard.domain.people.names import written_name


@pytest.mark.parametrize("name", ["Né Roux", "died", "Born", "geb Roux", "† 2024", "(died 2024)"])
def test_a_name_of_such_words_alone_stays(name: str) -> None:
    assert tidy_name(name)[0] == name


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Anna Kowalska", "Anna", "Kowalska"),
        ("Anna Maria Kowalska", "Anna Maria", "Kowalska"),
        ("Jan van der Berg", "Jan", "van der Berg"),
        ("Wren", "Wren", ""),
        ("佐藤 健", "健", "佐藤"),
    ],
)
def test_parts_of_a_name_are_guessed_and_said_again(name: str, given: str, family: str) -> None:
    """The guess, put together again, is the name it was made from."""
    assert parts_of(name) == Name(given=given, family=family)
    assert parts_of(name).spoken == name


def test_only_the_changed_word_changes() -> None:
    """Ann becoming Anna leaves Annabel alone."""
    before, after = Name(given="Ann", family="Annabel"), Name(given="Anna", family="Annabel")
    assert follow_parts("Dr Ann Annabel", before, after) == "Dr Anna Annabel"


def test_a_name_with_more_words_leaves_the_parts() -> None:
    """Where it is not plain which part a new word belongs to, nothing is guessed."""
    parts = Name(given="Anna", family="Kowalska")
    assert follow_name(parts, "Anna Kowalska", "Anna Maria Kowalska") == parts


@pytest.mark.parametrize(
    ("prefixes", "titles"),
    [("", ""), ("Mr", ""), ("Herr Prof. Dr.", "Prof. Dr."), ("Frau", ""), ("Rev.", "Rev."), ("MRS.", "")],
)
def test_mr_and_mrs_are_no_titles(prefixes: str, titles: str) -> None:
    """What one earned stands on the envelope as it is written; Mr and Mrs of any language do not."""
    assert academic(prefixes) == titles


@pytest.mark.parametrize(
    ("gender", "prefixes", "stated"),
    [
        ("f", "", "f"),
        ("m", "Mrs", "m"),
        ("n", "Mrs", ""),
        ("", "Frau Dr.", "f"),
        ("", "Dr.", ""),
        ("", "Mx", ""),
        ("", "Mr Mrs", ""),
    ],
)
def test_a_gender_is_stated_or_unknown(gender: str, prefixes: str, stated: str) -> None:
    """The card's GENDER counts first, then a Mr or Mrs; where they say nothing, or both, nobody guesses."""
    assert stated_gender(gender, prefixes) == stated


@pytest.mark.parametrize(
    ("name", "tidy", "beside", "death"),
    [
        ("Ruth Parr", "Ruth Parr", "", ""),
        ("Ruth Parr (née Lowe)", "Ruth Parr", "(née Lowe)", ""),
        ("Ann (Annie) Lee (home)", "Ann Lee", "(Annie) (home)", ""),
        ("Ann Lee / work", "Ann Lee", "/ work", ""),
        ("Ed Lund (d. 2024)", "Ed Lund", "(d. 2024)", "(d. 2024)"),
        ("Ed Lund - deceased", "Ed Lund", "- deceased", "- deceased"),
        ("Hans (verstorben 2020) Weber", "Hans Weber", "(verstorben 2020)", "(verstorben 2020)"),
        ("Ed Lund †", "Ed Lund", "†", "†"),
        ("Ana Maria dos Santos", "Ana Maria dos Santos", "", ""),
        ("(Anna)", "(Anna)", "", ""),
    ],
)
def test_what_stands_beside_a_name_is_told_from_it(name: str, tidy: str, beside: str, death: str) -> None:
    """Nothing is lost: what is left off is said; a name of nothing else stays."""
    assert tidy_name(name) == (tidy, beside, death)


@pytest.mark.parametrize(
    ("name", "right", "code"),
    [
        ("ANNA SMITH", "Anna Smith", "en"),
        ("anna smith", "Anna Smith", "en"),
        ("TOM LEE JR", "Tom Lee Jr", "en"),
        ("JP MORGAN", "JP Morgan", "en"),
        ("PIET VAN DEN BERG", "Piet van den Berg", "nl"),
        ("SEAN O'NEIL-MCDONALD", "Sean O'Neil-McDonald", "en"),
        ("Marie DUPONT", "Marie Dupont", "fr"),
        ("IŞIL YILDIZ", "Işıl Yıldız", "tr"),
        ("ИВАН ОРЛОВ", "Иван Орлов", "en"),
        ("Tom Reed III", "", "en"),
        ("J. R. LEE", "", "en"),
        ("Anna Smith", "", "en"),
        ("PIA", "", "en"),
    ],
)
def test_capitals_are_put_right(name: str, right: str, code: str) -> None:
    """Particles stay small, initials and numerals large; what is right already is left alone."""
    assert capitals_put_right(name, code) == right


@pytest.mark.parametrize("code", CODES)
def test_two_plain_words_are_written_as_they_are_shown(code: str) -> None:
    """The short way says what the long one does, also where a word is a title, a kin or a suffix somewhere."""
    words = language(code)
    several = (words.women, words.men, words.anybody or "", words.titles, words.kin, words.suffixes)
    odd = {
        "Ann",
        "Oak",
        "Né",
        "JR",
        "DORIS",
        *(word.capitalize() for text in several for word in text.split()),
    }
    for given, family in [*((word, "Elm") for word in odd), *(("Ada", word) for word in odd)]:
        shown = f"{given} {family}"
        if is_written_as_shown(given, family, shown):
            somebody = Resident(uid="u", display_name=shown, given=given, family=family)
            assert written_name(somebody, code).name == shown
