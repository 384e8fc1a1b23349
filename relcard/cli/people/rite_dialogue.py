"""What the rites say and ask: the answers only the user has, what will change, and that it is done."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard import postal
from relcard.cli import output
from relcard.cli.people.contact_json import household_json
from relcard.domain.dates import PartialDate
from relcard.domain.dates import known_day
from relcard.domain.people.contact import Address
from relcard.domain.people.rites import UnansweredError
from relcard.domain.people.typed_address import read_apart
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.rites.perform_rite import perform_rite

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.people.rites import Question
    from relcard.domain.people.rites import Rite
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.rites.perform_rite import Report


def said_address(desk: Desk, parts: dict[str, str]) -> Address | None:
    """Return the address that the options say, or None where they say nothing."""
    if not any(one.strip() for one in parts.values()):
        return None
    typed = {key: value.strip() for key, value in parts.items()}
    home = desk.settings.sender.country
    code = postal.country_code(typed["country"], "") if typed["country"] else home
    if typed["country"] and not code:
        raise NotFoundError(f"No country is called '{typed['country']}'.", hint="Say its code, as DE or GB.")
    address = Address(
        street=typed["street"],
        extended=typed["extra"],
        locality=typed["town"],
        region=typed["region"],
        postcode=typed["postcode"],
        country=postal.country_name(code)
        if typed["country"] and len(typed["country"]) == 2
        else typed["country"],
        country_code=code if typed["country"] else "",
        types=("home",),
    )
    address = read_apart(address, code_of=postal.country_code).address
    address = address._replace(country_code=address.country_code or code)
    if address.is_empty:
        raise UsageError("That is no address yet.", hint="Say at least --street or --town.")
    return address


def asked_address(desk: Desk) -> Address | None:
    """Ask for an address part by part."""
    output.say("The new address; Enter leaves a part out.", err=True)
    asked = {
        name: click.prompt(f"  {words}", default="", show_default=False, err=True)
        for name, words in (
            ("street", "Street and number"),
            ("extra", "Flat or house name"),
            ("town", "Town"),
            ("region", "Region"),
            ("postcode", "Postcode"),
            ("country", "Country"),
        )
    }
    return said_address(desk, asked)


def asks(how: dict[str, bool]) -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not how["as_json"]


def perform(desk: Desk, command: str, rite: Rite, how: dict[str, bool]) -> None:
    """Ask what is left open, show what will change, and do it in one step."""
    dry_run, as_json = how["dry_run"], how["as_json"]
    words = f"rite {command}"
    if not asks(how):
        report = _run(desk, words, rite, dry_run=dry_run)
    else:
        rite, report = _answered(desk, words, rite)
        _say(report, will=True)
        if dry_run:
            return
        if not how["yes"] and not click.confirm("  Is that right", default=True, err=True):
            output.say("  Nothing was changed.")
            return
        report = _run(desk, words, rite, dry_run=False)
    if as_json:
        output.say_json(
            "households",
            [household_json(view) for view in report.after],
            changes=[{"what": what, "words": text} for what, text in report.told],
            dry_run=dry_run,
        )
        return
    if desk.quiet and not dry_run:
        return
    if not asks(how):
        _say(report, will=dry_run)
    if not dry_run:
        output.say(f"  Take it back with: {output.accent('relcard undo')}")


def _answered(desk: Desk, words: str, rite: Rite) -> tuple[Rite, Report]:
    while True:
        try:
            return rite, _run(desk, words, rite, dry_run=True)
        except UnansweredError as error:
            rite = replace(rite, **{error.question.field: _ask(error.question)})


def _ask(question: Question) -> Any:
    output.say(f"  {output.clean(question.words)}", err=True)
    for number, answer in enumerate(question.answers, start=1):
        output.say(f"  {number}  {output.clean(answer.words)}", err=True)
    chosen: int = click.prompt(
        "  Which", type=click.IntRange(1, len(question.answers)), err=True, show_choices=False
    )
    return question.answers[chosen - 1].value


def _run(desk: Desk, words: str, rite: Rite, *, dry_run: bool) -> Report:
    with desk.changing(words, dry_run=dry_run) as db:
        return perform_rite(db, rite, desk.standpoint)


def _say(report: Report, *, will: bool) -> None:
    before = {household.id: household for household in report.before}
    output.say(f"  {'This will be' if will else 'It is done'}:")
    output.say()
    for household in report.after:
        _say_home(household, before.get(household.id), will=will)
    output.say()
    for what, text in report.told:
        first, *rest = output.wrap(f"{what}: {text}", output.terminal_width() - 4)
        output.say(f"  {first}")
        for line in rest:
            output.say(f"    {line}")


def _say_home(view: HouseholdView, was: HouseholdView | None, *, will: bool) -> None:
    number = "new" if was is None and will else f"h{view.id}"
    name = view.addressee if view.living else f"{view.addressee} (nobody living)"
    output.say(f"  {number:<5}{output.bold(output.clean(name))}  {output.dim(output.clean(view.salutation))}")
    if view.address_lines:
        output.say(output.dim(f"       {output.clean(', '.join(view.address_lines))}"))
    if was is not None and was.addressee != view.addressee:
        output.say(output.dim(f"       until now: {output.clean(was.addressee)}"))
    if view.care is not None and view.living:
        until = known_day(PartialDate.parse(view.care.until.isoformat()))
        output.say(output.dim(f"       a careful year until {until}: {output.clean(view.care.reason)}"))
