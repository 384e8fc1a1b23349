"""Addresses of a contact: which are right, which are for a season, and which are past."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.filters import code_of
from relcard.cli.people.contact_json import address_json
from relcard.cli.people.read_addresses import read_address_json
from relcard.cli.people.read_addresses import say_read_addresses
from relcard.cli.people.show_contact import address_remarks
from relcard.cli.people.show_contact import in_one_line
from relcard.domain.people.contact import Address
from relcard.domain.people.typed_address import read_apart
from relcard.errors import UsageError
from relcard.postal import country_code
from relcard.postal.checks import check_address
from relcard.services.people.addresses import add_address
from relcard.services.people.addresses import confirm_address
from relcard.services.people.addresses import household_of
from relcard.services.people.addresses import restore_address
from relcard.services.people.addresses import retire_address
from relcard.services.people.tidy_addresses import tidy_addresses
from relcard.store import addresses
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.dates import PartialDate
    from relcard.store.addresses import KnownAddress
    from relcard.store.file.database import Connection


class _ListFirst(click.Group):
    """A group of which `address WHO` lists; `address list WHO` says it in full."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word list before a WHO."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ListFirst, short_help="Addresses: confirm, add, retire, restore.", no_args_is_help=True)
def address() -> None:
    """List the addresses of a contact with their numbers, confirm, add, retire and restore them.

    A household is one letterbox: what is said of an address holds for everybody there who has it. Nothing is
    thrown away; an address of the past stays on the page.
    """


@address.command("list", short_help="List the addresses of a contact.")
@click.argument("who_", metavar="WHO", nargs=-1, required=True)
@params.as_json
@pass_desk
def list_(desk: Desk, who_: tuple[str, ...], as_json: bool) -> None:
    """List the addresses of a contact: what the post would miss, since when they are confirmed, the past."""
    with desk.reading() as db:
        contact_id = who.one_contact(db, " ".join(who_))
        name = contacts.names(db, [contact_id])[contact_id]
        known = addresses.known(db, [contact_id]).get(contact_id, [])
        goes_to = contacts.load(db, contact_id).address_on(desk.today)
    if as_json:
        shown = [
            {**address_json(place, number), "missing": list(_missing(desk, place))}
            for number, place in enumerate(known, start=1)
        ]
        output.say_json("addresses", shown)
        return
    if not known:
        output.say(f"  {output.clean(name)} has no address. relcard ask-list has words to ask with.")
        return
    output.say(f"  {output.clean(name)}")
    for number, place in enumerate(known, start=1):
        _say(desk, number, place, place.retired_on is None and place.address == goes_to)


def _say(desk: Desk, number: int, place: KnownAddress, goes_here: bool) -> None:
    columns = output.terminal_width() - 7
    remarks = address_remarks(place, desk.today)
    if goes_here:
        remarks.insert(0, "cards go here")
    first, *rest = output.wrap(in_one_line(place.address, desk), columns)
    show = output.dim if place.retired_on is not None else str
    output.say(f"  {number:3}  {show(first)}")
    for line in rest:
        output.say(f"       {show(line)}")
    for line in output.wrap(" · ".join(remarks), columns) if remarks else []:
        output.say(output.dim(f"       {line}"))
    for missing in _missing(desk, place):
        output.say(f"       {output.clean(missing)}")


def _missing(desk: Desk, place: KnownAddress) -> Sequence[str]:
    """Return what the post of its country would miss; nobody writes to an address of the past."""
    return (
        () if place.retired_on else check_address(place.address, sender_country=desk.settings.sender.country)
    )


@address.command(short_help="Say that an address is right.")
@click.argument("who_", metavar="WHO")
@click.argument("number", metavar="[N]", type=int, required=False)
@click.option("--on", "on", type=params.DAY, metavar="DAY", help="The day you knew it; else today.")
@pass_desk
def confirm(desk: Desk, who_: str, number: int | None, on: date | None) -> None:
    """Say that an address is right: number N of relcard address WHO, or the only one."""
    with desk.changing(f"address confirm {who_}") as db:
        place = confirm_address(db, _whose(db, who_), number, on=on or desk.today)
    _told(desk, place, "is confirmed")


@address.command(short_help="Stop using an address.")
@click.argument("who_", metavar="WHO")
@click.argument("number", metavar="[N]", type=int, required=False)
@pass_desk
def retire(desk: Desk, who_: str, number: int | None) -> None:
    """Stop using an address: number N of relcard address WHO, or the only one. It is kept."""
    with desk.changing(f"address retire {who_}") as db:
        place = retire_address(db, _whose(db, who_), number, today=desk.today)
        other = contacts.load(db, place.contact_id).address_on(desk.today)
    _told(desk, place, "is used no more")
    if not desk.quiet:
        _say_where(desk, other)


@address.command(short_help="Use an address of the past again.")
@click.argument("who_", metavar="WHO")
@click.argument("number", metavar="[N]", type=int, required=False)
@pass_desk
def restore(desk: Desk, who_: str, number: int | None) -> None:
    """Use an address of the past again: number N of relcard address WHO, or the only one."""
    with desk.changing(f"address restore {who_}") as db:
        place = restore_address(db, _whose(db, who_), number, today=desk.today)
    _told(desk, place, "is used again")


