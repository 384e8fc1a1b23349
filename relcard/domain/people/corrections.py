"""Which address became which, when some of a contact's were corrected and others moved from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.people.contact import Address

# What a correction leaves standing in part; a country or a region alone says nothing.
_PARTS = ("street", "extended", "po_box", "locality", "postcode", "label")


def have_in_common(one: Address, other: Address) -> bool:
    """Whether two addresses may be one, corrected: they share more than the country or the region."""
    return any(getattr(one, part) and getattr(one, part) == getattr(other, part) for part in _PARTS)


def corrected(before: Sequence[Address], after: Sequence[Address]) -> dict[Address, Address]:
    """Say which address became which: those that share most, each at most once, the same ones left out.

    Where nothing but the country or the region is shared, nobody corrected a line: somebody has moved.
    """
    gone = [one for one in dict.fromkeys(before) if one not in after]
    come = [one for one in dict.fromkeys(after) if one not in before]

    def shared(one: Address, other: Address) -> int:
        return sum(
            bool(getattr(one, part)) and getattr(one, part) == getattr(other, part)
            for part in (*_PARTS, "types")
        )

    found: dict[Address, Address] = {}
    pairs = [(shared(one, other), -i, -j) for i, one in enumerate(gone) for j, other in enumerate(come)]
    for _, i, j in sorted(pairs, reverse=True):
        one, other = gone[-i], come[-j]
        if one not in found and other not in found.values() and have_in_common(one, other):
            found[one] = other
    return found
