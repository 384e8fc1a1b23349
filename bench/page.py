"""Measure the page at home: `.venv/bin/python bench/page.py`.

Of a book of 10,000 contacts, 500 of them near and in a season: milliseconds of CPU a page, kilobytes on the
wire, seconds from the start to the first answer, and the memory of the server at its most. Linux alone, as
the figures are those of /proc.
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from remind import _book
from remind import _say
from run import cpu_seconds

_ROUNDS = 20
_TICKS = os.sysconf("SC_CLK_TCK")


class Device:
    """A browser with a cookie and the token of the page it opened last."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.cookie = self.token = ""

    def ask(self, path: str, **fields: str) -> int:
        """Open a page, or send a form of the last one; return the bytes of its body as they came."""
        talk = http.client.HTTPConnection(self.host, timeout=30)
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip", "Origin": f"http://{self.host}"}
        body = urlencode({"token": self.token, **fields}) if fields else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        talk.request("POST" if body else "GET", path, body, headers)
        answer = talk.getresponse()
        data = answer.read()
        if answer.status not in (200, 303):
            raise SystemExit(f"{path}: {answer.status}")
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        talk.close()
        return len(data)

    def open(self, path: str) -> None:
        """Open a page for its token."""
        talk = http.client.HTTPConnection(self.host, timeout=30)
        talk.request("GET", path, headers={"Cookie": self.cookie})
        found = re.search(r'name="token" value="([^"]+)"', talk.getresponse().read().decode())
        self.token = found[1] if found else ""
        talk.close()


def main() -> None:
    """Make the book, serve it and print a line for each measure, with its aim."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CONFIG_HOME"] = name
        book = _book(Path(name), 10_000)
        cpu_seconds((*book, "season", "start", "christmas"))
        server = subprocess.Popen((*book, "page"), stdout=subprocess.PIPE, text=True)
        link = server.stdout.readline().strip() if server.stdout else ""
        device = Device(link.removeprefix("http://").partition("/")[0])
        device.open("/pair")
        _say("from the start to the first answer, in seconds of CPU", _cpu(server.pid), 1.0)
        device.ask("/pair", code=link.partition("#")[2], name="bench")
        for path in ("/", "/people", "/households/1", *_others()):
            device.open(path)
            _page(server.pid, device, path)
        device.open("/people")
        _page(server.pid, device, "/people", words="an")
        peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text(encoding="ascii"))
        _say("memory at its most, in MB", int(peak[1]) / 1024 if peak else 0, 90)
        server.send_signal(2)
        server.wait()


def _others() -> list[str]:
    """Return the other pages of the navigation."""
    from relcard.web.looks import NAVIGATION

    return [path for _, path in NAVIGATION if path not in ("/", "/people")]


def _page(pid: int, device: Device, path: str, **fields: str) -> None:
    """Print what a page costs, once it was asked for before."""
    size = device.ask(path, **fields)
    before = _cpu(pid)
    for _ in range(_ROUNDS):
        device.ask(path, **fields)
    what = f"{path}{' for ' + fields['words'] if fields else ''}"
    _say(f"{what}, in ms of CPU", (_cpu(pid) - before) * 1000 / _ROUNDS, 30)
    _say(f"{what}, in kB", size / 1000, 30)


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    main()
