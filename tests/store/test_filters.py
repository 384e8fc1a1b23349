"""Tests of filters as SQL: each condition by itself, and all of them against plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.feasts import FEASTS
from relcard.domain.feasts import feast_year
from relcard.domain.people import segment
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.seasons.years import YearCard
from relcard.store import contacts
from relcard.store import filters
from relcard.store import households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card
from tests.support.dose import dose

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from collections.abc import Mapping

    from tests.support.book import Book

TODAY = date(2026, 11, 20)

CARDS = (
    ("Jürgen Groß", "LANG:de-AT", "ADR;TYPE=home:;;Weg 1;Bad Tölz;;83646;Germany", "CATEGORIES:choir,Bäcker"),
    ("Łucja Łódź", "ADR;TYPE=home:;;ul. Długa 4;Łódź;;90-001;Poland", "EMAIL:ll@example.org"),
    ("Anna Nowak", "CATEGORIES:Choir,bread", "BDAY:1984-05-19"),
    ("Anna-Maria Nowak", "BDAY:--05-02", "ADR:;;1 High Street;Leeds;;LS1 4DY;United Kingdom"),
    ("Hannah Novak", "ADR:;;;;;;Poland", "NICKNAME:Anna", "BDAY:--12"),
    (
        "Tom Ash",
        "BDAY:1940-05-01",
        "DEATHDATE:2025-02-01",
        "ADR:;;2 High Street;York;;YO1 7HH;United Kingdom",
    ),
    ("Ash Bakery", "KIND:org", "ADR:;;3 High Street;New York;;10001;United States"),
)


@pytest.fixture
def people(book: Book) -> Book:
    """Return a book of contacts that differ in everything a filter asks of."""
    book.imported(*(card(name, *lines, version="4.0") for name, *lines in CARDS))
    book.circle(Circle.CLOSE, "Anna Nowak")
    book.circle(Circle.NONE, "Ash Bakery")
    with journal.step(book.db, "facts", today=TODAY):
        for name, key, value in (
            ("Anna Nowak", "Bread", "dark Rye, sliced"),
            ("Tom Ash", "bread", "ryebread"),
            ("Łucja Łódź", "Größe", "42"),
        ):
            relationships.set_fact(book.db, book.id_of(name), key, value, today=TODAY)
        for name, days in (("Anna Nowak", 30), ("Jürgen Groß", 31), ("Tom Ash", 900)):
            relationships.add_interaction(
                book.db,
                book.id_of(name),
                channel="call",
                direction="to them",
                on=TODAY - timedelta(days=days),
            )
    return book


def _names(book: Book, options: Mapping[str, object], today: date = TODAY) -> set[str]:
    found = segment.read(options, today)
    names = contacts.names(book.db, filters.ids(book.db, found))
    assert set(names.values()) == {one.name for one in contacts.listing(book.db, found)}
    return set(names.values())


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"words": "jurgen"}, {"Jürgen Groß"}),
        ({"words": "lodz"}, {"Łucja Łódź"}),
        ({"words": "ll@example.org"}, {"Łucja Łódź"}),
        ({"words": "anna nowak"}, {"Anna Nowak", "Anna-Maria Nowak"}),
        ({"words": "%"}, set()),
        ({"words": "' OR 1=1 --"}, set()),
        ({"circle": ["close"]}, {"Anna Nowak"}),
        ({"circle": ["close", "none"]}, {"Anna Nowak", "Ash Bakery"}),
        (
            {"no-circle": True, "has-address": True},
            {"Jürgen Groß", "Łucja Łódź", "Anna-Maria Nowak", "Tom Ash"},
        ),
        ({"tag": ["CHOIR"]}, {"Jürgen Groß", "Anna Nowak"}),
        ({"tag": ["choir", "bread"]}, {"Anna Nowak"}),
        ({"tag": ["choir"], "not-tag": ["BÄCKER"]}, {"Anna Nowak"}),
        ({"tag": ["%"]}, set()),
        ({"fact": ["bread"]}, {"Anna Nowak", "Tom Ash"}),
        ({"fact": ["bread=RYE"]}, {"Anna Nowak"}),
        ({"fact": ["bread=rye sliced"]}, {"Anna Nowak"}),
        ({"fact": ["bread=ry*"]}, {"Anna Nowak", "Tom Ash"}),
        ({"fact": ["bread=bread"]}, set()),
        ({"fact": ["grosse=42"]}, {"Łucja Łódź"}),
        ({"fact": ["grosse=4"]}, set()),
        ({"country": ["pl"]}, {"Łucja Łódź"}),
        ({"country": ["PL", "DE"], "has-address": True}, {"Łucja Łódź", "Jürgen Groß"}),
        ({"city": ["lodz"]}, {"Łucja Łódź"}),
        ({"city": ["York"]}, {"Tom Ash"}),
        ({"city": ["Bad"]}, {"Jürgen Groß"}),
        ({"city": ["Ba"]}, set()),
        ({"city": ["Ba*", "leeds"]}, {"Jürgen Groß", "Anna-Maria Nowak"}),
        ({"postcode": ["ls1"]}, {"Anna-Maria Nowak"}),
        ({"postcode": ["LS14"]}, {"Anna-Maria Nowak"}),
        ({"postcode": ["900", "10"]}, {"Łucja Łódź", "Ash Bakery"}),
        ({"city": ["leeds"], "postcode": ["YO1"]}, set()),
        ({"language": ["de"]}, {"Jürgen Groß"}),
        ({"language": ["de-AT"]}, {"Jürgen Groß"}),
        ({"language": ["de-DE"]}, set()),
        ({"no-address": True}, {"Anna Nowak", "Hannah Novak"}),
        (
            {"older-than": "30"},
            {"Jürgen Groß", "Anna-Maria Nowak", "Łucja Łódź", "Hannah Novak", "Tom Ash", "Ash Bakery"},
        ),
        ({"older-than": "29", "tag": ["choir"]}, {"Anna Nowak", "Jürgen Groß"}),
        ({"older-than": "30", "tag": ["choir"]}, {"Jürgen Groß"}),
        ({"birthday": ["may"]}, {"Anna Nowak", "Anna-Maria Nowak"}),
        ({"birthday": ["5", "next"]}, {"Anna Nowak", "Anna-Maria Nowak", "Hannah Novak"}),
        ({"birthday": ["this"]}, set()),
        ({"household-size": "1", "tag": ["choir"]}, {"Jürgen Groß", "Anna Nowak"}),
        ({"household-size": "2.."}, set()),
        ({"kind": "org"}, {"Ash Bakery"}),
        ({"words": "nowak", "tag": ["bread"], "circle": ["close"]}, {"Anna Nowak"}),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value),
)
def test_each_filter(people: Book, options: dict[str, object], names: set[str]) -> None:
    """Each filter lets through whom it says, accents and capitals or not, and reads no words as syntax."""
    assert _names(people, options) == names


def test_the_dead_and_pets_fill_no_household(book: Book) -> None:
    """A widow with a dog is a household of one; the dog is found there too."""
    names = ("Margaret Hale", "Thomas Hale", "Biscuit Hale")
    book.imported(*(card(one, street="1 High Street") for one in names))
    assert _names(book, {"household-size": "3"}) == set(names)
    book.imported(card("Thomas Hale", "DEATHDATE:2025-02-01", street="1 High Street", version="4.0"))
    assert _names(book, {"household-size": "2"}) == set(names)
    book.db.execute("UPDATE membership SET role = 'pet' WHERE contact_id = ?", (book.id_of("Biscuit Hale"),))
    assert _names(book, {"household-size": "1"}) == set(names)
    assert _names(book, {"household-size": "2..4"}) == set()


def test_an_address_a_card_came_back_from_is_none(book: Book) -> None:
    """A retired address is in no town."""
    book.imported(card("Ada Oak", street="1 High Street"))
    assert _names(book, {"city": ["leeds"], "has-address": True}) == {"Ada Oak"}
    seasons.retire_addresses(book.db, [1], season="christmas-2026", today=TODAY)
    assert _names(book, {"city": ["leeds"]}) == set()
    assert _names(book, {"postcode": ["LS1"]}) == set()
    assert _names(book, {"no-address": True}) == {"Ada Oak"}


def test_their_card_came_as_a_season_counts_it(open_season: Book) -> None:
    """Recorded in the season, logged with it, or logged on a day of its weeks: all three are last Christmas's."""
    book = open_season
    with journal.step(book.db, "received", today=TODAY):
        rows = {one.household_id: one for one in seasons.recipients(book.db, 1)}
        seasons.set_received(book.db, rows[book.home_of("Ada Oak")].id, date(2026, 12, 20))
        for name, channel, direction, on in (
            ("Ben Elm", "card", "from them", date(2027, 1, 12)),
            ("Cyd Ash", "card", "from them", date(2027, 3, 1)),
            ("Dee Fir", "card", "to them", date(2026, 12, 12)),
            ("Cyd Ash", "letter", "from them", date(2026, 12, 12)),
        ):
            relationships.add_interaction(
                book.db, book.id_of(name), channel=channel, direction=direction, on=on
            )
    later = date(2027, 2, 1)
    assert _names(book, {"received": ["christmas"]}, later) == {"Ada Oak", "Ben Elm"}
    assert _names(book, {"received": ["christmas-2026"]}) == {"Ada Oak", "Ben Elm"}
    assert _names(book, {"not-received": ["christmas"]}, later) == {"Cyd Ash", "Dee Fir"}
    assert _names(book, {"received": ["christmas"]}, TODAY) == set()
    assert _names(book, {"not-received": ["christmas"]}, TODAY) == {
        "Ada Oak",
        "Ben Elm",
        "Cyd Ash",
        "Dee Fir",
    }
    with journal.step(book.db, "log", today=TODAY):
        relationships.put_season_card(
            book.db, book.id_of("Cyd Ash"), season_id=1, direction="from them", on=date(2027, 3, 9), text=""
        )
        other = seasons.add(book.db, "newyear-2027", "newyear", 2027, today=TODAY)
        relationships.put_season_card(
            book.db,
            book.id_of("Dee Fir"),
            season_id=other,
            direction="from them",
            on=date(2026, 12, 29),
            text="",
        )
    assert _names(book, {"received": ["christmas-2026"]}) == {"Ada Oak", "Ben Elm", "Cyd Ash"}
    assert _names(book, {"received": ["newyear-2027"], "not-received": ["christmas-2026"]}) == {"Dee Fir"}


