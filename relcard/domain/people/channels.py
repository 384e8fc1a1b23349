"""How a word passes between people, and what people call it: tea is a visit, a text a message."""

from __future__ import annotations

from relcard.domain.text import fold

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
