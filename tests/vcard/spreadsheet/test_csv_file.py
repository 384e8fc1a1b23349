from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.people.contact import OccasionKind
from relcard.errors import UsageError
from relcard.postal import country_code
from relcard.vcard import own_labels
from relcard.vcard import parse_card
from relcard.vcard.spreadsheet.columns import guess_columns
from relcard.vcard.spreadsheet.columns import with_choices
from relcard.vcard.spreadsheet.csv_file import is_spreadsheet
from relcard.vcard.spreadsheet.csv_file import read_spreadsheet
from relcard.vcard.spreadsheet.table import MAX_COLUMNS
from relcard.vcard.unfold import logical_lines
from relcard.vcard.values import unescape
from tests.support.dose import dose

if TYPE_CHECKING:
    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Contact
    from relcard.errors import Problem
    from relcard.vcard import RawCard

TODAY = date(2026, 11, 20)
DATA = Path(__file__).parents[2] / "data" / "csv"


def _cards(data: str | bytes, *choices: str, encoding: str = "") -> tuple[list[RawCard], list[Problem]]:
    problems: list[Problem] = []
    raw = data.encode() if isinstance(data, str) else data
    sheet = read_spreadsheet(
        io.BytesIO(raw), source="a.csv", problems=problems, choices=choices, encoding=encoding
    )
    return list(sheet.cards(code_of=country_code, today=TODAY)), problems


def _contacts(data: str | bytes, *choices: str, encoding: str = "") -> list[Contact]:
    found = []
    for card in _cards(data, *choices, encoding=encoding)[0]:
        contact = parse_card(card, source="a.csv", code_of=country_code).contact
        assert contact is not None
        found.append(contact)
    return found


def _file(name: str) -> list[Contact]:
    return _contacts((DATA / name).read_bytes())


def _birthday(contact: Contact) -> PartialDate | None:
    return next((day.date for day in contact.occasions if day.kind is OccasionKind.BIRTHDAY), None)


def _texts(card: RawCard) -> list[str]:
    """Return every value of a card, unescaped, and the label an address has in its head."""
    lines = list(logical_lines(card.raw, 1))
    labels = [line.head.params.get("LABEL", "") for line in lines if line.head]
    return [*(unescape(line.value.decode()) for line in lines), *labels]


def _means(header: str) -> dict[str, str]:
    return {one.header: one.means for one in guess_columns(header.split(";"))}


@pytest.mark.parametrize("name", sorted(one.name for one in DATA.glob("*.csv")))
def test_spreadsheet_is_told_by_its_columns(name: str) -> None:
    """Every stored spreadsheet is one, and a vCard never is."""
    assert is_spreadsheet((DATA / name).read_bytes())
    assert not is_spreadsheet(
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Name, Birthday\r\nNOTE:Name,Phone\r\nEND:VCARD\r\n"
    )
    assert not is_spreadsheet(b"Dear diary, today I went home,\nand wrote a letter, with love.\n")


def test_friends_spreadsheet() -> None:
    """Lines above the names of the columns are passed over, and an address may have two lines."""
    nora, adam, pair = _file("friends.csv")
    assert nora.display_name == "Nora Quill"
    assert nora.address is not None
    assert nora.address.street == "3 Mill Lane\nUpper Floor"
    assert (nora.address.postcode, nora.address.locality, nora.address.country) == ("LS1 4DY", "Leeds", "UK")
    assert [(one.kind, one.name) for one in nora.relations] == [
        ("partner", "Tom Quill"),
        ("child", "Ivy"),
        ("child", "Otto"),
    ]
    assert (adam.display_name, adam.name.family, adam.name.given) == ("Adam Quince", "Quince", "Adam")
    # One birthday of the column is a 24th of March: all of them are day first.
    assert str(adam.occasions[0].date) == "1979-05-04"
    assert str(pair.occasions[0].date) == "--06-12"
    assert pair.note == "=not a formula"


