"""The page on which a device that knows a code is paired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from relcard.web.devices import clean_name
from relcard.web.pairing import TriesOverError
from relcard.web.routes import does
from relcard.web.routes import shows

if TYPE_CHECKING:
    from starlette.responses import Response

    from relcard.web.pairing import Grant
    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_REMEMBERED = 400 * 24 * 3600  # seconds: as long as a browser keeps a cookie


def _show(visit: Visit) -> Response:
    return visit.page("pair.html", wrong="", name="")


def _pair(visit: Visit, form: Form) -> Response:
    """Take the device in, or say why not; the code is used up only once there is a name."""
    name, code = clean_name(form.text("name")), form.text("code")
    try:
        grant = visit.house.pairing.redeem(code, has_name=bool(name))
    except TriesOverError:
        return visit.page("pair.html", status=403, wrong="over", name=name)
    if grant is None:
        return visit.page("pair.html", status=403, wrong="wrong", name=name)
    if not (grant.name or name):
        return visit.page("pair.html", status=400, wrong="no_name", name="")
    return _admit(visit, grant, grant.name or name)


def _admit(visit: Visit, grant: Grant, name: str) -> Response:
    house = visit.house
    token, _ = house.devices.admit(
        name, writes=grant.writes, is_private=grant.is_private, today=visit.today, for_now=grant.for_now
    )
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        house.cookie,
        token,
        max_age=None if grant.for_now else _REMEMBERED,
        path="/",
        secure=house.is_secure,
        httponly=True,
        samesite="strict",
    )
    return answer


ROUTES = (shows("/pair", _show), does("/pair", _pair))
