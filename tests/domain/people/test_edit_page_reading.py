from __future__ import annotations

import tomllib
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.days import read_partial_day
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.domain.people.edit_page import write_page
from relcard.domain.people.edit_page_reading import Readers
from relcard.domain.people.edit_page_reading import read_page
from relcard.domain.people.page_text import PageError
from tests.support.dose import dose

COUNTRIES = {"Poland": "PL", "United Kingdom": "GB", "Germany": "DE", "DE": "DE"}
TODAY = date(2026, 11, 20)
READERS = Readers(
    country=lambda text: COUNTRIES.get(text, ""),
    day=partial(read_partial_day, today=TODAY, country="GB"),
    today=TODAY,
)
ANNA = Contact(
    uid="a",
    display_name="Anna Kowalska",
    name=Name(given="Anna", family="Kowalska"),
    phones=(
        Phone(value="01632 960147", types=("cell", "pref"), label="Studio"),
        Phone(value="1", types=("x y",)),
    ),
    emails=(Email(value="anna@example.org"),),
    addresses=(
        Address(
            street="ul. Lipowa 7", locality="Kraków", postcode="30-702", country="Poland", country_code="PL"
        ),
        Address(
            street="14 High Street", locality="Leeds", country_code="GB", types=("home",), preferred=True
        ),
    ),
    occasions=(
        Occasion(kind=OccasionKind.CUSTOM, label="", date=PartialDate(None, None, 3)),
        Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(1984, 5, 19)),
        Occasion(kind=OccasionKind.ANNIVERSARY, date=PartialDate(2014, 9, 6)),
        Occasion(kind=OccasionKind.ANNIVERSARY, date=PartialDate(2015, 9, 6)),
    ),
    relations=(Relation(kind="spouse", uid="j"), Relation(kind="child", name="Ola")),
    tags=("choir", "a, b"),
    note='She said """yes"""\\ and "',
)
PAGE = write_page(ANNA)


def _read(page: str, before: Contact = ANNA) -> Contact:
    return read_page(page, before, readers=READERS)


def _change(old: str, new: str, before: Contact = ANNA) -> Contact:
    page = write_page(before)
    assert old in page
    return _read(page.replace(old, new, 1), before)


def _faults(page: str) -> list[str]:
    with pytest.raises(PageError) as caught:
        _read(page)
    return [str(one) for one in caught.value.faults]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.tuples(texts, texts) | st.just(())
others = st.sampled_from(["lunar 8/15 1962", "hebrew 15 Adar II 5746", "persian 1 Farvardin"])
dates = st.builds(
    PartialDate, st.none() | st.integers(1900, 2020), st.integers(1, 12), st.integers(1, 28)
) | others.map(PartialDate.parse)
contacts = st.builds(
    partial(Contact),  # a named tuple itself gets every field from hypothesis
    display_name=texts.filter(bool),
    name=st.builds(Name, family=texts, given=texts, prefixes=texts),
    nicknames=words,
    org=texts,
    note=texts,
    language=texts,
    tags=words,
    urls=words,
    addresses=st.lists(
        st.builds(
            partial(Address),
            street=texts.filter(bool),
            country=texts,
            label=texts,
            types=words,
            preferred=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    phones=st.lists(st.builds(Phone, value=texts.filter(bool), types=words, label=texts), max_size=2).map(
        tuple
    ),
    occasions=st.lists(
        st.builds(Occasion, kind=st.sampled_from(OccasionKind), label=texts, date=dates),
        max_size=3,
        unique=True,
    ).map(tuple),
    relations=st.lists(st.builds(Relation, kind=texts.filter(bool), name=texts, uid=texts), max_size=2).map(
        tuple
    ),
)


@settings(max_examples=dose(60, 600))
@given(contacts)
def test_untouched_page_is_the_same_contact(contact: Contact) -> None:
    """Law: whatever a contact holds, its page is TOML, and left alone it says exactly that contact."""
    page = write_page(contact)
    tomllib.loads(page)
    assert _read(page, contact) == contact


def test_only_what_is_touched_changes() -> None:
    """A new birthday changes the birthday alone; the others stay in their order."""
    new = Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(1985, 4, 12))
    others = (ANNA.occasions[0], *ANNA.occasions[2:])
    found = _change('birthday = "1984-05-19"', 'birthday = "1985-04-12"')
    assert found == ANNA._replace(occasions=(*others, new))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ('"1985-04-12"', PartialDate(1985, 4, 12)),
        ("1985-04-12", PartialDate(1985, 4, 12)),
        ('"04-12"', PartialDate(None, 4, 12)),
        ('"--04-12"', PartialDate(None, 4, 12)),
        ('"12 April"', PartialDate(None, 4, 12)),
        ('"12/4/1985"', PartialDate(1985, 4, 12)),
        ("1985", PartialDate(1985)),
        ('"lunar 8/15"', PartialDate.parse("lunar 8/15")),
    ],
)
def test_dates_are_read_with_and_without_year(typed: str, day: PartialDate) -> None:
    """A date may be whole, without its year, in words, or TOML's own."""
    found = _change('birthday = "1984-05-19"', f"birthday = {typed}")
    assert [one.date for one in found.occasions if one.kind is OccasionKind.BIRTHDAY] == [day]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("spring", "is no day"),
        ("1985-02-30", "is on no calendar"),
        ("02-30", "is on no calendar"),
        ("12.4.85", "leaves the century open"),
        ("tomorrow", "has not come yet"),
        ("2062-04-12", "has not come yet"),
    ],
)
def test_what_is_no_date_is_named_with_its_line(typed: str, reason: str) -> None:
    """A word, a day no calendar has, a year in two digits and a birth to come are refused, not guessed."""
    page = PAGE.replace('birthday = "1984-05-19"', f'birthday = "{typed}"')
    line = next(number for number, one in enumerate(page.split("\n"), 1) if one.startswith("birthday"))
    (fault,) = _faults(page)
    assert fault.startswith(f'line {line}: birthday: "{typed}" {reason} - ')


