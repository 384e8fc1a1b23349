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

from relcard.domain.languages import WITHOUT
from relcard.domain.languages import language as language_of
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import fold
from relcard.domain.people.household import children
from relcard.domain.people.household import head_order
from relcard.domain.people.names import tidy_name
from relcard.domain.people.names import title_key
from relcard.domain.people.names import written_name
from relcard.domain.text import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    if len(living) == 1:
        return speech.written(living[0]).name
    if any(map(_is_foreign, living)):
        return _listed([speech.written(resident).name for resident in living])
    young = children(living, year=year)
    adults = [resident for resident in living if resident.uid not in young]
    surname = _one_surname(living) or _both_surnames(
        adults, [child for child in living if child.uid in young], words
    )
    if words.family and surname and len(adults) > 1 and (young or len(adults) > 3):
        return words.family.format(speech.large(surname))
    if not young:
        return _joined(_full_names(adults, speech), words)
    names = _full_names(adults, speech)
    return words.and_family.format(_joined(names, words) if words.family_joined else ", ".join(names))


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


def _informal(people: list[Resident], speech: _Speech, year: int | None) -> str:
    words = speech.words
    persons = [resident for resident in people if not resident.is_pet]
    if len(people) == 1 and (family := _family_on_one_card(people[0], speech)):
        return family
    surname = _one_surname(persons)
    twins = _twins(people, year)
    girls = all(twin.gender == "f" for twin in twins)
    if surname and len(people) - bool(twins) > _MOST_NAMED:
        return words.dear_family.format(
            family_plural(surname) if words.surname_in_plural else speech.large(surname)
        )
    single = [resident for resident in people if resident not in twins]
    if words.dear_plural and surname and persons == people and not twins and speech.all_stated(people):
        women = all(speech.gender(resident) == "f" for resident in people)
        names = [speech.written(resident).called for resident in people]
        return _begun(words.dear_plural[not women].format(_joined(names, words)))
    if words.dear_pair and (single or not twins) and speech.all_stated(single):
        greetings = [
            speech.choose(resident, words.dear_pair).format(speech.written(resident).called)
            for resident in single
        ]
        if twins and words.dear_twins:
            greetings.insert(people.index(twins[0]), words.dear_twins[girls])
        return _begun(", ".join(greetings))
    names = [speech.written(resident).called for resident in single]
    if twins:
        names.insert(people.index(twins[0]), words.twins[girls])
    return (words.dear_several if len(people) > 1 else words.dear).format(_joined(names, words))


def _family_on_one_card(resident: Resident, speech: _Speech) -> str:
    """Return the greeting of a card that means several: "Mr and Mrs Dale", "The Dales", "Familie Weber"."""
    words = speech.words
    written = speech.written(resident)
    if written.is_couple and written.family:
        if words.shared_titles:
            return words.formal.format(f"{written.courtesy} {written.family}")
        return words.dear_family.format(speech.large(written.family))
    first, *rest = written.name.split() or [""]
    in_given = title_key(written.given.partition(" ")[0])
    begins, ends = title_key(first), title_key(rest[-1]) if rest else ""
    if not rest or (in_given and in_given not in words.family_words):
        return ""
    if ends in words.family_words:
        surname = " ".join(rest[:-1] if begins in words.family_words else (first, *rest[:-1]))
        return (words.formal_family if words.surname_in_plural else words.dear_family).format(surname)
    if begins not in words.family_words or begins == "de":  # "De Vries" may be one person
        return ""
    if begins in ("the", "die"):
        return words.dear_several.format(" ".join(rest))
    return words.dear_family.format(speech.large(" ".join(rest)))


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
    young = children(people, year=year)
    adults = [resident for resident in people if resident.uid not in young]
    if len(people) == 1:
        if speech.written(people[0]).is_couple and words.formal_pair:
            family = speech.large(speech.written(people[0]).family)
            return _begun(", ".join(pattern.format(family) for pattern in words.formal_pair))
        if family := _family_on_one_card(people[0], speech):
            return family
    surname = speech.large(_one_surname(people)) if len(adults) > 1 else ""
    if any(map(speech.titles, adults)):
        surname = ""  # a family's greeting would lose the title
    if surname and young:
        return words.formal_family.format(surname)
    greetings = [_formally(resident, speech) for resident in adults]
    if words.formal_pair and all(greetings):
        return _formal_by_gender(adults, greetings, speech)
    if surname and words.couple_is_family:
        return words.formal_family.format(surname)
    names = _titled_names(adults, speech)
    return (words.formal_several if len(adults) > 1 else words.formal).format(_joined(names, words))