def test_their_silence_is_counted_in_years(open_season: Book) -> None:
    """Silent are those of whom or to whom there is a card, and none came since; a letter of January breaks it."""
    book = open_season
    with journal.step(book.db, "years", today=TODAY):
        for name, year, from_them in (
            ("Ada Oak", 2022, True),
            ("Ada Oak", 2025, False),
            ("Ben Elm", 2023, True),
            ("Cyd Ash", 2019, False),
        ):
            relationships.put_year_card(book.db, book.id_of(name), YearCard(year, from_them=from_them))
    assert _names(book, {"silent-for": "3"}) == {"Ada Oak", "Cyd Ash"}
    assert _names(book, {"silent-for": "2"}) == {"Ada Oak", "Ben Elm", "Cyd Ash"}
    assert _names(book, {"silent-for": "3"}, date(2027, 2, 1)) == {"Ada Oak", "Ben Elm", "Cyd Ash"}
    assert _names(book, {"silent-for": "30"}) == {"Cyd Ash"}
    assert _names(book, {"never-received": True}) == {"Cyd Ash", "Dee Fir"}
    assert _names(book, {"sent": ["christmas-2025"]}) == {"Ada Oak"}
    assert _names(book, {"sent": ["christmas-2025"], "never-received": True}) == set()
    assert _names(book, {"not-sent": ["christmas-2025"], "silent-for": "3"}) == {"Cyd Ash"}
    with journal.step(book.db, "log", today=TODAY):
        relationships.add_interaction(
            book.db, book.id_of("Ada Oak"), channel="letter", direction="from them", on=date(2024, 1, 7)
        )
    assert _names(book, {"silent-for": "3"}) == {"Cyd Ash"}
    assert _names(book, {"silent-for": "2"}) == {"Ada Oak", "Ben Elm", "Cyd Ash"}


