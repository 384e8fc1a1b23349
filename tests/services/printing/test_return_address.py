from __future__ import annotations

import pytest

from relcard.services.printing.return_address import read_return_address


@pytest.mark.parametrize(
    ("country", "typed", "lines"),
    [
        ("US", "2210 Keyes Avenue, Madison WI 53711", ("2210 Keyes Avenue", "Madison WI 53711")),
        (
            "US",
            "2210 Keyes Avenue, Apt 4, Madison, WI 53711",
            ("2210 Keyes Avenue, Apt 4", "Madison WI 53711"),
        ),
        ("GB", "4 Orchard Row, Bath BA1 5DQ", ("4 Orchard Row", "Bath", "BA1 5DQ")),
        ("GB", "4 Orchard Row\nBath\nBA1 5DQ", ("4 Orchard Row", "Bath", "BA1 5DQ")),
        ("DE", "Schönauer Straße 48, 04229 Leipzig", ("Schönauer Straße 48", "04229 Leipzig")),
        ("FR", "12 rue de la Paix, 69003 Lyon", ("12 rue de la Paix", "69003 Lyon")),
        ("ES", "Calle Mayor 5, 2º B, 28013 Madrid", ("Calle Mayor 5, 2º B", "28013 Madrid")),
        ("IT", "Via Roma 12, 50123 Firenze (FI)", ("Via Roma 12", "50123 Firenze FI")),
        ("NL", "Keizersgracht 12, 1015 CN Amsterdam", ("Keizersgracht 12", "1015 CN Amsterdam")),
        ("PL", "ul. Lipowa 7/3, 30-702 Kraków", ("ul. Lipowa 7/3", "30-702 Kraków")),
        ("CA", "12 Elm St, Guelph, ON N1G 2W1", ("12 Elm St", "Guelph ON N1G 2W1")),
        ("GB", "4 Orchard Row, Bath", ("4 Orchard Row", "Bath")),
        ("GB", "The Old Barn", ("The Old Barn",)),
        ("", "4 Orchard Row, Bath, BA1 5DQ", ("4 Orchard Row", "Bath", "BA1 5DQ")),
    ],
)
def test_an_address_on_one_line_gets_the_lines_of_its_post(
    country: str, typed: str, lines: tuple[str, ...]
) -> None:
    """In the letters it was typed in; what has no plain shape keeps its own lines."""
    assert read_return_address(typed, country).lines == lines


def test_a_country_that_is_named_is_told_and_not_printed_at_home() -> None:
    """Of another country than the sender's nothing is taken away."""
    assert read_return_address("Ring 3, 1010 Wien, Österreich", "") == (("Ring 3", "1010 Wien"), "AT")
    assert read_return_address("Ring 3, 1010 Wien, Österreich", "AT").lines == ("Ring 3", "1010 Wien")
    assert read_return_address("Ring 3, 1010 Wien, Österreich", "DE").lines[-1] == "Österreich"