class _NewAddress(NamedTuple):
    """An address as it was typed."""

    street: str
    extra: str
    box: str
    town: str
    region: str
    postcode: str
    country: str
    start: PartialDate | None
    until: PartialDate | None
    work: bool
    preferred: bool

    def read(self) -> Address:
        """Return the address; raises `UsageError` when it is nowhere, or its days cannot be."""
        _check_season(self.start, self.until)
        country = self.country.strip()
        new = Address(
            po_box=self.box.strip(),
            extended=self.extra.strip(),
            street=self.street.strip(),
            locality=self.town.strip(),
            region=self.region.strip(),
            postcode=self.postcode.strip(),
            country=country,
            country_code=code_of(country) if country else "",
            types=("work",) if self.work else ("home",),
            preferred=self.preferred,
            used_from=self.start,
            used_until=self.until,
        )
        if new.is_empty:
            raise UsageError(
                "Where is it?",
                hint='For example: relcard address add anna --street "1 High Street" --town Leeds',
            )
        return read_apart(new, code_of=country_code).address


_takes_address = params.gathered(
    _NewAddress,
    "typed",
    click.option("--street", metavar="STREET", default="", help="Street and number."),
    click.option("--extra", metavar="LINE", default="", help="Flat, floor, care of."),
    click.option("--box", metavar="BOX", default="", help="Post office box."),
    click.option("--town", metavar="TOWN", default="", help="Without its code."),
    click.option("--region", metavar="REGION", default="", help="County, state, province."),
    click.option("--postcode", metavar="CODE", default="", help="As written on an envelope."),
    click.option("--country", metavar="COUNTRY", default="", help="By any of its names, or its code."),
    click.option(
        "--from",
        "start",
        type=params.COMING_OR_YEARLY,
        metavar="DAY",
        help="Used from then: 2027-01-10, or 11-01 each year.",
    ),
    click.option(
        "--until",
        type=params.COMING_OR_YEARLY,
        metavar="DAY",
        help="Used until then: 2027-03-01, or 03-15 each year.",
    ),
    click.option("--work", is_flag=True, help="It is where they work."),
    click.option("--preferred", is_flag=True, help="Cards go there from now on."),
)


@address.command(short_help="Add an address, for good or for a season.")
@click.argument("who_", metavar="WHO")
@_takes_address
@click.option("--alone", is_flag=True, help="For this contact only, not for the household.")
@pass_desk
def add(desk: Desk, who_: str, typed: _NewAddress, alone: bool) -> None:
    """Add an address, for good or for a season; it counts as confirmed today.

    While an address with --from or --until is used, cards go there. Without a year it comes back each year.
    """
    new = typed.read()
    with desk.changing(f"address add {who_}") as db:
        contact_id = _whose(db, who_)
        bearers = add_address(
            db, [contact_id] if alone else household_of(db, contact_id), new, today=desk.today
        )
        names = contacts.names(db, bearers)
        goes_to = contacts.load(db, contact_id).address_on(desk.today)
    if desk.quiet:
        return
    output.say(f"  added for {', '.join(output.clean(names[bearer]) for bearer in bearers)}")
    _say_where(desk, goes_to)
    for remark in check_address(new, sender_country=desk.settings.sender.country):
        output.say(f"  {output.clean(remark)}")


@address.command(short_help="Read addresses that stand in one field.")
@params.dry_run
@params.as_json
@pass_desk
def tidy(desk: Desk, dry_run: bool, as_json: bool) -> None:
    """Read addresses of which town, region or postcode stand in another field, as an import does.

    Doubtful ones are listed and stay as they stand: relcard edit WHO. The vCards keep their words.
    """
    with desk.changing("address tidy", dry_run=dry_run) as db:
        read = tidy_addresses(db, today=desk.today)
    if as_json:
        output.say_json("addresses", [read_address_json(one) for one in read])
        return
    if not read:
        output.say("  Every address has its parts where they belong.")
    say_read_addresses(read, every=True)


def _whose(db: Connection, words: str) -> int:
    """Return the contact whose address it is; a household means its first member."""
    if who.is_household(words):
        return who.some_contacts(db, [words])[0]
    return who.one_contact(db, words)


def _check_season(first: PartialDate | None, last: PartialDate | None) -> None:
    """Refuse days of use of which one has a year and the other comes back each year, and a wrong order."""
    for day, other in ((first, last), (last, first)):
        if day is not None and day.month_day is None:
            raise UsageError(f'"{day}" is no day.', hint="Write it as 2027-03-01, or 03-15 for each year.")
        if day is not None and day.year is None and (other is None or other.year is not None):
            raise UsageError(
                "A day without a year comes back each year: it needs the other end without a year too.",
                hint="For example: --from 11-01 --until 03-15",
            )
    if first is not None and last is not None and first.year is not None and str(first) > str(last):
        raise UsageError(f"{last} comes before {first}.", hint="Say --from the earlier day.")


def _told(desk: Desk, place: KnownAddress, what: str) -> None:
    if not desk.quiet:
        output.say_wrapped(f"{in_one_line(place.address, desk)} {what}")


def _say_where(desk: Desk, goes_to: Address | None) -> None:
    if goes_to is None:
        output.say(output.dim("  There is no other address: relcard ask-list has words to ask with."))
        return
    lines = output.wrap(f"cards go to {in_one_line(goes_to, desk)}", output.terminal_width() - 4)
    output.say(output.dim("  " + "\n    ".join(lines)))
