"""The page at home: serve it, pair devices with it, list them and withdraw them."""

from __future__ import annotations

import importlib
import sys
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.page.papers import look_over
from relcard.cli.page.papers import papers
from relcard.cli.page.proposals import proposals
from relcard.cli.page.qr import qr_lines
from relcard.cli.seasons import selection
from relcard.errors import ExtraError
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.installation import bring_extra

if TYPE_CHECKING:
    from types import ModuleType

    from relcard.cli.desk import Desk
    from relcard.cli.params import Command
    from relcard.web.devices import Device
    from relcard.web.pairing import Grant
    from relcard.web.serving import Place
    from relcard.web.store_access import StoreAccess

_EVENING = 6.0  # hours
_LONGEST = 7 * 24.0  # hours
_OPEN_AIR = (
    "Others on this network could listen to what is read and written here; "
    "relcard page --home --tls CERT KEY keeps them out."
)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _of_device(command: Command) -> Command:
    """Add the options that say what a device may that is paired now."""
    for option in (
        click.option("--name", default="", metavar="NAME", help="What the device is called; else it says."),
        click.option("--reads-only", is_flag=True, help="The device may look, and change nothing."),
        click.option(
            "--private/--not-private",
            default=None,
            help="Whether the device sees notes and circles; else you are asked.",
        ),
    ):
        command = option(command)
    return command


