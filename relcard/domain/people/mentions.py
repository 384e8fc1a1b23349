"""Who is named in free words: "Anna and Tom: moved to Leeds", "the Okafors have a dog", "Aunt Wren called".

Only the first names of the text count, those joined by a comma or an "and" together: whoever comes later in
the sentence is a subject of the note, not somebody it is kept for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import replace
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.people.surnames import common_stems
from relcard.domain.people.surnames import surname_stems
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.languages import Language

_TOKEN = re.compile(r"[^\W_][^\s,;:!?()\"“”&+/]*|[,&+:/]", re.UNICODE)
_LONGEST = 5  # words of a name
_MOST_TRIED = 2000  # ways to read the names together
_HEAD = 12  # words before a colon that may be a list of names
_PARTICLES = 3  # words between "the" and the capital of a name: the van den Bergs

# Verbs that are names as well, and what follows them where they are verbs: may be late, will come in June.
_MODALS = frozenset(("may", "will"))
_BARE_VERBS = frozenset(
    (
        *("be", "not", "have", "come", "go", "need", "take", "want", "get", "see", "call", "write", "move"),
        *("leave", "arrive", "visit", "return", "never", "also", "still", "soon", "only", "probably", "try"),
        *("bring", "stay", "like", "send", "ask", "meet", "join", "miss", "marry", "retire", "start", "or"),
    )
)
# Other words that are names as well: in small letters only one of whom the next word tells something.
_ALSO_WORDS = frozenset(
    (
        *("art", "rose", "grace", "joy", "hope", "faith", "june", "april", "august", "dawn", "summer"),
        *("autumn", "mark", "bill", "pat", "drew", "frank", "grant", "rich", "dean", "holly", "ivy", "lily"),
        *("daisy", "iris", "heather", "violet", "ruby", "pearl", "amber", "olive", "penny", "rob", "sue"),
        *("bob", "peg", "christian"),
    )
)
_TELLS = frozenset(
    (
        *("is", "was", "has", "had", "got", "went", "came", "told", "said", "met", "bought", "sold", "lost"),
        *("fell", "broke", "wrote", "sent", "gave", "took", "made", "left", "began", "won", "found", "sang"),
        *("will", "and", "&", "+", ",", "/", ":", "now", "loves", "likes", "may", "can", "does", "did"),
        *("wants", "needs"),
    )
)
_MONTH_NAMES = frozenset(("may", "april", "june", "august"))
_BEFORE_MONTHS = frozenset(
    ("in", "since", "until", "till", "by", "last", "next", "this", "early", "late", "mid")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A contact as free words may call it; names are as people write them."""

    contact_id: int
    display_name: str
    given: str = ""
    family: str = ""
    nicknames: tuple[str, ...] = ()
    gender: str = ""  # as the vCard states it: f, m ...
    prefixes: str = ""
    circle: Circle | None = None
    household_id: int | None = None
    has_died: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionChoice:
    """One reading of a name: the contacts it means, all of one household where the name is a family's."""

    contact_ids: tuple[int, ...]
    household_id: int | None
    in_circle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in the text, and who it may mean; one choice when it is plain.

    `at` is the token it begins with, and `length` says how many it takes. `and_family` is set where the text
    goes on with "and family": everybody of the household is meant.
    """

    words: str
    choices: tuple[MentionChoice, ...]
    at: int = 0
    length: int = 1
    and_family: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The names a text begins with or has first, and what there is to note of them.

    `unknown` are words before the colon that should be names and are nobody's.
    """

    mentions: tuple[Mention, ...]
    text: str
    unknown: tuple[str, ...] = ()
    is_list: bool = False  # the names stand before a colon, and the text is what follows it

    @property
    def begins(self) -> bool:
        """Whether the text begins with a name."""
        return bool(self.mentions) and (self.is_list or self.mentions[0].at == 0)

    @property
    def is_more_than_a_word(self) -> bool:
        """Whether the text begins with more than one word of names: Mary Ann, Mum and Jo, the Okafors."""
        first = self.mentions[:1]
        return self.begins and (
            self.is_list or len(self.mentions) > 1 or any(one.length > 1 or one.and_family for one in first)
        )


