"""Taking back what this device has done, also where somebody else did something since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.file import journal
from relcard.web.refusal import RefusalError
from relcard.web.routes import does

if TYPE_CHECKING:
    from starlette.responses import Response

    from relcard.web.visit import Form
    from relcard.web.visit import Visit


def _undo(visit: Visit, form: Form) -> Response:
    """Take one step of this device back and say what stayed, since it was changed after it."""
    number = form.number("step")
    with visit.undoing() as db:
        step = journal.step_of(db, number)
        if step is None or step.device != visit.device.name:
            raise RefusalError(404, "not_found")
        taken = journal.undo(db, number)
    return visit.page(
        "undone.html", left=taken.left if taken else (), back=visit.back_path(form.text("back"))
    )


ROUTES = (does("/undo", _undo),)
