"""The paper sold where somebody lives: what serves until they say what they have."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import Page


class HomePaper(NamedTuple):
    """A sheet of paper, with the card, the labels and the envelope that go with it, as shops name them."""

    page: Page = "A4"
    card: str = "A6"
    stock: str = "L7160"
    envelope: str = "C6"


# ISO 3166-1. The countries whose paper is US Letter in Unicode's CLDR (UTS 35, part 6: paperSize), and the
# islands that have their stationery and their post from the United States.
_LETTER = frozenset(
    (
        "BZ",
        "CA",
        "CL",
        "CO",
        "CR",
        "GT",
        "MX",
        "NI",
        "PA",
        "PH",
        "PR",
        "SV",
        "US",
        "VE",
        "AS",
        "GU",
        "MP",
        "VI",
    )
)


def home_paper(country: str) -> HomePaper:
    """Return the paper of a country, an ISO 3166-1 code; A4 and what goes with it where none is said."""
    if country in _LETTER:
        return HomePaper(page="Letter", card="5x7", stock="5160", envelope="A7")
    return HomePaper()