def may_name_a_family(words: Sequence[str]) -> bool:
    """Whether a typed sentence may begin with a family: "the Okafors have a dog".

    Two arguments are WHO and TEXT unless the text begins with a capital: then no language need be loaded.
    """
    if len(words) < 2 or (len(words) == 2 and not words[1][:1].isupper()):
        return False
    return fold(words[0]) in family_words()


@lru_cache(maxsize=1)
def family_words() -> frozenset[str]:
    """Return the folded words that make a family of a name, in any language: the, familie, los."""
    return frozenset(fold(word) for words in _languages() for word in words.family_words)


@lru_cache(maxsize=1)
def _ands() -> frozenset[str]:
    """Return the words between two names: "and" of any language, and the signs for it."""
    spoken = {words.and_ for words in _languages()}
    before_some = {words.and_before[1] for words in _languages() if words.and_before}
    return frozenset(("&", "+", ",", "/", *spoken, *before_some))


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Return what stands before a name, Mrs, Dr or Don in any language, folded and without its dots."""
    return frozenset(
        fold(title)
        for words in _languages()
        for titles in (
            words.titles,
            words.women,
            words.men,
            words.anybody,
            " ".join(words.given_titles or ()),
        )
        for title in (titles or "").split()
    )


@lru_cache(maxsize=1)
def _titles_behind() -> frozenset[str]:
    """Return the titles that Hungarian and Turkish write behind a name: Weber úr, Ayşe Hanım."""
    from relcard.domain.languages import language  # noqa: PLC0415  1 ms: note WHO TEXT asks for none

    return frozenset(
        fold(title)
        for code in ("hu", "tr")
        for title in f"{language(code).women} {language(code).men}".split()
    )


def _is_title(word: str) -> bool:
    return fold(word).replace(".", "") in _titles()


def _titles_and_name(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the titles before a name, with what joins them, or the one behind it; and the name."""
    at = 0
    while at < len(words) and (
        _is_title(words[at])
        or (fold(words[at]) in _ARTICLES | _ands() and any(map(_is_title, words[at + 1 : at + 2])))
    ):
        at += 1
    if not at and fold(words[-1]) in _titles_behind():
        return words[-1:], words[:-1]
    return words[:at], words[at:]


def _languages() -> tuple[Language, ...]:
    from relcard.domain.languages import all_languages  # noqa: PLC0415  4 ms: note WHO TEXT asks for none

    return all_languages()


def words_of(text: str) -> list[str]:
    """Return the folded words of a text that a name may be made of, for a first look into the store."""
    names = []
    ands = _ands()
    for token in _TOKEN.findall(text):
        word = fold(_bare(token))
        if len(word) > 1 and word not in ands:
            names += [word, *_singulars(word)]
            # Kowalska stands in the store, and the Kowalskis are asked for: what both begin with finds her.
            names += [
                stem for plain in (word, *_singulars(word)) for stem in common_stems(plain) if len(stem) > 3
            ]
    return list(dict.fromkeys(names))


def read_mentions(text: str, people: Sequence[Named]) -> Reading:
    """Find the people a note is about; before a colon stands a list of names, if one of them is known."""
    calls = _Calls(people)
    head, colon, rest = text.partition(":")
    if colon and rest.strip() and len(head.split()) <= _HEAD:
        mentions, unknown = _read_head(head, calls)
        if mentions:
            settled = _settled(mentions)
            return Reading(mentions=settled, text=rest.strip(), unknown=tuple(unknown), is_list=True)
    return Reading(mentions=_settled(_first_group(text, calls)), text=text.strip())