def test_a_card_that_was_printed_went_to_them(open_season: Book) -> None:
    """Printed, written, posted or returned: the years count it as sent; a draft was not."""
    book = open_season
    with journal.step(book.db, "states", today=TODAY):
        for name, state in (("Ada Oak", "printed"), ("Ben Elm", "drafted"), ("Cyd Ash", "returned")):
            book.db.execute(
                "UPDATE recipient SET state = ? WHERE household_id = ?", (state, book.home_of(name))
            )
    assert _names(book, {"sent": ["christmas-2026"]}) == {"Ada Oak", "Cyd Ash"}
    assert _names(book, {"not-sent": ["christmas-2026"]}) == {"Ben Elm", "Dee Fir"}
    assert _names(book, {"silent-for": "1"}) == {"Ada Oak", "Cyd Ash"}


def test_a_household_is_meant_when_one_of_it_is(book: Book) -> None:
    """The tag of one member finds the household, once."""
    book.imported(
        card("Ada Oak", "CATEGORIES:shop", street="1 High Street"),
        card("Abe Oak", "CATEGORIES:shop", street="1 High Street"),
        card("Ben Elm", street="2 High Street"),
    )
    wanted = segment.read({"tag": ["shop"]}, TODAY)
    assert filters.household_ids(book.db, wanted) == [book.home_of("Ada Oak")]
    assert len(filters.household_ids(book.db, segment.Filter())) == 2