def test_google_of_today() -> None:
    """Google's numbered columns, its labels, its several values in one cell and its stars are understood."""
    hester, inn, ugo = _file("google_new.csv")
    assert (hester.name.prefixes, hester.name.given, hester.name.additional) == ("Dr", "Hester", "Jane")
    assert [(one.value, one.types) for one in hester.phones] == [
        ("+44 7700 900123", ("cell",)),
        ("+44 7700 900124", ("cell",)),
    ]
    assert [one.value for one in hester.emails] == [
        "hester@example.org",
        "h.plum@example.org",
        "editor@example.org",
    ]
    assert hester.tags == ("Choir",)
    assert [(one.kind.value, str(one.date)) for one in hester.occasions] == [
        ("birthday", "1971-02-28"),
        ("anniversary", "1999-06-05"),
    ]
    assert len(hester.addresses) == 1
    assert hester.addresses[0].types == ("home",)
    assert inn.display_name == "Old Ferry Inn"
    assert [(one.label, str(one.date)) for one in ugo.occasions] == [("", "--07-09"), ("Name day", "--07-04")]


def test_google_of_before() -> None:
    """The older export has a whole name beside its parts, and groups instead of labels."""
    (nils,) = _file("google_old.csv")
    assert (nils.display_name, nils.name.family) == ("Nils Åkerblad", "Åkerblad")
    assert (nils.org, nils.title, nils.language, nils.tags) == ("Verkstan", "Smith", "sv", ("Family",))
    assert str(nils.occasions[0].date) == "--05-17"


def test_outlook_in_english() -> None:
    """Outlook's month comes first, its zeros are no date, its second street line belongs to the first."""
    della, reuben = _file("outlook_en.csv")
    assert della.name.prefixes == "Mrs"
    assert della.display_name == "Della Frost"
    assert [(one.kind, str(one.date)) for one in della.occasions] == [
        (OccasionKind.BIRTHDAY, "1968-03-09"),
        (OccasionKind.ANNIVERSARY, "1992-06-14"),
    ]
    work, home = della.addresses
    assert (work.types, work.street) == (("work",), "1 Dock Street")
    assert (home.types, home.street, home.region) == (("home",), "22 Alder Court\nUnit 4", "OR")
    assert not reuben.occasions


def test_outlook_in_german() -> None:
    """A German export has semicolons and Windows-1252, and says so in one problem of the file."""
    data = (DATA / "outlook_de.csv").read_bytes()
    (kaethe,) = _contacts(data)
    assert (kaethe.name.given, kaethe.name.family) == ("Käthe", "Groß")
    assert kaethe.addresses[0].locality == "Köln"
    assert str(kaethe.occasions[0].date) == "1959-11-04"
    assert [one.name for one in kaethe.relations] == ["Jürgen", "Uwe", "Ina"]
    assert "Windows-1252" in _cards(data)[1][0].message


