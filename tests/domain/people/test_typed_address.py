"""Addresses as people type them: forty a country, each in several ways, and any split over the fields."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.contact import Address
from relcard.domain.people.typed_address import read_apart
from relcard.postal import country_code
from relcard.postal.lines import address_lines

# Invented streets; a town with region and postcode as its post writes them.
STREETS = {
    "US": (
        "41 Hickory Hollow",
        "7 Old Mill Road",
        "1204 W Quill St, Apt 4",
        "PO Box 312",
        "19 Prairie Court",
    ),
    "CA": ("12 Larch Row", "88 Quill Avenue, Unit 12", "PO Box 45", "3 Heron Crescent", "907 Mill Side Rd"),
    "GB": (
        "14 Orchard Row",
        "3 Quill Lane",
        "Larch Cottage, 2 Mill Lane",
        "Flat 2, 9 Heron Street",
        "PO Box 77",
    ),
    "DE": ("Lindenquell 5", "Am Quillhof 12a", "Postfach 1234", "Reiherweg 7", "Birkenstieg 31"),
    "FR": ("12, rue des Hérons", "4 allée du Quill", "7 bis chemin du Moulin", "BP 12", "31 impasse Larch"),
    "ES": ("Calle del Quill, 5, 2º B", "Camino Alerce 7", "Plaza Garza, 3", "Apartado 12", "Calle Larga 40"),
    "IT": (
        "Via del Quill, 12",
        "Viale Airone 3",
        "Vicolo Larice, 7",
        "Casella Postale 12",
        "Via Mulino 40, int. 3",
    ),
    "NL": ("Quillstraat 12", "Reigerweg 3-B", "Postbus 120", "Lariksplein 7", "Molenpad 31"),
    "AU": ("5 Quill Street", "Unit 3, 12 Heron Road", "PO Box 9", "31 Mill Lane", "7 Larch Court"),
    "AT": ("Quillgasse 5", "Reiherweg 7/3", "Lärchenweg 12", "Mühlgasse 3", "Am Bach 9"),
    "CH": ("Quillweg 5", "Reiherstrasse 7", "Lärchenweg 12", "Mühleweg 3", "Postfach 12"),
    "PL": ("ul. Piórkowa 5/3", "ul. Czapli 7", "al. Modrzewiowa 12", "ul. Młyńska 3", "skr. poczt. 12"),
}
TOWNS = {
    "US": "Asheville,NC,28801 Burlington,VT,05401 Madison,WI,53711 Salem,OR,97301-1234 Duluth,MN,55802 "
    "New_York,NY,10001 Asheville,North_Carolina,28801 St._Paul,MN,55101",
    "CA": "Guelph,ON,N1H_3A1 Halifax,NS,B3H_4R2 Québec,QC,G1R_4P5 Victoria,BC,V8W_1N6 Regina,SK,S4P_3Y2 "
    "St._John's,NL,A1C_5M3 Toronto,Ontario,M5V_2T6 Trois-Rivières,QC,G9A_5H7",
    "GB": "Leeds,,LS1_4DY Bath,,BA1_5DQ London,,SW1A_2AA York,,YO1_7HH Cardiff,,CF10_1EP Ely,,CB7_4DL "
    "Newcastle_upon_Tyne,,NE1_4ST Whitby,North_Yorkshire,YO21_3AA",
    "DE": "Berlin,,10115 München,,80331 Köln,,50667 Bad_Homburg,,61348 Leipzig,,04109 Gießen,,35390 "
    "Rothenburg_ob_der_Tauber,,91541 Ulm,,89073",
    "FR": "Lyon,,69003 Paris,,75011 Saint-Étienne,,42000 La_Rochelle,,17000 Nice,,06000 Le_Mans,,72000 "
    "Aix-en-Provence,,13100 Brest,,29200",
    "ES": "Madrid,,28013 Cádiz,Cádiz,11001 San_Sebastián,,20001 Jerez,Cádiz,11401 Vigo,Pontevedra,36201 "
    "Gijón,Asturias,33201 Lorca,Murcia,30800 Barcelona,,08001",
    "IT": "Milano,MI,20121 Roma,RM,00184 Firenze,FI,50122 La_Spezia,SP,19121 Torino,TO,10121 Napoli,NA,80132 "
    "Reggio_Emilia,RE,42121 Cortona,AR,52044",
    "NL": "Amsterdam,,1012_AB Utrecht,,3511_LN Den_Haag,,2511_AB Groningen,,9711_LM Delft,,2611GX "
    "Bergen_op_Zoom,,4611_AA Leiden,,2311_EZ Breda,,4811_AA",
    "AU": "Sydney,NSW,2000 Melbourne,VIC,3000 Hobart,TAS,7000 Perth,WA,6000 Alice_Springs,NT,0870 "
    "Ballarat,Victoria,3350 Cairns,QLD,4870 Adelaide,SA,5000",
    "AT": "Wien,,1010 Graz,,8010 Linz,,4020 Salzburg,,5020 Bad_Ischl,,4820 Innsbruck,,6020 Steyr,,4400 Wels,,4600",
    "CH": "Zürich,,8001 Bern,,3011 Genève,,1204 Lugano,,6900 La_Chaux-de-Fonds,,2300 Chur,,7000 Basel,,4051 "
    "Sion,,1950",
    "PL": "Kraków,,31-147 Łódź,,90-001 Zakopane,,34-500 Gdańsk,,80-831 Nowy_Targ,,34-400 Lublin,,20-002 "
    "Sopot,,81-703 Toruń,,87-100",
}  # fmt: skip
NAMES = {
    "US": "USA", "CA": "Canada", "GB": "United Kingdom", "DE": "Deutschland", "FR": "France", "ES": "España",
    "IT": "Italia", "NL": "Nederland", "AU": "Australia", "AT": "Austria", "CH": "Schweiz", "PL": "Polska",
}  # fmt: skip


def _right(country: str) -> list[Address]:
    towns = [town.replace("_", " ").split(",") for town in TOWNS[country].split()]
    return [
        Address(
            street=street, locality=town, region=region, postcode=postcode, country=NAMES[country],
            country_code=country,
        )
        for street, (town, region, postcode) in product(STREETS[country], towns)
    ]  # fmt: skip


def _end(address: Address) -> str:
    """Return the line of the town as the country writes it."""
    if address.country_code in {"US", "CA", "AU"}:
        return f"{address.locality}, {address.region} {address.postcode}"
    if address.country_code == "GB":
        region = f", {address.region}" if address.region else ""
        return f"{address.locality}{region}, {address.postcode}"
    region = f" ({address.region})" if address.region else ""
    return f"{address.postcode} {address.locality}{region}"


def _typed(right: Address) -> dict[str, Address]:
    street, end, country = right.street, _end(right), right.country
    bare = Address(country=country, country_code=right.country_code)
    return {
        "street alone": Address(street=f"{street}, {end}, {country}"),
        "lines": Address(street=f"{street}\n{end}\n{country}"),
        "lines, country said": _with(bare, street=f"{street}\n{end}"),
        "town": _with(bare, street=street, locality=end),
        "town with country": Address(street=street, locality=f"{end} {country}"),
        "label": Address(label=f"{street}\n{end}\n{country}"),
        "town alone": _with(bare, locality=f"{street}, {end}"),
    }


def _with(address: Address, *, street: str = "", locality: str = "") -> Address:
    return Address(
        street=street, locality=locality, country=address.country, country_code=address.country_code
    )


def _parts(address: Address) -> tuple[str, ...]:
    street = ", ".join(line.strip(" ,") for line in address.street.splitlines())
    return (street, address.locality, address.region, address.postcode, country_code(address.country))


def _read(address: Address) -> Address:
    return read_apart(address, code_of=country_code).address


@pytest.mark.parametrize("country", sorted(STREETS))
def test_forty_addresses_a_country_in_any_way(country: str) -> None:
    """However it is typed, an address has the same parts; as it should be it stays as it is."""
    addresses = _right(country)
    assert len(addresses) == 40
    wrong = [
        (way, typed, _parts(_read(typed)))
        for right in addresses
        for way, typed in _typed(right).items()
        if _parts(_read(typed)) != _parts(right)
    ]
    assert wrong == []
    assert [right for right in addresses if _read(right) is not right] == []


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (
            Address(street="1 Elm Row", locality="Asheville, NC", postcode="28801"),
            "1 Elm Row|Asheville|NC|28801",
        ),
        (Address(street="1 Elm Row", locality="Guelph, ON"), "1 Elm Row|Guelph|ON|"),
        (Address(street="7 Mill Row\nBurlington VT 05401", country="USA"), "7 Mill Row|Burlington|VT|05401"),
        (
            Address(street="1 Elm Row", locality="Asheville", postcode="NC 28801"),
            "1 Elm Row|Asheville|NC|28801",
        ),
        (
            Address(street="Quillweg 5", locality="Berlin Germany", postcode="10115"),
            "Quillweg 5|Berlin||10115",
        ),
        (Address(street="Storgård 1, 111 51 Stockholm, Sverige"), "Storgård 1|Stockholm||111 51"),
    ],
)
def test_parts_in_another_field(typed: Address, parts: str) -> None:
    """A region, a postcode, a country in the field of another part goes into its own."""
    read = _read(typed)
    assert [read.street, read.locality, read.region, read.postcode] == parts.split("|")


@pytest.mark.parametrize(
    "address",
    [
        Address(street="14 High Row, Kirkstall", locality="Leeds", postcode="LS1 4DY"),
        Address(street="12345 Main Row", locality="Springfield", region="IL"),
        Address(street="1 Quill Road", locality="Dublin 4"),
        Address(street="12 Mill Row", locality="West Jordan", region="UT", postcode="84084"),
        Address(street="By the church"),
        Address(label="Home"),
        Address(country="Italy"),
    ],
)
def test_what_is_right_or_not_understood_stands(address: Address) -> None:
    """An address nobody can take apart, and one that need not be, is the very same."""
    assert _read(address) is address


def test_a_doubt_is_said() -> None:
    """Where the street ends nobody can tell: the address stands, and is to be looked at."""
    address = Address(street="41 Hickory Hollow Asheville NC 28801")
    assert read_apart(address, code_of=country_code) == (address, True)


@pytest.mark.parametrize("street", ["10115", "Hauptstr. 5, 10115"])
def test_a_dash_is_no_town(street: str) -> None:
    """Of a town's field with a dash before the country, the country is read."""
    read = _read(Address(street=street, locality="- Germany"))
    assert read == Address(street=street, locality="-", country="Germany")


