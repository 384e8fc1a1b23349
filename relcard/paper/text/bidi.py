"""In which direction the letters of a line run: the Unicode Bidirectional Algorithm (UAX #9) for one line.

Direction marks, embeddings and tabulators are not in prepared text (`characters.prepare` leaves them out), so
the rules for them have nothing to do here; the others are followed as numbered.
"""

from __future__ import annotations

from itertools import groupby
from itertools import takewhile
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
    kind = next((kind for character in line if (kind := bidirectional(character)) in _STRONG), "")
    return "R" if kind == "AL" else kind


def levels(line: str, base: int | None = None) -> list[int]:
    """Return the level of each character, odd where it runs right to left; `base` is found when not given."""
    if base is None:
        base = int(direction(line) == "R")
    whole = [bidirectional(character) for character in line]
    kept = [place for place, kind in enumerate(whole) if kind != "BN"]  # X9
    levels_of = dict(zip(kept, _levels_without_joiners(line, whole, kept, base), strict=True))
    out: list[int] = []
    for place in range(len(line)):  # a joiner belongs to the letter before it
        out.append(levels_of.get(place, out[-1] if out else base))
    return out


def _levels_without_joiners(line: str, whole: list[str], kept: list[int], base: int) -> list[int]:
    outer = "R" if base else "L"
    first = [whole[place] or "L" for place in kept]
    kinds = _weak(first, outer)
    _brackets("".join(line[place] for place in kept), first, kinds, outer)
    _neutral(kinds, outer)
    at_the_end = len(first) - len(list(takewhile("WS".__eq__, reversed(first))))
    return [  # L1: spaces at the end run as the line does
        base + _raised(kind, base) if place < at_the_end else base for place, kind in enumerate(kinds)
    ]


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
    """Return the kinds once marks, numbers and what stands beside numbers are resolved (W1 to W7)."""
    kinds = list(first)
    before = outer
    for place, kind in enumerate(kinds):  # W1
        kinds[place] = before = before if kind == "NSM" else kind
    strong = outer
    for place, kind in enumerate(kinds):  # W2
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    _join_numbers(kinds)
    _loosen(kinds, outer)
    return kinds


def _loosen(kinds: list[str], outer: str) -> None:
    """Make neutrals of signs that belong to no number, and letters of numbers among Latin ones (W6, W7)."""
    strong = outer
    for place, kind in enumerate(kinds):
        if kind in {"ES", "ET", "CS"}:
            kinds[place] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _join_numbers(kinds: list[str]) -> None:
    """Let a sign between two numbers, or signs beside one, belong to them (W4, W5)."""
    for place in range(1, len(kinds) - 1):
        left, sign, right = kinds[place - 1 : place + 2]
        if left == right and (sign, left) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            kinds[place] = left
    place = 0
    for kind, group in groupby(list(kinds)):
        size = len(list(group))
        beside = (*kinds[max(place - 1, 0) : place], *kinds[place + size : place + size + 1])
        if kind == "ET" and "EN" in beside:
            kinds[place : place + size] = ["EN"] * size
        place += size


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
            strong = (
                kind
                for kind_before in reversed(kinds[:begin])
                if (kind := _direction(kind_before)) in {"L", "R"}
            )
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
    pairs = []
    for place, bracket in enumerate(text):
        if kinds[place] != "ON":
            continue
        if bracket in _CLOSES:
            if len(waiting) == 63:  # as the rule has it
                return []
            waiting.append((_CLOSES[bracket], place))
        elif bracket in _OPENS:
            for depth in reversed(range(len(waiting))):
                if waiting[depth][0] == bracket:
                    pairs.append((waiting[depth][1], place))
                    del waiting[depth:]
                    break
    return sorted(pairs)


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
