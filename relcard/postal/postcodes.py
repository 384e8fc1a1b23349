"""Postcodes as their post writes them: a space or a dash where its machines look for one.

Shapes are those of the posts' own pages, as the Universal Postal Union's sheets on addressing collect them
(upu.int, "Postal addressing systems").
"""

from __future__ import annotations

import re
from functools import cache

# @ a letter, # a digit, * either; all else stands in every postcode of the country, typed or not.
_SHAPES = {
    "AZ": "AZ ####",
    "BR": "#####-###",
    "CA": "@#@ #@#",
    "CZ": "### ##",
    "GR": "### ##",
    "IE": "*** ****",
    "IR": "#####-#####",
    "JP": "###-####",
    "KY": "KY#-####",
    "LV": "LV-####",
    "MT": "@@@ ####",
    "NL": "#### @@",
    "PL": "##-###",
    "PT": "####-###",
    "SE": "### ##",
    "SK": "### ##",
}
_PLACES = {"@": "[A-Z]", "#": "[0-9]", "*": "[A-Z0-9]"}
_ZIP4 = frozenset(["US", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"])
_BRITISH_SHAPE = r"(?i)([A-Z]{1,4}\d?[A-Z\d]?)(\d[A-Z]{2})"
_BRITISH = frozenset(["GB", "FK", "GG", "GI", "IM", "IO", "JE", "SH"])


def spaced_postcode(typed: str, country: str) -> str:
    """Return a postcode with its space or dash; what has another shape than its country's stays.

    `country` is ISO 3166-1 alpha-2.
    """
    if country in _BRITISH:
        parts = None if " " in typed else re.fullmatch(_BRITISH_SHAPE, typed)
        return f"{parts[1]} {parts[2]}" if parts else typed
    shape = "#####-####" if country in _ZIP4 else _SHAPES.get(country)
    if shape is None:
        return typed
    places, literal = _pattern(shape)
    bare = re.sub(r"[\s–-]", "", typed).upper().removeprefix(literal)
    if not re.fullmatch(places, bare):
        return typed
    letters = iter(bare)
    return "".join(next(letters) if letter in _PLACES else letter for letter in shape)


@cache
def _pattern(shape: str) -> tuple[str, str]:
    """Return what the letters of a shape must match, and those that stand in every postcode."""
    places = "".join(_PLACES.get(letter, "") for letter in shape)
    return places, "".join(filter(str.isalnum, shape))
