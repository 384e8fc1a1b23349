"""Where a list lies: kept without a password, and opened as what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.errors import ServerError
from relcard.share.folder import Folder
from relcard.share.webdav import WebDav
from relcard.share.whereabouts import from_text
from relcard.share.whereabouts import opened
from relcard.share.whereabouts import where

if TYPE_CHECKING:
    from pathlib import Path


def never(_: str) -> str:
    raise AssertionError


def test_a_folder_is_kept_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder named from here or from home is the same one from everywhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    named = where("Shared")
    assert named == where("~/Shared") == from_text(named.as_text())
    assert named.address == str(tmp_path / "Shared")
    with opened(named, never) as place:
        assert isinstance(place, Folder)


def test_a_server_is_asked_with_the_password_of_a_command_or_of_the_user() -> None:
    """The password comes from the command, or from who is asked by the name; it is not kept."""
    by_command = where("https://cloud.example/dav/", user="anna", password_command="echo secret")  # noqa: S106
    assert from_text(by_command.as_text()) == by_command
    with opened(by_command, never) as place:
        assert isinstance(place, WebDav)
    asked: list[str] = []

    def ask(user: str) -> str:
        asked.append(user)
        return "secret"

    with opened(where("https://cloud.example/dav/", user="anna"), ask):
        assert asked == ["anna"]
    with opened(where("http://127.0.0.1:8080/"), never):
        pass


@pytest.mark.parametrize("address", ["http://cloud.example/dav", "https://anna:secret@cloud.example/dav"])
def test_no_password_goes_where_others_read_it(address: str) -> None:
    """An address without encryption, or with a password in it, is refused when it is named."""
    with pytest.raises(ServerError):
        where(address)