@pytest.mark.parametrize(
    ("header", "means"),
    [
        ("Nom;Prénom;Anniversaire;Ville;Code postal", "family given birthday town postcode"),
        ("Nom;Adresse", "name address"),
        ("Imię;Nazwisko;Ulica;Kod pocztowy;Miasto;Urodziny", "given family street postcode town birthday"),
        ("Nombre;Apellidos;Cumpleaños;País", "given family birthday country"),
        ("Nombre;Teléfono", "name phone"),
        ("Nome;Cognome;CAP;Città", "given family postcode town"),
        ("Naam;Straat;Huisnummer;Plaats;Verjaardag", "name street house number town birthday"),
        ("Name;Vorname;PLZ;Ort;Land", "family given postcode town country"),
        ("Nome;Sobrenome;Celular;CEP;Aniversário", "given family mobile postcode birthday"),
        ("Nombre;Apellidos;Aniversario", "given family anniversary"),
        ("Förnamn;Efternamn;Postnummer;Ort;Födelsedag", "given family postcode town birthday"),
        ("Fornavn;Efternavn;Vej;By;Børn", "given family street town children"),
        ("Navn;Gateadresse;Poststed;Bursdag", "name street town birthday"),
        ("Etunimi;Sukunimi;Katuosoite;Postinumero", "given family street postcode"),
        ("Jméno;Příjmení;Ulice;PSČ;Narozeniny", "given family street postcode birthday"),
        ("Vezetéknév;Keresztnév;Utca;Irányítószám", "family given street postcode"),
        ("Ad;Soyad;Cep;Posta kodu;Doğum günü", "given family mobile postcode birthday"),
        ("Name;Title;Job Title", "name prefix title"),
        ("Titre;Nom;Prénom;Titre", "prefix family given title"),
        # Outlook, as it exports in each language.
        (
            "Dép/Région (domicile);Rue (domicile) 2;Pays/Région (bureau)",
            "home region home street work country",
        ),
        (
            "Adresse de messagerie 2;Tél. mobile;Conjoint(e);B.P. professionnelle",
            "email mobile spouse work po box",
        ),
        ("Nom complet de l'adresse de messagerie;Type de messagerie;Téléphone société", "keep keep keep"),
        (
            "Calle del trabajo 2;Provincia o estado del domicilio;Otro país o región",
            "work street home region other country",
        ),
        (
            "Particular;Fax particular;Número de móvil;Dirección del correo electrónico 2",
            "home phone home fax mobile email",
        ),
        (
            "Via (ab.);CAP (uff.);Paese/area geografica (ab.);Altra città",
            "home street work postcode home country other town",
        ),
        (
            "Abitazione 2;Ufficio;Indirizzo (ab.) - Casella postale;Nome coniuge/partner",
            "home phone work phone home po box spouse",
        ),
        (
            "Indirizzo di casa;Città di residenza;CAP di lavoro;Nazione/Regione di casa",
            "home address home town work postcode home country",
        ),
        (
            "Werkadres 2, straat;Huisadres, postcode;Land/regio (thuis);Ander adres, plaats",
            "work street home postcode home country other town",
        ),
        (
            "Telefoon op werk 2;Middelste naam;Speciale datum;Weergavenaam voor e-mail",
            "work phone additional anniversary keep",
        ),
        (
            "Ulica (dom);Kod pocztowy (biuro);Adres domowy - miejscowość;Współmałżonek",
            "home street work postcode home town spouse",
        ),
        ("Weiteres/e Land/Region;Telefon (privat);E-Mail: Angezeigter Name", "other country home phone keep"),
        ("Business Address PO Box;E-mail 2 Address;E-mail Display Name", "work po box email keep"),
        # Thunderbird.
        (
            "Primary Email;Home ZipCode;Work Address 2;Birth Year;Birth Month;Birth Day",
            "email home postcode work address birth year birth month birth day",
        ),
        (
            "Primäre E-Mail-Adresse;Privat: PLZ;Mobil-Tel.-Nr.;Geburtsjahr;Geburtsmonat;Geburtstag",
            "email home postcode mobile birth year birth month birth day",
        ),
        (
            "Adresse privée;Ville;Code postal;Adresse professionnelle;Ville;Code postal",
            "home address home town home postcode work address work town work postcode",
        ),
        (
            "Dirección personal;Ciudad donde vive;Provincia;Código postal;País de residencia",
            "home address home town home region home postcode home country",
        ),
        (
            "Telefono casa;Email secondaria;Anno di nascita;Mese di nascita;Giorno di nascita",
            "home phone email birth year birth month birth day",
        ),
        (
            "Adres;Woonplaats;Werkadres;Werklocatie;Werkpostcode;Werkland;Aantekeningen",
            "address town work address work town work postcode work country note",
        ),
        (
            "Urodziny – Rok;Urodziny – Miesiąc;Urodziny – Dzień;Państwo (praca)",
            "birth year birth month birth day work country",
        ),
        # What only looks like one of three columns.
        ("Name;Geburtstag;Mois;Jour", "name birthday keep keep"),
        ("Name;Day of birth", "name birthday"),
        ("Name;Title", "name title"),
    ],
)
def test_names_of_columns(header: str, means: str) -> None:
    """A name is the family's beside a given name, in each language its own word."""
    assert " ".join(column.means for column in guess_columns(header.split(";"))) == means


