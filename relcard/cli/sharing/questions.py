"""What a person is asked for when a list is shared, where there is a terminal to ask on."""

from __future__ import annotations

import os
import sys

import click

from relcard.cli import output
from relcard.errors import UsageError

_PASSWORD = "RELCARD_SHARE_PASSWORD"  # noqa: S105  the name of a variable


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_password(user: str) -> str:
    """Return the password of a user on the server of the list."""
    if said := os.environ.get(_PASSWORD, ""):
        return said
    if not is_terminal():
        raise UsageError(
            f"The server wants the password of {user}.",
            hint=f"Say what prints it with --password-command when starting or joining, or set {_PASSWORD}.",
        )
    password: str = click.prompt(f"Password of {output.clean(user)}", hide_input=True, err=True)
    return password


def ask_code() -> str:
    """Return the code of a list, as it is typed."""
    if not is_terminal():
        raise UsageError("A list is joined with its code.", hint="relcard share join PLACE --code CODE")
    code: str = click.prompt("  Code, as the other laptop shows it", err=True)
    return code
