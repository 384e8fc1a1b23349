"""What stands before a name: titles one earned, and the Mr and Mrs of a language, which state a gender."""

from __future__ import annotations

# Whom each says it is for: f, m, or "" for both. Only ever compared; the card's own spelling is shown.
_HONORIFICS = {
    "mr": "m",
    "mister": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "mx": "",
    "herr": "m",
    "hr": "m",
    "herrn": "m",
    "frau": "f",
    "monsieur": "m",
    "madame": "f",
    "mme": "f",
    "mademoiselle": "f",
    "mlle": "f",
    "señor": "m",
    "sr": "m",
    "señora": "f",
    "sra": "f",
    "srta": "f",
    "senhor": "m",
    "senhora": "f",
    "signor": "m",
    "signore": "m",
    "sig": "m",
    "signora": "f",
    "sigra": "f",
    "heer": "m",
    "dhr": "m",
    "mevrouw": "f",
    "mevr": "f",
    "mw": "f",
    "pan": "m",
    "pani": "f",
}


def title_key(word: str) -> str:
    """Return what two spellings of a title share: Dr, dr., DR."""
    return word.lower().replace(".", "").strip(",")


def academic(prefixes: str) -> str:
    """Return the titles among what stands before a name, as they are written: "Herr Prof. Dr." has two."""
    return " ".join(word for word in prefixes.split() if title_key(word) not in _HONORIFICS)


def stated_gender(gender: str, prefixes: str) -> str:
    """Return "f" or "m" as GENDER, or else a Mr or Mrs, states it; "" where neither does."""
    if gender:
        return gender if gender in ("f", "m") else ""
    said = {_HONORIFICS.get(title_key(word), "") for word in prefixes.split()} - {""}
    return said.pop() if len(said) == 1 else ""
