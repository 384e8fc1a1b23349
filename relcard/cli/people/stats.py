"""The address book to look at: bars, strips and months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.dates import MONTHS
from relcard.domain.dates import short_day
from relcard.services.people.gather_stats import gather_stats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.stats import CardYear
    from relcard.domain.people.stats import Filled
    from relcard.domain.people.stats import Stats
    from relcard.domain.people.stats import Strip

_LABEL = 22  # columns of a name
_TRACK = 40
_HALF = 22  # columns of a bar when two stand side by side
_YEARS = 12  # how many are drawn; --json has all
_COUNTRIES = 8
_HEIGHT = 4  # lines of the tallest month
_EIGHTHS = " ▁▂▃▄▅▆▇█"


@click.command(short_help="Look at circles, cards, months and birthdays.")
@params.as_json
@pass_desk
def stats(desk: Desk, as_json: bool) -> None:
    """Look at it all: circles filled, cards each year, months without a word, birthdays, countries."""
    with desk.reading() as db:
        stats = gather_stats(db, today=desk.today)
    if as_json:
        output.say_json("stats", _as_json(stats))
    elif not stats.contacts:
        output.say("  There are no contacts yet. Begin with: relcard import FILE.vcf")
    else:
        _say_circles(stats)
        _say_inner(stats.inner, desk.today)
        _say_years(stats.years)
        _say_birthdays(stats.birthdays)
        _say_countries(stats.countries)
        output.say()


def _as_json(stats: Stats) -> output.Json:
    return {
        "contacts": stats.contacts,
        "without_circle": stats.without_circle,
        "circles": [
            {"circle": circle.circle.value, "contacts": circle.contacts, "about": circle.about}
            for circle in stats.circles
        ],
        "cards": [{"year": year.year, "sent": year.sent, "received": year.received} for year in stats.years],
        "inner": [
            {
                "uid": person.uid,
                "name": person.name,
                "months_without_a_word": person.silent,
                "last_on": output.iso(person.last_on),
                "months": [
                    {"month": f"{month.year}-{month.month:02}", "words": month.words}
                    for month in person.months
                ],
            }
            for person in stats.inner
        ],
        "birthdays": [
            {"month": number, "contacts": contacts}
            for number, contacts in enumerate(stats.birthdays, start=1)
        ],
        "countries": [{"country": code, "contacts": contacts} for code, contacts in stats.countries],
    }


def _title(words: str, aside: str = "") -> None:
    output.say()
    output.say(f"  {output.bold(words)}{output.dim(f'  {aside}') if aside else ''}")


def _say_circles(stats: Stats) -> None:
    waiting = output.plural(stats.without_circle, "contact")
    _title("Circles", f"{waiting} without one yet: relcard triage" if stats.without_circle else "")
    for circle in stats.circles:
        track = _track(circle)
        output.say(
            f"  {output.pad(circle.circle.value, 8)}{track}  {circle.contacts:>3} of about {circle.about}"
        )


def _track(circle: Filled) -> str:
    """Return a bar on its track; where more are in the circle than it is about, it goes past the end."""
    full = round(_TRACK * min(circle.contacts, circle.about) / circle.about)
    full = max(full, 1 if circle.contacts else 0)
    mark = "╋" if circle.contacts > circle.about else "┤"
    return output.accent("━" * full) + output.dim("─" * (_TRACK - full) + mark)


def _say_inner(strips: Sequence[Strip], today: date) -> None:
    if not strips:
        return
    first = strips[0].months
    _title("The inner circle, month by month", "● a word   · none")
    heads = " ".join(MONTHS[month.month - 1][0] for month in first)
    output.say(output.dim(f"  {' ' * _LABEL}{heads}"))
    for strip in strips:
        name = output.pad(output.cut(output.clean(strip.name), _LABEL - 2), _LABEL)
        dots = " ".join(output.accent("●") if month.words else output.dim("·") for month in strip.months)
        words = f"last {short_day(strip.last_on, beside=today)}" if strip.last_on else "nothing noted yet"
        if strip.last_on and strip.silent:
            words = f"{strip.silent} quiet, {words}"
        output.say(f"  {name}{dots}  {output.dim(words)}")


def _say_years(years: Sequence[CardYear]) -> None:
    if not years:
        _title("Cards", "none noted yet: relcard log WHO card")
        return
    shown = years[-_YEARS:]
    earlier = years[:-_YEARS]
    most = max(max(year.sent, year.received) for year in shown)
    sent, received = _both_ways(years)
    _title("Cards", f"{sent} sent, {received} received, since {years[0].year}")
    output.say(output.dim(f"  {' ' * 8}{output.pad('sent', _HALF + 7)}received"))
    for year in shown:
        cells = []
        for number in (year.sent, year.received):
            length = output.bar(number, most, _HALF).rstrip()
            gap = " " if length else ""
            cells.append((f"{output.accent(length)}{gap}{number}", len(length) + len(gap) + len(str(number))))
        first, columns = cells[0]
        output.say(f"  {year.year}    {first}{' ' * (_HALF + 7 - columns)}{cells[1][0]}")
    if earlier:
        sent, received = _both_ways(earlier)
        output.say(output.dim(f"  before  {sent} sent, {received} received"))


def _both_ways(years: Sequence[CardYear]) -> tuple[int, int]:
    """Return how many cards were sent in some years, and how many received."""
    return sum(year.sent for year in years), sum(year.received for year in years)


def _say_birthdays(numbers: Sequence[int]) -> None:
    if not any(numbers):
        _title("Birthdays", "none known yet")
        return
    _title("Birthdays by month", f"{sum(numbers)} known")
    between = "   " if output.terminal_width() >= 12 * 6 else " "
    for line in range(_HEIGHT - 1, -1, -1):
        cells = [_cell(number, max(numbers), line) for number in numbers]
        text = between.join(cell * 3 for cell in cells).rstrip()
        if text:
            output.say(f"  {output.accent(text)}")
    output.say(f"  {between.join(str(number or '·').center(3) for number in numbers)}".rstrip())
    output.say(output.dim(f"  {between.join(MONTHS)}"))


def _cell(number: int, most: int, line: int) -> str:
    """Return the part of a column that stands in one line, counted from below, in eighths of its height."""
    eighths = max(1, round(8 * _HEIGHT * number / most)) if number else 0
    return _EIGHTHS[min(8, max(0, eighths - 8 * line))]


def _say_countries(countries: Sequence[tuple[str, int]]) -> None:
    if not countries:
        return
    from relcard.postal import country_name  # noqa: PLC0415  1 ms, for one of four tables

    _title("Countries")
    most = countries[0][1]
    for code, number in countries[:_COUNTRIES]:
        name = country_name(code).title() if code else "not said"
        output.say(
            f"  {output.pad(output.cut(name, _LABEL - 2), _LABEL)}"
            f"{output.accent(output.bar(number, most, _TRACK - 8).rstrip())} {number}"
        )
    if len(countries) > _COUNTRIES:
        rest = countries[_COUNTRIES:]
        output.say(
            output.dim(f"  and {sum(number for _, number in rest)} in {len(rest)} more: relcard stats --json")
        )
