from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.visitor import Visitor


def test_a_few_letters_find_a_household(phone: Visitor) -> None:
    """Accents and capitals do not matter, towns count, and no word stands in the address."""
    phone.get("/people")
    found = phone.post("/people", words="zoe za")
    assert found.status == 200
    assert "Zoë Żak Leeds" in found.words
    assert "Ben Elm" not in found.words
    assert "Ada Oak" in phone.post("/people", words="leeds").words
    assert "Nobody is called so" in phone.post("/people", words="%").words
