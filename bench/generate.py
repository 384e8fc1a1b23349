"""Make a vCard file of invented contacts, the same bytes for the same number: `generate.py FILE COUNT [MIX]`.

The mix `singles` has many people of one name, each at an address of their own; `families` has few of one
name, most of them in a household of two to five, and two e-mails each.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GIVEN = (
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Elif",
    "Finn",
    "Greta",
    "Hana",
    "Ivo",
    "Jürgen",
    "Klara",
    "Łucja",
    "Marta",
    "Nils",
    "Öykü",
    "Piotr",
    "Rosa",
    "Søren",
)
_FAMILY = [
    "Abbott",
    "Brandt",
    "Çelik",
    "Dahl",
    "Evans",
    "Fischer",
    "García",
    "Hašek",
    "Ito",
    "Jones",
    "Kowalska",
    "Lindqvist",
    "Meyer",
    "Nowak",
]
_PLACES = (
    ("GB", "United Kingdom", "Leeds", "LS{} {}AB", "{} Mill Lane"),
    ("DE", "Germany", "Köln", "5{:04}", "Lindenstraße {}"),
    ("PL", "Poland", "Łódź", "90-{:03}", "ul. Polna {}"),
    ("US", "United States", "Springfield", "6{:04}", "{} Oak Street"),
    ("FR", "France", "Lyon", "69{:03}", "{} rue des Lilas"),
    ("JP", "Japan", "Osaka", "530-{:04}", "{} Umeda"),
)


def card(number: int, chance: random.Random) -> str:
    """Return one vCard 3.0 of twelve properties, about 490 bytes."""
    given, family = chance.choice(_GIVEN), chance.choice(_FAMILY)
    name = f"{given} {family}-{number // 7}"
    code, country, town, postcode, street = chance.choice(_PLACES)
    del code
    house, place = chance.randrange(1, 300), chance.randrange(1, 999)
    where = postcode.format(place, chance.randrange(1, 9)) if "{} {}" in postcode else postcode.format(place)
    where = where.replace("{}", "1")
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:bench-{number:06}",
        f"FN:{name}",
        f"N:{family}-{number // 7};{given};;;",
        f"ORG:{chance.choice(_FAMILY)} and Sons",
        f"EMAIL;TYPE=INTERNET:{given.lower()}.{number}@example.org".encode("ascii", "ignore").decode(),
        f"TEL;TYPE=CELL:+44 7700 9{number % 100000:05}",
        f"TEL;TYPE=HOME:+44 113 {number % 10000000:07}",
        f"ADR;TYPE=HOME:;;{street.format(house)};{town};;{where};{country}",
    ]
    if chance.random() < 0.6:
        lines.append(
            f"BDAY:{chance.randrange(1930, 2020)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        )
    lines.append("CATEGORIES:" + chance.choice(("friends", "work", "family,friends", "club")))
    lines.append("NOTE:met at the harbour concert\\, talked about boats and about bread; see")
    lines.append("  again in spring when the garden is open")
    lines.append("END:VCARD")
    return "\r\n".join(lines) + "\r\n"


def families(count: int, chance: random.Random) -> Iterator[str]:
    """Yield vCards 3.0 of households, one after the other, about 430 bytes each."""
    number = 0
    while number < count:
        family = f"{chance.choice(_FAMILY)}{_syllables(chance)}"
        _, country, town, postcode, street = chance.choice(_PLACES)
        where = postcode.format(chance.randrange(1, 999), chance.randrange(1, 9))
        address = f";;{street.format(chance.randrange(1, 300))};{town};;{where};{country}"
        size = 1 if chance.random() < 0.45 else chance.randrange(2, 6)
        for _ in range(min(size, count - number)):
            born = f"{chance.randrange(1930, 2020)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            given = f"{chance.choice(_GIVEN)}{_syllables(chance)}"
            lines = [
                "BEGIN:VCARD",
                "VERSION:3.0",
                f"UID:family-{number:06}",
                f"FN:{given} {family}",
                f"N:{family};{given};;;",
                f"EMAIL;TYPE=HOME:first{number}@example.org",
                f"EMAIL;TYPE=WORK:second{number}@example.net",
                f"TEL;TYPE=CELL:+44 7700 9{number:06}",
                f"ADR;TYPE=HOME:{address}",
                f"BDAY:{born}",
                "CATEGORIES:" + chance.choice(("friends", "work", "family,friends", "club")),
                "NOTE:met at the harbour concert\\, talked about boats and about bread",
                "END:VCARD",
            ]
            yield "\r\n".join(lines) + "\r\n"
            number += 1


def _syllables(chance: random.Random) -> str:
    return "".join(
        chance.choice(("ba", "de", "ki", "lo", "mu", "ne", "ra", "so", "ti", "vu")) for _ in range(3)
    )


def write(path: Path, count: int, mix: str = "singles") -> None:
    """Write `count` vCards to `path`."""
    chance = random.Random(1)
    cards = families(count, chance) if mix == "families" else (card(one, chance) for one in range(count))
    path.write_bytes("".join(cards).encode())


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
