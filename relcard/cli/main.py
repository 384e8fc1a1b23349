"""The group of commands, the one error boundary and the one clock."""

from __future__ import annotations

import errno
import gc
import os
import sys
from datetime import date
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING
from typing import NoReturn

import click

from relcard import __version__
from relcard import record
from relcard.cli import output
from relcard.cli.chapters import CHAPTERS
from relcard.cli.chapters import PRINTED
from relcard.cli.chapters import function_of
from relcard.cli.desk import Desk
from relcard.errors import RelcardError
from relcard.errors import StoreError
from relcard.errors import UndecidedError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.store.file.database import Connection

_LONGEST = 2000  # letters of a refusal, which quotes names and files
_MOST_NAMED = 3  # rows that cannot be read
_AS_IT_WAS = "Your store is as it was."
_MODULES = {name: module for _, commands in CHAPTERS for name, module, _ in commands}


class _Attempt:
    """One run of a command: the desk it found, and the copy of the store it is to read instead, if any."""

    def __init__(self, spared: Connection | None = None) -> None:
        self.spared = spared
        self.desk: Desk | None = None


class Chapters(click.Group):
    """A group that loads a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the help."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        module = _MODULES.get(cmd_name)
        if module is None:
            return None
        command = getattr(import_module(f"relcard.cli.{module}"), function_of(cmd_name))
        assert isinstance(command, click.Command)  # noqa: S101  the table of chapters is ours
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when there is none of that name."""
        if args and args[0] not in _MODULES and not args[0].startswith("-"):
            import difflib  # noqa: PLC0415  2 ms, for a slip of the finger

            near = difflib.get_close_matches(args[0], _MODULES, n=1)
            if args[0] in PRINTED:
                near = [f"print {args[0]}"]
            raise UsageError(
                f'There is no command "{args[0]}".',
                hint=f"Did you mean: relcard {near[0]}" if near else "relcard --help lists the commands.",
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by chapter, without importing one of them."""
        for chapter, commands in CHAPTERS:
            with formatter.section(chapter):
                formatter.write_dl([(name, words) for name, _, words in commands], col_max=14)


@click.group(
    cls=Chapters,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--store", metavar="PATH", envvar="RELCARD_STORE", help="The store; else the user's data folder."
)
@click.option(
    "--today", "today", metavar="YYYY-MM-DD", envvar="RELCARD_TODAY", help="Take this day for today."
)
@click.option("--quiet", is_flag=True, help="Say only what needs an answer.")
@click.option("--no-color", is_flag=True, help="No colours; NO_COLOR does the same.")
@click.version_option(__version__, message="relcard %(version)s")
@click.pass_context
def relcard(ctx: click.Context, store: str | None, today: str | None, quiet: bool, no_color: bool) -> None:
    """Remember the people you care about; you write.

    relcard keeps contacts and what you learned about them, drafts greeting cards that leave room for your
    pen, prints cards, labels and envelopes, and tells you in time.
    """
    attempt = ctx.obj if isinstance(ctx.obj, _Attempt) else _Attempt()
    ctx.obj = attempt.desk = Desk(
        store_option=store,
        today=_today(today),
        quiet=quiet,
        spared=attempt.spared,
        clock=lambda: _today(today),
    )
    if no_color or os.environ.get("NO_COLOR"):
        ctx.color = False
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _today(text: str | None) -> date:
    if not text:
        return date.today()  # noqa: DTZ011  the one clock: the day on the user's own calendar
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--today is "{text}", which is no date.', hint="Write it as 2026-12-01.") from None
    if not 1900 <= day.year <= 9990:  # a season, a birthday or a posting time may lie beyond the day
        raise UsageError(
            f"--today is in the year {day.year}; the calendar here goes from 1900 to 9990.",
            hint="Write it as 2026-12-01.",
        )
    return day


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and end with its exit code; whatever happens, the user reads a sentence."""
    # A command keeps nearly all it makes until it ends: looking for waste every 700 objects finds none.
    gc.set_threshold(50_000)
    _open_closed()
    code = run(arguments)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 3
    # The store is closed and all is written: taking Python apart object by object would cost 8 ms more.
    os._exit(code)


def _open_closed() -> None:
    """Give a standard stream that was closed (>&-) one that refuses: no file of ours gets its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # Opened the wrong way round: whoever reads or writes is told; of errors nobody can be told.
            os.open(os.devnull, (os.O_WRONLY, os.O_RDONLY, os.O_RDWR)[number])
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Unicode loses a letter, not the command
    if "_RELCARD_COMPLETE" in os.environ:
        from relcard.cli import completion  # noqa: PLC0415  6 ms, when a shell asks

        return completion.answer(relcard, clock=_today)
    record.begin()
    return _attempted(list(sys.argv[1:] if arguments is None else arguments), _Attempt())


def _attempted(arguments: Sequence[str], attempt: _Attempt) -> int:
    """Run a command; where rows of the store cannot be read, once more without them."""
    try:
        code = relcard.main(
            args=[*arguments],
            prog_name="relcard",
            standalone_mode=False,
            terminal_width=_help_columns(),
            obj=attempt,
        )
        sys.stdout.flush()
    except RelcardError as error:
        if isinstance(error, StoreError) and (again := _without_unread(attempt)) is not None:
            return _attempted(arguments, again)
        _complain(error.message, error.hint, error.candidates if isinstance(error, UndecidedError) else ())
        return error.exit_code
    except click.exceptions.Abort:
        stands, look = record.what_stands()
        _complain(f"Stopped. {stands}" if stands else "Stopped; nothing was changed.", look, ())
        return 130
    except click.ClickException as error:
        _refuse(error)
        return error.exit_code
    except SystemExit:
        # Click's answer to a reader that has gone (relcard list | head): nothing is wrong.
        _let_go(1)
        return 0
    except Exception as error:
        if os.environ.get("RELCARD_DEBUG"):
            raise
        again = None if isinstance(error, OSError) else _without_unread(attempt)
        return _confess(error, arguments) if again is None else _attempted(arguments, again)
    if record.unsynced:
        _complain(
            "The disk failed at the very end: what was done stands now, and a power cut may take it away.",
            "Look at the disk. relcard history shows what stands; relcard backup -o FILE keeps a copy.",
            (),
        )
        return 3
    return code if isinstance(code, int) else 0


def _without_unread(attempt: _Attempt) -> _Attempt | None:
    """Name the rows of the store that no command can read; return an attempt without them, None for none."""
    if attempt.desk is None or attempt.spared is not None or record.steps:
        return None
    from relcard.store.file import checks  # noqa: PLC0415  10 ms, where a command went wrong

    try:
        spared, bad = checks.without_unread(attempt.desk.store)
    except RelcardError:
        return None  # the store as a whole is what is wrong
    if not bad:
        return None
    for row in bad[:_MOST_NAMED]:
        _complain(f"{row} It is left out.", "", ())
    more = f"{len(bad) - _MOST_NAMED} further ones are left out. " if len(bad) > _MOST_NAMED else ""
    _complain(f"{more}Look at: relcard doctor", "", ())
    return _Attempt(spared)


def _help_columns() -> int:
    """Return the columns of help as Click would, which loads the archives of `shutil` (3 ms) to ask."""
    return max(output.terminal_width() - 2, 50)


def _confess(error: Exception, arguments: Sequence[str]) -> int:
    """Say what a command ended with that no one foresaw, and what stands; return the exit code."""
    stands, look = record.what_stands()
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        is_output = not error.filename and _output_fails()
        what = "The output cannot be written" if is_output else "The computer refused"
        why = "it is closed" if error.errno == errno.EBADF else error.strerror or error
        _complain(f"{what}: {why}{where}. {stands or _AS_IT_WAS}", look, ())
        return 3
    if isinstance(error, UnicodeEncodeError) and not all(map(_is_text, arguments)):
        _complain(
            f"Some letters of the command cannot be read; {stands or 'nothing was changed.'}",
            "The terminal and this computer write them differently. Try: export LC_ALL=C.UTF-8",
            (),
        )
        return 2
    _complain(
        f"A fault of relcard's own: {type(error).__name__} in {_place(error)}. {stands or _AS_IT_WAS}",
        f"{look} Please report it with the command you gave; RELCARD_DEBUG=1 shows more.".lstrip(),
        (),
    )
    return 1


def _output_fails() -> bool:
    """Whether standard output takes nothing: asked with an empty line, and let go where it does not."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError:
        _let_go(1)
        return True
    return False


def _let_go(number: int) -> None:
    """Send what is still to be written to a standard stream nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _refuse(error: click.ClickException) -> None:
    """Say what Click says of a command that was mistyped; it quotes what was typed, which may be anything."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"Try '{error.ctx.command_path} --help' for help.\n", err=True)
    output.say(f"Error: {output.clean(error.format_message(), most=_LONGEST)}", err=True)


def _is_text(word: str) -> bool:
    """Whether every byte typed became a letter; those that did not stand as lone surrogates (PEP 383)."""
    return not any("\ud800" <= letter <= "\udfff" for letter in word)


def _place(error: Exception) -> str:
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None:
        return "relcard"
    return f"{os.path.basename(last.tb_frame.f_code.co_filename)}:{last.tb_lineno}"  # noqa: PTH119


def _complain(message: str, hint: str, candidates: tuple[str, ...]) -> None:
    try:
        lines = [output.clean(message, most=_LONGEST)]
        lines += [f"  {output.clean(candidate)}" for candidate in candidates]
        if hint:
            lines.append(output.dim(f"  {output.clean(hint, most=_LONGEST)}"))
        click.echo(output.fitted("\n".join(lines), err=True), err=True)
    except OSError:  # nobody can be told; the exit code still says it
        _let_go(2)
