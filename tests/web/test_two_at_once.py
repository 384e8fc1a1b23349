from __future__ import annotations

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from relcard.store.file import checks
from relcard.store.file import journal
from relcard.web.pairing import Grant
from relcard.web.pairing import Pairing
from tests.support.laptop import DAY
from tests.support.laptop import Laptop

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from relcard.web.house import House

SOURCE = Path(__file__).parents[2]
NAMES = ("Marta's phone", "tablet")


class Device:
    """A browser over a connection of its own: its cookie, the page it opened last, and the steps it made."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.cookie = self.page = ""
        self.steps: list[int] = []

    def get(self, path: str) -> str:
        self.page = self._ask("GET", path, None)[1]
        return self.page

    def post(self, path: str, **fields: str) -> tuple[str, str]:
        """Send a form of the last page; return where it leads, and the page it is answered with."""
        token = re.search(r'name="token" value="([^"]+)"', self.page)
        assert token is not None
        return self._ask("POST", path, urlencode({"token": token[1], **fields}))

    def note(self, text: str, *, times: int) -> None:
        """Keep a note, whose form is sent a few times, as by a finger that trembles."""
        revision = re.search(r'name="revision" value="([^"]+)"', self.get("/households/1"))
        assert revision is not None
        ways = {self.post("/households/1/note", text=text, revision=revision[1])[0] for _ in range(times)}
        assert len(ways) == 1
        self.steps.append(int(ways.pop().partition("?done=")[2]))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[str, str]:
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection(self.host, timeout=60)) as talk:
            talk.request(method, path, body, headers)
            answer = talk.getresponse()
            assert answer.status in (200, 303), (path, answer.status)
            self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
            return answer.getheader("Location") or "", answer.read().decode()


@pytest.fixture
def devices(house: House) -> Iterator[list[Device]]:
    """Return two devices that are paired with a page, which a process of its own serves."""
    store = house.access.path
    page = subprocess.Popen(
        [sys.executable, "-m", "relcard", "--store", store, "--today", DAY, "page"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert page.stdout is not None
    host = page.stdout.readline().partition("//")[2].partition("/")[0]
    paired = []
    for name in NAMES:
        device = Device(host)
        device.get("/pair")
        code = Pairing(store).make(Grant(name, writes=True, is_private=True))
        assert device.post("/pair", code=code)[0] == "/"
        paired.append(device)
    yield paired
    page.send_signal(signal.SIGINT)
    page.communicate(timeout=30)


def test_two_devices_and_a_terminal_write_at_once(
    devices: list[Device], house: House, dose: Callable[[int, int], int]
) -> None:
    """Nothing is lost and nothing is there twice; each change is a step, and goes back from either side."""
    store, laptop, times = house.access.path, Laptop(Path(house.access.path).parent), dose(8, 250)
    typed = [f"typed {number}" for number in range(times // 2)]
    terminal = laptop.started(lambda: max(laptop.command("note", "Ada Oak", text) for text in typed))
    hands = [
        Thread(
            target=lambda device=device, name=name: [
                device.note(f"{name} {number}", times=1 + number % 2) for number in range(times)
            ]
        )
        for device, name in zip(devices, NAMES, strict=True)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert laptop.ended(terminal) == 0
    with closing(sqlite3.connect(store)) as db:
        kept = Counter(text for (text,) in db.execute("SELECT text FROM note"))
        steps = {step.id: step.device for step in journal.history(db) if step.command.startswith("note")}
    assert kept == Counter([*typed, *(f"{name} {number}" for name in NAMES for number in range(times))])
    made = {step: name for device, name in zip(devices, NAMES, strict=True) for step in device.steps}
    assert len(made) == 2 * times
    assert steps == {step: made.get(step, "") for step in steps}
    assert len(steps) >= min(times * 2 + len(typed), journal.KEPT_STEPS)

    phone, tablet = devices
    phone.get("/")
    assert "Taken back" in phone.post("/undo", step=str(phone.steps[-1]), back="/")[1]
    assert laptop.command("undo", str(tablet.steps[-1])) == 0
    with closing(sqlite3.connect(store)) as db:
        left = {text for (text,) in db.execute("SELECT text FROM note")}
    assert kept.keys() - left == {f"{name} {times - 1}" for name in NAMES}
    assert checks.examine(store).is_sound
