"""Stamps: how many to buy for where, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.seasons import selection
from relcard.cli.seasons.whom import takes_ordered_whom
from relcard.domain.printing.postage import StampDrawer
from relcard.domain.printing.postage import price_words
from relcard.domain.printing.sheet import in_words
from relcard.domain.seasons.season import stamps_used
from relcard.errors import UsageError
from relcard.paper.stock.known import find_envelope
from relcard.postal.countries import plain_name
from relcard.services.printing.count_stamps import count_stamps
from relcard.services.seasons.read_season import find_season
from relcard.store.seasons import set_stamps_bought

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.cli.seasons.whom import Whom
    from relcard.domain.printing.postage import Surcharge
    from relcard.services.printing.count_stamps import StampCount
    from relcard.services.printing.count_stamps import Stamps
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.seasons import SeasonRow

_NAMED = 4  # countries of one row


class _Mail(NamedTuple):
    """What the stamps go on, in mm: an envelope, or a postcard as it is."""

    name: str
    width: float
    height: float
    is_postcard: bool = False


@click.command(short_help="Stamps to buy, by destination.")
@takes_ordered_whom
@click.option("--envelope", metavar="NAME", help="C6, DL, #10, A7 ...; else as the settings have it.")
@click.option("--bought", type=int, metavar="N", help="You bought N more for this season; -N takes off.")
@params.as_json
@pass_desk
def stamps(desk: Desk, whom: Whom, envelope: str | None, bought: int | None, as_json: bool) -> int:
    """Count the stamps for the envelopes still to be posted: home, Europe, the world, and what they cost.

    Those addressed by hand count too. The prices are yours, for they change every year: relcard settings set
    postage.home 0.95, and so for europe, world, a country as postage.NZ, and what a square or a large
    envelope costs on top. What you bought, said with --bought, is told with what is left of it.
    """
    if bought is not None:
        _keep_bought(desk, whom, bought)
    settings = desk.settings
    if not settings.sender.country:
        raise UsageError(
            "What a stamp is for depends on where you post from.",
            hint="Say it once: relcard settings set sender.country GB",
        )
    mail = _mail(desk, envelope)
    with desk.reading() as db:
        recipients, season = selection.recipients(desk, db, whom)
    count = count_stamps(
        recipients,
        settings.postage,
        sender_country=settings.sender.country,
        width=mail.width,
        height=mail.height,
    )
    say = _say_json if as_json else _say
    say(desk, count, season.name if season else "", mail, _drawer(recipients, season, whom))
    return 5 if count.skipped else 0


def _keep_bought(desk: Desk, whom: Whom, number: int) -> None:
    with desk.changing(f"stamps --bought {number}") as db:
        season = find_season(db, whom.season)
        if season.stamps_bought + number < 0:
            raise UsageError(
                f"No more than {season.stamps_bought} were bought for {season.name}.",
                hint=f"To take all of them off: relcard stamps --bought {-season.stamps_bought}",
            )
        set_stamps_bought(db, season.id, season.stamps_bought + number)


def _drawer(recipients: list[Recipient], season: SeasonRow | None, whom: Whom) -> StampDrawer | None:
    """Return what is left of the stamps bought for a whole season; None of a part, or where nobody said."""
    if season is None or not season.stamps_bought or whom.who or whom.segment is not None:
        return None
    return StampDrawer(season.stamps_bought, stamps_used(recipient.state for recipient in recipients))


def _mail(desk: Desk, envelope: str | None) -> _Mail:
    card = desk.card_size()
    if envelope is None and not card.is_folded:  # a postcard travels as it is
        return _Mail(card.name, card.panel_w, card.panel_h, is_postcard=True)
    paper = find_envelope(envelope or desk.settings.envelope)
    return _Mail(paper.name, paper.width, paper.height)


def _say(desk: Desk, count: StampCount, season: str, mail: _Mail, drawer: StampDrawer | None) -> None:
    number = output.plural(count.envelopes, "postcard" if mail.is_postcard else "envelope")
    output.say(f"  {f'{season}: ' if season else ''}{number} to post · {output.clean(mail.name)}")
    if count.stamps:
        _say_table(desk, count)
    if count.dearer:
        for line in output.wrap(count.dearer.reason, output.terminal_width() - 2):
            output.say(f"  {line}")
    if count.posted:
        verb = "has" if count.posted == 1 else "have"
        output.say(output.dim(f"  {count.posted} posted already, which {verb} a stamp"))
    if drawer is not None:
        more = count.envelopes + len(count.skipped) - drawer.left  # what is not counted takes one too
        enough = f"{more} more to buy" if more > 0 else "enough"
        output.say(f"  stamps: {drawer.bought} bought, {drawer.used} used, {drawer.left} left: {enough}")
    if count.skipped:
        output.say("  not counted:")
        pdf_file.say_skipped(count.skipped)
    missing = _missing(count)
    if missing:
        output.say("  Prices change every year, so relcard brings none. Say what your post asks:")
        for key in missing:
            output.say(f"    {output.accent(f'relcard settings set postage.{key} PRICE')}")


def _say_table(desk: Desk, count: StampCount) -> None:
    """Say the piles; numbers and prices stand on the right of their columns."""
    rows = _rows(desk, count)
    currency = desk.settings.postage.currency
    money = f"sum {currency}".strip() if any(pile.sum for pile in count.stamps) else "sum"
    heads = ("", "", "each", money)
    widths = [max(len(head), *(len(row[column]) for row in rows)) for column, head in enumerate(heads)]
    output.table(
        (
            "",
            "to",
            "each".rjust(widths[2]) if any(row[2] for row in rows) else "",
            money.rjust(widths[3]) if any(row[3] for row in rows) else "",
            "cards",
            "countries",
        ),
        [
            (row[0].rjust(widths[0]), row[1], _right(row[2], widths[2]), _right(row[3], widths[3]), *row[4:])
            for row in rows
        ],
        flexible=4,
    )


def _rows(desk: Desk, count: StampCount) -> list[tuple[str, ...]]:
    """Return number, place, price, sum, cards and countries of each pile, then what is on top, and all."""
    rows: list[tuple[str, ...]] = [
        (
            f"{pile.envelopes}",
            _place(pile),
            _priced(pile.each),
            _priced(pile.sum),
            in_words(pile.numbers),
            _countries(pile, desk.settings.sender.country),
        )
        for pile in count.stamps
    ]
    if count.dearer:
        on_top = f"on top, {count.dearer.shape.value}"
        extra = (_priced(count.extra), _priced(count.extra_sum))
        rows.append((f"{count.envelopes}", on_top, *extra, "", ""))
    if len(rows) > 1 and count.total is not None:
        rows.append(("", "together", "", _priced(count.total), "", ""))
    return rows


def _right(text: str, columns: int) -> str:
    return text.rjust(columns) if text else ""


def _place(pile: Stamps) -> str:
    return plain_name(pile.country) if pile.country else pile.going.place


def _priced(hundredths: int | None) -> str:
    return "" if hundredths is None else price_words(hundredths)


def _countries(pile: Stamps, sender_country: str) -> str:
    """Return where a row's envelopes go, the most first: "US 3, NZ 2"; home needs no word."""
    if pile.country or dict(pile.countries).keys() == {sender_country}:
        return ""
    named = ", ".join(f"{code} {number}" for code, number in pile.countries[:_NAMED])
    return named + (f" and {len(pile.countries) - _NAMED} more" if len(pile.countries) > _NAMED else "")


