"""Make a vCard file of invented contacts, the same bytes for the same number."""

from __future__ import annotations

import random
import sys
from pathlib import Path

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


def write(path: Path, count: int) -> None:
    """Write `count` vCards to `path`."""
    chance = random.Random(1)
    path.write_bytes("".join(card(number, chance) for number in range(count)).encode())


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
