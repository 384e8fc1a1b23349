"""What the commands that print share: whom, where to, and what is said of the file."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard.cli import output
from relcard.cli import params
from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.paper.preview import ContactSheet
    from relcard.services.print_cards import PrintRun
    from relcard.services.print_cards import Skipped

MODES = click.Choice(["hand", "label"])
_SHOWN = 20
_PARAMETERS = {"who": "who_"}  # of the command, where it is called otherwise than in the job


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every print command is told: whom it is for, where the PDF goes, how the run is reported."""

    who: tuple[str, ...] = ()
    path: str | None
    season: str | None = None
    segment: str | None = None
    everybody: bool = False
    order: str | None = None
    preview: bool
    as_json: bool


_FILE = (
    params.as_json,
    click.option(
        "--preview",
        is_flag=True,
        help="Also a picture of the pages, FILE.png, shown or opened. The run counts as any other.",
    ),
)
_PATH = click.option(
    "-o", "path", type=params.OUT_FILE, metavar="FILE", help="The PDF; else a plain name in this folder."
)


def takes_job(command: Callable[..., int]) -> Callable[..., int]:
    """Give a print command the options all of them share, as one argument `job`."""

    @wraps(command)
    def told(*args: object, **options: Any) -> int:
        job = Job(**{one.name: options.pop(_PARAMETERS.get(one.name, one.name)) for one in fields(Job)})
        return command(*args, job=job, **options)

    for decorate in (
        *_FILE,
        params.order,
        click.option("--all", "everybody", is_flag=True, help="Every household with an address."),
        params.segment,
        params.season,
        _PATH,
        click.argument("who_", metavar="[WHO...]", nargs=-1),
    ):
        told = decorate(told)
    return told


def takes_file(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that prints for nobody in particular -o, --preview and --json, as one `job`."""

    @wraps(command)
    def told(*args: object, path: str | None, preview: bool, as_json: bool, **options: Any) -> int:
        return command(*args, job=Job(path=path, preview=preview, as_json=as_json), **options)

    for decorate in (*_FILE, _PATH):
        told = decorate(told)
    return told


def write(
    job: Job,
    run: PrintRun,
    *,
    desk: Desk,
    name: str,
    noun: str,
    nouns: str = "",
    said: Sequence[str] = (),
    more: Mapping[str, object] | None = None,
    also: Sequence[Mapping[str, object]] = (),
    dry_run: bool = False,
) -> int:
    """Write the PDF and say what it holds and who is not on it; exit code 5 when somebody is missing.

    `name` is that of the file where the job says none. `said` are lines that take the place of how many
    items stand on how many pages, `more` is what the command adds to its JSON, `also` the
    files it wrote beside this one. With `dry_run` nothing is written.
    """
    name = job.path or name
    missing = [one for one in run.skipped if "by hand" not in one.reason]
    picture = _place_of_preview(Path(name)) if job.preview and not dry_run else None
    pages_shown = None
    if run.data and not dry_run:
        write_atomically(Path(name), run.data)
        pages_shown = _write_preview(picture, run.data) if picture else None
    if job.as_json:
        files = [
            {
                "path": name,
                "pages": run.pages,
                "items": run.items,
                "skipped": [{"who": one.who, "reason": one.reason} for one in run.skipped],
                **({"preview": str(picture) if pages_shown else None} if job.preview else {}),
            },
            *also,
        ]
        output.say_json("files", files, **(more or {}))
    elif not run.data:
        output.say("  Nothing was printed.")
        say_skipped(run.skipped)
        if not run.skipped:
            output.say("  There is nobody to print for. Put them in with: relcard season add WHO")
        if len(missing) < len(run.skipped):
            output.say(f"  To print those addressed by hand too: {output.accent('--address-mode label')}")
    elif not desk.quiet:
        pages = output.plural(run.pages, "page")
        first, *rest = said or (f"{output.plural(run.items, noun, nouns)} on {pages}",)
        output.say(f"  {output.clean(name)}  {first}")
        for line in rest:
            output.say(line)
        if picture and pages_shown:
            _say_preview(picture, pages_shown)
        say_skipped(run.skipped)
    return 5 if missing or not run.data or (picture and not pages_shown) else 0


def _place_of_preview(pdf: Path) -> Path:
    """Return where the picture of a PDF goes: beside it.

    Raises `UsageError` where something else stands, a photo of the user's perhaps, before a page is written.
    """
    from relcard.paper.preview import is_contact_sheet

    place = pdf.with_suffix(".png")
    if place == pdf:
        place = pdf.with_name(f"{pdf.name}.png")
    if not place.exists():
        return place
    try:
        with place.open("rb") as file:
            is_ours = is_contact_sheet(file.read(200))
    except OSError:
        is_ours = False
    if not is_ours:
        raise UsageError(
            f'"{place}" is there already and is no preview; nothing was printed.',
            hint="Name another PDF with -o FILE, or leave --preview out.",
        )
    return place


def _write_preview(place: Path, pdf: bytes) -> ContactSheet | None:
    """Write the picture; the PDF is written by now, and no run is undone because it cannot be looked at."""
    from relcard.paper.preview import contact_sheet

    picture = contact_sheet(pdf)
    try:
        write_atomically(place, picture.data)
    except FileError as error:
        output.say(f"  The PDF is written, its preview is not. {output.clean(error.message)}", err=True)
        return None
    return picture


def _say_preview(place: Path, picture: ContactSheet) -> None:
    from relcard.cli import viewing

    what = output.plural(picture.shown, "page")
    if picture.left_out:
        what = f"the first {what} of {picture.shown + picture.left_out}"
    output.say(f"  {output.clean(str(place))}  a look at {what}")
    viewing.show(place, picture.data, picture.width, picture.height)


def say_skipped(skipped: Sequence[Skipped]) -> None:
    """Say who is not on the paper, and why: the first twenty."""
    if not skipped:
        return
    output.table(("", ""), [(one.who, one.reason) for one in skipped[:_SHOWN]], flexible=1, indent="    ")
    if len(skipped) > _SHOWN:
        output.say(output.dim(f"    and {len(skipped) - _SHOWN} more"))
