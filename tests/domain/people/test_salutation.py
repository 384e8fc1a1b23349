from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.languages import CODES
from relcard.domain.languages import language as language_of
from relcard.domain.people.contact import Kind
from relcard.domain.people.household import Resident
from relcard.domain.people.household import children
from relcard.domain.people.salutation import addressee
from relcard.domain.people.salutation import family_plural
from relcard.domain.people.salutation import full_name
from relcard.domain.people.salutation import salutation


def one(
    name: str, *, born: int | None = None, died: bool = False, gender: str = "", shown: str = ""
) -> Resident:
    given_name, _, family = name.rpartition(" ")
    return Resident(
        uid=name,
        display_name=shown or name,
        given=given_name,
        family=family,
        birth_year=born,
        has_died=died,
        gender=gender,
    )


COUPLE = [one("Anna Kowalska"), one("Jan Smith")]
MARRIED = [one("Erika Mustermann"), one("Max Mustermann")]
DOCTOR = one("Anna Zieliński")._replace(prefixes="dr")
TWINS = [
    one(f"{name} Mustermann", born=2019)._replace(born="2019-05-02", gender="f") for name in ("Mia", "Lea")
]
REX = one("Rex")._replace(given="Rex", is_pet=True)
PARENTS = [*MARRIED, one("Ola Mustermann", born=2014), one("Piotr Mustermann", born=2017)]
PATCHWORK = [*COUPLE, one("Ola Smith", born=2014)]
STATED = [one("Anna Kowalska", gender="f"), one("Jan Smith", gender="m")]
BAKERY = [Resident(uid="o", display_name="Bakery Krumm", kind=Kind.ORG)]


@pytest.mark.parametrize(
    ("members", "language", "line"),
    [
        (COUPLE, "en", "Anna Kowalska and Jan Smith"),
        (COUPLE, "pl", "Anna Kowalska i Jan Smith"),
        (COUPLE, "tlh", "Anna Kowalska and Jan Smith"),
        (MARRIED, "en", "Erika and Max Mustermann"),
        (MARRIED, "de-AT", "Erika und Max Mustermann"),
        ([one("Käthe Größ"), one("Uli Groß")], "de", "Käthe Größ und Uli Groß"),
        (
            [one("Käthe Größ"), one("Uli Groß"), one("Ida Groß", born=2017)],
            "de",
            "Käthe Größ, Uli Groß und Familie",
        ),
        ([one("Käthe MÜLLER"), one("Uli Müller")], "de", "Käthe und Uli MÜLLER"),
        (PARENTS, "en", "The Mustermann Family"),
        (PARENTS, "de", "Familie Mustermann"),
        (PARENTS, "fr", "Famille Mustermann"),
        (PARENTS, "es", "Familia Mustermann"),
        (PARENTS, "it", "Famiglia Mustermann"),
        (PARENTS, "nl", "Familie Mustermann"),
        (PARENTS, "pl", "Erika i Max Mustermann z rodziną"),
        (PATCHWORK, "en", "Anna Kowalska, Jan Smith and family"),
        (PATCHWORK, "de", "Anna Kowalska, Jan Smith und Familie"),
        (PATCHWORK, "pl", "Anna Kowalska i Jan Smith z rodziną"),
        ([one("Anna Lee"), one("Ola Lee", born=2014)], "en", "Anna Lee and family"),
        ([one("Joan Lee"), one("Bob Lee", died=True)], "en", "Joan Lee"),
        ([one("Bob Lee", died=True)], "en", ""),
        (BAKERY, "en", "Bakery Krumm"),
        ([one("Anna Lee", shown="Dr. Anna Lee"), one("Tom Lee")], "en", "Dr. Anna Lee and Tom Lee"),
        (
            [one("Éva Nagy", shown="Nagy Éva"), one("Péter Nagy", shown="Nagy Péter")],
            "hu",
            "Nagy Éva és Nagy Péter",
        ),
        ([one("健 佐藤", shown="佐藤 健")], "en", "佐藤 健"),
        ([one("Ana Gil"), one("Inés Roca")], "es", "Ana Gil e Inés Roca"),
        ([one("Anna Lee"), one("Kim Roe"), one("Tom Lee")], "en", "Anna and Tom Lee and Kim Roe"),
        ([one("Ola Lee", born=2014)], "en", "Ola Lee"),
        ([DOCTOR], "pl", "dr Anna Zieliński"),
        ([DOCTOR, one("Jan Zieliński")], "en", "dr Anna Zieliński and Jan Zieliński"),
        ([one("Tom Lee")._replace(prefixes="Mr")], "en", "Tom Lee"),
        (
            [one("Tom Lee", shown="Prof. Dr. Tom Lee")._replace(prefixes="Prof. Dr.")],
            "de",
            "Prof. Dr. Tom Lee",
        ),
        ([one("Anna Lee")._replace(prefixes="Frau Dr.")], "de", "Dr. Anna Lee"),
        ([*MARRIED, REX], "en", "Erika and Max Mustermann"),
        ([REX], "en", ""),
        ([Resident(uid="x", given="健", family="佐藤")], "en", "佐藤 健"),
        ([one("J. R. Lee"), one("M. Lee")], "en", "J. R. and M. Lee"),
        ([one("Anna Lee"), one("Kim Roe")._replace(organises=True)], "en", "Kim Roe and Anna Lee"),
        ([one("Anna Lee"), one("Tom Lee", born=2010)._replace(is_grown=True)], "en", "Anna and Tom Lee"),
    ],
)
def test_the_envelope_names_who_lives_there(members: list[Resident], language: str, line: str) -> None:
    """Couples, families, widows, titles and name orders, in the words of the language."""
    assert addressee(members, language=language, year=2026) == line


