"""The word of courtesy behind a name on an envelope in Japanese, Korean or Chinese; bare, it is a summons.

Behind each person stands 様, 님 or 收, behind an organisation 御中, 귀중 or 收. No post asks for it: it is
custom, as guides to letter writing have it (lifeabroad.jp, "Mail": 様 for one or two people, 御中 for a
company; the Korean language institute's etiquette: 님 or 귀하, for an organisation 귀중; in China 收 last).
"""

from __future__ import annotations

from typing import NamedTuple

from relcard.domain.text import is_east_asian


class _Courtesy(NamedTuple):
    """What stands behind a person and an organisation, and the endings with which a name has its own."""

    person: str
    organisation: str
    own: tuple[str, ...]


_CHINESE = _Courtesy("收", "收", ("收", "先生", "女士", "小姐", "太太", "老師", "老师"))
_COURTESIES = {
    "JP": _Courtesy("様", "御中", ("様", "さま", "殿", "先生", "御中", "さん", "ちゃん", "くん", "一同")),
    "KR": _Courtesy("님", "귀중", ("님", "귀하", "귀중", "께", "앞", "씨", "댁")),
    **dict.fromkeys(("CN", "HK", "MO", "TW"), _CHINESE),
}
_BETWEEN = {"JP": "、", "CN": "、", "HK": "、", "MO": "、", "TW": "、", "KR": ", "}


def with_courtesy(addressee: str, country: str, *, is_organisation: bool = False) -> tuple[str, ...]:
    """Return the lines of an addressee as an envelope to that country has them, each with its courtesy.

    Several names stand beneath each other. A name in other letters, or with a courtesy of its own, stays as
    it is; so does every addressee of another country (ISO 3166, two letters).
    """
    courtesy = _COURTESIES.get(country)
    letters = [character for character in addressee if character.isalpha()]
    if courtesy is None or not letters or not all(map(is_east_asian, letters)):
        return (addressee,)
    names = addressee.split(_BETWEEN[country])
    word = courtesy.organisation if is_organisation else courtesy.person
    return tuple(name if name.endswith(courtesy.own) else f"{name} {word}" for name in names)
