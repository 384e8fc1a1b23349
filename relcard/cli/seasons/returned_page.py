"""What is said of cards that came back: whom no card reaches, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli.people.show_contact import in_one_line
from relcard.cli.seasons.card_states import names_of
from relcard.postal.lines import address_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.people.whom_to_ask import Lost
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.seasons import SeasonRow

_ASKED_ABOUT = 3  # households of which whom to ask is said at once


def say_returned(
    desk: Desk, season: SeasonRow, recipients: Sequence[Recipient], lost: Sequence[Lost]
) -> None:
    """Say whose cards came back, whom to ask about them, and how many are still to be reached."""
    retired = "the address is" if len(recipients) == 1 else "their addresses are"
    output.say_wrapped(f"returned: {names_of(list(recipients))}; {retired} retired and kept")
    ids = {recipient.household.id for recipient in recipients}
    now = [unreached for unreached in lost if unreached.household.id in ids]
    for unreached in now if len(now) <= _ASKED_ABOUT else []:
        _say_lost(desk, unreached)
    output.say()
    waiting = output.plural(len(lost), "household")
    output.say(f"  Still to reach in {season.name}: {waiting}  {output.accent('relcard returned')}")
    output.say(f"  Words to ask with: {output.accent('relcard ask-list')}")


def say_lost(desk: Desk, season: SeasonRow, lost: Sequence[Lost]) -> None:
    """List the households that no card reaches, with whom to ask about each."""
    if not lost:
        output.say(f"  Every card of {season.name} has somewhere to go.")
        return
    output.say(f"  Still to reach in {season.name}: {output.plural(len(lost), 'household')}")
    for unreached in lost:
        _say_lost(desk, unreached)
    output.say()
    output.say(f"  Words to ask with: {output.accent('relcard ask-list')}")
    first = f"h{lost[0].household.id}"
    output.say(f"  When an answer comes: {output.accent(f'relcard address add {first} --street ...')}")


def _say_lost(desk: Desk, lost: Lost) -> None:
    view = lost.household
    output.say()
    output.say(f"  {output.bold(output.clean(view.addressee))}  {output.dim(f'h{view.id}')}")
    for words in _whereabouts(desk, lost):
        for line in output.wrap(words, output.terminal_width() - 4):
            output.say(output.dim(f"    {line}"))
    if view.address is None and not lost.ask:
        output.say("    nobody known to ask: relcard relation says who is what to whom")
    elif view.address is None:
        output.table(
            ("", "", ""),
            [(who.name, who.why, " · ".join(who.reach)) for who in lost.ask],
            flexible=1,
            indent="    ",
        )


def _whereabouts(desk: Desk, lost: Lost) -> list[str]:
    """Return where they lived last, and where cards go now if they go anywhere."""
    words = []
    if lost.gone is not None and lost.gone.retired_on is not None:
        until = output.plain_day(lost.gone.retired_on, desk.today)
        words.append(f"until {until}: {in_one_line(lost.gone.address, desk)}")
    elif lost.household.address is None:
        words.append("no address yet")
    if lost.household.address is not None:
        words.append(f"write again, to {in_one_line(lost.household.address, desk)}")
    return words


def say_lost_json(desk: Desk, season: SeasonRow, lost: Sequence[Lost]) -> None:
    """Say the same to a script."""
    country = desk.settings.sender.country
    output.say_json(
        "returned",
        [
            {
                "household": f"h{unreached.household.id}",
                "addressee": unreached.household.addressee,
                "retired_on": output.iso(unreached.gone.retired_on) if unreached.gone else None,
                "address_lines": list(address_lines(unreached.gone.address, sender_country=country))
                if unreached.gone
                else [],
                "ask": [
                    {"uid": who.uid, "name": who.name, "reason": who.why, "reach": list(who.reach)}
                    for who in unreached.ask
                ],
            }
            for unreached in lost
        ],
        season=season.name,
    )
