"""What passes between people: what a channel is called, their line beside yours, and notes they share.

Tea is a visit, a text a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

CHANNELS = ("visit", "call", "letter", "card", "message", "email", "gift", "other")
_WORDS = {
    "visit": "visited meet met meeting tea coffee lunch dinner supper drink drinks walk party "
    "saw seen dropped called-round stay stayed besuch besuche visite visita",
    "call": "called phone phoned telephone tel rang ring spoke spoken talk talked facetime skype zoom "
    "videocall video-call anruf",
    "letter": "letters wrote note brief lettre",
    "card": "cards postcard postcards christmas-card birthday-card greeting greetings karte carte",
    "message": "messages msg sms text texted texts whatsapp signal telegram chat chatted nachricht",
    "email": "emails emailed e-mail e-mails mail mailed",
    "gift": "gifts present presents parcel package flowers geschenk cadeau",
    "other": "word",
}
_CHANNEL_OF = {word: channel for channel, words in _WORDS.items() for word in (channel, *words.split())}


def channel_of(words: str) -> str | None:
    """Return the channel a word means, in any case and with "a" before it or "s" behind; None for another."""
    word = "-".join(part for part in fold(words).split() if part not in ("a", "an", "the", "for", "by"))
    return _CHANNEL_OF.get(word) or _CHANNEL_OF.get(word.removesuffix("s"))


class Written(NamedTuple):
    """A card or letter and the line on it, "" where nobody kept it."""

    on: date
    from_them: bool
    text: str
    year_alone: bool = False  # the day is not known
    occasion: str = ""  # of a card outside the seasons


class Exchange(NamedTuple):
    """One year's cards: what they wrote and what you wrote, oldest first, each line once."""

    year: int
    theirs: tuple[Written, ...]
    yours: tuple[Written, ...]


class SharedNote(NamedTuple):
    """A note and everybody it was kept for; `ours`: on both laptops or here alone, where it was said."""

    on: date
    text: str
    contact_ids: tuple[int, ...]
    ours: bool | None = None


def exchanges(written: Iterable[Written]) -> list[Exchange]:
    """Put cards of one year side by side, the newest year first.

    A card of January answers the Christmas before it. One card to a household is kept for each of its
    members: it counts once. A card without its line is left out beside one of the same day that has it.
    """
    years: dict[int, dict[Written, None]] = {}
    for card in sorted(written):
        is_of_last = card.on.month == 1 and not card.occasion
        years.setdefault(card.on.year - is_of_last, {})[card] = None
    by_year = []
    for year in sorted(years, reverse=True):
        kept = {(card.on, card.from_them) for card in years[year] if card.text}
        lines = [card for card in years[year] if card.text or (card.on, card.from_them) not in kept]
        by_year.append(
            Exchange(
                year=year,
                theirs=tuple(card for card in lines if card.from_them),
                yours=tuple(card for card in lines if not card.from_them),
            )
        )
    return by_year


def shared_notes(notes: Iterable[tuple[date, str, int, bool | None]]) -> list[SharedNote]:
    """Join notes (day, text, contact, ours) alike but for the contact, in the order of the first of each."""
    shared: dict[tuple[date, str, bool | None], list[int]] = {}
    for on, text, contact_id, ours in notes:
        shared.setdefault((on, text, ours), []).append(contact_id)
    return [SharedNote(on, text, tuple(ids), ours) for (on, text, ours), ids in shared.items()]


def whose(note: SharedNote, names: Mapping[int, str], *, among: int) -> str:
    """Return "Anna and Tom: " before a note; "" where it names them, or is that of all `among` members."""
    called = list(
        dict.fromkeys(names[contact_id] for contact_id in sorted(note.contact_ids) if names.get(contact_id))
    )
    text = fold(note.text)
    if len(note.contact_ids) >= among or all(fold(name) in text for name in called):
        return ""
    return f"{', '.join(called[:-1])} and {called[-1]}: " if len(called) > 1 else f"{called[0]}: "
