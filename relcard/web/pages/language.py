"""The language of a device: what its browser asks for, until somebody chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from relcard.domain.languages.page import CODES
from relcard.web.refusal import RefusalError
from relcard.web.routes import does
from relcard.web.visit import LANGUAGE_COOKIE

if TYPE_CHECKING:
    from starlette.responses import Response

    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_A_YEAR = 365 * 24 * 3600  # seconds


def _choose(visit: Visit, form: Form) -> Response:
    code = form.text("language")
    if code not in CODES:
        raise RefusalError(400, "bad_request")
    answer = RedirectResponse(visit.back_path(form.text("back")), 303)
    answer.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=_A_YEAR,
        secure=visit.house.is_secure,
        httponly=True,
        samesite="strict",
    )
    return answer


ROUTES = (does("/language", _choose),)
