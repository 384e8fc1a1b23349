"""Two real Syncthings on this computer's own loopback, that keep two folders in step and ask nobody else anything."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60  # seconds after which what does not arrive has failed
_OPTIONS = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "crashReportingEnabled": "false",
    "startBrowser": "false",
    "urAccepted": "-1",
    "autoUpgradeIntervalH": "0",
    "reconnectionIntervalS": "1",
}


@dataclass
class _Peer:
    """One Syncthing, with the folder it keeps in step."""

    home: Path
    folder: Path
    port: int
    page: int

    def made(self, program: str) -> ET.ElementTree[ET.Element]:
        """Let it make its keys; return its settings."""
        words = [program, "generate", f"--home={self.home}", "--no-default-folder"]
        subprocess.run(words, check=True, capture_output=True, env=self._world())
        return ET.parse(self.home / "config.xml")  # noqa: S314  it was written a moment ago, here

    def start(self, program: str) -> subprocess.Popen[bytes]:
        words = [program, "serve", f"--home={self.home}", "--no-browser", "--no-restart", "--no-upgrade"]
        return subprocess.Popen(
            [*words, "--skip-port-probing"],
            env=self._world(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _world(self) -> dict[str, str]:
        return {**os.environ, "HOME": str(self.home), "STNORESTART": "1"}

    def look_again(self, key: str) -> None:
        """Let it look for what is new in its folder; it may still be starting."""
        connection = HTTPConnection("127.0.0.1", self.page, timeout=10)
        try:
            connection.request("POST", "/rest/db/scan?folder=list", headers={"X-API-Key": key})
            connection.getresponse().read()
        except OSError:
            pass
        finally:
            connection.close()


class Carrier:
    """What carries files between the two folders while it runs."""

    def __init__(self, peers: list[_Peer], keys: list[str]) -> None:
        self._peers = peers
        self._keys = keys

    def bring(self) -> None:
        """Wait until both folders have the same files."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for peer, key in zip(self._peers, self._keys, strict=True):
                peer.look_again(key)
            one, other = (_files(peer.folder) for peer in self._peers)
            if one == other:
                return
            time.sleep(0.2)
        raise AssertionError("The folders did not come to the same.")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*.rcb")
        if not path.name.startswith(".")
    }


def _free_port() -> int:
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        port: int = here.getsockname()[1]
        return port


@contextmanager
def in_step(program: str, root: Path, folders: list[Path]) -> Iterator[Carrier]:
    """Keep two folders in step for as long as the block."""
    peers = [
        _Peer(root / f"syncthing-{number}", folder, _free_port(), _free_port())
        for number, folder in enumerate(folders)
    ]
    settings = [peer.made(program) for peer in peers]
    ids = [tree.findall("device")[0].attrib["id"] for tree in settings]
    for peer, tree in zip(peers, settings, strict=True):
        _set_up(peer, tree.getroot(), list(zip(ids, peers, strict=True)))
        tree.write(peer.home / "config.xml")
    keys = [tree.findtext("gui/apikey") or "" for tree in settings]
    running = [peer.start(program) for peer in peers]
    try:
        yield Carrier(peers, keys)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def _set_up(peer: _Peer, settings: ET.Element, everyone: list[tuple[str, _Peer]]) -> None:
    """Write where a peer listens, whom it knows and what it keeps; nothing beyond this computer."""
    options = settings.find("options")
    page = settings.find("gui/address")
    assert options is not None
    assert page is not None
    page.text = f"127.0.0.1:{peer.page}"
    for name, value in {**_OPTIONS, "listenAddress": f"tcp://127.0.0.1:{peer.port}"}.items():
        for old in options.findall(name):
            options.remove(old)
        ET.SubElement(options, name).text = value
    for old in [*settings.findall("device"), *settings.findall("folder")]:
        settings.remove(old)
    folder = ET.SubElement(settings, "folder", id="list", path=str(peer.folder), type="sendreceive")
    folder.attrib |= {"rescanIntervalS": "3600", "fsWatcherEnabled": "true", "fsWatcherDelayS": "1"}
    for device, other in everyone:
        ET.SubElement(folder, "device", id=device)
        known = ET.SubElement(settings, "device", id=device)
        ET.SubElement(known, "address").text = f"tcp://127.0.0.1:{other.port}"
