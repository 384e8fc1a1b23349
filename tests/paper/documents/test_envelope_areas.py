from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.printing.imposition import Box
from relcard.paper.documents.envelope_areas import envelope_areas
from relcard.paper.documents.envelope_areas import flap_area
from relcard.paper.stock.known import all_envelopes
from relcard.paper.stock.known import find_envelope

if TYPE_CHECKING:
    from relcard.domain.printing.stock import Envelope

EVERY = pytest.mark.parametrize("envelope", all_envelopes(), ids=lambda one: one.name)
SENDERS = ("GB", "US", "DE", "")


@EVERY
@pytest.mark.parametrize("country", SENDERS)
def test_no_zone_touches_another(envelope: Envelope, country: str) -> None:
    """Address, return address, stamp and foot lie apart and on the envelope, whoever sends it."""
    zones = envelope_areas(envelope, country)
    paper = Box(0, 0, envelope.width, envelope.height)
    areas = (zones.address, zones.sender, zones.stamp, zones.foot)
    for place, one in enumerate(areas):
        assert paper.contains(one)
        assert min(one.width, one.height) > 0
        for other in areas[place + 1 :]:
            apart = one.right <= other.x + 1e-6 or other.right <= one.x + 1e-6
            assert apart or one.bottom <= other.y + 1e-6 or other.bottom <= one.y + 1e-6


@EVERY
def test_an_address_of_six_lines_has_room(envelope: Envelope) -> None:
    """At the 8 points the posts read, six lines of thirty letters go into the zone of every sender."""
    for country in SENDERS:
        zone = envelope_areas(envelope, country).address
        assert zone.height >= 6 * 8 * 1.2 / 72 * 25.4
        assert zone.width >= 30 * 8 * 0.55 / 72 * 25.4


@EVERY
def test_the_american_rules_hold_for_american_senders_and_strangers(envelope: Envelope) -> None:
    """5/8 inch at the foot, half an inch at the right, and a letter's address not above 2 3/4 inches."""
    for country in ("US", "DE", ""):
        zone = envelope_areas(envelope, country).address
        assert zone.bottom <= envelope.height - 15.875
        assert zone.right <= envelope.width - 12.7
        if envelope.height <= 155.6:
            assert zone.y >= envelope.height - 69.85


@EVERY
def test_the_british_rules_hold_for_british_senders_and_strangers(envelope: Envelope) -> None:
    """The address begins below 40 mm and within 140 mm of the right; 18 mm and 15 mm are left to the marks."""
    for country in ("GB", "JE", "DE", ""):
        zone = envelope_areas(envelope, country).address
        assert zone.y >= 40
        assert zone.x >= envelope.width - 140
        assert zone.right <= envelope.width - 15
        assert zone.bottom <= envelope.height - 18


def test_a_british_address_stands_higher_on_a_large_letter_than_a_strangers() -> None:
    """Royal Mail asks for no least distance to the foot beyond its marks, so its senders have more room."""
    tall = find_envelope("A7")
    assert envelope_areas(tall, "GB").address.height > envelope_areas(tall, "").address.height


@EVERY
def test_a_flap_holds_its_zone_whether_pointed_or_straight(envelope: Envelope) -> None:
    """The box lies within a third of the height, and within a triangle of half of it."""
    zone = flap_area(envelope)
    assert zone.bottom <= envelope.height / 3
    at_the_foot = envelope.width * (1 - zone.bottom / (envelope.height / 2))
    assert zone.width <= at_the_foot + 1e-6
    assert zone.x + zone.width / 2 == pytest.approx(envelope.width / 2)
