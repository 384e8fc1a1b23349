"""The words that come with relcard: every occasion and language, held to the rules they are written by."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from typing import NamedTuple

import pytest

from relcard.domain.occasions import OCCASIONS
from relcard.domain.occasions import Mood
from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import room_for
from relcard.domain.seasons.tone import Reader
from relcard.domain.seasons.tone import check_tone
from relcard.errors import InkContractError
from relcard.errors import RelcardError
from relcard.paper.documents.cards import set_inside
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import width_mm
from relcard.templating.rendering import check_template
from relcard.templating.templates import list_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.room import Room
    from relcard.domain.seasons.draft import Printed
    from relcard.templating.templates import TemplateContext

LANGUAGES = {
    "en",
    "de",
    "fr",
    "pl",
    "es",
    "it",
    "nl",
    "pt",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "uk",
    "hu",
    "ja",
    "tr",
}
# Where every occasion has words; the others have those of the year and the two that cannot wait.
WHOLE = {"en", "de", "fr", "pl", "es", "it", "nl", "pt"}
EVERYWHERE = {"christmas", "newyear", "season", "birthday", "thankyou", "condolence", "easter"}
FAITHS = {"orthodox-christmas", "orthodox-easter", "hanukkah", "eid-al-fitr", "eid-al-adha"}
FEASTS_AT_HOME = {occasion.name for occasion in OCCASIONS.values() if occasion.is_feast} - EVERYWHERE

# Two lines of type at their smallest, in mm: a room that leaves less is no template's fault.
TWO_LINES = 12.2
# By language, what cannot stand in words for somebody formally greeted, and in those for a friend.
ADDRESS = {
    "de": (r"\b(?:[Dd](?:u|ir|ich|ein\w*)|[Ee](?:uch|ure?\w*)|Ihr)\b", r"\b(?:Sie|Ihnen|Ihre\w*)\b"),
    "fr": (r"\b(?:te|toi|tu|ton|ta|tes)\b", r"(?!)"),
    "nl": (r"\b(?:je|jij|jou\w*|jullie)\b", r"\b(?:u|uw)\b"),
}


class _Card(NamedTuple):
    name: str
    language: str
    context: TemplateContext
    printed: Printed

    @property
    def careful(self) -> bool:
        """Whether the bereaved may get it."""
        return self.context.tone == "plain" or OCCASIONS[self.context.occasion].mood is Mood.GRAVE

    @property
    def lines(self) -> list[str]:
        return [self.printed.front, *self.printed.inside.split("\n")]


@cache
def cards() -> tuple[_Card, ...]:
    """Return every card the packaged templates can print."""
    return tuple(
        _Card(template.name, template.language, context, printed)
        for template in list_templates()
        for context, printed in check_template(template.path)
    )


def test_every_occasion_has_words_where_they_are_promised() -> None:
    """What is in the table of occasions can be drafted in English at the least, if only with another's words."""
    known = {(template.occasion, template.language) for template in list_templates()}
    assert {language for _, language in known} == LANGUAGES
    assert not {(name, "en") for name, occasion in OCCASIONS.items() if not occasion.stand_in} - known
    assert not {(occasion, language) for occasion in EVERYWHERE for language in LANGUAGES} - known
    everyday = {occasion.name for occasion in OCCASIONS.values() if occasion.name not in FEASTS_AT_HOME}
    assert not {(occasion, language) for occasion in {*everyday, *FAITHS} for language in WHOLE} - known
    assert {("eid-al-fitr", "tr"), ("eid-al-adha", "tr"), ("orthodox-christmas", "uk")} <= known


def test_a_card_is_one_line_in_front_and_one_to_three_within() -> None:
    """Short lines without a stop, a shout or a mark that wants a space before it in French; composed, no double space."""
    for card in cards():
        assert "\n" not in card.printed.front, card
        assert 2 <= len(card.lines) <= 4, card
        for line in card.lines:
            assert line == unicodedata.normalize("NFC", line).strip(), card
            assert 0 < len(line) <= 40, card
            assert not re.search(r"[.…,]$|['\";:!?¡¿]|  |\t", line), card
        assert card.printed.front not in card.printed.inside, card


