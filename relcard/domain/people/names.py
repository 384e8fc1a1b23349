"""Names: the display name and its parts, made from each other; Mr, Mrs and titles before them."""

from __future__ import annotations

import re
from functools import cache
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple

from relcard.domain.kinds import Kind
from relcard.domain.languages import CODES
from relcard.domain.languages import language
from relcard.domain.people.contact import Name
from relcard.domain.text import fold
from relcard.domain.text import has_east_asian
from relcard.domain.text import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.domain.languages import Language
    from relcard.domain.languages import Pair
    from relcard.domain.people.household import Resident


def parts_of(display_name: str) -> Name:
    """Guess given and family name: the last word is the family's, with small words before it (van der Berg).

    One word is a given name. In Chinese, Japanese and Korean the family comes first.
    """
    words = display_name.split()
    if len(words) < 2:
        return Name(given=display_name)
    if all(map(is_east_asian, "".join(words))):
        return Name(family=words[0], given=" ".join(words[1:]))
    begins = len(words) - 1
    while begins > 1 and words[begins - 1].islower():
        begins -= 1
    return Name(given=" ".join(words[:begins]), family=" ".join(words[begins:]))


def follow_parts(display_name: str, before: Name, after: Name) -> str:
    """Return a display name after parts of it changed: Anna Kowalska, family now Smith, is Anna Smith."""
    for old, new in zip(before, after, strict=True):
        if old and old != new:
            whole = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
            display_name = whole.sub(lambda _, new=new: new, display_name, count=1)  # type: ignore[misc]
    return " ".join(display_name.split())


