"""The names on the envelope, and the words a letter begins with.

Every living adult is named once; the dead are never addressed; children stand behind the adults, or with them
as a family. Names are written as their bearers write them, a plural bears no apostrophe, and what the user
wished for is taken as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple

from relcard.domain.languages import WITHOUT
from relcard.domain.languages import language as language_of
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import fold
from relcard.domain.people.household import children
from relcard.domain.people.household import head_order
from relcard.domain.people.joint_names import family_alone
from relcard.domain.people.names import is_written_as_shown
from relcard.domain.people.names import tidy_name
from relcard.domain.people.names import title_key
from relcard.domain.people.names import written_name
from relcard.domain.text import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.languages import Language
    from relcard.domain.languages import Pair
    from relcard.domain.people.household import Resident
    from relcard.domain.people.names import Written

Formality = Literal["informal", "formal"]

# A longer list of names reads like a roll call: then a family is greeted as one.
_MOST_NAMED = 6


def addressee(
    members: Sequence[Resident], *, language: str = "en", wish: str = "", year: int | None = None
) -> str:
    """Return the name line of the envelope: "Anna Kowalska and Jan Smith", "The Mustermann Family".

    `language` is a BCP 47 tag, in which a country counts where a rule differs. `year` is the present one, and
    tells who is a child; "" when nobody of the household lives any more.
    """
    if wish.strip():
        return wish.strip()
    speech = _Speech(language)
    words = speech.words
    living = [resident for resident in _living(members, year) if not resident.is_pet]
    if len(living) == 1 and not living[0].with_family:
        return living[0].display_name if _is_plain(living[0]) else speech.written(living[0]).name
    if any(map(_is_foreign, living)):
        return _listed([speech.written(resident).name for resident in living])
    adults, young = _adults_and_young(living, year)
    if family := _family_name(living, adults, young, speech):
        return family
    names = _full_names(adults, speech)
    joined = _joined(names, words)
    if not young and not _with_family(adults):
        return joined
    return words.and_family.format(joined if words.family_joined else ", ".join(names))


def _is_plain(resident: Resident) -> bool:
    """Whether a name has two words and no more parts, as most have: it is written as it is shown."""
    more = resident.prefixes or resident.suffixes or resident.additional
    return not more and is_written_as_shown(resident.given, resident.family, resident.display_name)


def _with_family(adults: Iterable[Resident]) -> bool:
    return any(resident.with_family for resident in adults)


def _family_name(
    living: list[Resident], adults: list[Resident], young: list[Resident], speech: _Speech
) -> str:
    """Return "The Mustermann Family" of adults with children, or of many adults, of one surname; else ""."""
    words = speech.words
    if not words.family or len(adults) < 2 or not (young or len(adults) > 3):
        return ""
    surname = _one_surname(living) or _both_surnames(adults, young, words)
    return words.family.format(speech.large(surname)) if surname else ""


def salutation(
    members: Sequence[Resident],
    *,
    language: str = "en",
    formality: Formality = "informal",
    wish: str = "",
    year: int | None = None,
) -> str:
    """Return the first words of a letter: "Dear Ann and Tom,", "Sehr geehrte Familie Mustermann,".

    Informally everyone living is named, children and pets too, or "the twins"; formally the adults, with
    their titles. "" when nobody lives any more.
    """
    if wish.strip():
        return wish.strip()
    speech = _Speech(language)
    living = _living(members, year)
    people = [resident for resident in living if resident.kind is Kind.INDIVIDUAL]
    if all(resident.is_pet for resident in living):
        return ""
    if not people:
        return speech.words.organisation.format(full_name(living[0])) + speech.words.end
    if formality == "formal":
        text = _formal([resident for resident in people if not resident.is_pet], speech, year)
    else:
        text = _informal(people, speech, year)
    return text + speech.words.end


def full_name(resident: Resident, language: str = "en") -> str:
    """Return the name as its bearer writes it, with a title the card tells apart; "Doe, Jo" is turned round.

    Mr and Mrs are no titles here: they stand where the bearer writes them.
    """
    return written_name(resident, language_of(language).code).name


def family_plural(surname: str) -> str:
    """Return the plural of an English household's surname, without apostrophe: Joneses, Foxes, Kennedys.

    A final ch is hard after a, o and u alone (the Bachs) and in German given names (the Heinrichs), soft
    elsewhere: the Birches, Leaches, Roaches, Crouches.
    """
    last = surname.lower()
    hard = last.endswith("ch") and (
        (last[-3:-2] in "aou" and last[-4:-2] not in ("ea", "oa", "ou", "oo"))
        or last.endswith(("edrich", "etrich", "nrich", "lrich"))
    )
    hissing = last.endswith(("s", "x", "z", "sh", "ch")) and not hard
    return surname + ("es" if hissing else "s")


class _Speech:
    """The words of a language, and how its cards write and greet somebody; the country may matter."""

    def __init__(self, tag: str) -> None:
        self.words = language_of(tag)
        self._country = tag.replace("_", "-").rpartition("-")[2].upper() if "-" in tag else ""

    def written(self, resident: Resident) -> Written:
        """Return the name as it is written and called."""
        return written_name(resident, self.words.code)

    def called(self, people: Iterable[Resident]) -> list[str]:
        """Return the name that each is called by."""
        return [self.written(resident).called for resident in people]

    def gender(self, resident: Resident) -> str:
        """Return "f" or "m" where it is stated, by GENDER, a Mr or Mrs, or a title."""
        return self.written(resident).gender

    def all_stated(self, people: Iterable[Resident]) -> bool:
        """Whether everybody's gender is stated."""
        return all(map(self.gender, people))

    def choose(self, resident: Resident, pair: Pair) -> str:
        """Return the pattern for a woman or for a man."""
        return pair[0] if self.gender(resident) == "f" else pair[1]

    def large(self, surname: str) -> str:
        """Return a surname without a given name before it: in Dutch "Van den Berg", but not in Belgium."""
        exception = self.words.large_particles_but_in
        return surname if exception is WITHOUT or self._country == exception else _begun(surname)

    def titles(self, resident: Resident) -> str:
        """Return the titles one greets by, as they are written."""
        words = self.words
        titles = self.written(resident).titles.split()
        if words.clergy:
            titles = [title for title in titles if title_key(title) not in words.clergy]
        if words.lesser_titles and self._country != words.lesser_titles[1]:
            lesser = words.lesser_titles[0].split()
            titles = [title for title in titles if title_key(title) not in lesser]
        return " ".join({"all": titles, "highest": titles[:1], "none": []}[words.greeted_titles])

    def titled(self, resident: Resident, name: str) -> str:
        """Return a name behind the titles one greets by."""
        titles = self.titles(resident)
        if not titles:
            return name
        return f"{_begun(titles) if self.words.title_begins_large else titles} {name}"

    def is_clergy(self, resident: Resident) -> bool:
        """Whether a courtesy greets in place of the title: "Dear Mr Dale" of the Rev. Hugh Dale."""
        titles = self.written(resident).titles
        return bool(self.words.clergy and titles and not self.titles(resident))

    def by_given(self, resident: Resident) -> bool:
        """Whether the title goes with the given name: "Sir Hugh"."""
        given_titles = self.words.given_titles or ()
        keys = {title_key(title) for title in self.titles(resident).split()}
        return bool(self.written(resident).given and keys & set(" ".join(given_titles).split()))


