from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.languages import all_languages
from relcard.domain.people.circle import Circle
from relcard.domain.people.mentions import Named
from relcard.domain.people.mentions import read_mentions
from relcard.domain.people.mentions import words_of


def _named(contact_id: int, given_: str, family: str, home: int = 0, **more: object) -> Named:
    return Named(
        contact_id=contact_id,
        display_name=f"{given_} {family}".strip(),
        given=given_,
        family=family,
        household_id=home or contact_id + 100,
        **more,  # type: ignore[arg-type]
    )


BOOK = (
    _named(1, "Anna", "Kowalska", 1, circle=Circle.CLOSE, nicknames=("Ania",)),
    _named(2, "Tom", "Lis", 1, circle=Circle.CLOSE),
    _named(3, "Tom", "Fraser", 2, circle=Circle.FRIEND),
    _named(4, "Anna", "Weber", 3),
    _named(5, "Grace", "Okafor", 4, circle=Circle.FRIEND),
    _named(6, "Chidi", "Okafor", 4),
    _named(7, "Ada", "Okafor", 4, has_died=True),
    Named(contact_id=8, display_name="Aunt Wren", nicknames=("Wren",), circle=Circle.INNER, household_id=8),
    _named(9, "Mary Jane", "Fox", 9, circle=Circle.FRIEND),
    _named(10, "Will", "Stone", 10, circle=Circle.FRIEND),
    _named(11, "Florence", "Jones", 11, circle=Circle.FRIEND),
    _named(12, "Zoë", "Müller", 12, circle=Circle.WIDE),
    _named(13, "Ben", "Fox", 13, circle=Circle.WIDE),
    _named(14, "Ben", "Elm", 14, circle=Circle.INNER),
)


@pytest.mark.parametrize(
    ("text", "whom", "kept"),
    [
        ("Anna and Tom: moved to Leeds", {1, 2}, "moved to Leeds"),
        ("Anna, Tom and Grace: met in Leeds", {1, 2, 5}, "met in Leeds"),
        ("Ania und Tom: neue Küche", {1, 2}, "neue Küche"),
        ("the Okafors have a dog", {5, 6}, "the Okafors have a dog"),
        ("Familie Okafor: ein Hund", {5, 6}, "ein Hund"),
        ("Aunt Wren fell, but is well", {8}, "Aunt Wren fell, but is well"),
        ("Wren's hip is better", {8}, "Wren's hip is better"),
        ("Anna Weber has a new job", {4}, "Anna Weber has a new job"),
        ("Mary Jane started school", {9}, "Mary Jane started school"),
        ("grace started cello", {5}, "grace started cello"),
        ("zoe muller: back in town", {12}, "back in town"),
        ("Saw Grace and Chidi at the market", {5, 6}, "Saw Grace and Chidi at the market"),
        ("Grace moved to Florence", {5}, "Grace moved to Florence"),
        ("It will be hard for Grace", {5}, "It will be hard for Grace"),
        ("News from Grace: the shop is open", {5}, "News from Grace: the shop is open"),
        ("will: new boat", {10}, "new boat"),
    ],
)
def test_people_named_are_found(text: str, whom: set[int], kept: str) -> None:
    """First names, nicknames, whole names and families are found; the head of a list is not part of the note."""
    reading = read_mentions(text, BOOK)
    assert [len(one.choices) for one in reading.mentions] == [1] * len(reading.mentions)
    assert {one for mention in reading.mentions for one in mention.choices[0].contact_ids} == whom
    assert reading.text == kept
    assert not reading.unknown


def test_one_household_goes_before_a_circle() -> None:
    """Beside Chidi, a Tom of the same house is meant rather than one of a circle elsewhere."""
    here = _named(20, "Tom", "Okafor", 4)
    reading = read_mentions("Chidi and Tom: new car", (*BOOK, here))
    assert [one.choices[0].contact_ids for one in reading.mentions] == [(6,), (20,)]


def test_two_in_circles_are_for_the_user_to_choose_from() -> None:
    """Being nearer is no reason to be meant: the inner and the wide Ben are both offered."""
    (ben,) = read_mentions("Ben: new boat", BOOK).mentions
    assert {one.contact_ids for one in ben.choices} == {(13,), (14,)}