@pytest.mark.parametrize("size", ["postcard-6x4", "postcard-A6"])
def test_on_the_smallest_cards_no_word_dangles(size: str) -> None:
    """Where a line must be divided, no single letter ends it and no scrap is left of it for the next."""
    card = SIZES[size]
    room = room_for(card, RULES[Circle.FRIEND], Hand())
    for inside in {each.printed.inside for each in cards() if each.language != "ja"}:
        setting = set_inside(inside, card, room)
        widths = [width_mm(line, Face.SERIF, setting.size_pt) for line in setting.lines]
        for line, width in zip(setting.lines, widths, strict=True):
            whole = line in inside.split("\n")
            assert whole or width > 0.3 * max(widths), setting.lines
            assert line == setting.lines[-1] or not re.search(r" \w$", line), setting.lines


def test_nothing_in_them_is_a_name_a_signature_or_a_number() -> None:
    """No digit but the coming year, and no remark of the tone; plain ones say nothing jolly to the bereaved."""
    for card in cards():
        year = str(card.context.next_year)
        assert not any(map(str.isdigit, " ".join(card.lines).replace(year, ""))), card
    for language, printed, careful in {(card.language, card.printed, card.careful) for card in cards()}:
        assert check_tone(printed, Reader(language=language, careful=careful)) == [], printed


def test_plain_and_warm_are_other_words_and_each_has_two() -> None:
    """Two at the least in either tone, save for the day of remembrance, so that sisters get different ones."""
    offered: dict[tuple[str, str], set[str]] = {}
    for card in cards():
        if (card.context.number, card.context.formality) == ("several", "informal"):
            offered.setdefault((card.name, card.context.tone), set()).add(card.printed.inside)
    for (name, tone), several in offered.items():
        assert len(several) >= (1 if name.startswith("remembrance") and tone == "plain" else 2), name
        if tone == "plain":
            assert not several & offered[name, "warm"], name


def test_nobody_is_thou_and_you_on_one_card() -> None:
    """Sie, vous and u stand on formal cards alone, and du, tu and je on others; German capitals are kept."""
    for card in cards():
        formal, friend = ADDRESS.get(card.language, ("(?!)", "(?!)"))
        wrong = formal if card.context.formality == "formal" else friend
        assert not re.search(wrong, " ".join(card.lines)), card
        if card.language == "de":
            assert not re.search(r"\b(?:dir|dich|deine?\w*|euch|eure)\b", " ".join(card.lines)), card
    several = [card for card in cards() if card.language == "fr" and card.context.number == "several"]
    assert not [card for card in several if re.search(ADDRESS["fr"][0], " ".join(card.lines))]


def test_no_line_goes_on_after_a_word_of_one_letter() -> None:
    """A Polish or Czech preposition, a French à, an English a belongs to the word behind it."""
    for card in cards():
        for line in card.printed.inside.split("\n")[:-1]:
            assert len(line.split()[-1]) > 1, card


@pytest.mark.parametrize(
    ("language", "script"), [("uk", "CYRILLIC"), ("ja", "HIRAGANA|KATAKANA|CJK|IDEOGRAPHIC")]
)
def test_letters_are_those_of_the_language(language: str, script: str) -> None:
    """No Latin letter that only looks like a Cyrillic one, and no space in Japanese."""
    for card in cards():
        letters = [letter for letter in "".join(card.lines) if letter.isalpha()]
        fits = [bool(re.match(script, unicodedata.name(letter))) for letter in letters]
        assert all(fits) if card.language == language else not any(fits), card
        assert card.language != "ja" or " " not in "".join(card.lines), card


def _rooms() -> Iterator[tuple[CardSize, Room]]:
    for size in SIZES.values():
        for rule in RULES.values():
            try:
                room = room_for(size, rule, Hand())
            except InkContractError:
                continue
            if room.printable_mm >= TWO_LINES:
                yield size, room


def test_every_card_of_every_circle_keeps_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the smallest cards with room for two lines each tone has words that fit."""
    monkeypatch.setenv("RELCARD_FONTS", "extras")  # for Japanese
    tightest = sorted(_rooms(), key=lambda pair: (pair[0].writing_w, pair[1].printable_mm))[:4]
    insides: dict[tuple[str, str], set[str]] = {}
    for card in cards():
        insides.setdefault(
            (card.name, f"{card.context.tone} {card.context.number} {card.context.formality}"), set()
        ).add(card.printed.inside)
    for size, room in tightest:
        for where, several in insides.items():
            assert any(_fits(words, size, room) for words in several), (where, size.name)


@cache
def _fits(words: str, size: CardSize, room: Room) -> bool:
    try:
        return set_inside(words, size, room).height_mm <= room.printable_mm
    except RelcardError:
        return False