def _living(members: Iterable[Resident], year: int | None) -> list[Resident]:
    return [resident for resident in head_order(members, year=year) if not resident.has_died]


def _adults_and_young(people: list[Resident], year: int | None) -> tuple[list[Resident], list[Resident]]:
    young = children(people, year=year)
    return (
        [resident for resident in people if resident.uid not in young],
        [resident for resident in people if resident.uid in young],
    )


def _informal(people: list[Resident], speech: _Speech, year: int | None) -> str:
    if len(people) == 1 and (family := _family_on_one_card(people[0], speech)):
        return family
    twins = _twins(people, year)
    return (
        _roll_call_spared(people, twins, speech)
        or ("" if twins else _in_the_plural(people, speech))
        or _each_by_gender(people, twins, speech)
        or _all_named(people, twins, speech)
    )


def _roll_call_spared(people: list[Resident], twins: list[Resident], speech: _Speech) -> str:
    """Return "Dear Kennedys" of a family too large to name; else ""."""
    words = speech.words
    surname = _one_surname([resident for resident in people if not resident.is_pet])
    if not surname or len(people) - bool(twins) <= _MOST_NAMED:
        return ""
    return words.dear_family.format(
        family_plural(surname) if words.surname_in_plural else speech.large(surname)
    )


def _in_the_plural(people: list[Resident], speech: _Speech) -> str:
    """Return "Queridas Ana y Eva" where a language has a plural and all share a surname; else ""."""
    words = speech.words
    if not words.dear_plural or any(resident.is_pet for resident in people):
        return ""
    if not _one_surname(people) or not speech.all_stated(people):
        return ""
    women = all(speech.gender(resident) == "f" for resident in people)
    return _begun(words.dear_plural[not women].format(_joined(speech.called(people), words)))