def test_a_name_before_the_colon_that_nobody_bears_is_told() -> None:
    """Half a list of names is not taken for the whole of it."""
    reading = read_mentions("Anna and Zebedee: moved", BOOK)
    assert reading.unknown == ("Zebedee",)


def test_a_text_without_names_has_none() -> None:
    """Words that are nobody's name name nobody."""
    assert read_mentions("the roof was mended", BOOK).mentions == ()


def test_the_dead_are_meant_only_where_nobody_else_is() -> None:
    """A living namesake is meant; where there is none, the one who has died."""
    (ada,) = read_mentions("Ada: her recipe is in the tin", BOOK).mentions
    assert ada.choices[0].contact_ids == (7,)
    other = _named(30, "Ada", "Stone")
    (ada,) = read_mentions("Ada: her recipe is in the tin", (*BOOK, other)).mentions
    assert ada.choices[0].contact_ids == (30,)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """No text breaks the reading, every choice is somebody of the book, and the note loses no word."""
    reading = read_mentions(text, BOOK)
    known = {one.contact_id for one in BOOK}
    for mention in reading.mentions:
        assert mention.choices
        assert {one for choice in mention.choices for one in choice.contact_ids} <= known
    assert reading.text in text


@given(st.sampled_from(BOOK), st.sampled_from(["{}: new job", "saw {} today", "Saw {} today", "{} is well"]))
def test_a_whole_name_is_always_plain(one: Named, pattern: str) -> None:
    """Whoever else is in the book, a whole name with its capitals means its bearer alone."""
    (mention,) = read_mentions(pattern.format(one.display_name), BOOK).mentions
    assert [choice.contact_ids for choice in mention.choices] == [(one.contact_id,)]


def test_first_words_find_plurals_too() -> None:
    """The first look into the store asks for the singular of a family's name as well."""
    assert {"okafors", "okafor", "joneses", "jones"} <= set(words_of("the Okafors and the Joneses"))


TITLED = (
    _named(1, "Grace", "Okonjo", 1, gender="f"),
    _named(2, "Chike", "Okonjo", 1, gender="m"),
    _named(3, "Max", "Weber", 2),
    _named(4, "Jan", "Kowalski", 3),
    _named(5, "Anna", "Kowalska", 3),
    _named(6, "Eva", "Nováková", 4, prefixes="Paní"),
    _named(7, "Jo", "Hill", 5),
    _named(8, "Sam", "Hill", 6),
)


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("Mrs Okonjo", [{1}]),
        ("Mr. Okonjo", [{2}]),
        ("Mr and Mrs Okonjo", [{1, 2}]),
        ("Dr Okonjo", [{1}, {2}]),
        ("Mrs Grace Okonjo", [{1}]),
        ("Doña Grace", [{1}]),
        ("Sir Chike", [{2}]),
        ("Herr Weber", [{3}]),
        ("Frau Dr. Weber", [{3}]),
        ("Sig.ra Weber", [{3}]),
        ("de heer Weber", [{3}]),
        ("Weber úr", [{3}]),
        ("Weber Hanım", [{3}]),
        ("Hr. Weber", [{3}]),
        ("rouva Weber", [{3}]),
        ("Senhor Weber", [{3}]),
        ("Mme Weber", [{3}]),
        ("Pan Kowalski", [{4}]),
        ("Pani Kowalska", [{5}]),
        ("Mrs Kowalski", [{4}, {5}]),
        ("Pan i Pani Kowalscy", [{4, 5}]),
        ("Mrs Novák", [{6}]),
        ("Mr Novák", []),
        ("Mrs Hill", [{7}, {8}]),
        ("Mrs Fern", []),
        ("Mrs", []),
    ],
)
def test_a_title_and_a_name_mean_who_bears_it(words: str, whom: list[set[int]]) -> None:
    """A gender that a vCard states is heeded and none is guessed; who may be meant is offered."""
    mentions = read_mentions(f"{words}: -", TITLED).mentions
    assert [set(choice.contact_ids) for mention in mentions for choice in mention.choices] == whom


def test_every_courtesy_of_every_language_is_known() -> None:
    """Mr and Mrs as the fifteen languages write them stand before a family's name."""
    for words in all_languages():
        for title in f"{words.women} {words.men}".split():
            (mention,) = read_mentions(f"{title.capitalize()} Weber: -", TITLED).mentions
            assert [choice.contact_ids for choice in mention.choices] == [(3,)], (words, title)