class _Calls:
    """The names everybody may be called by, folded, and who that is."""

    def __init__(self, people: Sequence[Named]) -> None:
        self.people = people
        self.whole: dict[str, dict[int, Named]] = {}
        self.first: dict[str, dict[int, Named]] = {}
        self.family: dict[str, dict[int, Named]] = {}
        for named in people:
            first = named.given.split()[:1]
            family = named.family
            self._add(self.whole, named.display_name, named)
            for name in (f"{named.given} {family}", f"{' '.join(first)} {family}"):
                if " " in name.strip() or not family:
                    self._add(self.whole, name, named)
            before = named.display_name.removesuffix(family).rstrip() if family else ""
            for name in (named.given, *first, before, *named.nicknames):
                self._add(self.first, name, named)
            self._add(self.family, family, named)
            for part in fold(family).replace("-", " ").split()[-1:]:
                self._add(self.family, part, named)

    @staticmethod
    def _add(names: dict[str, dict[int, Named]], name: str, named: Named) -> None:
        key = fold(name)
        if key:
            names.setdefault(key, {})[named.contact_id] = named

    def match(self, tokens: Sequence[str], at: int, *, in_list: bool = False) -> tuple[int, Mention] | None:
        """Return the longest name that begins at a token: how many tokens it takes, and who it may be."""
        longest = min(_LONGEST, len(tokens) - at)
        for length in range(longest, 0, -1):
            words = [_bare(token) for token in tokens[at : at + length]]
            if not _is_title(words[0]) and any(word in _ands() and len(word) == 1 for word in words):
                continue
            choices = self._named(words)
            if not choices and length == 1 and (in_list or (at == 0 and words[0][0].isupper())):
                choices = self._plural(fold(words[0]))
            if choices:
                return length, Mention(words=" ".join(words), choices=choices, at=at, length=length)
        return None

    def _named(self, words: Sequence[str]) -> tuple[MentionChoice, ...]:
        """Return a family of these words, or who bears them as a name, whole, first, or behind a title."""
        key = fold(" ".join(words))
        choices = self._family(words) or _each(self.whole.get(key)) or _each(self.first.get(key))
        return choices if choices or len(words) == 1 else self._titled(*_titles_and_name(words))

    def _titled(self, titles: Sequence[str], name: Sequence[str]) -> tuple[MentionChoice, ...]:
        """Return whom a title and a name mean: Mrs Okonjo, Herr Max Weber, Sir Hugh; both by "Mr and Mrs"."""
        if not (titles and name):
            return ()
        key = fold(" ".join(name))
        if any(fold(word) in _ands() for word in titles):
            return self._bearers((key, fold(name[-1])))
        from relcard.domain.people.names import stated_gender  # noqa: PLC0415  5 ms; few WHO have a title

        stated = stated_gender("", " ".join(titles))
        people = self.whole.get(key) or self._of_family(key, stated) or self.first.get(key) or {}
        genders = {
            contact_id: stated_gender(named.gender, named.prefixes) for contact_id, named in people.items()
        }
        for wanted in (stated, ""):
            likely = {
                contact_id: named for contact_id, named in people.items() if genders[contact_id] == wanted
            }
            if likely:
                return _each(likely)
        return () if stated else _each(people)

    def _of_family(self, key: str, gender: str) -> dict[int, Named]:
        """Return who bears a surname; where a woman's would be another, who bears it in any form."""
        bearers = self.family.get(key, {})
        may_be_other = gender == "f" and surname_stems(key, "") == {key}
        return self._in_any_form(key) if may_be_other or not bearers else bearers

    def _family(self, words: Sequence[str]) -> tuple[MentionChoice, ...]:
        """Return the households of a family: "the Okafors", "Familie Weber", "the Fox family"."""
        folded = [fold(word) for word in words]
        if len(folded) < 2 or not (folded[0] in family_words() or folded[-1] in family_words()):
            return ()
        name = " ".join(word for word in folded if word not in family_words())
        return self._bearers((name, *_singulars(name))) if name else ()

    def _plural(self, name: str) -> tuple[MentionChoice, ...]:
        """Return the households of a family called by its plural alone: Okafors."""
        return () if name in self.family else self._bearers(_singulars(name))

    def _bearers(self, keys: Iterable[str]) -> tuple[MentionChoice, ...]:
        """Return the households of a family's name in any of its forms: Kowalski, Kowalska, Nováková."""
        for key in keys:
            bearers = self._in_any_form(key)
            if bearers:
                return _households(bearers.values())
        return ()

    def _in_any_form(self, key: str) -> dict[int, Named]:
        bearers = dict(self.family.get(key, {}))
        stems = surname_stems(key, "")
        if " " not in key:
            bearers |= {
                named.contact_id: named
                for named in self.people
                if named.family and stems <= surname_stems(named.family, "")
            }
        return bearers


