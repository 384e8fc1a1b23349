"""In which direction the letters of a line run: the Unicode Bidirectional Algorithm (UAX #9) for one line.

Direction marks, embeddings and tabulators are not in prepared text (`fonts.prepare` leaves them out), so the
rules for them have nothing to do here; the others are followed as numbered.
"""

from __future__ import annotations

from itertools import groupby
from unicodedata import bidirectional

_PAIRS = "()[]{}⁅⁆⁽⁾₍₎⌈⌉⌊⌋⟦⟧⟨⟩⟪⟫⟮⟯⦅⦆〈〉《》「」『』【】〔〕〖〗〘〙〚〛（）［］｛｝｟｠｢｣"
_CLOSES = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OPENS = {close: begin for begin, close in _CLOSES.items()}
_MIRROR = {**_CLOSES, **_OPENS, "<": ">", ">": "<", "«": "»", "»": "«", "‹": "›", "›": "‹"}
_NEUTRAL = {"WS", "ON"}
_STRONG = {"L", "R", "AL"}


def mirrored(character: str) -> str:
    """Return the bracket that looks like this one turned round, or the character itself."""
    return _MIRROR.get(character, character)


def direction(line: str) -> str:
    """Return "L" or "R" after the first letter that has a direction, or "" when none has (P2 and P3)."""
    kind = next((kind for one in line if (kind := bidirectional(one)) in _STRONG), "")
    return "R" if kind == "AL" else kind


def levels(line: str, base: int | None = None) -> list[int]:
    """Return the level of each character, odd where it runs right to left; `base` is found when not given."""
    if base is None:
        base = int(direction(line) == "R")
    whole = [bidirectional(one) for one in line]
    kept = [place for place, kind in enumerate(whole) if kind != "BN"]  # X9
    text = "".join(line[place] for place in kept)
    first = [whole[place] or "L" for place in kept]
    outer = "R" if base else "L"
    kinds = _weak(first, outer)
    _brackets(text, first, kinds, outer)
    _neutral(kinds, outer)
    found = [base + _raised(kind, base) for kind in kinds]
    for place in reversed(range(len(first))):  # L1
        if first[place] != "WS":
            break
        found[place] = base
    out = [base] * len(line)
    for place, level in zip(kept, found, strict=True):
        out[place] = level
    for place, kind in enumerate(whole):
        if kind == "BN" and place:  # a joiner belongs to the letter before it
            out[place] = out[place - 1]
    return out


def visual_order(levels_of: list[int]) -> list[int]:
    """Return places from left to right for things of these levels in reading order (rule L2)."""
    order = list(range(len(levels_of)))
    for level in range(max(levels_of, default=0), 0, -1):
        out: list[int] = []
        for turned, group in groupby(order, key=lambda place: levels_of[place] >= level):
            places = list(group)
            out += reversed(places) if turned else places
        order = out
    return order


def _raised(kind: str, base: int) -> int:
    """Return by how much a resolved kind is deeper than the line (I1, I2)."""
    if base:
        return 0 if kind == "R" else 1
    return {"L": 0, "R": 1}.get(kind, 2)


def _weak(first: list[str], outer: str) -> list[str]:
    kinds = list(first)
    before = outer
    for place, kind in enumerate(kinds):  # W1
        kinds[place] = before = before if kind == "NSM" else kind
    strong = outer
    for place, kind in enumerate(kinds):  # W2, W3
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):  # W4
        one, other = kinds[place - 1], kinds[place + 1]
        if one == other and (
            (kinds[place] == "ES" and one == "EN") or (kinds[place] == "CS" and one in {"EN", "AN"})
        ):
            kinds[place] = one
    place = 0
    for kind, group in groupby(list(kinds)):  # W5
        size = len(list(group))
        beside = (*kinds[max(place - 1, 0) : place], *kinds[place + size : place + size + 1])
        if kind == "ET" and "EN" in beside:
            kinds[place : place + size] = ["EN"] * size
        place += size
    strong = outer
    for place, kind in enumerate(kinds):  # W6, W7
        if kind in {"ES", "ET", "CS"}:
            kinds[place] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
    return kinds


def _direction(kind: str) -> str:
    """Return what a kind counts as beside a neutral (N0, N1): numbers run with the letters to the left."""
    return {"EN": "R", "AN": "R"}.get(kind, kind)


def _brackets(text: str, first: list[str], kinds: list[str], outer: str) -> None:
    """Give both brackets of a pair one direction (N0)."""
    for begin, close in _pairs(text, kinds):
        inside = {_direction(kind) for kind in kinds[begin + 1 : close]} & {"L", "R"}
        if not inside:
            continue
        towards = outer
        if outer not in inside:
            strong = (kind for one in reversed(kinds[:begin]) if (kind := _direction(one)) in {"L", "R"})
            towards = next(strong, outer)
        for place in (begin, close):
            kinds[place] = towards
            after = place + 1
            while after < len(first) and first[after] == "NSM":
                kinds[after] = towards
                after += 1


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Find the bracket pairs (BD16), in the order in which they open."""
    waiting: list[tuple[str, int]] = []
    found = []
    for place, one in enumerate(text):
        if kinds[place] != "ON":
            continue
        if one in _CLOSES:
            if len(waiting) == 63:  # as the rule has it
                return []
            waiting.append((_CLOSES[one], place))
        elif one in _OPENS:
            for depth in reversed(range(len(waiting))):
                if waiting[depth][0] == one:
                    found.append((waiting[depth][1], place))
                    del waiting[depth:]
                    break
    return sorted(found)


def _neutral(kinds: list[str], outer: str) -> None:
    """Let what has no direction follow its neighbours where they agree, else the line (N1, N2)."""
    place = 0
    for neutral, group in groupby(list(kinds), key=_NEUTRAL.__contains__):
        size = len(list(group))
        if neutral:
            before = _direction(kinds[place - 1]) if place else outer
            after = _direction(kinds[place + size]) if place + size < len(kinds) else outer
            kinds[place : place + size] = [before if before == after else outer] * size
        place += size