@pytest.mark.parametrize(
    ("members", "language", "formality", "line"),
    [
        (COUPLE, "en", "informal", "Dear Anna and Jan,"),
        (PARENTS, "en", "informal", "Dear Erika, Max, Ola and Piotr,"),
        (STATED, "de", "informal", "Liebe Anna, lieber Jan,"),
        (COUPLE, "de", "informal", "Hallo Anna und Jan,"),
        (COUPLE, "fr", "informal", "Bonjour Anna et Jan,"),
        ([one("Anna Lee")], "fr", "informal", "Bonjour Anna,"),
        (STATED, "fr", "informal", "Chère Anna, cher Jan,"),
        (COUPLE, "pl", "informal", "Kochani,"),
        ([one("Anna Lee")], "pl", "informal", "Dzień dobry,"),
        ([one("Олена Коваль")], "uk", "informal", "Добрий день,"),
        ([one("Олена Коваль"), one("Тарас Коваль")], "uk", "informal", "Дорогі друзі,"),
        ([one("Олена Коваль", gender="f")], "uk", "formal", "Шановна пані,"),
        (
            [one("Олена Коваль", gender="f"), one("Тарас Коваль", gender="m")],
            "uk",
            "formal",
            "Шановна пані, шановний пане,",
        ),
        ([one("健 佐藤", shown="佐藤 健")], "ja", "informal", "佐藤 健様、"),
        (
            [one("健 佐藤", shown="佐藤 健"), one("花 佐藤", shown="佐藤 花")],
            "ja",
            "formal",
            "佐藤 健様、佐藤 花様、",
        ),
        ([one("Anna Lee"), one("Tom Ray")], "ja", "informal", "Anna様、Tom様、"),
        (COUPLE, "es", "informal", "Hola, Anna y Jan:"),
        (COUPLE, "it", "informal", "Ciao Anna e Jan,"),
        (COUPLE, "nl", "informal", "Beste Anna en Jan,"),
        (PARENTS, "de", "formal", "Sehr geehrte Familie Mustermann,"),
        (MARRIED, "de", "formal", "Sehr geehrte Familie Mustermann,"),
        (STATED, "de", "formal", "Sehr geehrte Frau Kowalska, sehr geehrter Herr Smith,"),
        (COUPLE, "de", "formal", "Guten Tag Anna Kowalska und Jan Smith,"),
        (PARENTS, "en", "formal", "Dear Mustermann family,"),
        (PATCHWORK, "en", "formal", "Dear Anna Kowalska and Jan Smith,"),
        (COUPLE, "fr", "formal", "Madame, Monsieur,"),
        ([STATED[0]._replace(uid="x"), STATED[0]], "fr", "formal", "Mesdames,"),
        (COUPLE, "pl", "formal", "Szanowni Państwo,"),
        ([STATED[0]], "pl", "formal", "Szanowna Pani,"),
        (BAKERY, "en", "formal", "To all at Bakery Krumm,"),
        (BAKERY, "de", "informal", "Sehr geehrte Damen und Herren,"),
        ([one("健 佐藤", shown="佐藤 健")], "en", "informal", "Dear 佐藤 健,"),
        ([one(f"{name} Jones") for name in "ABCDEFG"], "en", "informal", "Dear Joneses,"),
        ([one(f"{name} Jones") for name in "ABCDEFG"], "de", "informal", "Liebe Familie Jones,"),
        ([one("Joan Lee"), one("Bob Lee", died=True)], "en", "informal", "Dear Joan,"),
        ([one("Bob Lee", died=True)], "de", "formal", ""),
        ([DOCTOR], "en", "formal", "Dear Dr Zieliński,"),
        ([DOCTOR], "de", "formal", "Guten Tag dr Zieliński,"),
        ([DOCTOR._replace(prefixes="Dr.", gender="f")], "de", "formal", "Sehr geehrte Frau Dr. Zieliński,"),
        (
            [one("Jan Weber")._replace(prefixes="Herr Prof. Dr.")],
            "de",
            "formal",
            "Sehr geehrter Herr Professor Weber,",
        ),
        ([DOCTOR._replace(gender="f")], "pl", "formal", "Szanowna Pani Doktor,"),
        (
            [DOCTOR._replace(prefixes="prof. dr hab.", gender="m")],
            "pl",
            "formal",
            "Szanowny Panie Profesorze,",
        ),
        ([DOCTOR._replace(prefixes="Dra.", gender="f")], "es", "formal", "Estimada Dra. Zieliński:"),
        ([DOCTOR._replace(prefixes="Dott.ssa", gender="f")], "it", "formal", "Gentile Dott.ssa Zieliński,"),
        ([DOCTOR._replace(prefixes="dr.", gender="m")], "nl", "formal", "Geachte heer Zieliński,"),
        ([one("Tom Lee")._replace(prefixes="Mr"), DOCTOR], "en", "formal", "Dear Mr Lee and Dr Zieliński,"),
        ([*MARRIED, *TWINS], "en", "informal", "Dear Erika, Max and the twins,"),
        ([*MARRIED, *TWINS], "de", "informal", "Hallo Erika, Max und die Zwillinge,"),
        ([*STATED, *TWINS], "de", "informal", "Liebe Anna, lieber Jan, liebe Zwillinge,"),
        ([*STATED, *TWINS], "fr", "informal", "Chère Anna, cher Jan, chères jumelles,"),
        ([*MARRIED, *TWINS], "es", "informal", "Hola, Erika, Max y las mellizas:"),
        ([*MARRIED, *TWINS], "nl", "informal", "Beste Erika, Max en de tweeling,"),
        ([*MARRIED, *TWINS], "sv", "informal", "Kära Erika, Max och tvillingarna,"),
        (
            [*MARRIED, *TWINS, one("Kim Mustermann", born=2021)],
            "en",
            "informal",
            "Dear Erika, Max, the twins and Kim,",
        ),
        (
            [*MARRIED, TWINS[0], TWINS[1]._replace(family="Roe")],
            "en",
            "informal",
            "Dear Erika, Max, Mia and Lea,",
        ),
        ([*MARRIED, REX], "en", "informal", "Dear Erika, Max and Rex,"),
        ([*MARRIED, REX], "en", "formal", "Dear Erika and Max Mustermann,"),
        ([REX], "en", "informal", ""),
        ([one("J. R. Lee")], "en", "informal", "Dear J. R. Lee,"),
    ],
)
def test_a_letter_begins_as_the_language_does(
    members: list[Resident], language: str, formality: str, line: str
) -> None:
    """Nobody's gender is guessed; where it is stated the warmer or politer form is used."""
    assert salutation(members, language=language, formality=formality, year=2026) == line  # type: ignore[arg-type]


