"""Tests of the paper sold where somebody lives."""

from __future__ import annotations

import pytest

from relcard.domain.printing.card_size import find_size
from relcard.domain.printing.home_paper import HomePaper
from relcard.domain.printing.home_paper import home_paper
from relcard.paper.stock.known import find_envelope


@pytest.mark.parametrize("country", ["US", "CA", "MX", "PH", "CL", "CO", "PR", "GU", "VE"])
def test_letter_countries(country: str) -> None:
    assert home_paper(country) == HomePaper(page="Letter", card="5x7", stock="5160", envelope="A7")


@pytest.mark.parametrize("country", ["", "GB", "DE", "JP", "AU", "BR", "AR", "PE", "EC", "ZZ"])
def test_everybody_else_has_a4(country: str) -> None:
    assert home_paper(country) == HomePaper()


@pytest.mark.parametrize("country", ["US", "GB"])
def test_the_card_goes_into_the_envelope(country: str) -> None:
    paper = home_paper(country)
    card, envelope = find_size(paper.card), find_envelope(paper.envelope)
    assert sorted((card.panel_w, card.panel_h)) < sorted((envelope.width, envelope.height))
