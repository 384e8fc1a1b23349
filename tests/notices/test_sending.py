from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.notices import sending

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("platform", "program", "words"),
    [
        ("linux", "notify-send", "--app-name=relcard|--|today|Write Jo &amp; Mo\n-i by Wed|"),
        ("darwin", "osascript", "--|today|Write Jo & Mo\n-i by Wed|"),
    ],
)
def test_a_notice_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, program: str, words: str
) -> None:
    """The words reach the program as they are: none is taken for an option, for markup or for a script."""
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert not sending.shows_notices() or program == "osascript"
    path = tmp_path / program
    path.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {tmp_path}/seen\n', encoding="utf-8")
    path.chmod(0o755)
    assert sending.shows_notices()
    sending.show("today", ["Write Jo & Mo", "-i by Wed"])
    assert (tmp_path / "seen").read_text(encoding="utf-8").endswith(words)
    path.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    with pytest.raises(FileError, match="shows nothing here"):
        sending.show("today", ["Write Jo"])