def test_a_stated_wish_beats_the_rule() -> None:
    """The user's own wording is taken as it is, even for the dead."""
    assert addressee([one("Bob Lee", died=True)], wish=" Mr & Mrs Lee ") == "Mr & Mrs Lee"
    assert salutation(COUPLE, language="de", wish="Ihr Lieben,") == "Ihr Lieben,"


@pytest.mark.parametrize(
    ("surname", "plural"),
    [
        ("Jones", "Joneses"),
        ("Fox", "Foxes"),
        ("Lopez", "Lopezes"),
        ("Birch", "Birches"),
        ("Bach", "Bachs"),
        ("Walsh", "Walshes"),
        ("Kennedy", "Kennedys"),
        ("Müller", "Müllers"),
    ],
)
def test_plurals_bear_no_apostrophe(surname: str, plural: str) -> None:
    """A surname keeps its y and takes s or es."""
    assert family_plural(surname) == plural


def test_a_name_with_a_comma_is_turned_round() -> None:
    """The card of "Lee, Anna" goes to Anna Lee; a comma of another kind stays."""
    assert full_name(one("Anna Lee", shown="Lee, Anna")) == "Anna Lee"
    assert full_name(one("Anna Lee", shown="Anna Lee, MD")) == "Anna Lee, MD"
    assert full_name(Resident(uid="x", given="Anna", family="Lee")) == "Anna Lee"


