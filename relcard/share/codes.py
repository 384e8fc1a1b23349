"""The code of a list: what the other laptop is told once, short enough to be typed, with a check on slips.

It holds sixteen random bytes, of which SHA-256 makes the list's identifier and its key, in Crockford's base
32 (no I, L, O or U; https://www.crockford.com/base32.html), as eight groups of four letters.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import NamedTuple

from relcard.errors import UsageError

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011", "- \t\n")
_SEALED, _PLAIN = 1, 2
_SECRET = 16  # bytes
_CHECK = 3  # bytes
_LENGTH = 8 * (1 + _SECRET + _CHECK) // 5
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_AGE = "age-secret-key-"


class Code(NamedTuple):
    """A list as its code names it. The key is as age writes one, "" for a plain list."""

    text: str
    list_id: str
    key: str


def new_code(*, is_plain: bool) -> Code:
    """Return the code of a new list."""
    return _code(bytes([_PLAIN if is_plain else _SEALED]) + os.urandom(_SECRET))


def read_code(text: str) -> Code:
    """Return the code that was typed, in letters large or small. Raises `UsageError` where it is none."""
    letters = text.upper().translate(_READ_AS)
    if len(letters) != _LENGTH or not set(letters) <= set(_LETTERS):
        raise UsageError(
            f"A code has {_LENGTH} letters and digits, in groups of four.",
            hint="Type it as the other laptop showed it: relcard share status --code",
        )
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    data = number.to_bytes(5 * _LENGTH // 8)
    code = _code(data[:-_CHECK])
    if code.text.replace("-", "") != letters or data[0] not in (_SEALED, _PLAIN):
        raise UsageError(
            "A letter or digit of the code is not as it was.", hint="Compare it, group by group."
        )
    return code


def _code(data: bytes) -> Code:
    whole = data + sha256(b"relcard code\0" + data).digest()[:_CHECK]
    number = int.from_bytes(whole)
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    text = "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))
    secret = data[1:]
    list_id = sha256(b"relcard list\0" + secret).hexdigest()[:32]
    key = "" if data[0] == _PLAIN else _age_key(sha256(b"relcard key\0" + secret).digest())
    return Code(text, list_id, key)


def _age_key(secret: bytes) -> str:
    """Return 32 bytes as age writes a key: Bech32 (BIP 173), in capitals."""
    number = int.from_bytes(secret) << 4  # 52 groups of five bits
    values = [number >> 5 * place & 31 for place in reversed(range(52))]
    prefix = [ord(letter) >> 5 for letter in _AGE] + [0] + [ord(letter) & 31 for letter in _AGE]
    check = _polymod([*prefix, *values, *[0] * 6]) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{_AGE}1{''.join(_BECH32[value] for value in values)}".upper()


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> place & 1 else 0
    return check