def _missing(count: StampCount) -> list[str]:
    missing = list(dict.fromkeys(pile.going.value for pile in count.stamps if pile.each is None))
    if count.dearer and count.extra is None:
        missing.append(count.dearer.shape.value)
    return missing


def _pile_json(pile: Stamps) -> output.Json:
    return {
        "destination": pile.going.value,
        "country": pile.country or None,
        "countries": dict(pile.countries),
        "envelopes": pile.envelopes,
        "cards": list(pile.numbers),
        "each": _priced(pile.each) or None,
        "sum": _priced(pile.sum) or None,
    }


def _on_top_json(count: StampCount, dearer: Surcharge) -> output.Json:
    return {
        "shape": dearer.shape.value,
        "reason": dearer.reason,
        "each": _priced(count.extra) or None,
        "sum": _priced(count.extra_sum) or None,
    }


def _say_json(desk: Desk, count: StampCount, season: str, mail: _Mail, drawer: StampDrawer | None) -> None:
    output.say_json(
        "stamps",
        [_pile_json(pile) for pile in count.stamps],
        season=season or None,
        envelope=None if mail.is_postcard else mail.name,
        envelopes=count.envelopes,
        posted=count.posted,
        bought=drawer.bought if drawer else None,
        left=drawer.left if drawer else None,
        on_top=_on_top_json(count, count.dearer) if count.dearer else None,
        total=_priced(count.total) or None,
        currency=desk.settings.postage.currency or None,
        skipped=[{"who": skipped.who, "reason": skipped.reason} for skipped in count.skipped],
    )
