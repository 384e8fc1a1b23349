"""What the commands that print share: whom, where to, and what is said of the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Self

import click

from relcard import record
from relcard.cli import output
from relcard.cli import params
from relcard.cli import picture_viewer
from relcard.cli.seasons import whom
from relcard.cli.seasons.whom import Whom
from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.files import Unnamed
from relcard.files import write_atomically
from relcard.services.printing import spooler
from relcard.services.printing.print_run import Why
from relcard.store import print_runs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.paper.preview import ContactSheet
    from relcard.services.printing.print_run import PrintRun
    from relcard.services.printing.print_run import Skipped
    from relcard.services.printing.spooler import Sending
    from relcard.services.printing.spooler import Sent
    from relcard.store.file.database import Connection

MODES = click.Choice(["hand", "label"])
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Whom):
    """What every print command is told: whom it is for, where the PDF goes, how the run is reported."""

    path: str | None
    preview: bool
    as_json: bool
    to: str | None = None  # a printer of this computer
    from_tray: str | None = None  # of that printer


class Queue(click.ParamType[str]):
    """A printer of this computer, by its name; other than by those it knows nothing can be sent."""

    name = "printer"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Find the printer. Raises `NotFoundError` where there is none, or no way to print."""
        return spooler.find_queue(str(value))


_SENDING = (
    click.option(
        "--to",
        "to",
        type=Queue(),
        metavar="PRINTER",
        help="Send it there too, unscaled: relcard printer list.",
    ),
    click.option("--from", "from_tray", metavar="TRAY", help="With --to: the tray, as the printer names it."),
)
_REPORT = (
    click.option(
        "--preview",
        is_flag=True,
        help="Also a picture of the pages, FILE.png, shown or opened. The run counts as any other.",
    ),
    params.as_json,
)
_PATH = click.option(
    "-o",
    "path",
    type=params.OutFile((b"%PDF",), "PDF"),
    metavar="FILE",
    help="The PDF; else a plain name in this folder.",
)


# What every command that prints for households takes: whom for, and the options of the file, as one `job`.
takes_job = params.gathered(
    Job,
    "job",
    whom.some_who,
    _PATH,
    params.season,
    params.segment,
    params.occasion,
    whom.everybody,
    params.order,
    *_SENDING,
    *_REPORT,
)
# What guides, test pages and the like take, which are for nobody in particular: -o, --preview and --json.
takes_file = params.gathered(Job, "job", _PATH, *_SENDING, *_REPORT)
# The same without --to and --from, which are more than that to a list of years.
takes_file_alone = params.gathered(Job, "job", _PATH, *_REPORT)


class Pages:
    """The files of a run: whole and synced on the disk first, and named once the run is recorded.

    `with Pages(job, name) as pages, desk.changing(...) as db:` and in it `pages.hold(run)`: pages that
    cannot be written take the run back, and a run that cannot be recorded takes its pages away.
    Raises `FileError`.
    """

    def __init__(self, job: Job, name: str) -> None:
        """Raise `UsageError` for a tray of no printer."""
        if job.from_tray and not job.to:
            raise UsageError("A tray is one of a printer.", hint="Say which printer: --to NAME")
        self._job = job
        self._data = b""
        self._files: list[Unnamed] = []
        self.name = job.path or name
        self.place: Path | None = None  # of the preview, where one is wished for
        self.preview: ContactSheet | None = None
        self.sending: Sending | None = None  # to a printer, where one is named
        self.sent: Sent | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the picture of the pages is there, where one is wished for, and the printer took them."""
        is_drawn = self.place is None or self.preview is not None
        return is_drawn and not (self.sent and self.sent.complaint)

    def hold(
        self, run: PrintRun, db: Connection | None = None, *, more: Mapping[Path, bytes] | None = None
    ) -> None:
        """Write the PDF of a run, where it has one, and `more` files by their places.

        With `db` the run is recorded there, and where it is sent is kept in it.
        """
        if not run.data:
            return
        if self._job.to:
            self.sending = spooler.plan_sending(run.data, self._job.to, self._job.from_tray or "")
            if db is not None:
                print_runs.keep_sent(db, self.sending.in_words())
        if self._job.preview:
            self.place = _place_of_preview(Path(self.name))
        self._data = run.data
        for path, data in {Path(self.name): run.data, **(more or {})}.items():
            self._files.append(Unnamed(path, data))

    def __enter__(self) -> Self:
        """Begin with no file."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Name what was written, draw the picture of it, send it; drop it where the step failed."""
        try:
            if kind is None:
                hint = (
                    "The run is recorded without it. Take it back with: relcard undo" if record.steps else ""
                )
                for file in self._files:
                    file.take_name(
                        otherwise=hint or "Choose another place with -o FILE; nothing was changed."
                    )
                self.preview = _write_preview(self.place, self._data) if self.place else None
                self.sent = spooler.send(Path(self.name), self.sending) if self.sending else None
        finally:
            for file in self._files:
                file.drop()


