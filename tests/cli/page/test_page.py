from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from relcard.web.devices import Devices
from tests.support.book import TODAY
from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


@pytest.fixture
def devices(people: Runner) -> Devices:
    known = Devices(str(people.store))
    known.admit("Marta's phone", writes=True, is_private=True, today=TODAY)
    known.admit("tablet", writes=False, is_private=False, today=TODAY)
    return known


def test_devices_are_listed(people: Runner, devices: Devices) -> None:
    """With what each may, by name."""
    listed = people("page", "devices", "--json").json["devices"]
    assert keys_of(listed) == {"name", "writes", "private", "paired_on", "seen_on"}
    assert [(one["name"], one["writes"], one["private"]) for one in listed] == [
        ("Marta's phone", True, True),
        ("tablet", False, False),
    ]
    text = people.done("page", "devices").out
    assert re.search(r"tablet\s+read only\s+hidden", text)


def test_doctor_says_who_may_open_the_page(people: Runner, devices: Devices) -> None:
    assert "may open the page at home: Marta's phone, tablet" in people("doctor").out
    devices.withdraw("tablet")
    devices.withdraw("Marta's phone")
    assert "page at home:" not in people("doctor").out


def test_device_is_withdrawn_by_its_name(people: Runner, devices: Devices) -> None:
    """In any case of letters; one that is not there is named with those that are."""
    assert people.done("page", "withdraw", "TABLET").out == "  withdrawn: tablet\n"
    assert [device.name for device in devices.all()] == ["Marta's phone"]
    again = people("page", "withdraw", "tablet")
    assert again.code == 4
    assert "There is: Marta's phone." in again.err


def test_nothing_is_paired_or_served_yet(people: Runner) -> None:
    assert "relcard page --home" in people.done("page", "devices").out
    refused = people("page", "pair")
    assert refused.code == 4
    assert "No page of this store runs." in refused.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--host", "127.0.0.1"), 2, "--host goes with --home"),
        (("--home", "--host", "203.0.113.9"), 2, "Nothing can listen"),
        (("--for", "0"), 2, "--for"),
        (("--tls", "nowhere.pem", "nowhere.pem"), 2, "nowhere.pem"),
    ],
)
def test_what_cannot_be_served_is_said(people: Runner, words: tuple[str, ...], code: int, said: str) -> None:
    refused = people("page", *words)
    assert refused.code == code
    assert said in refused.err


def test_no_store_no_page(run: Runner) -> None:
    """There is nobody to show yet, and no file is made."""
    assert run("page").code == 4
    assert not run.store.exists()


def test_page_ends_calmly_with_ctrl_c(people: Runner, tmp_path: Path) -> None:
    """It says where it is, lets another terminal pair a device, and leaves no word that it still runs."""
    program = [sys.executable, "-m", "relcard", "--store", str(people.store), "page"]
    page = subprocess.Popen(
        [*program, "--home", "--host", "127.0.0.1", "--private"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    assert page.stdout is not None
    said = []
    while "Ctrl-C" not in (line := page.stdout.readline()):
        said.append(line)
        assert line
    assert "Others on this network could listen" in said[0]
    assert re.search(r"http://127\.0\.0\.1:\d+/pair#[A-Z2-9]{4}-[A-Z2-9]{4}\n", "".join(said))
    assert people.done("page", "pair", "--name", "tablet", "--reads-only").out.count("█") > 100
    page.send_signal(signal.SIGINT)
    out, err = page.communicate(timeout=30)
    assert (page.returncode, out, err) == (0, "  The page has ended.\n", "")
    assert people("page", "pair").code == 4


def test_page_names_the_devices_that_are_paired(people: Runner, devices: Devices) -> None:
    """The next evening nobody is asked and no code lies about: who has been let in comes again."""
    done = people("page", "--home", "--host", "127.0.0.1", "--for", "0.0003")
    assert done.code == 0, done.err
    assert "for Marta's phone, tablet. Another device: relcard page pair" in " ".join(done.out.split())
    assert "/pair#" not in done.out
