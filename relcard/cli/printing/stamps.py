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
from relcard.domain.printing.postage import price_words
from relcard.domain.printing.sheet import in_words
from relcard.errors import UsageError
from relcard.postal.countries import plain_name

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.services.printing.count_stamps import StampCount
    from relcard.services.printing.count_stamps import Stamps

_NAMED = 4  # countries of one row


class _What(NamedTuple):
    """What the stamps go on: an envelope or a postcard, in mm."""

    noun: str
    name: str
    width: float
    height: float


@click.command(short_help="Stamps to buy, by destination.")
@click.argument("who_", metavar="[WHO...]", nargs=-1)
@params.season
@params.segment
@click.option("--all", "everybody", is_flag=True, help="Every household with an address.")
@params.order
@click.option("--envelope", metavar="NAME", help="C6, DL, #10, A7 ...; else as the settings have it.")
@params.as_json
@pass_desk
def stamps(
    desk: Desk,
    who_: tuple[str, ...],
    season: str | None,
    segment: str | None,
    everybody: bool,
    order: str | None,
    envelope: str | None,
    as_json: bool,
) -> int:
    """Count the stamps for the envelopes still to be posted: home, Europe, the world, and what they cost.

    Those addressed by hand count too. The prices are yours, for they change every year: relcard settings set
    postage.home 0.95, and so for europe, world, a country as postage.NZ, and what a square or a large
    envelope costs on top.
    """
    from relcard.paper.stock.known import find_envelope
    from relcard.services.printing.count_stamps import count_stamps

    settings = desk.settings
    if not settings.sender.country:
        raise UsageError(
            "What a stamp is for depends on where you post from.",
            hint="Say it once: relcard settings set sender.country GB",
        )
    card = desk.card_size()
    if envelope is None and not card.is_folded:  # a postcard travels as it is
        what = _What("postcard", card.name, card.panel_w, card.panel_h)
    else:
        paper = find_envelope(envelope or settings.envelope)
        what = _What("envelope", paper.name, paper.width, paper.height)
    with desk.reading() as db:
        found, here = selection.recipients(
            desk, db, who_, season, everybody=everybody, segment=segment, order=order
        )
    count = count_stamps(
        found, settings.postage, sender_country=settings.sender.country, width=what.width, height=what.height
    )
    if as_json:
        _say_json(desk, count, here.name if here else None, what)
    else:
        _say(desk, count, here.name if here else "", what)
    return 5 if count.skipped else 0


def _say(desk: Desk, count: StampCount, season: str, what: _What) -> None:
    number = output.plural(count.envelopes, what.noun)
    output.say(f"  {f'{season}: ' if season else ''}{number} to post · {output.clean(what.name)}")
    if count.stamps:
        _say_table(desk, count)
    if count.dearer:
        for line in output.wrap(count.dearer.reason, output.terminal_width() - 2):
            output.say(f"  {line}")
    if count.posted:
        verb = "has" if count.posted == 1 else "have"
        output.say(output.dim(f"  {count.posted} posted already, which {verb} a stamp"))
    if count.skipped:
        output.say("  not counted:")
        pdf_file.say_skipped(count.skipped)
    missing = _missing(count)
    if missing:
        output.say("  Prices change every year, so relcard brings none. Say what your post asks:")
        for key in missing:
            output.say(f"    {output.accent(f'relcard settings set postage.{key} PRICE')}")


def _say_table(desk: Desk, count: StampCount) -> None:
    rows = [
        (
            f"{one.envelopes}",
            _place(one),
            _priced(one.each),
            _priced(one.sum),
            in_words(one.numbers),
            _countries(one, desk.settings.sender.country),
        )
        for one in count.stamps
    ]
    if count.dearer:
        extra = None if count.extra is None else count.extra * count.envelopes
        on_top = f"on top, {count.dearer.shape.value}"
        rows.append((f"{count.envelopes}", on_top, _priced(count.extra), _priced(extra), "", ""))
    if len(rows) > 1 and count.total is not None:
        rows.append(("", "together", "", _priced(count.total), "", ""))
    currency = desk.settings.postage.currency
    money = f"sum {currency}".strip() if any(one.sum for one in count.stamps) else "sum"
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    widths[2], widths[3] = max(widths[2], len("each")), max(widths[3], len(money))
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


def _right(text: str, columns: int) -> str:
    return text.rjust(columns) if text else ""


def _place(one: Stamps) -> str:
    return plain_name(one.country) if one.country else one.going.place


def _priced(hundredths: int | None) -> str:
    return "" if hundredths is None else price_words(hundredths)


def _countries(one: Stamps, home: str) -> str:
    """Return where a row's envelopes go, the most first: "US 3, NZ 2"; home needs no word."""
    if one.country or dict(one.countries).keys() == {home}:
        return ""
    named = ", ".join(f"{code} {number}" for code, number in one.countries[:_NAMED])
    return named + (f" and {len(one.countries) - _NAMED} more" if len(one.countries) > _NAMED else "")


def _missing(count: StampCount) -> list[str]:
    missing = list(dict.fromkeys(one.going.value for one in count.stamps if one.each is None))
    if count.dearer and count.extra is None:
        missing.append(count.dearer.shape.value)
    return missing


def _say_json(desk: Desk, count: StampCount, season: str | None, what: _What) -> None:
    output.say_json(
        "stamps",
        [
            {
                "destination": one.going.value,
                "country": one.country or None,
                "countries": dict(one.countries),
                "envelopes": one.envelopes,
                "cards": list(one.numbers),
                "each": _priced(one.each) or None,
                "sum": _priced(one.sum) or None,
            }
            for one in count.stamps
        ],
        season=season,
        envelope=what.name if what.noun == "envelope" else None,
        envelopes=count.envelopes,
        posted=count.posted,
        on_top={
            "shape": count.dearer.shape.value,
            "reason": count.dearer.reason,
            "each": _priced(count.extra) or None,
            "sum": None if count.extra is None else price_words(count.extra * count.envelopes),
        }
        if count.dearer
        else None,
        total=_priced(count.total) or None,
        currency=desk.settings.postage.currency or None,
        skipped=[{"who": one.who, "reason": one.reason} for one in count.skipped],
    )
