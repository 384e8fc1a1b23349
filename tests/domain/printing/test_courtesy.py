from __future__ import annotations

import pytest

from relcard.domain.printing.courtesy import with_courtesy


@pytest.mark.parametrize(
    ("addressee", "country", "lines"),
    [
        ("佐藤 健、佐藤 花子", "JP", ("佐藤 健 様", "佐藤 花子 様")),
        ("佐藤 健先生、佐藤 ゆい", "JP", ("佐藤 健先生", "佐藤 ゆい 様")),
        ("김 지수, 이 준호", "KR", ("김 지수 님", "이 준호 님")),
        ("王 小明", "CN", ("王 小明 收",)),
        ("王小明先生", "TW", ("王小明先生",)),
        ("Ken Mori", "JP", ("Ken Mori",)),
        ("佐藤 健", "GB", ("佐藤 健",)),
        ("", "JP", ("",)),
    ],
)
def test_each_name_has_its_courtesy(addressee: str, country: str, lines: tuple[str, ...]) -> None:
    """One line a person; a title is courtesy enough, and other letters and countries have none."""
    assert with_courtesy(addressee, country) == lines


def test_an_organisation_has_its_own() -> None:
    """御中 and 귀중 are for a house of many."""
    assert with_courtesy("みどり書店", "JP", is_organisation=True) == ("みどり書店 御中",)
    assert with_courtesy("초록서점", "KR", is_organisation=True) == ("초록서점 귀중",)
