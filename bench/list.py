"""Make a card list of invented households, the same bytes for the same number: `list.py FILE COUNT [vcf]`.

One row a household, ten years of columns Sent and Received; with `vcf` the same people as vCards 3.0.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generate import _FAMILY
from generate import _GIVEN
from generate import _PLACES
from generate import _syllables

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS = range(2016, 2026)
_HEADER = ("First name", "Last name", "Street", "Town", "Postcode", "Country", "E-mail", "Phone", "Birthday")
_LINES = ("x", "x", "x", "x", "", "", "", "come and see the garden", "x - baby in May", "12/19")


def people(count: int) -> Iterator[tuple[str, ...]]:
    """Yield what `_HEADER` names of each person."""
    chance = random.Random(1)
    for number in range(count):
        given, family = chance.choice(_GIVEN), f"{chance.choice(_FAMILY)}{_syllables(chance)}"
        _, country, town, postcode, street = chance.choice(_PLACES)
        where = postcode.format(chance.randrange(1, 999), chance.randrange(1, 9))
        born = f"{chance.randrange(1930, 2000)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        home = street.format(chance.randrange(1, 300))
        phone = f"+44 113 {number:07}"
        yield given, family, home, town, where, country, f"mail.{number}@example.org", phone, born


def write(path: Path, count: int, *, as_cards: bool) -> None:
    """Write `count` rows, or vCards, to `path`."""
    chance = random.Random(2)
    with path.open("w", encoding="utf-8", newline="") as out:
        if as_cards:
            for number, person in enumerate(people(count)):
                given, family, street, town, code, country, email, phone, born = person
                out.write(
                    f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:list-{number}\r\nFN:{given} {family}\r\n"
                    f"N:{family};{given};;;\r\nADR;TYPE=HOME:;;{street};{town};;{code};{country}\r\n"
                    f"EMAIL:{email}\r\nTEL:{phone}\r\nBDAY:{born}\r\nEND:VCARD\r\n"
                )
            return
        rows = csv.writer(out)
        rows.writerow([*_HEADER, *(f"{way} {year}" for year in YEARS for way in ("Sent", "Received"))])
        for person in people(count):
            rows.writerow([*person, *(chance.choice(_LINES) for _ in range(2 * len(YEARS)))])


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), as_cards=sys.argv[3:] == ["vcf"])
