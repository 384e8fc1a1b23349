"""Whether the store is whole, and what to do when it is not: doctor."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard import installation
from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import RelcardError
from relcard.services.data.check_pictures import check_pictures
from relcard.services.data.restore_store import rescue_store
from relcard.store.file import backups
from relcard.store.file import checks
from relcard.store.file.database import session
from relcard.store.migrations import LATEST
from relcard.web.devices import Devices

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.file.backups import Backup
    from relcard.store.file.checks import Examination
    from relcard.store.file.checks import Finding

_DAMAGED = 3


@click.command(short_help="Look whether the store is whole.")
@click.option(
    "--rescue", type=params.NEW_FILE, metavar="FILE", help="Build a store anew from rows that can be read."
)
@params.as_json
@pass_desk
def doctor(desk: Desk, rescue: str | None, as_json: bool) -> int:
    """Look through the whole store: the file, every card's checksum, the pictures, whether all of it agrees.

    Nothing is changed. Whatever is damaged is named, with the next step; the exit code is then 3. Where only
    an index is damaged, --rescue writes every row to a new file, for relcard restore.

    It also says which extras of relcard are there.
    """
    if rescue:
        _rescue(desk, rescue)
        return 0
    exists = os.path.exists(desk.store)  # noqa: PTH110
    examined = checks.examine(desk.store, desk.today) if exists else checks.Examination()
    _look_around(desk, examined)
    newest = next((copy for copy in backups.listed(desk.store) if copy.is_sound and copy.on), None)
    if newest and not exists:
        examined.add("The store is gone, and backups of it are there.")
    if as_json:
        _say_json(desk, examined, newest)
    else:
        _say_findings(desk, examined, newest, exists=exists)
    return 0 if examined.is_sound else _DAMAGED


def _say_json(desk: Desk, examined: Examination, newest: Backup | None) -> None:
    output.say_json(
        "findings",
        [_finding_json(finding, newest) for finding in examined.findings],
        store=desk.store,
        contacts=examined.contacts,
        cards=examined.cards,
        newest_backup=output.iso(newest.on) if newest else None,
        extras=[
            {
                "name": name,
                "about": about,
                "there": installation.has_extra(name),
                "next_step": "" if installation.has_extra(name) else installation.bring_extra(name),
            }
            for name, about in installation.ABOUT.items()
        ],
    )


def _say_devices(desk: Desk) -> None:
    """Say who may open the page at home, where anybody may."""
    devices = Devices(desk.store).all()
    if devices:
        names = output.clean(output.some_names([device.name for device in devices]))
        output.say_wrapped(f"may open the page at home: {names}  (relcard page devices)")


def _say_extras() -> None:
    """Say which extras are in this installation, and the command that brings each of the others."""
    for name, about in installation.ABOUT.items():
        there = installation.has_extra(name)
        output.say(output.dim(f"  {name}, {about}: {'there' if there else 'not there'}"))
        if not there:
            output.say(f"    {output.accent(output.clean(installation.bring_extra(name)))}")


def _rescue(desk: Desk, path: str) -> None:
    number = rescue_store(desk.store, Path(path))
    if not desk.quiet:
        output.say(f"  {output.clean(path)}  {output.plural(number, 'contact')}, every row of the store")
        output.say(f"  Put it in its place: {output.accent(f'relcard restore {output.clean(path)}')}")


def _look_around(desk: Desk, examined: Examination) -> None:
    """Look at what stands beside the store: pictures, the settings, and what interrupted copies left."""
    if examined.version == LATEST and examined.is_sound:
        with session(desk.store) as db:
            examined.findings.extend(check_pictures(db, desk.store))
    try:
        _ = desk.settings
    except RelcardError as error:
        examined.findings.append(checks.Finding(message=error.message, next_step=error.hint))
    examined.findings.extend(
        checks.Finding(
            message=f"{path} is left of a copy that was interrupted.",
            next_step=f"rm {path}",
            is_damage=False,
        )
        for path in backups.leftovers(desk.store)
    )


def _finding_json(finding: Finding, newest: Backup | None) -> output.Json:
    return {
        "damage": finding.is_damage,
        "message": finding.message,
        "who": finding.who,
        "source": finding.source,
        "line": finding.line,
        "next_step": _next_step(finding, newest),
    }


def _next_step(finding: Finding, newest: Backup | None) -> str:
    """Return what to do: a damaged store helps itself from its newest backup, else from the file imported."""
    if finding.next_step or not finding.is_damage:
        return finding.next_step
    if newest:
        return f"relcard restore {newest.path.name}"
    if finding.source:
        return f"relcard --store new.db import {finding.source}"
    return "relcard export -o rescued.vcf writes the vCards that can be read; keep the store as it is"


def _say_findings(desk: Desk, examined: Examination, newest: Backup | None, *, exists: bool) -> None:
    if not exists:
        output.say(f"  There is no store at {output.clean(desk.store)} yet.")
    steps = [_next_step(finding, newest) for finding in examined.findings]
    for place, finding in enumerate(examined.findings):
        where = f"{finding.source}:{finding.line}  " if finding.source else ""
        output.say(f"  {output.clean(where + finding.message)}")
        if steps[place] and steps[place] not in steps[place + 1 :]:  # once, after the last it is about
            output.say(f"    {output.accent(output.clean(steps[place]))}")
    if desk.quiet:
        return
    if exists:
        _say_state(desk, examined, newest)
    _say_devices(desk)
    _say_extras()


def _say_state(desk: Desk, examined: Examination, newest: Backup | None) -> None:
    """Say how much of the store is whole, and of when the newest backup is."""
    if examined.is_sound:
        output.say(
            f"  The store is whole: {output.plural(examined.contacts, 'contact')}, every one of "
            f"{output.plural(examined.cards, 'vCard')} as it was imported."
        )
    elif examined.cards:
        damaged = sum(bool(finding.source) for finding in examined.findings)
        output.say(
            f"  {examined.cards - damaged} of {output.plural(examined.cards, 'vCard')} can be read and are "
            "as they were imported."
        )
    if newest and newest.on:
        output.say(output.dim(f"  newest backup: {output.short_day(newest.on, desk.today)}"))
    elif examined.contacts:
        output.say(f"  There is no backup yet. Make one: {output.accent('relcard backup')}")