def _singulars(name: str) -> list[str]:
    """Return the surnames a plural may stand for: okafor of okafors, jones of joneses."""
    if not name.endswith("s"):
        return []
    return [name[:-1].rstrip("'’"), *([name[:-2]] if name.endswith("es") else [])]


def _each(people: dict[int, Named] | None) -> tuple[MentionChoice, ...]:
    """Return a choice for each of some people, for the living where there are any."""
    if not people:
        return ()
    living = [named for named in people.values() if not named.has_died] or list(people.values())
    return tuple(_choice([named]) for named in living)


def _households(family: Iterable[Named]) -> tuple[MentionChoice, ...]:
    """Return a choice for each household of a family, for those of several people where there are any."""
    households: dict[object, list[Named]] = {}
    for named in family:
        if not named.has_died:
            households.setdefault(named.household_id or f"c{named.contact_id}", []).append(named)
    several = [members for members in households.values() if len(members) > 1]
    return tuple(_choice(members) for members in several or households.values())


def _choice(people: Sequence[Named]) -> MentionChoice:
    return MentionChoice(
        contact_ids=tuple(named.contact_id for named in people),
        household_id=people[0].household_id,
        in_circle=any(named.circle not in (None, Circle.NONE) for named in people),
    )


def _read_head(head: str, calls: _Calls) -> tuple[list[Mention], list[str]]:
    """Read "Anna and Tom": names and what joins them. Other words make it no list, and no name is read."""
    tokens = _TOKEN.findall(head)
    mentions: list[Mention] = []
    unknown: list[str] = []
    at = 0
    while at < len(tokens):
        if _is_and(tokens, at):
            at += 1
            continue
        if mentions and _after_and(tokens, at) and (family := _family_after(tokens, at)):
            mentions[-1] = replace(mentions[-1], and_family=True)
            at += family
            continue
        match = calls.match(tokens, at, in_list=True)
        if match is None:
            if not (_after_and(tokens, at) or (at + 1 < len(tokens) and _is_and(tokens, at + 1))):
                return [], []
            unknown.append(_bare(tokens[at]))
            at += 1
        else:
            mentions.append(match[1])
            at += match[0]
    return mentions, unknown


def _first_group(text: str, calls: _Calls) -> list[Mention]:
    tokens = _TOKEN.findall(text)
    # In a sentence with capitals only a capital makes a name of a word: will, may, rose.
    typed_small = not any(token[0].isupper() for token in tokens)
    mentions: list[Mention] = []
    at = 0
    while at < len(tokens):
        match = calls.match(tokens, at) if _may_be_name(tokens, at, typed_small=typed_small) else None
        if match is not None and not (match[0] == 1 and _is_word(tokens, at)):
            at += match[0]
            family = _and_family_at(tokens, at)
            mentions.append(replace(match[1], and_family=True) if family else match[1])
            at += family
        elif typed_small if not mentions else not _joins(tokens, at, calls):
            break
        else:
            at += 1
    return mentions


def _may_be_name(tokens: Sequence[str], at: int, *, typed_small: bool) -> bool:
    """Whether a name may begin here: a capital, "the" before one, or in small letters the first word."""
    if _is_capital(tokens[at]):
        return True
    if tokens[at] in family_words() and any(map(_is_capital, tokens[at + 1 : at + 1 + _PARTICLES])):
        return True
    return typed_small and (at == 0 or _after_and(tokens, at))


