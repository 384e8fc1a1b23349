from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.printing.postage import DearShape
from relcard.domain.printing.postage import Destination
from relcard.domain.printing.postage import Tariff
from relcard.domain.printing.postage import destination
from relcard.domain.printing.postage import price_words
from relcard.domain.printing.postage import surcharge

C6, C5, DL = (162.0, 114.0), (229.0, 162.0), (220.0, 110.0)
A2, A7, NO_10 = (146.05, 111.1), (184.15, 133.35), (241.3, 104.775)


@pytest.mark.parametrize(
    ("sender", "country", "going"),
    [
        ("GB", "GB", Destination.HOME),
        ("GB", "", Destination.HOME),
        ("GB", "DE", Destination.EUROPE),
        ("GB", "NZ", Destination.WORLD),
        ("US", "GB", Destination.EUROPE),
    ],
)
def test_where_a_stamp_takes_it(sender: str, country: str, going: Destination) -> None:
    """The sender's own country is home; the zones are those of the days in the post."""
    assert destination(sender, country) is going


def test_a_country_of_its_own_beats_its_zone() -> None:
    """A price said for New Zealand is that of New Zealand alone, one for Jersey beats that of home."""
    tariff = Tariff.from_mapping({"home": 0.95, "world": 2.8, "NZ": 3, "JE": 1.2, "currency": "GBP"})
    assert tariff.each(Destination.WORLD, "NZ") == 300
    assert tariff.each(Destination.WORLD, "US") == 280
    assert tariff.each(Destination.HOME, "JE") == 120
    assert tariff.each(Destination.HOME, "") == 95
    assert tariff.each(Destination.EUROPE, "DE") is None
    assert tariff.currency == "GBP"


@given(st.integers(0, 99_999_999))
def test_a_price_is_what_was_written(hundredths: int) -> None:
    """Whatever way TOML hands a price on, as float, as whole number or as text, not a hundredth is lost."""
    text = price_words(hundredths)
    said = Tariff.from_mapping({"home": float(text), "world": text})
    assert said.prices == {"home": hundredths, "world": hundredths}
    assert Tariff.from_mapping(said.as_mapping()) == said


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("home", -1),
        ("home", 0.955),
        ("home", True),
        ("home", "0,95"),
        ("home", float("nan")),
        ("home", float("inf")),
        ("home", [1]),
        ("nz", 2),
        ("moon", 2),
        ("currency", 5),
        ("currency", "pounds sterling"),
    ],
)
def test_what_is_no_price_is_named(key: str, value: object) -> None:
    """A tariff that cannot be is refused with the key that is wrong."""
    with pytest.raises(ValueError, match=f"postage.{key}"):
        Tariff.from_mapping({key: value})


@pytest.mark.parametrize(
    ("sender", "size", "shape"),
    [
        ("US", A2, None),
        ("US", A7, None),
        ("US", NO_10, None),
        ("US", (139.7, 139.7), DearShape.SQUARE),
        ("US", (241.3, 92.0), DearShape.SQUARE),  # 2.6 times as long as high
        ("US", (304.8, 152.4), DearShape.LARGE),
        ("GB", C6, None),
        ("GB", C5, None),
        ("GB", (160.0, 160.0), None),  # square, and a letter to Royal Mail
        ("GB", (220.0, 220.0), DearShape.LARGE),
        ("GB", (250.0, 176.0), DearShape.LARGE),
        ("DE", C6, None),
        ("DE", DL, None),
        ("DE", C5, DearShape.LARGE),
        ("DE", (125.0, 125.0), DearShape.SQUARE),
        ("JP", C6, None),
        ("JP", A7, DearShape.LARGE),
        ("NL", C6, None),
        ("NL", (160.0, 160.0), DearShape.SQUARE),
        ("", (160.0, 160.0), DearShape.SQUARE),
    ],
)
def test_what_a_post_asks_more_for(sender: str, size: tuple[float, float], shape: DearShape | None) -> None:
    """Square or beyond a letter, as the sender's own post has it, however the envelope is turned."""
    for width, height in (size, size[::-1]):
        found = surcharge(sender, width, height)
        assert (found and found.shape) is shape
        if found:
            assert f"{max(size):g} x {min(size):g} mm" in found.reason
            assert ("times" in found.reason) is ("times as long as high" in found.reason)