def write(
    job: Job,
    run: PrintRun,
    *,
    desk: Desk,
    name: str,
    noun: str,
    nouns: str = "",
    lines: Sequence[str] = (),
    more: Mapping[str, object] | None = None,
    also: Sequence[Mapping[str, object]] = (),
    pages: Pages | None = None,
) -> int:
    """Write the PDF and say what it holds and who is not on it; exit code 5 when somebody is missing.

    `name` is that of the file where the job says none. `lines` take the place of how many items stand on how
    many pages, `more` is what the command adds to its JSON, `also` the files it wrote beside this one,
    `pages` those of a run that is recorded by now.
    """
    if pages is None:
        pages = Pages(job, name)
        with pages:
            pages.hold(run)
    if job.as_json:
        output.say_json("files", [_as_json(job, run, pages), *also], **(more or {}))
    elif not run.data:
        _say_nothing_printed(run.skipped)
    elif not desk.quiet:
        counted = output.plural(run.pages, "page")
        _say_printed(pages.name, lines or (f"{output.plural(run.items, noun, nouns)} on {counted}",))
        if pages.place and pages.preview:
            _say_preview(pages.place, pages.preview)
        say_skipped(run.skipped)
    _say_sent(job, pages, quiet=desk.quiet)
    is_whole = bool(run.data) and not any(skipped.is_missing for skipped in run.skipped)
    return 0 if is_whole and pages.is_whole else 5


def _as_json(job: Job, run: PrintRun, pages: Pages) -> output.Json:
    picture = str(pages.place) if pages.preview else None
    return {
        "path": pages.name,
        "pages": run.pages,
        "items": run.items,
        "skipped": [{"who": skipped.who, "reason": skipped.reason} for skipped in run.skipped],
        **({"preview": picture} if job.preview else {}),
        **({"sent": _sent_as_json(pages)} if job.to else {}),
    }


def _sent_as_json(pages: Pages) -> output.Json | None:
    if pages.sending is None or pages.sent is None or pages.sent.complaint:
        return None
    return {**pages.sending._asdict(), "job": pages.sent.job or None}


def _say_sent(job: Job, pages: Pages, *, quiet: bool) -> None:
    """Say to which printer the pages went and how, or that it did not take them."""
    if pages.sending is None or pages.sent is None:
        return
    if pages.sent.complaint:
        name = output.clean(pages.sending.printer)
        output.say(
            f"  The PDF is written; {name} did not take it: {output.clean(pages.sent.complaint)}", err=True
        )
        output.say("  Print it from a viewer at 100 %, or look at the printer: lpstat -p", err=True)
    elif not quiet and not job.as_json:
        number = f" ({pages.sent.job})" if pages.sent.job else ""
        output.say_wrapped(f"sent to {pages.sending.in_words()}{number}")


def _say_nothing_printed(skipped: Sequence[Skipped]) -> None:
    output.say("  Nothing was printed.")
    say_skipped(skipped)
    if not skipped:
        output.say("  There is nobody to print for. Put them in with: relcard season add WHO")
    if any(left_out.why is Why.BY_HAND for left_out in skipped):
        output.say(f"  To print those addressed by hand too: {output.accent('--address-mode label')}")


def _say_printed(name: str, lines: Sequence[str]) -> None:
    """Say the name of a file and what it holds: in one line, or beneath each other where lines end."""
    first, *rest = lines
    line = f"  {output.clean(name)}  {first}"
    if not output.lines_end() or output.width(line) <= output.terminal_width():
        output.say(line)
    else:
        first, *more = first.split("; ")
        output.say(f"  {output.clean(name)}  {first}")
        for part in more:
            output.say(f"    {part}")
    for line in rest:
        output.say(line)


def _place_of_preview(pdf: Path) -> Path:
    """Return where the picture of a PDF goes: beside it.

    Raises `UsageError` where something else stands, a photo of the user's perhaps, before a page is written.
    """
    from relcard.paper.preview import may_be_replaced  # noqa: PLC0415  pypdfium2 and PIL: 160 ms

    place = pdf.with_suffix(".png")
    if place == pdf:
        place = pdf.with_name(f"{pdf.name}.png")
    if not may_be_replaced(place):
        raise UsageError(
            f'"{place}" is there already and is no preview; nothing was printed.',
            hint="Name another PDF with -o FILE, or leave --preview out.",
        )
    return place


def _write_preview(place: Path, pdf: bytes) -> ContactSheet | None:
    """Write the picture; the PDF is written by now, and no run is undone because it cannot be looked at."""
    from relcard.paper.preview import contact_sheet  # noqa: PLC0415  as above

    picture = contact_sheet(pdf)
    try:
        write_atomically(place, picture.data)
    except FileError as error:
        output.say(f"  The PDF is written, its preview is not. {output.clean(error.message)}", err=True)
        return None
    return picture


def _say_preview(place: Path, picture: ContactSheet) -> None:
    what = output.plural(picture.shown, "page")
    if picture.left_out:
        what = f"the first {what} of {picture.shown + picture.left_out}"
    output.say(f"  {output.clean(str(place))}  a look at {what}")
    picture_viewer.show(place, picture.data, picture.width, picture.height)


def say_skipped(skipped: Sequence[Skipped]) -> None:
    """Say who is not on the paper, and why: the first twenty."""
    if not skipped:
        return
    output.table(
        ("", ""),
        [(left_out.who, left_out.reason) for left_out in skipped[:_SHOWN]],
        flexible=1,
        indent="    ",
    )
    if len(skipped) > _SHOWN:
        output.say(output.dim(f"    and {len(skipped) - _SHOWN} more"))
