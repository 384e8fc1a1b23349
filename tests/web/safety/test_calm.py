from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.errors import StoreError
from relcard.web.pages import household
from relcard.web.pages import today

if TYPE_CHECKING:
    from tests.support.visitor import Visitor


def test_fault_is_a_calm_page(
    phone: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No trace and no names, neither on the page nor at the terminal, which says where it was."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("Ada Oak lives at 1 High Street")

    monkeypatch.setattr(household, "read_household_page", fail)
    answer = phone.get("/households/1")
    assert answer.status == 500
    assert "Something went wrong in relcard itself." in answer.words
    said = capsys.readouterr()
    assert "ZeroDivisionError at test_calm.py:" in said.err
    for text in (answer.text, said.err, said.out):
        assert "Ada" not in text
        assert "Traceback" not in text


@pytest.mark.parametrize(
    "error", [StoreError("in use by another relcard"), sqlite3.OperationalError("locked")]
)
def test_store_that_cannot_be_used_is_said(
    phone: Visitor, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Whatever is wrong with it, the page says to try again, and that nothing was changed."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(today, "read_today", fail)
    answer = phone.get("/")
    assert answer.status == 503
    assert "Nothing was changed; try again." in answer.words


@pytest.mark.parametrize("language", ["en", "de", "fr", "pl"])
def test_refusal_is_said_in_the_language_of_the_device(phone: Visitor, language: str) -> None:
    phone.language = language
    answer = phone.get("/nowhere")
    assert answer.status == 404
    assert f'lang="{language}"' in answer.text


def test_folder_of_this_computer_is_named_at_the_terminal_alone(
    phone: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be written is for who sits there to mend."""

    def fail(*_: object) -> None:
        raise FileError("Cannot write /home/ada/relcard.pictures: No space left on device.")

    monkeypatch.setattr(today, "read_today", fail)
    answer = phone.get("/")
    assert answer.status == 503
    assert "/home" not in answer.text
    assert "No space left on device" in capsys.readouterr().err
