"""Settings: show them, change one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard import settings as values
from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.printing.home_paper import HomePaper
from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.files import write_atomically
from relcard.postal.public_holidays import is_place
from relcard.postal.public_holidays import public_holidays

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relcard.cli.desk import Desk
    from relcard.settings import Settings


@click.group(invoke_without_command=True, short_help="Show and change the settings.")
@params.as_json
@click.pass_context
def settings(ctx: click.Context, as_json: bool) -> None:
    """Show the settings; they are a small TOML file beside the store, yours to edit."""
    if ctx.invoked_subcommand is not None:
        return
    desk: Desk = ctx.obj
    shown = _shown(desk.settings)
    path = values.path_beside(desk.store)
    if as_json:
        output.say_json("settings", shown, path=path)
    else:
        _say_settings(desk.settings, shown, path)


def _say_settings(kept: Settings, shown: output.Json, path: str) -> None:
    rows = [row for key in values.KEYS if key not in _TABLES for row in _rows(key, shown[key])]
    output.table(("setting", "value", ""), rows, flexible=2)
    output.say()
    output.table(
        ("circle", "every", "room", "lines", "address", "sending"),
        [
            (
                circle.value,
                f"{rule.cadence_days} days" if rule.cadence_days else "never",
                f"{rule.room_share:.0%}",
                str(rule.room_lines),
                rule.address_mode.value,
                rule.sending.value,
            )
            for circle, rule in kept.circles.items()
        ],
    )
    output.say()
    for line in output.wrap(_days_in_the_post(kept), output.terminal_width() - 2):
        output.say(f"  {line}")
    stamps = ", ".join(f"{key} {value}" for key, value in kept.postage.as_mapping().items())
    output.say_wrapped(_days_off(kept))
    feasts = ", ".join(f"{name} {rule}" for name, rule in kept.feasts.items())
    output.say_wrapped(f"feasts of your own: {feasts or 'none yet, as feasts.midsummer 06-24'}")
    output.say(f"  stamps: {output.clean(stamps) or 'no price said yet, as postage.home 0.95'}")
    output.say(output.dim(f"  {output.clean(path)}{'' if Path(path).exists() else ' (not made yet)'}"))
    output.say(f"  Change one: {output.accent('relcard settings set sender.country GB')}")


def _days_in_the_post(kept: Settings) -> str:
    country = kept.sender.country
    days = kept.posting.rows.get(country) or kept.posting.rows["default"]
    places = ", ".join(f"{place} {number}" for place, number in days.items())
    return f"days in the post from {country or 'your country (not said yet)'}: {places}"


def _days_off(kept: Settings) -> str:
    """Say when the post rests: on a few days as they were said, of many how many they are."""
    if not kept.holidays:
        return f"the post rests on Sundays and the holidays of {kept.sender.country or 'your country'}"
    days = kept.holidays.split(",")
    if len(days) > _FEW_DAYS:
        return f"the post rests on Sundays and {len(days)} days, {days[0].strip()} to {days[-1].strip()}"
    return f"the post rests on Sundays and {kept.holidays}"


_FEW_DAYS = 12
_TABLES = ("circles", "feasts", "holidays", "posting", "postage")


def _shown(kept: Settings) -> output.Json:
    return {
        "sender.name": kept.sender.name,
        "sender.address": list(kept.sender.address),
        "sender.country": kept.sender.country,
        "sender.return": kept.sender.return_on,
        "language": kept.language,
        "card": kept.card,
        "stock": kept.stock,
        "envelope": kept.envelope,
        "feed.edge": kept.feed.edge or "",
        "feed.rotate": "" if kept.feed.rotate is None else kept.feed.rotate,
        "feed.tray": kept.feed.tray or "",
        "page": kept.page,
        "order": kept.order.value,
        "pace": kept.pace,
        "tone.off": list(kept.tone.off),
        "reminders.to": list(kept.reminders.to),
        "reminders.names": kept.reminders.names,
        "daily": kept.daily,
        "hand.pitch_mm": kept.hand.pitch_mm,
        "hand.words_per_10cm": kept.hand.words_per_10cm,
        "leap_day": kept.leap_day.value,
        "circles": {
            circle.value: {
                "cadence_days": rule.cadence_days,
                "room_share": rule.room_share,
                "room_lines": rule.room_lines,
                "address_mode": rule.address_mode.value,
                "sending": rule.sending.value,
            }
            for circle, rule in kept.circles.items()
        },
        "feasts": dict(kept.feasts),
        "holidays": kept.holidays,
        "posting": kept.posting.as_mapping(),
        "postage": kept.postage.as_mapping(),
    }


def _rows(key: str, value: object) -> list[tuple[str, str, str]]:
    """Return a setting and what it means; the lines of an address stand beneath each other."""
    first, *rest = map(str, value) if isinstance(value, list) and value else [_words(value)]
    return [(key, first, values.KEYS[key]), *(("", line, "") for line in rest)]


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    return str(value) if value != "" else "-"


# A number below nothing is refused as what it is, not as an option that does not exist.
@settings.command("set", short_help="Change one setting.", context_settings={"ignore_unknown_options": True})
@click.argument("key")
@click.argument("value", nargs=-1, required=True)
@pass_desk
def set_(desk: Desk, key: str, value: tuple[str, ...]) -> None:
    """Change one setting, for example: relcard settings set posting.GB.NZ 12.

    Comments you wrote into the file stay. An address is one value, typed as on one line; its lines are made
    as your post writes them.
    """
    before = desk.settings if key in ("sender.country", "sender.address") else None
    words = _known(desk, key, " ".join(value))
    keep(desk, words)
    if desk.quiet:
        return
    for name, word in words.items():
        lines = word.replace("\n", f"\n{' ' * (len(name) + 5)}")
        output.say(f"  {output.clean(name)} = {output.clean(lines)}")
    if before is not None and "sender.country" in words:
        _say_paper(before, values.load(values.path_beside(desk.store)))


@settings.command("unset", short_help="Let one setting be as it comes.")
@click.argument("key")
@pass_desk
def unset(desk: Desk, key: str) -> None:
    """Forget one setting, so that it is again as it comes: relcard settings unset posting.GB.NZ."""
    path, text = _file_of(desk)
    _write(path, values.forget(text, key))
    if not desk.quiet:
        comes = _words(_shown(values.load(str(path))).get(key, "-"))
        output.say(f"  {output.clean(key)} is as it comes: {output.clean(comes)}")


def _say_paper(before: Settings, now: Settings) -> None:
    """Say once which paper the country brought, where nothing was said of it."""
    changed = [
        f"{noun} {getattr(now, noun)}"
        for noun in HomePaper._fields
        if getattr(now, noun) != getattr(before, noun)
    ]
    if changed:
        output.say_wrapped(f"With it, unless you say otherwise: {', '.join(changed)}")


def keep(desk: Desk, changes: Mapping[str, str]) -> None:
    """Write settings into their file, all of them or none; comments in it stay.

    Raises `SettingsError` for what cannot be set and for a file that cannot be read, `FileError`.
    """
    path, text = _file_of(desk)
    for key, words in changes.items():
        text = values.change(text, key, words)
    _write(path, text)


def _file_of(desk: Desk) -> tuple[Path, str]:
    """Return where the settings are and their text. Raises `SettingsError` for a file that cannot be read."""
    path = Path(values.path_beside(desk.store))
    values.load(str(path))  # a file that cannot be read is named before a word of it is changed
    return path, path.read_text(encoding="utf-8") if path.exists() else ""


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"Cannot make {path.parent}: {error.strerror}.", hint="Name another store with --store."
        ) from error
    write_atomically(path.resolve(), text.encode())  # a file that is a link stays one


def _known(desk: Desk, key: str, words: str) -> dict[str, str]:
    """Return what is kept, by key: paper by a name that is sold, a country by its code, an address in lines.

    An address that names a country says where the cards are posted, while that is not said.
    """
    if key == "stock":
        from relcard.services.printing.find_stock import find_stock  # noqa: PLC0415  16 ms, for one key

        with desk.reading() as db:
            find_stock(db, words)
    elif key == "envelope":
        from relcard.paper.stock.known import find_envelope  # noqa: PLC0415  16 ms, for one key

        find_envelope(words)
    elif key == "holidays" and is_place(words):
        return {key: ", ".join(day.isoformat() for day in public_holidays(words, desk.today))}
    elif key == "sender.country":
        from relcard.postal import country_code  # noqa: PLC0415  1 ms, for one key

        code = country_code(words)
        if not code:
            raise UsageError(f'"{words}" is no country.', hint="Write its code, such as GB, or its name.")
        return {key: code}
    elif key == "sender.address":
        from relcard.services.printing.return_address import read_return_address  # noqa: PLC0415  30 ms, for one key

        here = desk.settings.sender.country
        read = read_return_address(words, here)
        country = {"sender.country": read.country} if read.country and not here else {}
        return {key: "\n".join(read.lines), **country}
    return {key: words}