def _each_by_gender(people: list[Resident], twins: list[Resident], speech: _Speech) -> str:
    """Return "Liebe Anna, lieber Tom" where a language tells and everybody's gender is stated; else ""."""
    words = speech.words
    single = [resident for resident in people if resident not in twins]
    if not words.dear_pair or (twins and not single) or not speech.all_stated(single):
        return ""
    greetings = [
        speech.choose(resident, words.dear_pair).format(speech.written(resident).called)
        for resident in single
    ]
    if twins and words.dear_twins:
        greetings.insert(people.index(twins[0]), words.dear_twins[_are_girls(twins)])
    return _begun(", ".join(greetings))


def _all_named(people: list[Resident], twins: list[Resident], speech: _Speech) -> str:
    """Return "Dear Ann, Tom and the twins"."""
    words = speech.words
    names = speech.called(resident for resident in people if resident not in twins)
    if twins:
        names.insert(people.index(twins[0]), words.twins[_are_girls(twins)])
    return (words.dear_several if len(people) > 1 else words.dear).format(_greeted(names, words))


def _are_girls(twins: list[Resident]) -> bool:
    return all(twin.gender == "f" for twin in twins)


def _family_on_one_card(resident: Resident, speech: _Speech) -> str:
    """Return the greeting of a card that means several: "Mr and Mrs Dale", "The Dales", "Familie Weber"."""
    words = speech.words
    written = speech.written(resident)
    if couple := _couple_on_one_card(written, speech):
        return couple
    in_given = title_key(written.given.partition(" ")[0])
    if in_given and in_given not in words.family_words:
        return ""
    first, *rest = written.name.split() or [""]
    begins = title_key(first)
    pattern = words.formal_family if words.surname_in_plural else words.dear_family
    if rest and title_key(rest[-1]) in words.family_words:
        return pattern.format(" ".join(rest[:-1] if begins in words.family_words else (first, *rest[:-1])))
    if rest and begins in {"the", "die"}.intersection(words.family_words):
        return words.dear_several.format(" ".join(rest))
    surname = _surname_alone(written)
    return pattern.format(speech.large(surname)) if surname else ""


def _surname_alone(written: Written) -> str:
    """Return the surname of a card that has neither given name nor title, of a family as a whole."""
    return "" if written.given or written.titles else family_alone(written.name)


