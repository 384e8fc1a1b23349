from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.web.devices import Devices
from relcard.web.devices import folder_beside

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.web.devices import Device

TODAY = date(2026, 11, 20)


@pytest.fixture
def devices(tmp_path: Path) -> Devices:
    return Devices(str(tmp_path / "relcard.db"))


def admit(devices: Devices, name: str, *, for_now: bool = False) -> tuple[str, Device]:
    return devices.admit(name, writes=True, is_private=False, today=TODAY, for_now=for_now)


def test_device_is_known_by_its_token_until_it_is_withdrawn(devices: Devices, tmp_path: Path) -> None:
    """By another program too, and at once."""
    token, device = admit(devices, "Marta's phone")
    assert devices.of_token(token, TODAY) is not None
    assert devices.of_token(token[:-1] + ("A" if token[-1] != "A" else "B"), TODAY) is None
    assert [gone.id for gone in Devices(str(tmp_path / "relcard.db")).withdraw("marta's PHONE")] == [
        device.id
    ]
    assert devices.of_token(token, TODAY) is None
    assert devices.all() == []


def test_file_is_for_its_owner_and_has_no_token(devices: Devices, tmp_path: Path) -> None:
    """Who reads the file cannot be the device."""
    token, _ = admit(devices, "phone")
    (path,) = (tmp_path / "relcard.page" / "devices").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert token not in path.name + path.read_text(encoding="utf-8")


def test_names_are_told_apart(devices: Devices) -> None:
    """A second phone is phone 2; a name is one line of forty letters."""
    admit(devices, "browser", for_now=True)
    assert [admit(devices, name)[1].name for name in ("phone", "Phone", "browser", "a\nb" * 30)] == [
        "phone",
        "Phone 2",
        "browser 2",
        ("a b" * 30)[:40],
    ]


def test_browser_of_this_computer_is_forgotten_with_the_page(devices: Devices, tmp_path: Path) -> None:
    """It is in no file and in no list."""
    token, _ = admit(devices, "browser", for_now=True)
    assert devices.of_token(token, TODAY) is not None
    assert devices.all() == []
    assert Devices(str(tmp_path / "relcard.db")).of_token(token, TODAY) is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"name": 1}', "\ufffd"])
def test_damaged_file_is_no_device(devices: Devices, tmp_path: Path, damage: str) -> None:
    """It lets nobody in, and the others stay."""
    token, device = admit(devices, "phone")
    admit(devices, "tablet")
    (tmp_path / "relcard.page" / "devices" / f"{device.id}.json").write_text(damage, encoding="utf-8")
    assert devices.of_token(token, TODAY) is None
    assert [one.name for one in devices.all()] == ["tablet"]


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "A" * 42, "A" * 44, "ä" * 43, "A" * 42 + "/"])
def test_what_is_no_token_is_nobody(devices: Devices, token: str) -> None:
    assert devices.of_token(token, TODAY) is None


def test_file_of_a_device_that_is_torn_is_no_device(store_path: str) -> None:
    """At whatever byte: nothing fails, and nobody is let in with more than was granted."""
    devices = Devices(store_path)
    token, device = devices.admit("phone", writes=False, is_private=False, today=TODAY)
    path = folder_beside(store_path) / "devices" / f"{device.id}.json"
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        assert devices.of_token(token, TODAY) is None
        assert devices.all() == []
    path.write_bytes(whole)
    assert devices.of_token(token, TODAY) is not None
