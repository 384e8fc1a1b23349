"""What the page at home prints and looks over of a season: as the terminal does where no option is said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from relcard.cli.printing import envelopes
from relcard.cli.printing import preflight
from relcard.cli.printing.crib import on_pages
from relcard.cli.printing.labels import LabelsWish
from relcard.cli.printing.labels import read_wishes
from relcard.cli.printing.pdf_file import Job
from relcard.cli.seasons import selection
from relcard.cli.seasons.whom import Whom
from relcard.services.printing.find_printer import find_printer
from relcard.services.printing.print_addresses import print_envelopes
from relcard.services.printing.print_addresses import print_labels
from relcard.services.printing.print_cards import OnSheets
from relcard.services.printing.print_cards import print_cards
from relcard.services.printing.print_crib import print_crib

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.cli.desk import Desk
    from relcard.services.printing.print_plan import PreflightReport
    from relcard.services.printing.print_run import PrintRun
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


def papers(desk: Desk) -> dict[str, Callable[[Connection, SeasonRow], PrintRun]]:
    """Return what draws each kind of paper of a season, in a step that the caller holds."""
    kinds = {"labels": _labels, "envelopes": _envelopes, "cards": _cards, "crib": _crib}
    return {kind: partial(draw, desk) for kind, draw in kinds.items()}


def look_over(desk: Desk, db: Connection, season: SeasonRow) -> PreflightReport:
    """Return what of a season wants a look before paper."""
    return preflight.look_over(desk, db, Whom(season=season.name))[0]


def _job(season: SeasonRow) -> Job:
    return Job(season=season.name, path=None, preview=False, as_json=False)


def _numbered(
    desk: Desk, db: Connection, season: SeasonRow, recipients: list[Recipient], run: PrintRun
) -> PrintRun:
    """Return a paper; the numbers on it stand from now on, where anything is on it."""
    if run.items:
        selection.keep_numbers(desk, db, _job(season), season, recipients)
    return run


def _labels(desk: Desk, db: Connection, season: SeasonRow) -> PrintRun:
    job = _job(season)
    wish = LabelsWish(stock=None, skip=0, new_sheet=False, printer=None, numbers=None, address_mode=None)
    recipients, _, medium = read_wishes(desk, db, job, wish)
    run = print_labels(db, recipients, medium, season_id=season.id, today=desk.clock()).run
    return _numbered(desk, db, season, recipients, run)


def _envelopes(desk: Desk, db: Connection, season: SeasonRow) -> PrintRun:
    job = _job(season)
    recipients, _ = selection.recipients(desk, db, job)
    medium = envelopes.on_envelopes(desk, db, job, envelopes.AS_SET)
    run = print_envelopes(db, recipients, medium, season_id=season.id, today=desk.clock())
    return _numbered(desk, db, season, recipients, run)


def _cards(desk: Desk, db: Connection, season: SeasonRow) -> PrintRun:
    recipients, _ = selection.recipients(desk, db, _job(season))
    wanted = selection.wanted(desk, season)
    medium = OnSheets(page=desk.settings.page, printer=find_printer(db, None, wanted.size.name))
    run = print_cards(db, recipients, wanted, medium, season_id=season.id, today=desk.clock())
    return _numbered(desk, db, season, recipients, run)


def _crib(desk: Desk, db: Connection, season: SeasonRow) -> PrintRun:
    recipients, _ = selection.recipients(desk, db, _job(season))
    run = print_crib(db, recipients, selection.wanted(desk, season), on_pages(desk, season.name))
    return _numbered(desk, db, season, recipients, run)
