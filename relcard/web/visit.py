"""One request of a device: who it is, in which language it is answered, and what it may see and do."""

from __future__ import annotations

import re
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import NamedTuple

from markupsafe import Markup
from starlette.responses import HTMLResponse

from relcard.domain.languages.page import CODES
from relcard.domain.languages.page import page_language
from relcard.domain.languages.page import preferred
from relcard.store.file import journal
from relcard.web.refusal import RefusalError
from relcard.web.safety.tokens import make_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from starlette.datastructures import UploadFile
    from starlette.requests import Request
    from starlette.responses import Response

    from relcard.domain.languages.page import PageLanguage
    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection
    from relcard.store.file.journal import Step
    from relcard.web.devices import Device
    from relcard.web.house import House
    from relcard.web.store_access import Change

LANGUAGE_COOKIE = "relcard-language"
_LONGEST = 4000  # letters of one field
_OWN_PATH = re.compile(r"/[a-z0-9/-]*")
_TOO_LARGE = 10**12  # for a number of ours
_NUMBER = re.compile(r"[0-9]{1,12}")


class Form(NamedTuple):
    """The fields of a form that was sent, and its files."""

    fields: Mapping[str, str]
    files: Sequence[tuple[str, UploadFile]]

    def key(self, path: str) -> str:
        """Return what tells this form from all others: path, token, words, names and sizes of files."""
        files = [(name, f"{file.filename} {file.size}") for name, file in self.files]
        return sha256(repr((path, list(self.fields.items()), files)).encode()).hexdigest()

    def text(self, name: str, *, most: int = _LONGEST) -> str:
        """Return a field without space around it, "" where there is none; too long a one is refused."""
        text = self.fields.get(name, "").replace("\r\n", "\n").strip()
        if len(text) > most or "\0" in text:
            raise RefusalError(400, "too_large")
        return text

    def number(self, name: str) -> int:
        """Return a field that is a number of ours."""
        text = self.fields.get(name, "")
        if not _NUMBER.fullmatch(text):
            raise RefusalError(400, "bad_request")
        return int(text)


class Visit:
    """What a page is handed: the house, the device that asks, and the words of its language."""

    def __init__(self, request: Request, house: House, device: Device | None, secret: str) -> None:
        self.request = request
        self.house = house
        self._device = device
        self.secret = secret
        self.form_key = ""  # of the form that is sent
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        accepted = request.headers.get("accept-language", "")
        self.language: PageLanguage = page_language(chosen if chosen in CODES else preferred(accepted))

    @property
    def device(self) -> Device:
        """The device that asks."""
        if self._device is None:
            raise RefusalError(403, "stranger")
        return self._device

    @property
    def is_known(self) -> bool:
        """Whether the device is paired."""
        return self._device is not None

    @property
    def sees_private(self) -> bool:
        """Whether notes and circles may be shown."""
        return self.device.is_private

    @property
    def today(self) -> date:
        """The day."""
        return self.house.access.today

    @property
    def standpoint(self) -> Standpoint:
        """What services are handed."""
        return self.house.access.standpoint

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open the store to read."""
        with self.house.access.reading() as db:
            yield db

    @contextmanager
    def undoing(self) -> Iterator[Connection]:
        """Open the store to take a step back."""
        with self.house.access.undoing() as db:
            yield db

    @contextmanager
    def trying(self, command: str) -> Iterator[Connection]:
        """Open the store to see what a command would do; nothing of it is kept."""
        with self.house.access.trying(command) as db:
            yield db

    @contextmanager
    def changing(self, command: str) -> Iterator[Change]:
        """Open the store to change it in one step of this device; `command` names nobody, as in note h12."""
        if not self.device.writes:
            raise RefusalError(403, "not_allowed")
        with self.house.access.changing(command, self.device.name, self.form_key) as change:
            yield change

    def number(self, name: str) -> int:
        """Return a number in the path: of a household, a step."""
        number = int(self.request.path_params[name])
        if number >= _TOO_LARGE:
            raise RefusalError(404, "not_found")
        return number

    def say(self, key: str, n: int = 0, **values: object) -> str:
        """Return words in the language of the device."""
        return self.language.say(key, n, **values)

    def say_day(self, day: date) -> str:
        """Return a day in words."""
        return self.language.say_day(day, today=self.today)

    def page(self, template: str, *, status: int = 200, **context: object) -> Response:
        """Return a page drawn from a template in looks/templates."""
        token = make_token(self.secret)
        text = self.house.looks.draw(
            template,
            visit=self,
            say=self.say,
            day=self.say_day,
            lang=self.language.code,
            device=self._device,
            path=str(self.request.scope["path"]),
            step=self._done_step() if status < 400 else None,
            token=Markup('<input type="hidden" name="token" value="{}">').format(token),
            **context,
        )
        return HTMLResponse(text, status)

    def kept(self, path: str, change: Change) -> str:
        """Return the path a form leads to once it is kept: the page there offers to take it back."""
        return f"{path}?done={change.step}"

    def back_path(self, text: str) -> str:
        """Return a path of ours that a form says it came from, the first page for anything else."""
        return text if _OWN_PATH.fullmatch(text) and not text.startswith("//") else "/"

    def _done_step(self) -> Step | None:
        """Return the step of this device that the page before has made, while it stands."""
        number = self.request.query_params.get("done", "")
        if self._device is None or not _NUMBER.fullmatch(number):
            return None
        with self.reading() as db:
            step = journal.step_of(db, int(number))
        is_own = step is not None and not step.undone and step.device == self._device.name
        return step if is_own else None