_LETTERS = st.text("abcdefghij", min_size=3, max_size=6).map(str.capitalize)


@st.composite
def households(draw: st.DrawFn) -> list[Resident]:
    """Draw members whose given names occur nowhere else: K1k, K2k ..."""
    surnames = draw(st.lists(_LETTERS, min_size=1, max_size=3))
    members = []
    for number in range(draw(st.integers(1, 7))):
        role = draw(st.sampled_from(("", "organises", "child", "grown", "pet")))
        members.append(
            one(f"K{number}k {draw(st.sampled_from(surnames))}")._replace(
                birth_year=draw(st.sampled_from((None, 1960, 2016))),
                has_died=draw(st.booleans()),
                gender=draw(st.sampled_from(("", "f", "m", "n"))),
                prefixes=draw(st.sampled_from(("", "Dr.", "Mrs", "Herr Prof."))),
                born=draw(st.sampled_from(("", "2016-03-01"))),
                organises=role == "organises",
                is_child=role == "child",
                is_grown=role == "grown",
                is_pet=role == "pet",
            )
        )
    return members


@given(households(), st.sampled_from(CODES))
def test_every_living_adult_counts_once_and_the_dead_never(members: list[Resident], language: str) -> None:
    """By name, or in a family that bears everybody's surname; no language writes "the Smith's"."""
    line = addressee(members, language=language, year=2026)
    living = [one for one in members if not one.has_died and not one.is_pet]
    young = children(living, year=2026)
    grown = [one for one in living if one.uid not in young]
    surnames = {one.family for one in living}
    words = language_of(language)
    as_family = words.family and len(surnames) == 1 and line == words.family.format(*surnames)
    for one_member in members:
        expected = 1 if one_member in grown and not as_family else 0
        assert line.count(one_member.given) == expected, (line, one_member)
    assert "'" not in line
    assert "’" not in line
    assert bool(line) == bool(living)


@given(households(), st.sampled_from(CODES), st.sampled_from(("informal", "formal")))
def test_a_salutation_never_names_the_dead_nor_anyone_twice(
    members: list[Resident], language: str, formality: str
) -> None:
    """Whoever is named is alive and named once; a household with someone alive is always greeted."""
    line = salutation(members, language=language, formality=formality, year=2026)  # type: ignore[arg-type]
    for one_member in members:
        assert line.count(one_member.given) <= (0 if one_member.has_died else 1)
    assert bool(line) == any(not one.has_died and not one.is_pet for one in members)
    assert "'s" not in line
    assert "{" not in line
    assert "  " not in line
