"""What was made of addresses that stood in one field, for people and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli.people.contact_json import parts_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.people.typed_address import AddressRead


def say_read_addresses(addresses: Sequence[AddressRead], *, every: bool) -> None:
    """Say how many addresses were read out of one field and how many are doubtful; name each on demand."""
    done = [address for address in addresses if address.after is not None]
    doubtful = [address for address in addresses if address.after is None]
    for some, words in ((done, "read out of one field"), (doubtful, "left in one field: a doubt")):
        if not some:
            continue
        verb = "was" if len(some) == 1 else "were"
        line = f"{output.plural(len(some), 'address', 'addresses')} {verb} {words}"
        output.say(f"  {line}" if every else f"  {line:<44}{output.accent('relcard import --report')}")
        if every:
            output.table(("name", "address"), [_address_row(address) for address in some], flexible=1)
            output.say()


def _address_row(read: AddressRead) -> tuple[str, str]:
    parts = [part for part in (read.after or read.before).postal if part] or [read.before.label]
    return output.clean(read.name), output.clean(" | ".join(" / ".join(part.splitlines()) for part in parts))


def read_address_json(read: AddressRead) -> output.Json:
    """Return an address as it was and its parts, None where it is doubtful."""
    return {
        "name": read.name,
        "was": parts_json(read.before),
        "address": parts_json(read.after) if read.after else None,
    }