RIGHT = [address for country in ("US", "CA", "GB", "DE", "FR", "NL", "PL") for address in _right(country)]


@given(st.sampled_from(RIGHT), st.sampled_from([(0, 2), (1, 1), (1, 2), (2, 2), (0, 1), (2, 1)]))
def test_any_split_prints_the_same_lines(right: Address, cuts: tuple[int, int]) -> None:
    """An address cut anywhere over street, town and postcode is printed as the right one is."""
    # A county alone in the town's field, with the town behind the street, stands: nobody can tell it is no town.
    assume(not (right.country_code == "GB" and right.region and cuts == (2, 1)))
    whole = [right.street, *_end(right).split(", ")]
    first, second = cuts[0], cuts[0] + cuts[1]
    cells = [", ".join(some) for some in (whole[:first], whole[first:second], whole[second:])]
    typed = Address(
        street=cells[0], locality=cells[1], postcode=cells[2], country=right.country,
        country_code=right.country_code,
    )  # fmt: skip
    lines = [_flat(address_lines(_read(one), sender_country=right.country_code)) for one in (typed, right)]
    assert lines[0] == lines[1]


def _flat(lines: tuple[str, ...]) -> str:
    return re.sub(r"[\s,]+", " ", " ".join(lines))


@given(st.lists(st.text(alphabet="Aab1 2,\nNC-Z5", max_size=20), min_size=4, max_size=4))
def test_no_word_is_lost(cells: list[str]) -> None:
    """Whatever was typed, every word of it is in the address that comes out."""
    street, town, region, postcode = cells
    typed = Address(street=street, locality=town, region=region, postcode=postcode)
    words = [Counter(re.findall(r"\w+", " ".join(one.postal))) for one in (typed, _read(typed))]
    assert words[0] == words[1]