# The law: what SQL lets through is what a plain reading of the options lets through.

CITIES = ("Leeds", "Bad Tölz", "york", "New York", "")
POSTCODES = ("LS1 4DY", "LS11 9AA", "83646", "90-001", "")
TAGS = ("shop", "Shop", "choir", "Bäcker")
FACTS = {"bread": ("rye", "dark Rye, sliced", "wheat"), "Dog": ("Rex",)}
LANGUAGES = ("", "de", "de-AT", "pl", "den")
BIRTHDAYS = ("1984-05-19", "--05-02", "--12", "1990-11", "1960", None)
SEASONS = ("christmas-2025", "christmas-2024")


@dataclass(frozen=True)
class Someone:
    """A contact as plainly as can be."""

    circle: Circle | None
    tags: frozenset[str]
    facts: tuple[tuple[str, str], ...]
    country: str
    city: str
    postcode: str
    retired: bool
    language: str
    spoken: frozenset[int]  # days ago
    birthday: str | None
    died: bool
    home: int
    pet: bool
    kind: Kind
    card_on: date | None  # one of theirs, outside any season
    sent: int | None  # the year of one of yours, its day unknown

    @property
    def usable(self) -> bool:
        return bool((self.city or self.postcode) and not self.retired)


someone = st.builds(
    Someone,
    circle=st.sampled_from([None, *Circle]),
    tags=st.frozensets(st.sampled_from(TAGS), max_size=2),
    facts=st.sampled_from([(), *(((key, value),) for key, values in FACTS.items() for value in values)]),
    country=st.sampled_from(["GB", "DE", ""]),
    city=st.sampled_from(CITIES),
    postcode=st.sampled_from(POSTCODES),
    retired=st.booleans(),
    language=st.sampled_from(LANGUAGES),
    spoken=st.frozensets(st.sampled_from([1, 9, 10, 11, 400]), max_size=2),
    birthday=st.sampled_from(BIRTHDAYS),
    died=st.sampled_from([False, False, True]),
    home=st.integers(0, 2),
    pet=st.sampled_from([False, False, True]),
    kind=st.sampled_from([Kind.INDIVIDUAL, Kind.INDIVIDUAL, Kind.ORG]),
    card_on=st.sampled_from(
        [None, date(2025, 12, 12), date(2025, 1, 3), date(2025, 7, 1), date(2021, 12, 3)]
    ),
    sent=st.sampled_from([None, None, 2024, 2025]),
)


def _some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