@click.group(invoke_without_command=True, short_help="Serve a page for tablet, phone and whom you live with.")
@click.option("--home", is_flag=True, help="On this network, for the devices that you pair; else here alone.")
@click.option("--host", metavar="ADDRESS", help="The address of this computer to listen on, with --home.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="The port; else one that is free.")
@click.option("--tls", type=(_FILE, _FILE), metavar="CERT KEY", help="Serve over TLS, with these PEM files.")
@click.option(
    "--for",
    "hours",
    type=click.FloatRange(0, _LONGEST, min_open=True),
    default=_EVENING,
    show_default=True,
    metavar="HOURS",
    help="End by itself after so long.",
)
@_of_device
@click.pass_context
def page(
    ctx: click.Context,
    home: bool,
    host: str | None,
    port: int | None,
    tls: tuple[Path, Path] | None,
    hours: float,
    name: str,
    reads_only: bool,
    private: bool | None,
) -> None:
    """Serve what happens away from the keyboard, as a page for this computer or for your home.

    A browser is let in with a code that is good for ten minutes and for one device. With --home it stands
    beside the address as a QR code, for a phone or tablet on this network; once devices are paired, they are
    named instead, and relcard page pair lets another one in. Ctrl-C ends the page, and an evening does.
    """
    if ctx.invoked_subcommand is not None:
        return
    if host and not home:
        raise UsageError("--host goes with --home.", hint="relcard page --home --host ADDRESS")
    desk: Desk = ctx.obj
    serving, access = _part("serving"), _access(desk)
    known = _part("devices").Devices(desk.store).all() if home else []
    is_new = not known or bool(name) or reads_only or private is not None
    grant = _grant(name, reads_only=reads_only, private=private, is_here=not home) if is_new else None
    certificate = serving.Certificate(*tls) if tls else None
    place = serving.listen((host or serving.home_address()) if home else serving.LOOPBACK, port, certificate)
    _serve(desk, access, place, grant, seconds=hours * 3600)
    if not desk.quiet:
        output.say("  The page has ended.")


def _serve(desk: Desk, access: StoreAccess, place: Place, grant: Grant | None, *, seconds: float) -> None:
    """Serve the page and say meanwhile where it is: drawing a QR code takes a while.

    Without a grant no device is to be paired: those that are already are named.
    """
    serving = _part("serving")
    parts = _part("house")
    writing = parts.Writing(
        partial(selection.wanted, desk), desk.settings.order, papers(desk), partial(look_over, desk)
    )
    house = parts.House(access, writing, hosts=place.hosts, is_secure=place.is_secure)
    house.pairing.forget()
    is_coloured = _is_coloured()

    def introduce() -> None:
        if not ((grant and grant.for_now) or house.is_secure):
            output.say_wrapped(_OPEN_AIR)
        if grant is None:
            names = output.clean(output.some_names([device.name for device in house.devices.all()]))
            output.say_wrapped(f"{house.address}  for {names}. Another device: relcard page pair")
        else:
            code = house.pairing.make(grant)
            _say_code(code, house.address, draws=not grant.for_now, is_coloured=is_coloured)
        output.say("  Ctrl-C ends the page.")

    with _part("running").announced(access.path, house.address):
        serving.serve(house, place, seconds=seconds, begun=Thread(target=introduce, daemon=True).start)


def _is_coloured() -> bool:
    return sys.stdout.isatty() and click.get_current_context().find_root().color is not False


@page.command(short_help="Pair another device with the page that runs.")
@_of_device
@pass_desk
def pair(desk: Desk, name: str, reads_only: bool, private: bool | None) -> None:
    """Make a code for another device, while the page runs in another terminal."""
    address = _part("running").running_address(desk.store)
    if not address:
        raise NotFoundError("No page of this store runs.", hint="Begin with: relcard page --home")
    grant = _grant(name, reads_only=reads_only, private=private, is_here=False)
    code = _part("pairing").Pairing(desk.store).make(grant)
    _say_code(code, address, draws=True, is_coloured=_is_coloured())


@page.command(short_help="List the devices that are paired.")
@params.as_json
@pass_desk
def devices(desk: Desk, as_json: bool) -> None:
    """List the devices that may open the page, what each may, and when it was last here."""
    known = _part("devices").Devices(desk.store).all()
    if as_json:
        output.say_json("devices", [_device_json(device) for device in known])
    elif not known:
        output.say("  No device is paired. Pair one with: relcard page --home")
    else:
        output.table(
            ("device", "may", "notes", "paired", "last here"),
            [
                (
                    device.name,
                    "write" if device.writes else "read only",
                    "seen" if device.is_private else "hidden",
                    output.short_day(device.paired_on, desk.today),
                    output.short_day(device.seen_on, desk.today),
                )
                for device in known
            ],
            flexible=0,
        )


def _device_json(device: Device) -> output.Json:
    return {
        "name": device.name,
        "writes": device.writes,
        "private": device.is_private,
        "paired_on": output.iso(device.paired_on),
        "seen_on": output.iso(device.seen_on),
    }


@page.command(short_help="Let a device in no more.")
@click.argument("name")
@pass_desk
def withdraw(desk: Desk, name: str) -> None:
    """Let a device in no more, at once, whether the page runs or not.

    What it wrote stays; relcard history names its steps, and relcard undo takes them back.
    """
    known = _part("devices").Devices(desk.store)
    gone = known.withdraw(name)
    if not gone:
        names = [device.name for device in known.all()]
        raise NotFoundError(
            f'No device is called "{output.clean(name)}".'
            + (f" There is: {output.some_names(names)}." if names else ""),
            hint="relcard page devices lists them.",
        )
    if not desk.quiet:
        output.say(f"  withdrawn: {output.clean(gone[0].name)}")


page.add_command(proposals)


def _part(module: str) -> ModuleType:
    """Return a module of `web`. Raises `ExtraError` where the extra is not there."""
    try:
        return importlib.import_module(f"relcard.web.{module}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("relcard"):
            raise
        raise ExtraError(
            f"The page needs {error.name.partition('.')[0]}, which is not installed.",
            hint=bring_extra("page"),
        ) from error


def _access(desk: Desk) -> StoreAccess:
    """Return how the page opens the store. Raises `NotFoundError` where there is nothing to show yet."""
    if not Path(desk.store).exists():
        raise NotFoundError("There are no contacts yet.", hint="Begin with: relcard import FILE.vcf")
    with desk.reading():
        pass  # a store of an older format is brought up to date now, and one that is damaged refused
    settings = desk.settings
    access: StoreAccess = _part("store_access").StoreAccess(desk.store, desk.clock, settings.standpoint)
    return access


def _grant(name: str, *, reads_only: bool, private: bool | None, is_here: bool) -> Grant:
    """Return what the next device may; whether it sees notes is asked where it was not said.

    The browser of this computer sees what the terminal does.
    """
    if private is None:
        can_ask = sys.stdin.isatty() and sys.stderr.isatty()
        private = is_here or (
            can_ask and click.confirm("  May the new device see notes and circles?", default=False, err=True)
        )
    called = _part("devices").clean_name(name) or ("browser" if is_here else "")
    grant: Grant = _part("pairing").Grant(called, not reads_only, private, for_now=is_here)
    return grant


def _say_code(code: str, address: str, *, draws: bool, is_coloured: bool) -> None:
    """Say a code as a link, and as a QR code where another device is to read it."""
    link = f"{address}/pair#{code}"
    if draws:
        from relcard.paper.qr import qr_modules  # noqa: PLC0415  ReportLab, 300 ms

        click.echo("\n".join(qr_lines(qr_modules(link), colours=is_coloured)), color=is_coloured)
    output.say(f"  {link}")
    minutes = _part("pairing").MINUTES
    output.say_wrapped(
        f"It lets one device in, within {minutes} minutes. Or open {address} there and type {code}."
    )
