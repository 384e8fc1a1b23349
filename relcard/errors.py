"""What can go wrong, each with its exit code and the next step.

A fault in the user's input is a value with a place (`Problem`), collected and reported. A refusal is an
exception (`RelcardError`), caught once, at the edge of the command line.
"""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """Something in an input that could not be understood; what it stood in is kept as it is."""

    source: str
    line: int
    name: str
    message: str

    def __str__(self) -> str:
        where = f"{self.source}:{self.line}"
        return f'{where}  "{self.name}"  {self.message}' if self.name else f"{where}  {self.message}"


class RelcardError(Exception):
    """A refusal: one clear sentence, and in `hint` the next step."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RelcardError):
    """What was asked for cannot be done as asked."""

    exit_code = 2


class StoreError(RelcardError):
    """The store cannot be used."""

    exit_code = 3


class SettingsError(RelcardError):
    """The settings cannot be used."""

    exit_code = 3


class FileError(RelcardError):
    """A file cannot be read or written."""

    exit_code = 3


class ServerError(RelcardError):
    """A server of others cannot be asked, or answers with what is of no use; nothing was changed by it."""

    exit_code = 1


class NotFoundError(RelcardError):
    """Nothing answers to that name."""

    exit_code = 4


class InputError(RelcardError):
    """Input with problems stopped some of the work; what was sound is done."""

    exit_code = 5


class UndecidedError(RelcardError):
    """A person must decide; `candidates` are what there is to choose from."""

    exit_code = 6

    def __init__(self, message: str, *, candidates: tuple[str, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.candidates = candidates


class TemplateError(RelcardError):
    """A template cannot be found, read or rendered."""

    exit_code = 3


class InkContractError(RelcardError):
    """The printed words would eat the room kept for the pen."""

    exit_code = 6


class ExtraError(RelcardError):
    """An optional part of the program is not installed."""

    exit_code = 3
