"""The page of years in the editor, and what is said of what was typed on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli.editor import TypedPage
from relcard.cli.editor import edited
from relcard.domain.seasons.years_page import read_years_page
from relcard.domain.seasons.years_page import write_years
from relcard.domain.seasons.years_page import year_changes
from relcard.services.seasons.edit_years import edit_years
from relcard.services.seasons.edit_years import page_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.seasons.edit_years import EditedYears
    from relcard.services.seasons.read_years import HouseholdYears

_KEPT = "years-not-kept"


def edit_on_page(
    desk: Desk,
    households: Sequence[HouseholdYears],
    shown: Sequence[int],
    source: str | None,
    *,
    only_page: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Let the user change the years of some households on a page, and keep what is new in one step.

    Returns the exit code: 5 where a household went while the page was open.
    """
    rows = page_rows(households)
    page = TypedPage("years.txt", write_years(rows, shown), "years edit", "relcard years edit --file", _KEPT)
    if only_page:
        output.say_bytes(page.text.encode())
        return 0
    before = {row.household_id: row for row in rows}
    # The store is not held while the editor is open.
    changes = edited(desk.store, page, source, lambda text: year_changes(before, read_years_page(text))) or []
    with desk.changing("years edit", dry_run=dry_run) as db:
        done = edit_years(db, changes, desk.standpoint)
    if as_json:
        output.say_json("households", [f"h{number}" for number in done.households], **_counts(done))
    elif not desk.quiet:
        _say_edited(done, dry_run=dry_run)
    for number in done.gone:
        output.say(f"  h{number} is no household any more; its line was left out", err=True)
    return 5 if done.gone else 0


def _counts(done: EditedYears) -> dict[str, int]:
    return {"came": done.came, "sent": done.sent, "lines": done.lines, "taken_back": done.taken_back}


def _say_edited(done: EditedYears, *, dry_run: bool) -> None:
    if not done.households:
        output.say("  Nothing was changed.")
        return
    counts = [
        f"{done.came} came" if done.came else "",
        f"{done.sent} sent" if done.sent else "",
        output.plural(done.lines, "line") if done.lines else "",
        f"{done.taken_back} taken back" if done.taken_back else "",
    ]
    would = "would change: " if dry_run else ""
    households = output.plural(len(done.households), "household")
    output.say(f"  {would}{', '.join(filter(None, (households, *counts)))}")
    if not dry_run:
        output.say(f"  Take it back with: {output.accent('relcard undo')}")
