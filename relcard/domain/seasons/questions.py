"""Questions worth asking where nothing new is known: plain, kind, and never last year's.

They are for the writer alone, who puts one in their own words; none is ever printed on a card.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

UNANSWERED = 3  # cards in as many years without one back: a year off may be thought of
_DECADE, _FIRST_DECADE = 10, 30  # years: birthdays that are kept


class Known(NamedTuple):
    """What is known of a household on the day of its card, as far as questions are made of it.

    Children and adults are names with their ages on that day, None where nobody knows; facts are pairs of a
    key and a value. `last_came` is the year of their last card, None without one, and `unanswered` counts the
    years since then in which you wrote.
    """

    household_id: int
    circle: Circle | None = None
    children: Sequence[tuple[str, int | None]] = ()
    adults: Sequence[tuple[str, int | None]] = ()
    pets: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    is_organisation: bool = False
    careful: bool = False
    last_came: int | None = None
    unanswered: int = 0


class NothingNew(NamedTuple):
    """What to do where nothing was noted since the last card: a question to ask, and what else would do."""

    question: str
    instead: str


class _Reach(Enum):
    """Of whom a question is: of them in this year alone, of them, or of anybody."""

    THIS_YEAR = "this year"
    THEM = "them"
    ANYBODY = "anybody"


Ways = tuple[str, ...]  # of asking one thing, two at least: each year takes the next one

# What happens once comes before all others, in the year in which it is so.
_FIRSTS: dict[int, Ways] = {
    0: ("Ask how the first months with {name} are", "Ask whom {name} takes after"),
    6: (
        "Ask how the first school year goes for {name} (6)",
        "Ask what {name} (6) tells of school, and what not",
    ),
    18: ("Ask what comes next for {name} (18)", "Ask how it feels to have {name} grown up (18)"),
}
_BY_AGE: tuple[tuple[range, Ways], ...] = (
    (range(1, 4), ("Ask which words {name} ({age}) likes best", "Ask what makes {name} ({age}) laugh")),
    (
        range(4, 7),
        ("Ask what {name} ({age}) plays all day", "Ask which story {name} ({age}) wants again and again"),
    ),
    (
        range(7, 11),
        ("Ask what {name} ({age}) is good at this year", "Ask what {name} ({age}) collects, builds or reads"),
    ),
    (
        range(11, 18),
        (
            "Ask what {name} ({age}) would rather do than homework",
            "Ask what {name} ({age}) listens to just now",
        ),
    ),
    (
        range(18, 36),
        ("Ask where life has taken {name} ({age})", "Ask what keeps {name} ({age}) busy these days"),
    ),
)
_CHILD: Ways = ("Ask how {name} is, and what fills the days", "Ask what {name} likes best just now")
_ROUND: Ways = (
    "Ask how {name} kept the {age}th birthday",
    "Ask whether being {age} feels any different to {name}",
)
_PET: Ways = ("Ask what {name} has been up to", "Ask how {name} is")

# By a word in the key of a fact: what is known of them.
_BY_FACT: tuple[tuple[str, Ways], ...] = (
    (
        "garden allotment plants roses vegetables orchard bees",
        ("Ask how the garden did this year", "Ask what grew best in the garden, and what sulked"),
    ),
    ("dog cat pet horse hens", ("Ask how the {key} is", "Ask what the {key} has been up to")),
    (
        "music choir sings piano cello violin guitar band organ instrument orchestra",
        ("Ask what they play or sing just now ({key}: {value})", "Ask which piece is on the stand just now"),
    ),
    (
        "work job shop office business trade profession",
        ("Ask how the work goes ({value})", "Ask what changed at work this year ({value})"),
    ),
    (
        "book books reads reading author",
        ("Ask which book stayed with them this year", "Ask what you should read next: they read {value}"),
    ),
    (
        "travel travels trip holiday holidays journey camper boat sailing",
        ("Ask where they went this year ({key}: {value})", "Ask which journey they still dream of"),
    ),
    (
        "house kitchen building renovation move moving flat",
        ("Ask which corner of the house they like best by now", "Ask whether the house is ever finished"),
    ),
    (
        "school study studies studying university college course class",
        ("Ask how the studies go ({value})", "Ask what they learned this year that surprised them"),
    ),
    (
        "sport football running cycling tennis swimming climbing hiking walking club team chess",
        ("Ask how the {key} goes", "Ask what the best day of the {key} was"),
    ),
    (
        "bread baking cooking cook tea coffee wine recipe cheese food",
        ("Ask what was cooked most this year", "Ask for a recipe: they like {value}"),
    ),
)
_OF_ANYBODY: tuple[Ways, ...] = (
    (
        "Ask what was new this year that will stay",
        "Ask what the best ordinary day of the year was",
        "Ask what they look forward to",
    ),
    (
        "Say what reminded you of them, and ask how they are",
        "Ask about the last time you met: what became of what you spoke of",
        "Name a thing you remember of them, and ask whether it is still so",
    ),
    (
        "Ask whom of those you both know they have seen",
        "Ask when you could meet, and name a month",
        "Ask what they would show you if you came",
    ),
    (
        "Ask what they do on an evening like this one",
        "Ask what made them laugh this year",
        "Ask what they read, heard or saw that you should too",
    ),
    (
        "Ask what they have stopped doing, and do not miss",
        "Ask what they would do with a free week",
        "Ask how they will spend the day itself",
    ),
)
_OF_ORGANISATION: tuple[Ways, ...] = (
    ("Ask how the year was for the house", "Ask who is new among them"),
    ("Thank them for one thing by name", "Ask what they plan for the new year"),
)
_OF_CAREFUL_YEAR: tuple[Ways, ...] = (
    (
        "Ask how they are, and leave room for any answer",
        "Say that you think of them; ask nothing that wants an answer",
    ),
    ("Say one thing you remember, and ask how the days go", "Ask whether a visit would be welcome"),
)


def questions(known: Known, year: int) -> list[str]:
    """Return all questions that fit a household in a year, the one for this year first.

    Each year goes on to the next way of asking, so that what was first last year is not first again,
    whatever became known in between; two households do not begin with the same.
    """
    turn = year + known.household_id  # each question has as many years as there are ways of asking it
    asked: dict[_Reach, list[str]] = {reach: [] for reach in _Reach}
    for reach, ways, words in _fitting(known):
        asked[reach].append(ways[turn % len(ways)].format_map(words))
    of_anybody, *others = _turned(asked[_Reach.ANYBODY], turn // 3)
    own = _turned([*asked[_Reach.THEM], of_anybody], turn // 2)
    return list(dict.fromkeys([*asked[_Reach.THIS_YEAR], *own, *others]))


def _turned(texts: list[str], turn: int) -> list[str]:
    """Return the texts beginning with the one whose turn it is."""
    at = turn % len(texts)
    return [*texts[at:], *texts[:at]]


def nothing_new(known: Known, year: int) -> NothingNew:
    """Return what to do where nothing was noted since the last card."""
    return NothingNew(questions(known, year)[0], _instead(known))


def _instead(known: Known) -> str:
    if known.careful:
        return "or a call, which need not be long"
    if known.is_organisation or (known.circle is Circle.WIDE and known.unanswered >= UNANSWERED):
        since = f"nothing came since {known.last_came}" if known.last_came else "nothing came from them yet"
        return f"or a year off: {since}, and it may rest" if known.unanswered >= UNANSWERED else ""
    return "or a call instead"


def _fitting(known: Known) -> Iterator[tuple[_Reach, Ways, dict[str, object]]]:
    """Yield what may be asked: whom else one would ask it, the ways to ask it, and the words in it."""
    if known.careful or known.is_organisation:
        for ways in _OF_CAREFUL_YEAR if known.careful else _OF_ORGANISATION:
            yield _Reach.ANYBODY, ways, {}
        return
    for name, age in known.children:
        yield from _of_child(name, age)
    for name, age in known.adults:
        if age is not None and age >= _FIRST_DECADE and age % _DECADE == 0:
            yield _Reach.THIS_YEAR, _ROUND, {"name": name, "age": age}
    for name in known.pets:
        yield _Reach.THEM, _PET, {"name": name}
    yield from _of_facts(known.facts)
    for ways in _OF_ANYBODY:
        yield _Reach.ANYBODY, ways, {}


def _of_child(name: str, age: int | None) -> Iterator[tuple[_Reach, Ways, dict[str, object]]]:
    words: dict[str, object] = {"name": name, "age": age}
    if age is None:
        yield _Reach.THEM, _CHILD, words
    elif age in _FIRSTS:
        yield _Reach.THIS_YEAR, _FIRSTS[age], words
    for ages, ways in _BY_AGE:
        if age is not None and age in ages:
            yield _Reach.THEM, ways, words


def _of_facts(facts: Iterable[tuple[str, str]]) -> Iterator[tuple[_Reach, Ways, dict[str, object]]]:
    for key, value in facts:
        words = set(fold(key).replace("-", " ").split())
        for keys, ways in _BY_FACT:
            if words & set(keys.split()):
                yield _Reach.THEM, ways, {"key": key, "value": value}
                break