def _and_family_at(tokens: Sequence[str], at: int) -> int:
    """Return how many tokens say "and family", "and her family" here; 0 for none."""
    family = _family_after(tokens, at + 1) if at < len(tokens) and _is_and(tokens, at) else 0
    return 1 + family if family else 0


def _is_word(tokens: Sequence[str], at: int) -> bool:
    """Whether what may be a name is a word here: "may be late", "rose petals", "in May"."""
    word, after = tokens[at], fold(tokens[at + 1]) if at + 1 < len(tokens) else ""
    if at and word.lower() in _MONTH_NAMES and fold(tokens[at - 1]) in _BEFORE_MONTHS:
        return True
    if word in _MODALS:
        return after in _BARE_VERBS
    return word in _ALSO_WORDS and not (after in _TELLS or after.endswith(("ed", "es")))


def _family_after(tokens: Sequence[str], at: int) -> int:
    """Return how many tokens after an "and" mean the rest of the family: family, the family, her family."""
    for length in (1, 2):
        last = tokens[at + length - 1 : at + length]
        if last and fold(last[0]) in family_words() - _ARTICLES:
            follows = tokens[at + length : at + length + 1]
            return 0 if follows and _is_capital(follows[0]) and fold(last[0]) != "family" else length
        if not last or fold(last[0]) not in _BEFORE_FAMILY:
            return 0
    return 0


_ARTICLES = frozenset(("the", "die", "los", "les", "de", "os"))
_BEFORE_FAMILY = frozenset(("the", "her", "his", "their", "die", "la", "sa", "seine", "ihre"))


def _joins(tokens: Sequence[str], at: int, calls: _Calls) -> bool:
    """Whether an "and" leads on to another name."""
    ahead = at
    while ahead < len(tokens) and _is_and(tokens, ahead):
        ahead += 1
    return at < ahead < len(tokens) and calls.match(tokens, ahead) is not None


def _is_and(tokens: Sequence[str], at: int) -> bool:
    return tokens[at].lower() in _ands()


def _after_and(tokens: Sequence[str], at: int) -> bool:
    return at > 0 and _is_and(tokens, at - 1)


def _is_capital(token: str) -> bool:
    # Scripts without capitals write names like every other word.
    return token[0].isupper() or token[0].lower() == token[0].upper()


def _bare(token: str) -> str:
    """Return a word without what clings to it: Tom's, Leeds."""
    word = token.rstrip(".")
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word


def _settled(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Let each name mean whom the others make likely: people of one household, and people in circles."""
    narrowed = [_narrowed(mention, mentions) for mention in mentions]
    tries = prod(len(mention.choices) for mention in narrowed)
    if tries == 1 or tries > _MOST_TRIED:
        return tuple(narrowed)
    best: list[tuple[MentionChoice, ...]] = []
    most = (-1, -1)
    for reading in product(*(mention.choices for mention in narrowed)):
        worth = _worth(reading)
        if worth > most:
            best, most = [reading], worth
        elif worth == most:
            best.append(reading)
    return tuple(
        replace(mention, choices=tuple(dict.fromkeys(reading[number] for reading in best)))
        for number, mention in enumerate(narrowed)
    )


def _narrowed(mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """Leave out the many of one first name who are in no circle and share no household with the others."""
    if len(mention.choices) < 8:
        return mention
    households = {
        choice.household_id
        for other in mentions
        if other is not mention
        for choice in other.choices
        if choice.household_id is not None
    }
    near = tuple(
        choice for choice in mention.choices if choice.in_circle or choice.household_id in households
    )
    return replace(mention, choices=near or mention.choices)


def _worth(reading: Sequence[MentionChoice]) -> tuple[int, int]:
    households = [choice.household_id for choice in reading if choice.household_id is not None]
    together = len(households) - len(set(households))
    return together, sum(choice.in_circle for choice in reading)
