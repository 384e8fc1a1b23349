"""Asking for an address: why, whom first, and a few warm words in the language of the household.

The words are a message the user sends by hand, to one household at a time. They begin with the salutation the
user would type and say nothing else about anyone.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from datetime import date

USUAL_YEARS = 3


class Want(Enum):
    """Why an address is asked for, the most urgent first."""

    NONE = "none"  # no address at all
    RETURNED = "returned"  # a card came back, or the address is used no more
    INVALID = "invalid"  # the post of its country would not find it
    OLD = "old"  # nobody has confirmed it for years

    @property
    def urgency(self) -> int:
        """0 for the most urgent."""
        return list(Want).index(self)


class _Words(NamedTuple):
    """What stands after the salutation: `where` asks for an address, `still` whether one is right."""

    where: str
    still: str


# Made without you, thou or gender, so that each is right for one person, for several and for a formal tone.
_WORDS = {
    "en": _Words(
        "A card is waiting here, the paper kind.\nWhere should it go these days?",
        "A card is waiting here, the paper kind.\nIs this still the right address?",
    ),
    "de": _Words(
        "hier liegt eine Karte bereit, eine richtige aus Papier.\nWohin darf sie gehen?",
        "hier liegt eine Karte bereit, eine richtige aus Papier.\nStimmt diese Adresse noch?",
    ),
    "fr": _Words(
        "Une carte attend ici, une vraie, en papier.\nÀ quelle adresse l'envoyer ?",
        "Une carte attend ici, une vraie, en papier.\nCette adresse est-elle toujours la bonne ?",
    ),
    "pl": _Words(
        "czeka tu kartka, prawdziwa, papierowa.\nNa jaki adres ją wysłać?",
        "czeka tu kartka, prawdziwa, papierowa.\nCzy ten adres jest nadal aktualny?",
    ),
    "es": _Words(
        "Aquí espera una tarjeta, de las de papel.\n¿A qué dirección la mando?",
        "Aquí espera una tarjeta, de las de papel.\n¿Sigue siendo esta la dirección?",
    ),
    "it": _Words(
        "qui aspetta un biglietto, uno vero, di carta.\nA quale indirizzo lo mando?",
        "qui aspetta un biglietto, uno vero, di carta.\nÈ ancora questo l'indirizzo giusto?",
    ),
    "nl": _Words(
        "Hier ligt een kaart klaar, een echte van papier.\nNaar welk adres mag die?",
        "Hier ligt een kaart klaar, een echte van papier.\nKlopt dit adres nog?",
    ),
}


def languages() -> tuple[str, ...]:
    """Return the languages there are words in; English serves for any other."""
    return tuple(_WORDS)


def message(salutation: str, want: Want, *, language: str, address_lines: tuple[str, ...] = ()) -> str:
    """Return a message that asks a household for its address, or whether the old one still holds."""
    words = _WORDS.get(language.replace("_", "-").split("-")[0].lower(), _WORDS["en"])
    if want is Want.OLD and address_lines:
        return "\n".join((salutation, "", words.still, "", *address_lines))
    return f"{salutation}\n\n{words.where}"


def is_old(known_on: date, today: date, *, years: int) -> bool:
    """Whether more than some years have passed since an address was last known to be right."""
    passed = today.year - known_on.year - ((today.month, today.day) <= (known_on.month, known_on.day))
    return passed >= years