def _formally(resident: Resident, speech: _Speech, *, in_full: bool = False) -> str:
    """Return how someone is greeted whose gender is stated, or whose rank is greeted without; else ""."""
    words = speech.words
    keys = [title_key(title) for title in speech.written(resident).titles.split()]
    rank = next((words.ranks[key] for key in keys if key in words.ranks), None) if words.ranks else None
    pair = rank or (speech.titles(resident) and words.formal_titled) or words.formal_pair
    if not pair or not (speech.gender(resident) or pair[0] == pair[1] == (rank or ("",))[0]):
        return ""
    pattern = speech.choose(resident, pair)
    if "{}" not in pattern:
        return pattern
    written = speech.written(resident)
    if in_full or not written.family:
        return pattern.format(speech.titled(resident, written.bare))
    return pattern.format(
        speech.large(written.family) if rank or not speech.titles(resident) else _titled(resident, speech)
    )


def _formal_by_gender(adults: list[Resident], greetings: list[str], speech: _Speech) -> str:
    """Return greetings in a row; two alike are one in the plural, "Mesdames", or have the whole names."""
    several = speech.words.formal_several_pair
    said = greetings.copy()
    for at, resident in enumerate(adults):
        if greetings.count(greetings[at]) > 1:
            if not several:
                said[at] = _formally(resident, speech, in_full=True)
            elif speech.gender(resident):
                said[at] = speech.choose(resident, several)
    return _begun(", ".join(dict.fromkeys(said)))


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
        keys = {title_key(title) for title in titles}
        if len(keys) == 1 and (plural := words.shared_titles.get(keys.pop(), "")):
            return [f"{plural}{'.' * titles[0].endswith('.')} {surname}"]
        courtesies = sorted(
            (each for each in written if each.courtesy and not each.titles),
            key=lambda each: each.gender != "m",
        )
        if len(courtesies) == len(adults) == len({each.courtesy for each in courtesies}):
            return [f"{_joined([each.courtesy for each in courtesies], words)} {surname}"]
    if words.consorts and surname:  # "Sir Hugh and Lady Dale"
        titled.sort(key=lambda name: name.endswith(surname))
    return titled


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
    return surnames[0] if len(set(map(fold, surnames))) == 1 else ""


def _both_surnames(adults: Sequence[Resident], young: Sequence[Resident], words: Language) -> str:
    """Return the surname of children who bear one of each parent's: Vega Ruiz of Vega Mora and Ruiz Soto."""
    borne = {fold(child.family) for child in young}
    if (
        not words.both_surnames
        or len(adults) != 2
        or len(borne) != 1
        or not all(one.family for one in adults)
    ):
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
    groups: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for resident in people:
        written = speech.written(resident)
        name = written.bare if bare else written.name
        title = "" if bare or name == written.bare else name.removesuffix(written.bare).strip()
        plural = words.shared_titles.get(title_key(title), "") if words.shared_titles and title else ""
        family = written.family
        given = name.removeprefix(title).removesuffix(family).strip() if family else ""
        plain = given and (name == written.bare or plural) and name.endswith(f" {family}")
        key = (fold(family), plural) if plain else (f"\n{resident.uid}", "")
        shown_plural = f"{plural}{'.' * title.endswith('.')} " if plural else ""
        groups.setdefault(key, []).append((name, given, f"{shown_plural}\n{family}"))
    names = []
    for group in groups.values():
        if len(group) == 1:
            names.append(group[0][0])
        else:
            plural, _, family = group[0][2].partition("\n")
            names.append(f"{plural}{_joined([given for _, given, _ in group], words)} {family}")
    return names


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


def _joined(names: Sequence[str], words: Language) -> str:
    if len(names) < 2:
        return "".join(names)
    and_ = words.and_
    if words.and_before and re.match(words.and_before[0], names[-1], re.IGNORECASE):
        and_ = words.and_before[1]  # Spanish: Ana e Inés
    return f"{', '.join(names[:-1])} {and_} {names[-1]}"
