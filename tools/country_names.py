"""Write relcard/postal/country_names.tsv: what each country is called in further languages.

    pip install babel
    python tools/country_names.py

Babel brings the names of the Unicode CLDR; they are kept as they are looked up. Those that countries.tsv
answers already are left out, and so is a name that two countries bear. A country's own languages count
however few of its people speak them.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from babel import Locale
from babel import UnknownLocaleError
from babel.core import get_global

from relcard.postal.countries import CODES
from relcard.postal.countries import code_of_spelling
from relcard.postal.countries import spelling_key

# Those of which CLDR knows every country, and in which a phone may be set up.
LANGUAGES = (
    "en de fr es it nl pl pt sv da nb fi cs hu tr ja el ru uk vi "
    "af am ar az be bg bn bs ca cy et eu fa fil ga gl gu he hi hr hy id is ka kk km kn ko ky lo lt lv mk ml "
    "mn mr ms my ne nn or pa ro si sk sl sq sr sr_Latn sw ta te th ur uz yue zh zh_Hant zu"
)
_HEAD = """\
# Further names of countries: Unicode Common Locale Data Repository (CLDR), written by tools/country_names.py.
# Copyright 1991-2026 Unicode, Inc. Unicode License v3, https://www.unicode.org/license.txt
"""


def names_in_cldr() -> dict[str, set[str]]:
    """Return which countries bear each name, by code."""
    countries: defaultdict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES.split():
        names = Locale.parse(language).territories
        for code in CODES & names.keys():
            countries[names[code]].add(code)
    for code in CODES:
        for language in get_global("territory_languages").get(code, {}):
            try:
                name = Locale.parse(language).territories.get(code)
            except UnknownLocaleError:
                continue
            if name:
                countries[name].add(code)
    return countries


def main() -> None:
    """Write the table."""
    further: defaultdict[str, set[str]] = defaultdict(set)
    for name, codes in names_in_cldr().items():
        if len(codes) == 1 and not code_of_spelling(name):
            further[min(codes)].add(spelling_key(name))
    rows = (f"{code}\t{'|'.join(sorted(names))}\n" for code, names in sorted(further.items()))
    path = Path(__file__).parent.parent / "relcard" / "postal" / "country_names.tsv"
    path.write_text(_HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
