"""Where a list lies, as the store keeps it: a folder, or a server with a name and a password's command."""

from __future__ import annotations

import json
from contextlib import closing
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.share.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from relcard.share.places import Place


class Whereabouts(NamedTuple):
    """A place before it is opened. The password itself is never kept."""

    address: str  # the path of a folder, or a URL
    user: str = ""
    password_command: str = ""

    @property
    def is_server(self) -> bool:
        """Whether it is asked over a network."""
        return self.address.startswith(("https://", "http://"))

    def as_text(self) -> str:
        """Return it as the store keeps it."""
        return json.dumps(self._asdict(), ensure_ascii=False)


def where(address: str, *, user: str = "", password_command: str = "") -> Whereabouts:
    """Return the place that a user names. Raises `ServerError` for a URL to which no password may go."""
    named = Whereabouts(address, user, password_command)
    if named.is_server:
        from relcard.share.https import address_of  # noqa: PLC0415  40 ms, where a server is asked

        address_of(address)
        return named
    return named._replace(address=str(Path(address).expanduser().absolute()))


def from_text(text: str) -> Whereabouts:
    """Return the place that the store keeps."""
    return Whereabouts(**json.loads(text))


@contextmanager
def opened(named: Whereabouts, ask: Callable[[str], str]) -> Iterator[Place]:
    """Open a place; `ask` is for the password of who named no command. Raises `UsageError` without one."""
    if not named.is_server:
        yield Folder(Path(named.address))
        return
    from relcard.share.https import Login  # noqa: PLC0415  as above
    from relcard.share.passwords import password_from  # noqa: PLC0415  as above
    from relcard.share.webdav import WebDav  # noqa: PLC0415  as above

    login = None
    if named.user:
        command = named.password_command
        login = Login(named.user, password_from(command) if command else ask(named.user))
    with closing(WebDav(named.address, login)) as place:
        yield place