def test_word_of_the_user_beats_the_guess() -> None:
    """What --map says of a column holds, whatever it is called; what cannot be names what can."""
    (one,) = _contacts("Called,Ort\nNora Quill,Leeds\n", "Called=name", "Ort=work town")
    assert one.display_name == "Nora Quill"
    assert (one.addresses[0].types, one.addresses[0].locality) == (("work",), "Leeds")
    columns = guess_columns(["Name", "Ort"])
    with pytest.raises(UsageError, match='no column "Nickname"') as missing:
        with_choices(columns, ["Nickname=nickname"], source="a.csv")
    assert "Name, Ort" in missing.value.hint
    with pytest.raises(UsageError, match='"shoe size"') as unknown:
        with_choices(columns, ["Ort=shoe size"], source="a.csv")
    assert "postcode" in unknown.value.hint


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("12 High Street\nLeeds\nLS1 4DY", ("12 High Street", "Leeds", "", "LS1 4DY", "")),
        ("12 High Street, Leeds LS1 4DY, UK", ("12 High Street", "Leeds", "", "LS1 4DY", "UK")),
        ("Gänseweg 7, 50667 Köln", ("Gänseweg 7", "Köln", "", "50667", "")),
        ("ul. Długa 5/3, 31-147 Kraków, Polska", ("ul. Długa 5/3", "Kraków", "", "31-147", "Polska")),
        (
            "22 Alder Court\nUnit 4\nSalem, OR 97301\nUSA",
            ("22 Alder Court\nUnit 4", "Salem", "OR", "97301", "USA"),
        ),
        ("The Old Mill", ("The Old Mill", "", "", "", "")),
    ],
)
def test_address_in_one_cell(cell: str, parts: tuple[str, ...]) -> None:
    """An address whose shape is plain is taken apart, and the cell is kept as it was written."""
    text = io.StringIO()
    csv.writer(text).writerows([["Name", "Address"], ["Nora Quill", cell]])
    (card,) = _cards(text.getvalue())[0]
    contact = parse_card(card, source="a.csv").contact
    assert contact is not None
    found = contact.addresses[0]
    assert (found.street, found.locality, found.region, found.postcode, found.country) == parts
    assert any(cell in one for one in _texts(card))


def test_address_without_a_plain_shape_is_a_label() -> None:
    """Lines nobody can tell apart are printed as their owner wrote them, with the country known."""
    (one,) = _contacts('Name,Address\nNora Quill,"By the church, Upper Vale, Ireland"\n')
    assert one.addresses[0].label == "By the church\nUpper Vale\nIreland"
    assert one.addresses[0].country_code == "IE"


def test_dates_whose_order_nobody_can_tell() -> None:
    """They are kept as text and reported, until the user says which number is the day."""
    text = "Name,Birthday\nNora Quill,3/4/1980\nTom Quill,5/5/1981\nIvy Quill,7/8/85\n"
    cards, problems = _cards(text)
    assert ["day or month" in one.message for one in problems] == [True]
    assert '--map "Birthday=birthday:day-first"' in problems[0].message
    nora, tom, _ = (parse_card(card, source="a.csv") for card in cards)
    assert nora.contact is not None
    assert not nora.contact.occasions
    assert "3/4/1980" in nora.problems[0].message
    assert tom.contact is not None
    assert str(tom.contact.occasions[0].date) == "1981-05-05"
    days = [str(one.occasions[0].date) for one in _contacts(text, "Birthday=birthday:day-first")]
    assert days == ["1980-04-03", "1981-05-05", "1985-08-07"]
    assert str(_contacts(text, "Birthday=birthday:month-first")[0].occasions[0].date) == "1980-03-04"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("24.12.1960", "1960-12-24"),
        ("24.12.60", "1960-12-24"),
        ("24/12/60", "1960-12-24"),
        ("31/12/26", "2026-12-31"),
        ("31/12/27", "1927-12-31"),
        ("13/1/05", "2005-01-13"),
        ("24 Dec 60", "1960-12-24"),
        ("24 December", "--12-24"),
    ],
)
def test_years_in_two_digits_are_never_in_the_future(cell: str, day: str) -> None:
    """A year in two digits is the last that was one, and the cell is kept as it was written."""
    (card,) = _cards(f"Name,Anniversary,Birthday\nNora Quill,25/12/1990,{cell}\n")[0]
    contact = parse_card(card, source="a.csv").contact
    assert contact is not None
    assert str(_birthday(contact)) == day
    assert cell in _texts(card)


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("1960", "12", "24"), "1960-12-24"),
        (("", "12", "24"), "--12-24"),
        (("1960", "", ""), "1960"),
        (("60", "Dezember", "4"), "1960-12-04"),
        (("0", "0", "0"), ""),
        (("1960", "13", "24"), ""),
    ],
)
def test_birthday_in_three_columns(parts: tuple[str, str, str], day: str) -> None:
    """Year, month and day of birth are one date; what is none is kept as text and said."""
    header = "Name,Geburtsjahr,Geburtsmonat,Geburtstag"
    (card,) = _cards(f"{header}\nNora Quill,{','.join(parts)}\n")[0]
    parsed = parse_card(card, source="a.csv")
    assert parsed.contact is not None
    assert str(_birthday(parsed.contact) or "") == day
    assert bool(parsed.problems) == ("13" in parts)