def test_all_faults_are_found_at_once() -> None:
    """Each wrong entry is named with its own line, in the order of the page."""
    page = (
        PAGE.replace('country = "Poland"', 'country = "Polland"')
        .replace('name = "Anna Kowalska"', 'name = ""')
        .replace("given =", "forename =")
        .replace('email = "anna@example.org"', 'email = "anna"')
        .replace('label = "Studio"', "label = 1.5")
    )
    lines = page.split("\n")
    found = _faults(page)
    said = [
        (lines[int(one.split(":")[0].removeprefix("line ")) - 1].partition(" =")[0], one) for one in found
    ]
    assert [key for key, _ in said] == ["forename", "label", "email", "country"]
    assert "Polland" in said[-1][1]


def test_types_of_a_new_phone_are_single_words() -> None:
    """A type with a space in it would be two on the vCard; it is refused."""
    page = f'{PAGE}\n[[phone]]\nnumber = "7"\ntypes = ["my home"]\n'
    assert _faults(page)[0].endswith("a type is one word, as home, work or cell: my home")


def test_empty_tables_say_nothing() -> None:
    """A table that somebody began and left empty is none."""
    assert _read(f'{PAGE}\n[[phone]]\nnumber = ""\ntypes = []\n\n[[relation]]\n') == ANNA


def test_a_table_taken_away_is_an_item_taken_away() -> None:
    """Without its table, a phone is gone and the other stays."""
    found = _change('[[phone]]\nnumber = "1"\ntypes = ["x y"]\n', "")
    assert found == ANNA._replace(phones=ANNA.phones[:1])


def test_corrected_address_keeps_what_its_country_was() -> None:
    """A new street in an address of which only the code of the country is known keeps that code."""
    found = _change('street = "14 High Street"', 'street = "15 High Street"')
    assert found.addresses[1] == ANNA.addresses[1]._replace(street="15 High Street")


def test_corrected_address_keeps_its_season() -> None:
    """A winter address with a new street is still used in the winter only."""
    winter = ANNA.addresses[0]._replace(
        used_from=PartialDate(None, 11, 1), used_until=PartialDate(None, 3, 31)
    )
    before = ANNA._replace(addresses=(winter, ANNA.addresses[1]))
    found = _change('street = "ul. Lipowa 7"', 'street = "ul. Lipowa 8"', before).addresses[0]
    assert (found.used_from, found.used_until) == (winter.used_from, winter.used_until)


def test_new_country_gets_its_code() -> None:
    """Another country's name brings its own code."""
    found = _change('country = "Poland"', 'country = "Germany"').addresses[0]
    assert (found.country, found.country_code) == ("Germany", "DE")


def test_display_name_follows_its_parts() -> None:
    """After a wedding only the family name is typed; the name in lists follows."""
    found = _change('family = "Kowalska"', 'family = "Nowak"')
    assert (found.display_name, found.name.family) == ("Anna Nowak", "Nowak")


def test_parts_follow_the_display_name() -> None:
    """And the other way round."""
    found = _change('name = "Anna Kowalska"', 'name = "Anna Nowak"')
    assert (found.display_name, found.name) == ("Anna Nowak", Name(given="Anna", family="Nowak"))


def test_new_contact_gets_its_parts_from_the_name() -> None:
    """On a blank page a name is enough."""
    found = _change('name = ""', 'name = "Ludwig van der Berg"', Contact())
    assert found.name == Name(given="Ludwig", family="van der Berg")


def test_organisation_gets_no_parts() -> None:
    """A bakery has no given name, whatever it is called."""
    mill = Contact(display_name="Old Mill", kind=Kind.ORG)
    assert _change('"Old Mill"', '"New Mill"', mill).name == Name()


def test_note_of_several_lines_comes_back() -> None:
    """A block of lines is the note; the end of line before the closing quotes is no part of it."""
    found = _change(PAGE[PAGE.index("vcard_note") :].split("\n")[0], 'vcard_note = """\none\n\n  two\n"""')
    assert found.note == "one\n\n  two"


def test_anniversary_among_other_days_is_one() -> None:
    """A day labelled anniversary is a wedding day, as every address book reads it."""
    found = _read(f'{PAGE}\n[[day]]\nlabel = "Anniversary"\ndate = "06-01"\n')
    assert Occasion(kind=OccasionKind.ANNIVERSARY, date=PartialDate(None, 6, 1)) in found.occasions
