"""What came of an exchange, and how a list stands, on a screen and as JSON."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli.page.qr import qr_lines
from relcard.cli.unsettled import say_unsettled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.share.codes import Code
    from relcard.share.exchange import Exchanged
    from relcard.store.sharing.devices import Device

_SILENT = 400  # days, after which a laptop may be no more
_WORDS = {
    "asks": "asks you",
    "behind": "the folder is behind",
    "copied": "new laptop",
    "differs": "differs",
    "faulty": "not taken",
    "newer": "waits",
    "untidy": "not tidied",
    "waits": "waits",
}


def as_json(exchanged: Exchanged) -> output.Json:
    """Return an exchange for JSON."""
    said = exchanged.as_json()
    names = said.pop("names")
    taken = [
        {"device": device, "laptop": names.get(device, ""), "steps": steps}
        for device, steps in said["taken"].items()
    ]
    return {**said, "taken": taken}


def say(exchanged: Exchanged) -> None:
    """Print what went out and what came in, and what waits."""
    parts = [f"sent {output.plural(exchanged.sent, 'step')}"] if exchanged.sent else []
    taken: Counter[str] = Counter()  # a laptop that began anew has its name twice
    for device, steps in exchanged.taken.items():
        taken[exchanged.names.get(device) or "a laptop"] += steps
    parts += [
        f"took {output.plural(steps, 'step')} from {output.clean(name)}" for name, steps in taken.items()
    ]
    nothing = "Nothing was sent or taken." if exchanged.remarks else "Nothing new on either side."
    output.say(f"  {' · '.join(parts) or nothing}")
    if exchanged.waiting:
        output.say(
            f"  {output.plural(exchanged.waiting, 'step waits', 'steps wait')} for others that have not come"
        )
    say_unsettled(exchanged.conflicts)
    _say_remarks([(remark.kind, remark.laptop, remark.words) for remark in exchanged.remarks])


def _say_remarks(remarks: Sequence[tuple[str, str, str]]) -> None:
    if remarks:
        output.table(
            ("", "", ""),
            [(_WORDS.get(kind, kind), laptop, words) for kind, laptop, words in remarks],
            flexible=2,
        )
    if any(kind == "behind" for kind, *_ in remarks):
        output.say(f"  If somebody tidied the folder: {output.accent('relcard share repair --dry-run')}")


def say_code(code: Code, address: str, user: str) -> None:
    """Print how the other laptop joins, on a server by the name of its `user`."""
    join = f"relcard share join {shlex.quote(address)}" + (f" --user {shlex.quote(user)}" if user else "")
    output.say(f"  The list is in {output.clean(address)}. On the other laptop:")
    output.say()
    output.say(f"    {output.accent(output.clean(join))}")
    output.say(f"    code  {output.bold(code.text)}")
    output.say()
    if sys.stdout.isatty():
        from relcard.paper.qr import qr_modules  # noqa: PLC0415  ReportLab, 300 ms

        is_coloured = "NO_COLOR" not in os.environ
        click.echo("\n".join(qr_lines(qr_modules(code.text), colours=is_coloured)), color=is_coloured)
    if code.key:
        output.say("  Keep the code on paper, away from the folder: who has both reads the list.")
    else:
        output.say("  Nothing in the folder is sealed: who can read it reads the list.")


class Standing(NamedTuple):
    """How a list stands on this laptop."""

    place: str
    is_plain: bool
    own: Sequence[str]
    code: str
    laptops: Sequence[Device]
    to_send: int
    conflicts: int
    report: Mapping[str, Any]

    def laptops_json(self, today: date) -> list[output.Json]:
        """Return the laptops for JSON."""
        return [
            {
                "device": laptop.device,
                "name": laptop.name,
                "is_own": laptop.is_own,
                "steps": laptop.steps,
                "last_seen": laptop.seen_on or None,
                "is_silent": _is_silent(laptop, today),
                "is_retired": laptop.is_retired,
            }
            for laptop in self.laptops
        ]

    def rest_json(self) -> output.Json:
        """Return the list for JSON; the code only where it was asked for."""
        code = {"code": self.code} if self.code else {}
        last = self.report.get("on")
        return {
            "place": self.place,
            "is_plain": self.is_plain,
            "own": list(self.own),
            "to_send": self.to_send,
            "conflicts": self.conflicts,
            "last_exchange": last,
            "remarks": self.report.get("remarks", []),
            **code,
        }

    def say(self, today: date) -> None:
        """Print it."""
        sealed = "nothing in it is sealed" if self.is_plain else "sealed"
        output.say(f"  {output.clean(self.place)}  {output.dim(sealed)}")
        if self.code:
            output.say(f"  code  {output.bold(self.code)}")
        output.say_wrapped(f"own book  {', '.join(self.own) or 'none of it travels'}")
        output.table(
            ("laptop", "steps", "last heard of", ""),
            [
                (
                    f"{laptop.name} (this one)"
                    if laptop.is_own
                    else laptop.name or f"laptop {laptop.device[:4]}",
                    str(laptop.steps),
                    output.short_day(date.fromisoformat(laptop.seen_on), today) if laptop.seen_on else "",
                    _state(laptop, today),
                )
                for laptop in self.laptops
            ],
        )
        if self.to_send:
            output.say(f"  Something here has not gone out yet: {output.accent('relcard share')}")
        say_unsettled(self.conflicts)
        remarks = self.report.get("remarks", [])
        _say_remarks([(remark["kind"], remark["laptop"], remark["words"]) for remark in remarks])


def _is_silent(laptop: Device, today: date) -> bool:
    if laptop.is_own or laptop.is_retired or not laptop.seen_on:
        return False
    return (today - date.fromisoformat(laptop.seen_on)).days >= _SILENT


def _state(laptop: Device, today: date) -> str:
    if laptop.is_retired:
        return "retired"
    return f"silent for long: relcard share retire {laptop.name}" if _is_silent(laptop, today) else ""