def test_birthday_and_its_year_in_two_columns() -> None:
    """A list of birthdays with a column for the year has one birthday in each row."""
    (nora,) = _contacts("Name,Birthday,Birth year\nNora Quill,24 Dec,1960\n")
    assert [str(day.date) for day in nora.occasions] == ["1960-12-24"]


def test_a_birthday_of_another_calendar() -> None:
    """Lunar 8/15 is read as it is typed elsewhere, in the cell and in the vCard it becomes; 8/55 is kept as text."""
    rows = "Nora Quill,lunar 8/15,\nBen Elm,Hebrew 15 Av 5715,\nCyd Ash,lunar 8/55,\n"
    people = _contacts(f"Name,Birthday,Birth year\n{rows}")
    assert [[str(day.date) for day in one.occasions] for one in people] == [
        ["lunar 8/15"],
        ["hebrew 15 Av 5715"],
        [],
    ]


def test_labels_of_ones_own_in_googles_file() -> None:
    """What Google calls "Summer house" or "Choir page" goes with the address and the website."""
    header = "Name,Address 1 - Label,Address 1 - Street,Address 1 - City,Website 1 - Label,Website 1 - Value"
    (card,) = _cards(f"{header}\nNora Quill,Summer house,Mill 1,Wells,Choir page,https://example.org/a\n")[0]
    assert own_labels(card.raw) == {
        ("", "", "Mill 1", "Wells", "", "", ""): "Summer house",
        "https://example.org/a": "Choir page",
    }
    assert b"X-RELCARD-COLUMN" not in card.raw


def test_two_emails_in_one_cell() -> None:
    """What abook writes into one cell are two e-mails."""
    (abe,) = _contacts('Name,Email\nAbe Book,"abe@example.org,a2@example.org"\n')
    assert [email.value for email in abe.emails] == ["abe@example.org", "a2@example.org"]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("Name;Adresse hytte\nAda;Fjell\nBo;Vann\n", '"Adresse hytte=address"'),
        ("Name,Where they live\nAda,Mill Lane 4\nBo,12 High Street\n", '"Where they live=street"'),
        (
            'Name,Where they live\nAda,"Mill Lane 4, 10115 Berlin"\nBo,"Weg 1, 69115 Heidelberg"\n',
            '"Where they live=address"',
        ),
        ("Name,Sent 2024,Gift\nAda,yes,2 books\nBo,no,a scarf\n", ""),
        ("Name,Street,Cottage street\nAda,Mill Lane 4,Sea Road 1\n", ""),
    ],
)
def test_book_that_would_arrive_without_addresses_says_so(data: str, named: str) -> None:
    """Columns that look like an address are named, with what reads them, where no other is one."""
    messages = [problem.message for problem in _cards(data)[1] if "no address" in problem.message]
    assert len(messages) == bool(named)
    assert all(named in message for message in messages)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_and_separators(codec: str, mark: str) -> None:
    """Commas, semicolons, tabs or bars, in every encoding a spreadsheet program writes."""
    text = f'Name{mark}Ort{mark}Notiz\r\nZoë Größ{mark}Köln{mark}"a{mark}b\r\nc"\r\n'
    (one,) = _contacts(text.encode(codec))
    assert (one.display_name, one.addresses[0].locality, one.note) == ("Zoë Größ", "Köln", f"a{mark}b\nc")


def test_encoding_that_the_user_names() -> None:
    """A file that is not UTF-8 is read in the encoding stated, and then there is nothing to report."""
    data = "Name;Miasto\nŁucja Śliwa;Łódź\n".encode("cp1250")
    assert _contacts(data, encoding="cp1250")[0].display_name == "Łucja Śliwa"
    assert not _cards(data, encoding="cp1250")[1]


def test_formula_guard_is_taken_off() -> None:
    """The apostrophe that keeps a formula from running is no part of the name; any other is."""
    first, second = _contacts("Name,Phone\n'=HYPERLINK(1),'+44 113 496 0000\n'Appy Hour,0113\n")
    assert first.display_name == "=HYPERLINK(1)"
    assert first.phones[0].value == "+44 113 496 0000"
    assert second.display_name == "'Appy Hour"


