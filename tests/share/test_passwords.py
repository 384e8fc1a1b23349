"""A password by command: its first line, and a sentence where there is none."""

from __future__ import annotations

import pytest

from relcard.errors import UsageError
from relcard.share.passwords import password_from


def test_the_first_line_is_the_password() -> None:
    """Of what a command prints the first line is taken as it stands, and no shell reads the words."""
    assert password_from("printf 'two words \\r\\nuser: anna\\n'") == "two words "
    assert password_from("echo '$HOME'") == "$HOME"


@pytest.mark.parametrize("command", ["false", "true", "no-such-program-here", "'unfinished", ""])
def test_a_command_without_a_password_is_one_line(command: str) -> None:
    """A command that fails, says nothing, or is none, is a refusal that does not repeat its words."""
    with pytest.raises(UsageError, match="says no password"):
        password_from(command)