SAID: dict[str, st.SearchStrategy[Any]] = {
    "circle": _some("inner", "close", "NONE"),
    "tag": _some("SHOP", "backer", "choir"),
    "not-tag": _some("choir", "shop"),
    "fact": _some("bread", "BREAD=rye", "bread=dark rye", "bread=whe*", "dog=rex"),
    "country": _some("gb", "DE"),
    "city": _some("leeds", "york", "bad", "new y*"),
    "postcode": _some("ls1", "LS1 4", "90", "836"),
    "language": _some("de", "de-at", "pl"),
    "has-address": st.just(True),
    "older-than": st.sampled_from(["1", "10", "399"]),
    "birthday": _some("may", "december", "this"),
    "sent": _some(*SEASONS),
    "not-sent": _some(*SEASONS),
    "silent-for": st.sampled_from(["1", "2", "4", "5"]),
    "never-received": st.just(True),
    "received": _some(*SEASONS),
    "not-received": _some(*SEASONS),
    "household-size": st.sampled_from(["1", "2..", "..2", "2-3"]),
    "kind": st.sampled_from(["individual", "org"]),
}
# Few at a time: with many nobody is left.
options = (
    st.lists(st.sampled_from(sorted(SAID)), max_size=2, unique=True)
    .filter(lambda names: set(names) != {"received", "never-received"})  # refused together
    .flatmap(lambda names: st.fixed_dictionaries({name: SAID[name] for name in names}))
)


def _occasions(one: Someone) -> Iterator[Occasion]:
    if one.birthday:
        yield Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate.parse(one.birthday))
    if one.died:
        yield Occasion(kind=OccasionKind.REMEMBRANCE, date=PartialDate(2020))


def _keep(db: sqlite3.Connection, book: list[Someone], received: frozenset[int]) -> None:
    """Put a plain book into the store; the households of `received` are ticked off in christmas-2025."""
    season = seasons.add(db, "christmas-2025", "christmas", 2025, today=TODAY)
    homes = [households.make(db, reason="") for _ in range(3)]
    for home in received:
        seasons.add_recipient(db, season, homes[home], "")
        db.execute("UPDATE recipient SET received_on = '2025-12-30' WHERE household_id = ?", (homes[home],))
    for number, one in enumerate(book, 1):
        contact = Contact(
            uid=str(number),
            kind=one.kind,
            display_name=f"Someone {number}",
            addresses=(Address(locality=one.city, postcode=one.postcode, country_code=one.country),),
            language=one.language,
            tags=tuple(sorted(one.tags)),
            occasions=tuple(_occasions(one)),
        )
        found = contacts.insert(db, contact, abuid="", today=TODAY)
        assert found == number
        role = "pet" if one.pet else None
        db.execute(
            "INSERT INTO membership (contact_id, household_id, role) VALUES (?, ?, ?)",
            (number, homes[one.home], role),
        )
        if one.circle:
            relationships.set_circle(db, number, one.circle, today=TODAY)
        for key, value in one.facts:
            relationships.set_fact(db, number, key, value, today=TODAY)
        for days in one.spoken:
            relationships.add_interaction(
                db, number, channel="call", direction="to them", on=TODAY - timedelta(days=days)
            )
        if one.card_on:
            relationships.add_interaction(db, number, channel="card", direction="from them", on=one.card_on)
        if one.sent:
            relationships.put_year_card(db, number, YearCard(one.sent, from_them=False))
        if one.retired:
            seasons.retire_addresses(db, [number], season="christmas-2026", today=TODAY)


def _words(text: str) -> list[str]:
    return text.lower().replace("ö", "o").replace("ä", "a").replace(",", " ").split()


def _is_among(said: str, text: str, *, first: bool) -> bool:
    """Whether the words said stand side by side in a text, or at its beginning; the last may be begun."""
    begun = said.endswith("*")
    want, have = _words(said.rstrip("*")), _words(text)
    for start in range(1 if first else max(1, len(have))):
        part = have[start : start + len(want)]
        if part == want or (
            begun and len(part) == len(want) and part[:-1] == want[:-1] and part[-1].startswith(want[-1])
        ):
            return True
    return False