def _couple_on_one_card(written: Written, speech: _Speech) -> str:
    words = speech.words
    if not (written.is_couple and written.family):
        return ""
    if words.shared_titles:
        return words.formal.format(f"{written.courtesy} {written.family}")
    return words.dear_family.format(speech.large(written.family))


def _twins(people: list[Resident], year: int | None) -> list[Resident]:
    """Return the two children of one birthday and surname.

    Three of one birthday are named, and so are twins without a parent.
    """
    young = children(people, year=year)
    births: dict[tuple[str, str], list[Resident]] = {}
    for child in people:
        if child.uid in young and len(child.born) == len("2020-01-31") and child.birth_year is not None:
            births.setdefault((child.born, fold(child.family)), []).append(child)
    pairs = [pair for pair in births.values() if len(pair) == 2]
    return pairs[0] if len(pairs) == 1 else []


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _formal(people: list[Resident], speech: _Speech, year: int | None) -> str:
    words = speech.words
    adults, young = _adults_and_young(people, year)
    if len(people) == 1 and (several := _formal_on_one_card(people[0], speech)):
        return several
    surname = _formal_surname(people, adults, speech)
    if surname and young:
        return words.formal_family.format(surname)
    greetings = [_formally(resident, speech) for resident in adults]
    if words.formal_pair and all(greetings):
        return _formal_by_gender(adults, greetings, speech)
    if surname and words.couple_is_family:
        return words.formal_family.format(surname)
    names = _titled_names(adults, speech)
    return (words.formal_several if len(adults) > 1 else words.formal).format(_greeted(names, words))


def _formal_surname(people: list[Resident], adults: list[Resident], speech: _Speech) -> str:
    """Return the surname all are greeted by; "" of one alone, and where a title would be lost."""
    if len(adults) < 2 or any(map(speech.titles, adults)):
        return ""
    return speech.large(_one_surname(people))


def _formal_on_one_card(resident: Resident, speech: _Speech) -> str:
    """Return the formal greeting of a card that means several; "" of a card that means one."""
    pair = speech.words.formal_pair
    written = speech.written(resident)
    if written.is_couple and pair:
        return _begun(", ".join(pattern.format(speech.large(written.family)) for pattern in pair))
    return _family_on_one_card(resident, speech)


def _formally(resident: Resident, speech: _Speech, *, in_full: bool = False) -> str:
    """Return how someone is greeted whose gender is stated, or whose rank is greeted without; else ""."""
    written = speech.written(resident)
    rank = _rank(written, speech.words)
    pair = rank or (speech.titles(resident) and speech.words.formal_titled) or speech.words.formal_pair
    if not pair or not (speech.gender(resident) or _serves_anybody(rank)):
        return ""
    pattern = speech.choose(resident, pair)
    if "{}" not in pattern:
        return pattern
    if in_full or not written.family:
        return pattern.format(speech.titled(resident, written.bare))
    by_surname = rank or not speech.titles(resident)
    return pattern.format(speech.large(written.family) if by_surname else _titled(resident, speech))


def _serves_anybody(rank: Pair | None) -> bool:
    return rank is not None and rank[0] == rank[1]


def _rank(written: Written, words: Language) -> Pair | None:
    """Return the greetings of the first title that has its own, for a woman and for a man."""
    ranks = words.ranks or {}
    keys = map(title_key, written.titles.split())
    return next((ranks[key] for key in keys if key in ranks), None)


def _formal_by_gender(adults: list[Resident], greetings: list[str], speech: _Speech) -> str:
    """Return greetings in a row; two alike are one in the plural, "Mesdames", or have the whole names."""
    several = speech.words.formal_several_pair
    row = greetings.copy()
    for at, resident in enumerate(adults):
        if greetings.count(greetings[at]) > 1:
            if not several:
                row[at] = _formally(resident, speech, in_full=True)
            elif speech.gender(resident):
                row[at] = speech.choose(resident, several)
    return _begun(", ".join(dict.fromkeys(row)))


