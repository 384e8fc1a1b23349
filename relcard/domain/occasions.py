"""The occasions for which greeting cards are written: what each is for, how it sounds, which day it answers.

At the root of the domain: templates, designs, seasons, reminders and the history all go by these names. The
days of feasts stand in `feasts`.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from relcard.domain.kinds import OccasionKind
from relcard.domain.text import fold
from relcard.errors import UsageError


class Mood(Enum):
    """How a card for an occasion may sound and look."""

    GLAD = "glad"
    GRAVE = "grave"  # nothing jolly: no cheerful words, and no cheerful front
    PLAIN = "plain"


class Occasion(NamedTuple):
    """An occasion by the name that templates, designs and `--for` have.

    `purpose` says what it is for, within a sentence. `answers` is the kind of day to which its card is the
    answer, None where no day returns. `is_feast` says that a whole season may be made of it. `stand_in` is
    the occasion whose words may serve, and are said to, where it has none of its own. `of_one` says that its
    card is for the one named, and else for the whole household. `also` are other names for it, folded and
    without spaces.
    """

    name: str
    purpose: str
    mood: Mood
    answers: OccasionKind | None = None
    is_feast: bool = False
    stand_in: str = ""
    of_one: bool = False
    also: tuple[str, ...] = ()
    is_own: bool = False  # the user's: known by its template alone


_ALL = (
    Occasion(
        name="condolence",
        purpose="somebody died",
        mood=Mood.GRAVE,
        also=("sympathy", "bereavement", "death", "funeral", "mourning"),
    ),
    Occasion(
        name="remembrance",
        purpose="the day somebody died, a year on",
        mood=Mood.GRAVE,
        answers=OccasionKind.REMEMBRANCE,
        also=("inmemory", "dayofremembrance"),
    ),
    Occasion(
        name="get-well",
        purpose="somebody is ill",
        mood=Mood.PLAIN,
        of_one=True,
        also=("getwellsoon", "illness", "recovery"),
    ),
    Occasion(
        name="birthday",
        purpose="a birthday",
        mood=Mood.GLAD,
        answers=OccasionKind.BIRTHDAY,
        of_one=True,
        also=("bday",),
    ),
    Occasion(
        name="wedding",
        purpose="two marry",
        mood=Mood.GLAD,
        answers=OccasionKind.ANNIVERSARY,
        also=("marriage",),
    ),
    Occasion(
        name="anniversary",
        purpose="the day of a wedding, years on",
        mood=Mood.GLAD,
        answers=OccasionKind.ANNIVERSARY,
        also=("weddinganniversary", "weddingday"),
    ),
    Occasion(name="baby", purpose="a child is born", mood=Mood.GLAD, also=("birth", "newbaby", "newborn")),
    Occasion(
        name="thankyou",
        purpose="something to thank for",
        mood=Mood.PLAIN,
        also=("thanks", "gratitude"),
    ),
    Occasion(
        name="moving",
        purpose="a new home",
        mood=Mood.GLAD,
        also=("move", "newhome", "movinghouse", "housewarming"),
    ),
    Occasion(
        name="graduation",
        purpose="a school, training or degree is done",
        mood=Mood.GLAD,
        of_one=True,
        also=("degree", "exam", "exams"),
    ),
    Occasion(name="retirement", purpose="working days are over", mood=Mood.GLAD, of_one=True),
    Occasion(
        name="farewell",
        purpose="somebody goes away",
        mood=Mood.PLAIN,
        of_one=True,
        also=("goodbye", "leaving"),
    ),
    Occasion(
        name="christmas",
        purpose="Christmas",
        mood=Mood.GLAD,
        is_feast=True,
        stand_in="season",
        also=("xmas",),
    ),
    Occasion(name="newyear", purpose="New Year", mood=Mood.GLAD, is_feast=True, stand_in="season"),
    Occasion(name="season", purpose="the turn of the year, of no creed", mood=Mood.GLAD, is_feast=True),
    Occasion(name="easter", purpose="Easter", mood=Mood.GLAD, is_feast=True),
    Occasion(
        name="orthodox-christmas",
        purpose="Christmas on 7 January",
        mood=Mood.GLAD,
        is_feast=True,
        stand_in="season",
        also=("julianchristmas",),
    ),
    Occasion(
        name="orthodox-easter",
        purpose="Easter of the eastern churches",
        mood=Mood.GLAD,
        is_feast=True,
        stand_in="easter",
        also=("pascha",),
    ),
    Occasion(
        name="hanukkah",
        purpose="Hanukkah",
        mood=Mood.GLAD,
        is_feast=True,
        stand_in="season",
        also=("chanukah", "hanukah", "chanukkah"),
    ),
    Occasion(
        name="eid-al-fitr",
        purpose="the feast that ends Ramadan",
        mood=Mood.GLAD,
        is_feast=True,
        also=("eidulfitr", "ramadanfeast"),
    ),
    Occasion(
        name="eid-al-adha",
        purpose="the feast of the sacrifice",
        mood=Mood.GLAD,
        is_feast=True,
        also=("eiduladha", "bakrid"),
    ),
    Occasion(name="diwali", purpose="Diwali", mood=Mood.GLAD, is_feast=True, also=("deepavali", "divali")),
    Occasion(
        name="lunar-newyear",
        purpose="the lunar year of China begins",
        mood=Mood.GLAD,
        is_feast=True,
        also=("chinesenewyear", "springfestival"),
    ),
    Occasion(
        name="lunar-newyear-kr",
        purpose="the lunar year of Korea begins",
        mood=Mood.GLAD,
        is_feast=True,
        stand_in="lunar-newyear",
        also=("seollal", "koreannewyear"),
    ),
    Occasion(
        name="lunar-newyear-vn",
        purpose="the lunar year of Vietnam begins",
        mood=Mood.GLAD,
        is_feast=True,
        stand_in="lunar-newyear",
        also=("tet", "vietnamesenewyear"),
    ),
    Occasion(
        name="nowruz",
        purpose="the Persian year begins",
        mood=Mood.GLAD,
        is_feast=True,
        also=("norooz", "persiannewyear"),
    ),
    Occasion(name="thanksgiving", purpose="Thanksgiving of the United States", mood=Mood.GLAD, is_feast=True),
    Occasion(
        name="thanksgiving-ca",
        purpose="Thanksgiving of Canada",
        mood=Mood.GLAD,
        is_feast=True,
        stand_in="thanksgiving",
    ),
)

OCCASIONS: dict[str, Occasion] = {occasion.name: occasion for occasion in _ALL}

# Every way to write one: "Get well", "get-well" and "getwell" are the same.
_BY_SPELLING = {
    spelling: occasion for occasion in _ALL for spelling in (occasion.name.replace("-", ""), *occasion.also)
}


def find_occasion(words: str) -> Occasion:
    """Return the occasion that words mean, in any spelling: "Get well", "sympathy".

    Words that no row has are an occasion of the user's own, "Name day" is name-day; whether it has words is
    not known here. Raises `UsageError` for what cannot be the name of a template.
    """
    known = known_occasion(words)
    if known is not None:
        return known
    name = "-".join(_parts(words))
    if not name[:1].isalpha():
        raise UsageError(
            f'"{words}" cannot be an occasion.',
            hint="Its name begins with a letter of the alphabet: name-day.",
        )
    return Occasion(name=name, purpose="one of your own", mood=Mood.PLAIN, is_own=True)


@lru_cache(maxsize=256)
def known_occasion(words: str) -> Occasion | None:
    """Return the occasion of the table that words mean, in any spelling, or None."""
    return _BY_SPELLING.get("".join(_parts(words)))


def meant_occasion(words: str) -> str:
    """Return the occasion that a slip of the finger missed, "" where words name one or are the user's own."""
    from difflib import get_close_matches  # noqa: PLC0415  2 ms, where an occasion is typed

    spelling = "".join(_parts(words))
    if any(known in spelling for known in OCCASIONS) or spelling in _BY_SPELLING:
        return ""  # 60th birthday
    near = get_close_matches(spelling, _BY_SPELLING, n=1, cutoff=_SLIP)
    return _BY_SPELLING[near[0]].name if near else ""


_SLIP = 0.8  # of likeness: crhistmas is christmas, and a name day no birthday


def answers_day(occasion: str, kind: OccasionKind, label: str = "") -> bool:
    """Whether a card for an occasion answers a day of a kind; `label` is the user's word for the day.

    One of the user's own answers the day of its name: a card for name-day the day called "name day".
    """
    known = OCCASIONS.get(occasion)
    if known is not None and known.answers is not None:
        return known.answers is kind
    return "".join(_parts(label)) == occasion.replace("-", "")


def _parts(words: str) -> list[str]:
    """Return the words of a name in plain letters; none where no letter is plain."""
    return re.findall(r"[a-z0-9]+", fold(words))