def _month(birthday: str | None) -> int | None:
    return PartialDate.parse(birthday).month if birthday else None


def _holds(one: Someone, said: dict[str, Any], book: list[Someone], received: frozenset[int]) -> bool:
    days = [*one.spoken, *([(TODAY - one.card_on).days] if one.card_on else [])]
    if one.sent:
        days.append((TODAY - date(one.sent, 12, 24)).days)
    tags = {" ".join(_words(tag)) for tag in one.tags}
    at_home = [other for other in book if other.home == one.home]
    cards = {feast_year(FEASTS["christmas"], other.card_on) for other in at_home if other.card_on}
    came = {other.card_on.year - (other.card_on.month == 1) for other in at_home if other.card_on}
    sent = {other.sent for other in at_home if other.sent}
    if one.home in received:
        cards.add(2025)
        came.add(2025)
    code = one.postcode.replace(" ", "").replace("-", "")
    place = one.usable and (
        ("city" not in said or any(_is_among(city, one.city, first=True) for city in said["city"]))
        and (
            "postcode" not in said
            or any(code.startswith(part.upper().replace(" ", "")) for part in said["postcode"])
        )
    )
    low, _, high = said.get("household-size", "1..99").replace("-", "..").partition("..")
    exact = ".." not in said.get("household-size", "..").replace("-", "..")
    size = sum(not other.died and not other.pet for other in at_home)
    months = {"may": 5, "december": 12, "this": TODAY.month}
    return all(
        (
            "circle" not in said
            or (one.circle is not None and one.circle.value in [name.lower() for name in said["circle"]]),
            all(tag.lower() in tags for tag in said.get("tag", [])),
            not any(tag in tags for tag in said.get("not-tag", [])),
            all(
                any(
                    key.lower() == fact.lower().partition("=")[0]
                    and ("=" not in fact or _is_among(fact.partition("=")[2], value, first=False))
                    for key, value in one.facts
                )
                for fact in said.get("fact", [])
            ),
            "country" not in said
            or (one.country in [code.upper() for code in said["country"]] and bool(one.country)),
            ("city" not in said and "postcode" not in said) or place,
            "language" not in said
            or any(
                one.language.lower() == want or one.language.lower().startswith(f"{want}-")
                for want in said["language"]
            ),
            "has-address" not in said or one.usable,
            "older-than" not in said or all(day > int(said["older-than"]) for day in days),
            "birthday" not in said
            or (not one.died and _month(one.birthday) in [months[month] for month in said["birthday"]]),
            all(int(season[-4:]) in sent for season in said.get("sent", [])),
            not any(int(season[-4:]) in sent for season in said.get("not-sent", [])),
            "silent-for" not in said
            or (bool(came | sent) and max(came, default=0) < TODAY.year - int(said["silent-for"])),
            "never-received" not in said or not came,
            all(int(season[-4:]) in cards for season in said.get("received", [])),
            not any(int(season[-4:]) in cards for season in said.get("not-received", [])),
            "household-size" not in said
            or (int(low or 1) <= size <= (int(low) if exact else int(high or 99))),
            "kind" not in said or one.kind.value == said["kind"],
        )
    )


@settings(max_examples=dose(80, 800), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    book=st.lists(someone, min_size=1, max_size=5), received=st.frozensets(st.integers(0, 2)), said=options
)
def test_sql_lets_through_what_plain_words_do(
    db: sqlite3.Connection, book: list[Someone], received: frozenset[int], said: dict[str, Any]
) -> None:
    """Whatever the book and the options, SQL finds exactly those of whom all that was said is true."""
    db.execute("BEGIN")
    try:
        _keep(db, book, received)
        # What a card's country is worth to a list is the contact's business, and tested there.
        countries = {row[0]: row[1] for row in db.execute("SELECT id, country FROM contact")}
        expected = [
            number
            for number, one in enumerate(book, 1)
            if _holds(_at(one, countries[number]), said, book, received)
        ]
        assert sorted(filters.ids(db, segment.read(said, TODAY))) == expected
    finally:
        db.execute("ROLLBACK")


def _at(one: Someone, country: str) -> Someone:
    return replace(one, country=country)
