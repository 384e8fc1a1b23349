from __future__ import annotations

from datetime import date
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.printing.postage import Destination
from relcard.domain.seasons.card_order import CardOrder
from relcard.domain.seasons.card_order import Placed
from relcard.domain.seasons.card_order import in_order

DAY = date(2026, 12, 10)


def _placed(
    number: int,
    *,
    shelf: str = "",
    going: Destination | None = Destination.HOME,
    country: str = "",
    postcode: str = "",
    days: int = 0,
) -> Placed:
    day = DAY + timedelta(days=days)
    return Placed(number, day, shelf, "", going, country, postcode)


def _ids(placed: list[Placed]) -> list[int]:
    return [one.household_id for one in placed]


def test_the_first_to_be_posted_is_written_first_then_as_the_address_book_sorts() -> None:
    """The pile for the evening: New Zealand before home, then by name, then by street, then nobody's day."""
    soon, late = date(2026, 12, 3), date(2026, 12, 17)
    pile = [
        Placed(1, None, "ash ann"),
        Placed(2, late, "birch bo", "7 Elm Road"),
        Placed(3, late, "birch bo", "12 ash Lane"),
        Placed(4, soon, "zeder zoe"),
        Placed(5, late, "alder al"),
        Placed(7, soon, "lipa lukasz"),
    ]
    assert _ids(in_order(pile, CardOrder.POST_BY)) == [7, 4, 5, 3, 2, 1]


def test_by_country_the_far_ones_come_first_and_home_by_postcode() -> None:
    """World, Europe, home, nowhere; a country together whatever its days, and inside it by postcode."""
    placed = [
        _placed(1, going=None),
        _placed(2, postcode="LS1 4DY"),
        _placed(3, postcode="ba1 5dq"),
        _placed(4, going=Destination.EUROPE, country="POLAND", postcode="30-001"),
        _placed(5, going=Destination.EUROPE, country="GERMANY", postcode="89073", days=3),
        _placed(6, going=Destination.EUROPE, country="POLAND", postcode="00-950", days=5),
        _placed(7, going=Destination.WORLD, country="NEW ZEALAND", days=9),
    ]
    assert _ids(in_order(placed, CardOrder.COUNTRY)) == [7, 5, 6, 4, 3, 2, 1]


def test_by_name_as_the_address_book_sorts() -> None:
    """The shelf decides, not the words on the envelope; equals are in the writing order."""
    placed = [
        _placed(1, shelf="smith jan", days=5),
        _placed(2, shelf="ash zoe"),
        _placed(3, shelf="smith jan", days=1),
    ]
    assert _ids(in_order(placed, CardOrder.NAME)) == [2, 3, 1]


@given(
    st.lists(
        st.builds(
            lambda days, going, country, postcode, shelf: (days, going, country, postcode, shelf),
            st.integers(0, 3),
            st.sampled_from([*Destination, None]),
            st.sampled_from(["", "GERMANY", "ÖSTERREICH"]),
            st.sampled_from(["", "1010", "LS1 4DY"]),
            st.sampled_from(["ash", "oak"]),
        ),
        max_size=8,
    ),
    st.sampled_from(CardOrder),
    st.randoms(),
)
def test_an_order_is_one_order(
    rows: list[tuple[int, Destination | None, str, str, str]], order: CardOrder, random: object
) -> None:
    """Nobody is lost or doubled, and how the households came in makes no difference to their numbers."""
    placed = [
        _placed(number, days=days, going=going, country=country, postcode=postcode, shelf=shelf)
        for number, (days, going, country, postcode, shelf) in enumerate(rows)
    ]
    expected = _ids(in_order(placed, order))
    shuffled = list(placed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _ids(in_order(shuffled, order)) == expected
    assert sorted(expected) == list(range(len(rows)))