def follow_name(parts: Name, before: str, after: str) -> Name:
    """Return the parts after words of the display name changed; as they are when it is not plain which."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        return parts
    changes = {was: now for was, now in zip(old, new, strict=True) if was != now}
    return Name(
        *(
            " ".join(changes.get(word, word) for word in part.split())
            if changes.keys() & set(part.split())
            else part
            for part in parts
        )
    )


def title_key(word: str) -> str:
    """Return the key that spellings of a title share: dr of Dr, dr. and DR."""
    return word.lower().replace(".", "").strip(",")


def academic(prefixes: str) -> str:
    """Return the titles among what stands before a name, as they are written: "Herr Prof. Dr." has two."""
    if not prefixes:
        return ""
    *before, last = prefixes.split() or [""]
    words = [word for word in before if not _joins(word)] + [last]  # of "Mr and Mrs" nothing is left
    return " ".join(word for word in words if _courtesy(title_key(word)) is None)


def _joins(word: str) -> bool:
    """Whether a word between titles joins two people: "Dr and Mrs"."""
    short = word.islower() and word.isalpha() and len(word) < 4
    return word in ("&", "+") or (short and any(word == language(code).and_ for code in CODES))


def stated_gender(gender: str, prefixes: str) -> str:
    """Return "f" or "m" as GENDER, or else a Mr or Mrs, states it; "" where neither does."""
    if gender:
        return gender if gender in ("f", "m") else ""
    stated = {_courtesy(title_key(word)) for word in prefixes.split()} - {"", None}
    return stated.pop() or "" if len(stated) == 1 else ""


@lru_cache(maxsize=256)
def _courtesy(key: str) -> str | None:
    """Return for whom a Mr or Mrs of any language is: "f", "m" or "" for both; None for a title.

    The languages are asked one by one, so that "Mr" loads no other than English.
    """
    for code in CODES:
        words = language(code)
        if key in words.titles.split():
            return None
        for gender, courtesies in (("f", words.women), ("m", words.men), ("", words.anybody)):
            if courtesies and key in courtesies.split():
                return gender
    return None


class Written(NamedTuple):
    """A name as it stands on paper and is said, without what an address book keeps beside it.

    `name` is the envelope's, with titles; `bare` has neither title nor suffix. `called` is how the user calls
    them. `titles` were earned, `courtesy` is a Mr or Mrs, both as written. "Mr and Mrs" are a couple.
    """

    name: str
    bare: str
    called: str
    given: str
    family: str
    titles: str
    courtesy: str
    gender: str
    is_couple: bool


def tidy_name(text: str) -> tuple[str, str, str]:
    """Return a name, what stands beside it and never on paper, and the part of that which tells of a death.

    Beside it are words in brackets, née and its kin, pictures, and whatever follows a dash in small letters.
    """
    if _is_plain(text) and not any(map(_may_stand_beside, text.split()[1:])):
        return text, "", ""
    beside: list[str] = []

    def leave(match: re.Match[str]) -> str:
        beside.append(match[0].strip(" ,;"))
        return " "

    name = re.sub(_PICTURES, leave, re.sub(_BRACKETS, leave, text))
    name = re.sub(_AFTER_DASH, leave, name)
    if any(map(_may_stand_beside, name.split()[1:])):
        name = _gathered("born_as").sub(leave, _gathered("died_as").sub(leave, name))
        words = name.split()
        if len(words) > 2 and words[-1] in _places():
            name = " ".join(words[:-1])
            beside.append(words[-1])
    all_beside = " ".join(filter(None, beside))
    name = " ".join(name.split()).strip(" ,;-")
    if not name:
        return " ".join(text.split()), "", ""
    return name, all_beside, all_beside if _tells_of_death(all_beside) else ""


def is_written_as_shown(given: str, family: str, shown: str) -> bool:
    """Whether a name of two words, without titles, stands on an envelope as it is shown, in any language."""
    is_plain = given.isalpha() and family.isalpha() and not _may_stand_beside(family)
    return is_plain and shown == f"{given} {family}"


def _tells_of_death(beside: str) -> bool:
    if not beside:
        return False
    return bool(
        _DAGGERS & set(beside) or re.search(_LIFE, beside) or _gathered("died_as").search(f" {beside}")
    )


def doubts_of_name(resident: Resident, code: str, *, informal: bool) -> Iterator[tuple[str, Pair | None]]:
    """Yield what of a name its owner may want to mend; with the words of a greeting and what may be meant."""
    if resident.kind is not Kind.INDIVIDUAL:
        return
    parts = (resident.family, resident.given, resident.suffixes)
    beside = tidy_name(resident.display_name)[1] or next(
        filter(None, (tidy_name(part)[1] for part in parts)), ""
    )
    if beside:
        yield f"“{beside}” in the name is left off paper", None
    shown = tidy_name(resident.display_name)[0]
    if right := capitals_put_right(shown, code):
        yield f"should it be “{right}”?", None
    second = resident.additional
    begins = fold(shown).startswith(fold(f"{resident.given} {second}"))
    is_word = informal and second.isalpha() and len(second) > 1 and not resident.nicknames
    if is_word and begins and fold(resident.given) in OFTEN_DOUBLE:
        both = f"{resident.given} {second}"
        yield f"is it {resident.given} or {both}?", (resident.given, both)


# Given names that are often the first half of one, folded.
OFTEN_DOUBLE = frozenset(
    ("mary", "anna", "anne", "ana", "maria", "marie", "jo", "sarah", "jean", "jose", "juan", "luis", "hans",
     "karl", "billy", "bobby", "john", "peggy", "betty", "emma", "lisa", "eva", "joao", "carl", "lars",
     "gian", "pier", "rose")
)  # fmt: skip


def _is_plain(text: str) -> bool:
    """Whether a name is words alone: hyphens and apostrophes within them."""
    if text.replace(" ", "").isalpha():
        return True
    return " -" not in text and text.translate(_WITHIN_NAMES).isalnum()


_WITHIN_NAMES = str.maketrans(dict.fromkeys(" .'-"))


def _may_stand_beside(word: str) -> bool:
    """Whether a word wants a look: those of every language are asked for then."""
    small = word[:1].islower() and word not in _PARTICLES
    return (
        small
        or (word.isupper() and len(word.strip(".,")) > 2)
        or word.startswith("Né")
        or word[3:].endswith(".")
    )


_BRACKETS = r"[(\[{<（【〔][^)\]}>）】〕]*(?:[)\]}>）】〕]|$)"
_PICTURES = (
    "[\u2020\u2021\u2190-\u2bff\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
    "(?:[\u200d\u2190-\u2bff\ufe0f\u20e3\U0001f000-\U0001faff]| *[0-9./-]{4,10}$)*"
)
_LIFE = r"\b(?:d\.? ?|\d{4} ?[-–] ?)\d{4}\b"  # d. 2024; 1940-2024
_DAGGERS = frozenset("\u2020\u271d\u271e\u271f")
_AFTER_DASH = r"\s[-–—/|:]\s*[a-zß-ÿ0-9 .]+$|\s[-–—/|]\s*(?:Work|Home|Mobile|Office|Cell|Old|New)$"


@cache
def _places() -> frozenset[str]:
    """Return words of every language for what an address or a number is for: work, home."""
    columns = [language(code).columns for code in CODES]
    return frozenset(
        " ".join(f"{each.home} {each.work} {each.mobile}" for each in columns).replace("|", " ").split()
    )


@cache
def _gathered(field: Literal["born_as", "died_as"]) -> re.Pattern[str]:
    """Return a pattern of words of every language and what follows them, in small letters or capitals."""
    phrases = {phrase for code in CODES for phrase in getattr(language(code), field)}
    follows = r"\s*\S.*$" if field == "born_as" else r"\s*.*$"  # somebody may be called Tom Born
    spelled = {way for phrase in phrases for way in (phrase, phrase.upper(), f"{phrase.capitalize()}.")}
    spelled |= {phrase.capitalize() for phrase in phrases if not phrase.isascii()}
    words = "|".join(map(re.escape, sorted(spelled, key=len, reverse=True)))
    return re.compile(rf"(?:^|(?<=[\s,(\[]))(?:{words})(?:(?<=\.)|[.:]|(?!\w)){follows}")


def capitals_put_right(name: str, code: str = "en") -> str:
    """Return how a name written in capitals or in small letters alone should stand, or "" where it is not.

    A surname in capitals counts; two or three letters may be initials. Proposed, never done.
    """
    words = [word for word in re.split(r"[\s\-]+", name) if any(map(str.isalpha, word))]
    shouted = _shouted(words)
    if len(words) < 2 or not (shouted or all(map(str.islower, words))):
        return ""
    whole = all(word.isupper() or word.islower() for word in words)

    def right(match: re.Match[str]) -> str:
        word = match[0]
        if whole or word in shouted:
            return _begun_large(word, code, is_first=match.start() == 0)
        return word

    return re.sub(r"[^\W\d_]+(?:’s\b)?", right, name)


def _shouted(words: list[str]) -> list[str]:
    """Return the words in capitals that are neither initials nor a numeral."""
    least = 2 if all(word.isupper() and len(word.strip(".")) > 1 for word in words) else 3
    return [
        word for word in words if word.isupper() and len(word) > least and not re.fullmatch(_NUMERAL, word)
    ]


def _begun_large(word: str, code: str, *, is_first: bool) -> str:
    """Return a word of a name as it should stand: Ames, van, McKay; initials and numerals as they are."""
    initials = len(word) == 2 and not set(word) & set("AEIOUYÀÁÅÄÖÜÉRr")  # JP, not AL or JR
    if re.fullmatch(_NUMERAL, word) or initials:
        return word
    small = (word.replace("I", "ı").replace("İ", "i") if code == "tr" else word).lower()
    if small in _PARTICLES and not is_first:
        return small
    first = "İ" if code == "tr" and small[0] == "i" else small[0].upper()
    return re.sub("^Mc(.)", lambda part: f"Mc{part[1].upper()}", first + small[1:])


_NUMERAL = "I{2,3}|IV|VI{1,3}|IX"
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "le", "el",
     "al", "bin", "ibn", "y", "e", "zu", "zum", "zur", "ter", "ten", "av", "af", "and", "et", "und")
)  # fmt: skip


@lru_cache(maxsize=1024)
def written_name(resident: Resident, code: str) -> Written:
    """Return how someone is written and called in a language of cards, from the name and its parts.

    The name is how the user calls them: "Bob Ames" of a Robert is Bob, and "Mum" is greeted so and stands on
    the envelope by her own name. "Doe, Jo" is turned round.
    """
    words = language(code)
    shown, quoted = _shown_and_quoted(resident)
    prefixes, shown_bare = _prefixes_of(
        shown, " ".join(resident.prefixes.split()), _tidy(resident.given), words
    )
    shown_bare, ending = _without_suffixes(shown_bare, _tidy(resident.suffixes), words)
    given, family, titles_of_one = _given_and_family(resident, prefixes, shown_bare, words)
    legal = _legal(given, family)
    is_pet_name = _is_pet_name(shown_bare, given, family)
    name, bare = (legal, legal) if is_pet_name or not shown else (shown, shown_bare)
    titles = academic(prefixes)
    name = _with_titles(name, titles)
    called = shown_bare if is_pet_name else shown if prefixes and not given else ""
    called = called or _nickname(resident, quoted, family)
    courtesy, is_couple = _courtesies(prefixes)
    return Written(
        name=name,
        bare=bare or name,
        called=called or _called(shown_bare or legal, given, family, words),
        given=given,
        family=family,
        titles=titles or _title_of_suffix(ending, words),
        courtesy=courtesy,
        gender=stated_gender(resident.gender, titles_of_one)
        or _gender_of_title(resident.gender, titles_of_one, words),
        is_couple=is_couple,
    )


def _legal(given: str, family: str) -> str:
    """Return given and family name in their order: in Chinese, Japanese and Korean the family comes first."""
    return " ".join(filter(None, (family, given) if has_east_asian(family) else (given, family)))


def _with_titles(name: str, titles: str) -> str:
    return f"{titles} {name}" if titles and not _keys(titles) & _keys(name) else name


def _tidy(text: str) -> str:
    """Return a part of a name without what stands beside it."""
    return text if not text or text.isalpha() else tidy_name(text)[0]


def _shown_and_quoted(resident: Resident) -> tuple[str, str]:
    """Return a name as it is shown, turned round and tidied, and its nickname in quotes or brackets."""
    if resident.kind is not Kind.INDIVIDUAL:
        return " ".join(resident.display_name.split()), ""
    shown = _turned(_tidy(resident.display_name), _tidy(resident.family))
    quoted = None
    if not _QUOTES.isdisjoint(resident.display_name):
        quoted = re.search(_QUOTED, shown) or re.search(_BETWEEN, resident.display_name)
    if quoted is None:
        return shown, ""
    if quoted.start():
        shown = " ".join(re.sub(_QUOTED, " ", shown).split())
    return shown, quoted[1]


def _given_and_family(
    resident: Resident, prefixes: str, shown_bare: str, words: Language
) -> tuple[str, str, str]:
    """Return given and family name, and the titles of one alone: "Sir Hugh and Lady Dale" has none."""
    given, family = _tidy(resident.given), _tidy(resident.family)
    if given or family or not prefixes:
        return given, family, prefixes
    family, given = parts_of(shown_bare)[:2]
    if not family:  # "Mrs Ames"
        return "", given, prefixes
    if _own_titles(words.code) & _keys(given):
        return "", "", ""
    return given, family, prefixes


def _courtesies(prefixes: str) -> tuple[str, bool]:
    """Return each Mr and Mrs among prefixes, and whether they are a couple: then all prefixes are theirs."""
    if not prefixes:
        return "", False
    of_words = {word: _courtesy(title_key(word)) for word in prefixes.split()}
    courtesy = [word for word in prefixes.split() if of_words[word] is not None]
    joined = len(prefixes.split()) > len(academic(prefixes).split()) + len(courtesy)
    is_couple = joined or {"f", "m"} <= set(of_words.values())
    return prefixes if is_couple else " ".join(courtesy), is_couple


def _title_of_suffix(ending: list[str], words: Language) -> str:
    """Return the title that a language makes of a suffix: Dr of MD."""
    titles = words.suffix_titles or {}
    return next((titles[key] for key in ending if key in titles), "")


_QUOTES = frozenset('"“”„«»(')
_BETWEEN = r" \(([^\W\d_]+)\) +\w"  # Elizabeth (Bess) Marsh
_QUOTED = r"[\"“”„«]\s*([^\"“”„«»]+?)\s*[\"“”»]"


def _turned(name: str, family: str) -> str:
    """Return "Doe, Jo" as Jo Doe."""
    name = " ".join(name.split())
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and family and fold(last) == fold(family) else name


def _prefixes_of(shown: str, prefixes: str, given: str, words: Language) -> tuple[str, str]:
    """Return the prefixes of a name, by its parts or as it is shown, and the name without them."""
    rest = shown.split()
    known = _keys(prefixes)
    own = _own_titles(words.code)
    in_given = _keys(given)
    kin = _kin(words.code)
    ands = ("and", "&", "+", words.and_)
    taken: list[str] = []

    def is_prefix(key: str) -> bool:
        joins = bool(taken) and key in ands and len(rest) > 2
        before_title = key == "the" and title_key(rest[1]) in own
        return key in known or (key not in in_given and (joins or before_title or key in own))

    while len(rest) > 1 and (key := title_key(rest[0])) not in kin and is_prefix(key):
        taken.append(rest.pop(0))
    if taken and title_key(taken[-1]) in ands:
        rest.insert(0, taken.pop())
    return prefixes or " ".join(taken), " ".join(rest)


def _keys(words: str) -> set[str]:
    return {title_key(word) for word in words.split()}


@cache
def _own_titles(code: str) -> frozenset[str]:
    """Return every Mr, Mrs and title of a language."""
    words = language(code)
    several = (words.women, words.men, words.anybody or "", words.titles, *(words.given_titles or ()))
    return frozenset(" ".join(several).split())


@cache
def _kin(code: str) -> frozenset[str]:
    return frozenset(language(code).kin.split())


@cache
def _suffixes(code: str) -> frozenset[str]:
    return frozenset(language(code).suffixes.split())


def _without_suffixes(name: str, suffixes: str, words: Language) -> tuple[str, list[str]]:
    """Return a name without Jr., PhD and the like, and those."""
    rest = name.split()
    stated = _keys(suffixes)
    known = stated | _suffixes(words.code)
    ending: list[str] = []
    while len(rest) > 1 and title_key(rest[-1]) in known:
        ending.append(title_key(rest.pop()))
    return " ".join(rest).rstrip(","), ending or sorted(stated)


def _is_pet_name(shown: str, given: str, family: str) -> bool:
    """Whether a name is what one says, not what a postman reads: "Mum", "Big Tom", a given name alone."""
    if not (given and family and shown) or has_east_asian(shown):
        return False
    folded, surname = fold(shown), fold(family)
    shown_words = set(folded.split())
    if not shown_words.isdisjoint(surname.split()) or folded.isascii() != surname.isascii():
        return False
    given_words = set(fold(given).split())
    return shown_words <= given_words or not shown_words & given_words


def _nickname(resident: Resident, quoted: str, family: str) -> str:
    """Return the first nickname one can say, without the surname."""
    for nickname in filter(None, (quoted, *resident.nicknames)):
        name = tidy_name(" ".join(nickname.split()))[0]
        if family and fold(name).endswith(f" {fold(family)}"):
            name = name[: -len(family)].strip()
        if name and not any(character in "@_/#" or character.isdigit() for character in name):
            return name[:1].upper() + name[1:] if name.isascii() and name.islower() else name
    return ""


def _called(bare: str, given: str, family: str, words: Language) -> str:
    """Return what someone is called: as the name has it, else the given name; whole where that is initials.

    A name in ideographs, kana or Hangul stays whole, for politeness.
    """
    if not given or has_east_asian(bare):
        return bare
    folded = fold(family).split()
    before = [word for word in bare.split() if fold(word) not in folded]
    without_family = " ".join(before)
    if {title_key(given), *map(title_key, before[:1])} & _kin(words.code):
        return without_family if len(before) > 1 else bare
    is_said = len(before) < len(bare.split()) and not _is_initials(without_family)
    if is_said and not _begins(fold(without_family), fold(given)):
        return without_family
    return bare if _is_initials(given) and family else given


def _begins(spoken: str, given: str) -> bool:
    """Whether the given name stands among what is spoken, so that it is enough."""
    return spoken == given or spoken.startswith(f"{given} ") or given in spoken.split()


def _is_initials(given: str) -> bool:
    return (
        len(given) == 1
        if given.isalpha()
        else all(len(part) == 1 for part in re.split(_APART, given) if part)
    )


_APART = r"[\s.\-]+"


def _gender_of_title(gender: str, titles: str, words: Language) -> str:
    """Return for whom a title of the language is: Dame, Sir, Doña, Don."""
    if gender or not words.given_titles:
        return ""
    women, men = words.given_titles
    keys = _keys(titles)
    return "f" if keys & set(women.split()) else "m" if keys & set(men.split()) else ""
