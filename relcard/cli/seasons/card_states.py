"""How far the cards of a season are: written, posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.seasons.recipients import some_recipients
from relcard.cli.seasons.whom import Whom
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import awaits
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.seasons.move_cards import move_cards
from relcard.services.seasons.move_cards import take_state_back
from relcard.services.seasons.read_season import find_season

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.occasions import Occasion
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.seasons import SeasonRow


_who = click.argument("who_", metavar="[WHO...]", nargs=-1)
_line = click.option("--line", metavar="TEXT", help="What you wrote, for next year's crib; '' takes it off.")
_take_back = click.option(
    "--take-back", is_flag=True, help="It is not so: said by mistake, however long ago."
)
_all = click.option(
    "--all", "everybody", is_flag=True, help="Every card of the season that is not so far yet."
)


@click.command(short_help="Say whose cards are written.")
@_who
@_all
@_line
@_take_back
@params.season
@params.occasion
@pass_desk
def written(
    desk: Desk,
    who_: tuple[str, ...],
    everybody: bool,
    line: str | None,
    season: str | None,
    occasion: Occasion | None,
    take_back: bool,
) -> None:
    """Say whose cards are written; with --line the crib remembers what you wrote.

    WHO is a name, or the number on label and crib: 4, 1-20, 1-20,23. With --for it is a card beside the
    season, such as a birthday's.
    """
    if occasion is not None:
        whom = Whom(who=who_, season=season, occasion=occasion, everybody=everybody)
        _keep_occasion(desk, whom, "written", line, take_back=take_back)
        return
    if take_back:
        _take_state_back(desk, who_, season, State.WRITTEN, plain=not everybody and line is None)
        return
    _move(desk, who_, season, State.WRITTEN, line, everybody=everybody)


@click.command(short_help="Say whose cards are posted.")
@_who
@_all
@click.option("--written", "from_written", is_flag=True, help="Every card that is written.")
@_line
@_take_back
@params.season
@params.occasion
@pass_desk
def posted(
    desk: Desk,
    who_: tuple[str, ...],
    everybody: bool,
    from_written: bool,
    line: str | None,
    season: str | None,
    occasion: Occasion | None,
    take_back: bool,
) -> None:
    """Say whose cards are posted; a posted card counts as being in touch with everyone it greets.

    WHO is a name, or the number on label and crib: 4, 1-20, 1-20,23. With --for it is a card beside the
    season; it answers the day it is for, and next year's crib has its line.
    """
    if occasion is not None:
        whom = Whom(who=who_, season=season, occasion=occasion, everybody=everybody or from_written)
        _keep_occasion(desk, whom, "posted", line, take_back=take_back)
        return
    if take_back:
        plain = not everybody and not from_written and line is None
        _take_state_back(desk, who_, season, State.POSTED, plain=plain)
        return
    _move(desk, who_, season, State.POSTED, line, everybody=everybody, from_written=from_written)


def _keep_occasion(desk: Desk, whom: Whom, said: str, line: str | None, *, take_back: bool) -> None:
    """Keep that cards for an occasion were written or posted, or forget the last such card of those named."""
    # 20 ms of `posted` in a season, which needs neither.
    from relcard.cli.seasons import selection  # noqa: PLC0415
    from relcard.services.seasons.occasion_cards import forget_cards  # noqa: PLC0415
    from relcard.services.seasons.occasion_cards import put_cards  # noqa: PLC0415

    occasion = whom.occasion
    if not whom.who or occasion is None:
        raise UsageError(
            f"Whose card is {said}?", hint=f'For example: relcard {said} "Anna Kowalska" {whom.whose}'
        )
    if take_back and line is not None:
        check_take_back(said, whom.who, plain=False)
    with desk.changing(f"{said} {'--take-back ' if take_back else ''}{whom.whose}") as db:
        cards = selection.for_occasion(desk, db, whom, occasion)
        if take_back:
            forget_cards(db, occasion, cards)
        else:
            put_cards(db, occasion, cards, today=desk.today, line=line)
    if not desk.quiet:
        output.say_wrapped(
            f"{'not ' if take_back else ''}{said}: {'; '.join(_of_occasion(desk, cards, occasion))}"
        )


def _of_occasion(desk: Desk, cards: Sequence[Recipient], occasion: Occasion) -> Iterator[str]:
    """Yield whom each card is for, the occasion, and its day where it has one."""
    for card in cards:
        days = {each.on for each in card.celebrated if each.on is not None}
        on = "".join(f", {output.plain_day(day, desk.today)}" for day in sorted(days))
        yield f"{output.clean(card.household.addressee)} ({occasion.name}{on})"


def _move(
    desk: Desk,
    who_: tuple[str, ...],
    name: str | None,
    to: State,
    line: str | None,
    *,
    everybody: bool,
    from_written: bool = False,
) -> None:
    bulk = "--written" if from_written else "--all" if everybody else ""
    check_whose(to.value, who_, bulk)
    with desk.changing(f"{to.value} {' '.join(who_) or bulk}") as db:
        here = find_season(db, name)
        recipients = some_recipients(desk, db, here, who_)
        if bulk:
            recipients = [
                recipient
                for recipient in recipients
                if awaits(recipient.state, to) and (everybody or recipient.state is State.WRITTEN)
            ]
            check_any(recipients, here, to.value)
        move_cards(db, here, recipients, to, today=desk.today, line=line)
    if not desk.quiet:
        output.say_wrapped(f"{to.value}: {names_of(recipients)}")


def _take_state_back(desk: Desk, who_: tuple[str, ...], name: str | None, of: State, *, plain: bool) -> None:
    """Take one step of the cards named back."""
    check_take_back(of.value, who_, plain=plain)
    with desk.changing(f"{of.value} --take-back {' '.join(who_)}") as db:
        here = find_season(db, name)
        recipients = some_recipients(desk, db, here, who_)
        take_state_back(db, here, recipients, of)
    if not desk.quiet:
        output.say_wrapped(f"not {of.value}: {names_of(recipients)}")
        if of is State.POSTED:
            output.say(output.dim("  It counts as written; if it is not: relcard written --take-back WHO"))


def check_take_back(command: str, who_: tuple[str, ...], *, plain: bool) -> None:
    """Raise `UsageError` unless cards are named, and nothing but named."""
    if not who_ or not plain:
        raise UsageError(
            "What is taken back is named, and nothing is said of it besides.",
            hint=f'For example: relcard {command} --take-back "Anna Kowalska", or 4 by its number',
        )


def names_of(recipients: list[Recipient]) -> str:
    """Return whose cards they are."""
    return output.some_names([recipient.household.addressee for recipient in recipients])


def check_whose(command: str, who_: tuple[str, ...], bulk: str) -> None:
    """Raise `UsageError` unless the cards are named, or all are meant."""
    if who_ and bulk:
        raise UsageError(f"Name cards or say {bulk}, not both.", hint=f"Leave WHO out, or {bulk}.")
    if not who_ and not bulk:
        raise UsageError(
            f"Whose card is {command}?",
            hint=f'For example: relcard {command} "Anna Kowalska", or 1-20 by their numbers, or --all',
        )


def check_any(recipients: list[Recipient], season: SeasonRow, command: str) -> None:
    """Raise `NotFoundError` where no card of a season is left for a command."""
    if not recipients:
        raise NotFoundError(
            f"No card of {season.name} is still to be {command}.",
            hint="relcard season list shows how far each is.",
        )