def _titled_names(adults: list[Resident], speech: _Speech) -> list[str]:
    """Return names with titles, "Dr Zieliński", "Mrs Lee"; of one surname together: "Mr and Mrs Lee"."""
    words = speech.words
    titled = [_titled(resident, speech) for resident in adults]
    written = [speech.written(resident) for resident in adults]
    if all(name == each.bare for name, each in zip(titled, written, strict=True)):
        return _full_names(adults, speech, bare=True)
    surname = _one_surname(adults)
    if words.shared_titles and surname:
        titles = [speech.titles(resident) for resident in adults]
        shared = _shared_title(titles, words.shared_titles) or _shared_courtesies(written, words)
        if shared:
            return [f"{shared} {surname}"]
    if words.consorts and surname:  # "Sir Hugh and Lady Dale"
        titled.sort(key=lambda name: name.endswith(surname))
    return titled


def _shared_title(titles: list[str], plurals: Mapping[str, str]) -> str:
    """Return the plural of the title that all bear, "Drs", or ""."""
    keys = {title_key(title) for title in titles}
    plural = plurals.get(keys.pop(), "") if len(keys) == 1 else ""
    return f"{plural}{'.' * titles[0].endswith('.')}" if plural else ""


def _shared_courtesies(written: list[Written], words: Language) -> str:
    """Return "Mr and Mrs" where each has another courtesy and none a title, or ""."""
    husband_first = sorted(written, key=lambda bearer: bearer.gender != "m")
    courtesies = [bearer.courtesy for bearer in husband_first if bearer.courtesy and not bearer.titles]
    return _joined(courtesies, words) if len(set(courtesies)) == len(written) else ""


def _titled(resident: Resident, speech: _Speech) -> str:
    """Return "Dr Zieliński", "Sir Hugh", "Mrs Lee", or the name alone of someone without a title."""
    words = speech.words
    written = speech.written(resident)
    if speech.by_given(resident):
        return speech.titled(resident, written.given)
    if not written.family:
        return speech.titled(resident, written.bare)
    if speech.titles(resident):
        return speech.titled(resident, written.family)
    courtesy = written.courtesy
    if speech.is_clergy(resident) and words.clergy and not courtesy and written.gender:
        courtesy = speech.choose(resident, words.clergy[title_key(written.titles.split()[-1])])
    if words.spelled_courtesies:
        courtesy = words.spelled_courtesies.get(title_key(courtesy), courtesy)
    if not courtesy or words.formal.lower().startswith(courtesy.lower()):
        return written.bare
    return f"{_begun(courtesy) if words.title_begins_large else courtesy} {speech.large(written.family)}"


def _one_surname(people: Sequence[Resident]) -> str:
    """Return the surname all of several people bear, as the first writes it, or ""."""
    if len(people) < 2 or any(resident.kind is not Kind.INDIVIDUAL for resident in people):
        return ""
    surnames = [tidy_name(resident.family)[0].strip() for resident in people]
    return surnames[0] if len(set(map(_spelled, surnames))) == 1 else ""


def _spelled(surname: str) -> str:
    """Return what two spellings of a surname share that one envelope may print as one: not Groß and Größ."""
    return " ".join(unicodedata.normalize("NFC", surname).lower().split())


def _both_surnames(adults: Sequence[Resident], young: Sequence[Resident], words: Language) -> str:
    """Return the surname of children who bear one of each parent's: Vega Ruiz of Vega Mora and Ruiz Soto."""
    borne = {fold(child.family) for child in young}
    if not words.both_surnames or len(adults) != 2 or len(borne) != 1:
        return ""
    if not all(parent.family for parent in adults):
        return ""
    at = 0 if words.both_surnames == "first" else -1
    passed_on = {fold(parent.family).split()[at] for parent in adults}
    return young[0].family.strip() if len(passed_on) == 2 and passed_on == set(borne.pop().split()) else ""


