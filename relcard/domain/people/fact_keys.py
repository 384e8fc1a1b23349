"""The key of a lasting fact: how it is written, and which keys have a command that does more with them."""

from __future__ import annotations

from relcard.domain.text import fold

_COMMANDS = {
    "birthday|bday|birthdate|birth date|date of birth|dob|born": "relcard edit {who}  (birthday)",
    "anniversary|wedding anniversary|wedding day|wedding": "relcard edit {who}  (anniversary)",
    "name day|nameday|saint's day|saints day": "relcard edit {who}  (a day of its own: [[day]])",
    "phone|telephone|tel|mobile|cell|phone number|mobile number|landline": "relcard edit {who}  (phone)",
    "e-mail|email|mail|email address|e-mail address": "relcard edit {who}  (email)",
    "address|home address|street|postal address|postcode": "relcard address add {who} --street STREET",
}
_COMMAND_OF = {key: command for keys, command in _COMMANDS.items() for key in keys.split("|")}


def split_fact(key: str, words: tuple[str, ...]) -> tuple[str, str]:
    """Return key and value as they are kept: "bread:" is bread, and "bread: rye" has its value."""
    if len(words) and f"{key} {words[0]}".lower().rstrip(":") in _COMMAND_OF:
        key, words = f"{key} {words[0]}", words[1:]
    value = " ".join(words).strip()
    if not value and ":" in key.strip().rstrip(":"):
        key, _, value = key.partition(":")
    return " ".join(key.strip(" \t:：").split()), value.strip()


def command_of(key: str, who: str) -> str:
    """Return the command that keeps what a key says, "" where a fact does."""
    return _COMMAND_OF.get(fold(key), "").format(who=who)


def known_key(key: str, keys: tuple[str, ...]) -> str:
    """Return the key there is already that differs only in capitals and accents, else the key itself."""
    if key in keys:
        return key
    return next((known for known in keys if fold(known.strip(" :")) == fold(key)), key)
