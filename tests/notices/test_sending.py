from __future__ import annotations

import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import HTTPServer
from typing import TYPE_CHECKING
from typing import Any

import pytest

from relcard.errors import ExtraError
from relcard.errors import FileError
from relcard.notices import sending

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@contextmanager
def _receiver() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the address of a receiver of JSON on this computer, and what came."""
    came: list[dict[str, Any]] = []

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Takes)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/", came
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_notice_is_sent_where_the_user_says(caplog: pytest.LogCaptureFixture) -> None:
    """Apprise brings heading and lines, once; an address it does not know is not said, and nothing is sent."""
    with _receiver() as (address, came):
        sending.send("today", ["Write Jo", "Mum 15 days"], [address])
        (message,) = came
        assert (message["title"], message["message"]) == ("today", "Write Jo\nMum 15 days")
        with pytest.raises(FileError) as refused:
            sending.send("today", ["Write Jo"], [address, "nonsense://ada:secret@nowhere"])
        assert "secret" not in f"{refused.value.message}{refused.value.hint}{caplog.text}"
        assert len(came) == 1


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ExtraError) as refused:
        sending.send("today", ["Write Jo"], ["ntfy://topic"])
    assert "install apprise" in refused.value.hint