def _full_names(people: list[Resident], speech: _Speech, *, bare: bool = False) -> list[str]:
    """Return full names, those who share a surname as one: "Erika and Max Mustermann", "Drs Jo and Al Lee".

    Only names of the plain form given and family are drawn together: another title stands with its bearer's
    whole name, and names that begin with the family (Hungarian, Japanese) stay as they are. Titles and
    suffixes are left out of `bare` names.
    """
    words = speech.words
    if not bare and (pair := _consorts(people, speech)):
        return [pair]
    groups: dict[tuple[str, str], list[_FullName]] = {}
    for resident in people:
        name = _full_name(speech.written(resident), words, resident.plural_family, bare=bare)
        key = (_spelled(name.family), title_key(name.title)) if name.is_plain else (f"\n{resident.uid}", "")
        groups.setdefault(key, []).append(name)
    return [group[0].whole if len(group) == 1 else _drawn_together(group, words) for group in groups.values()]


class _FullName(NamedTuple):
    """A name whole, and its parts; `title` is the plural of the title before it, "" where there is none.

    `is_plain` says that it is given and family name alone, or behind such a title.
    """

    whole: str
    given: str
    family: str
    title: str
    is_plain: bool


def _full_name(written: Written, words: Language, plural_family: str, *, bare: bool) -> _FullName:
    whole = written.bare if bare else written.name
    title = whole.removesuffix(written.bare).strip() if whole != written.bare else ""
    plural = _shared_title([title], words.shared_titles or {})
    family = written.family
    given = whole.removeprefix(title).removesuffix(family).strip() if family else ""
    is_plain = bool(given and (whole == written.bare or plural) and whole.endswith(f" {family}"))
    family = plural_family or family
    return _FullName(whole=whole, given=given, family=family, title=plural, is_plain=is_plain)


def _drawn_together(names: list[_FullName], words: Language) -> str:
    """Return "Erika and Max Mustermann" of plain names of one surname, "Drs Jo and Al Lee"."""
    given = _joined([name.given for name in names], words)
    return " ".join(filter(None, (names[0].title, given, names[0].family)))


def _consorts(people: list[Resident], speech: _Speech) -> str:
    """Return "Sir Hugh and Lady Dale" of a Lady and a Sir of one surname."""
    if not speech.words.consorts or len(people) != 2 or not _one_surname(people):
        return ""
    keys = {title_key(speech.written(resident).titles): resident for resident in people}
    if keys.keys() != set(speech.words.consorts):
        return ""
    wife, husband = (_titled(keys[title], speech) for title in speech.words.consorts)
    return _joined([husband, wife], speech.words)


def _is_foreign(resident: Resident) -> bool:
    """Whether a name is in other letters than those of our languages: their "and" would be strange there."""
    return any(
        character > "\u024f"
        and character.isalpha()
        and not unicodedata.name(character, "LATIN").startswith("LATIN")
        for character in f"{resident.display_name}{resident.family}"
    )


def _listed(names: Sequence[str]) -> str:
    """Return names in a row, without a word between them."""
    east_asian = all(is_east_asian(character) for name in names for character in name if character.isalpha())
    hangul = any("\uac00" <= character <= "\ud7a3" for name in names for character in name)
    return ("、" if east_asian and not hangul else ", ").join(names)


def _greeted(names: Sequence[str], words: Language) -> str:
    """Return names as a greeting joins them: "Ann and Tom", in Japanese each with its 様."""
    if words.behind_each:
        return "、".join(f"{name}{words.behind_each}" for name in names)
    return _joined(names, words)


def _joined(names: Sequence[str], words: Language) -> str:
    if len(names) < 2:
        return "".join(names)
    and_ = words.and_
    if words.and_before and re.match(words.and_before[0], names[-1], re.IGNORECASE):
        and_ = words.and_before[1]  # Spanish: Ana e Inés
    return f"{', '.join(names[:-1])} {and_} {names[-1]}"