def test_list_without_names_of_columns() -> None:
    """A bare list is read by what stands in its cells."""
    text = "Nora Quill,nora@example.org,0113 496 0000\nTom Quill,tom@example.org,0113 496 0001\n"
    nora, tom = _contacts(text)
    assert (nora.display_name, nora.emails[0].value, nora.phones[0].value) == (
        "Nora Quill",
        "nora@example.org",
        "0113 496 0000",
    )
    assert tom.display_name == "Tom Quill"


def test_lost_quote_costs_its_own_row_only() -> None:
    """A quote that nobody closed does not swallow the rows behind it."""
    rows = "".join(f"Friend {number},note\n" for number in range(300))
    cards, problems = _cards(f'Name,Notes\nNora Quill,"open\n{rows}')
    assert len(cards) == 301
    assert "quote" in problems[0].message
    assert problems[0].line == 2
    assert [card.line for card in cards] == list(range(2, 303))


def test_row_beyond_all_limits_is_kept() -> None:
    """A row of a million cells, a huge cell and NULs cost nothing but a problem, and are kept."""
    huge = "x" * (9 * 1024 * 1024)
    text = (
        "Name,Notes\nNora Quill,a\x00b\n" + ",".join(["z"] * 100_000) + f"\nTom Quill,{huge}\nIvy Quill,c\n"
    )
    cards, problems = _cards(text)
    assert any("100000 cells" in one.message for one in problems)
    names = [
        parsed.contact and parsed.contact.display_name
        for parsed in (parse_card(c, source="a.csv") for c in cards)
    ]
    assert names == ["Nora Quill", None, None, "Ivy Quill"]
    assert "\t".join(["z"] * 100_000) in _texts(cards[1])[2]
    assert cards[2].raw.count(b"x") >= len(huge)
    assert len(_cards("Name\n" + "a," * MAX_COLUMNS + "\n")[0]) == 1


def test_same_row_is_the_same_text() -> None:
    """A row whose neighbours change keeps its bytes, so that the next import leaves it alone."""
    before = _cards("Name,Town\nNora Quill,Leeds\n")[0][0].raw
    after = _cards("Name,Town\nTom Quill,York\nNora Quill,Leeds\n")[0][1].raw
    assert before == after
    assert before.endswith(b"END:VCARD\r\n")


_HEADERS = st.sampled_from(
    (
        "Name", "First Name", "Last Name", "Title", "Company", "Department", "Address", "Street", "House number",
        "Town", "Postcode", "Country", "Home Street", "Home City", "Phone", "Phone 1 - Label", "Phone 1 - Value",
        "E-mail", "Birthday", "Anniversary", "Partner", "Kids", "Notes", "Tags", "Language", "UID", "Sent 2024",
        "Event 1 - Label", "Event 1 - Value", "Relation 1 - Value", "Website", "Nickname", "", 'Odd "one": x;y,z',
    )
)  # fmt: skip
_CELLS = st.text(
    st.one_of(st.sampled_from("aZ ,;:\\'\"\n:=+-/.&9é佐"), st.characters(codec="utf-8", exclude_characters="\x00")),
    max_size=14,
) | st.sampled_from(("a ::: b", "3/4/1980", "31.12.1999", "12 High St, Leeds LS1 4DY", "0/0/00", "* Home", "Anna"))  # fmt: skip


@settings(max_examples=dose(60, 600))
@given(st.lists(st.tuples(_HEADERS, _CELLS), min_size=1, max_size=8))
@example([("Address", "0\n0")])
def test_no_cell_is_lost(row: list[tuple[str, str]]) -> None:
    """The text of every cell that says something stands in the vCard, whatever its column is called."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Name", "Phone", *(header for header, _ in row)])
    writer.writerow(["Nora Quill", "0113 496 0000", *(cell for _, cell in row)])
    (card,) = _cards(text.getvalue())[0]
    texts = _texts(card)
    for _, cell in row:
        said = cell.replace("\r\n", "\n").replace("\r", "\n")
        said = said[1:] if said[:1] == "'" and said[1:2] in tuple("=+-@\t\n") else said
        assert not said.strip() or any(said.strip() in one for one in texts)
