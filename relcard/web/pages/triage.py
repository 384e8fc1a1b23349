"""Triage by thumb: of whom nothing was said yet, one after the other, where circles may be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.importing.triage import hints
from relcard.domain.people.circle import Circle
from relcard.services.importing.triage_queue import triage_queue
from relcard.store import relationships
from relcard.store.file import journal
from relcard.web import revisions
from relcard.web.refusal import RefusalError
from relcard.web.routes import does
from relcard.web.routes import shows

if TYPE_CHECKING:
    from starlette.responses import Response

    from relcard.domain.importing.triage import TriageCandidate
    from relcard.services.importing.triage_queue import TriageQueue
    from relcard.store.file.database import Connection
    from relcard.web.visit import Form
    from relcard.web.visit import Visit


def _show_first(visit: Visit) -> Response:
    return _show(visit, None)


def _show_after(visit: Visit) -> Response:
    return _show(visit, visit.number("contact"))


def _show(visit: Visit, after: int | None) -> Response:
    """Show who is asked about: the first one, or who comes after one that was put off."""
    _check_private(visit)
    with visit.reading() as db:
        queue = _queue(db, visit)
    candidate = _next(queue, after)
    return visit.page(
        "triage.html",
        candidate=candidate,
        hints=hints(candidate, queue.circles) if candidate and visit.language.code == "en" else (),
        mates=_mates(queue, candidate) if candidate else [],
        open_mates=sum(mate.contact_id not in queue.circles for mate in candidate.housemates)
        if candidate
        else 0,
        circles=[circle.value for circle in Circle],
        said=queue.total - len(queue.candidates),
        total=queue.total,
        left=len(queue.candidates),
        revision=revisions.revision(None),
    )


def _next(queue: TriageQueue, after: int | None) -> TriageCandidate | None:
    ids = [candidate.contact_id for candidate in queue.candidates]
    at = ids.index(after) + 1 if after in ids else 0
    return queue.candidates[at] if at < len(ids) else None


def _mates(queue: TriageQueue, candidate: TriageCandidate) -> list[tuple[str, str]]:
    """Return who else lives there, each with the circle that was said."""
    return [
        (mate.name, queue.circles[mate.contact_id].value if mate.contact_id in queue.circles else "")
        for mate in candidate.housemates
    ]


def _answer(visit: Visit, form: Form) -> str:
    """Keep what is said of a contact, or also of all of the household of whom nothing was said."""
    _check_private(visit)
    answer = form.text("circle")
    circle = next((circle for circle in Circle if circle.value == answer), None)
    if circle is None:
        raise RefusalError(400, "bad_request")
    number = visit.number("contact")
    with visit.reading() as db:
        queue = _queue(db, visit)
    candidate = next((each for each in queue.candidates if each.contact_id == number), None)
    mates = [mate.contact_id for mate in candidate.housemates] if candidate and form.text("house") else []
    with visit.changing("triage") as change:
        before = relationships.circles(change.db, [number, *mates])
        if candidate is None and number not in before:
            raise RefusalError(404, "not_found")
        now = before[number].value if number in before else None
        revisions.check(
            form.text("revision"),
            now,
            yours=visit.say(f"circle.{answer}"),
            theirs=visit.say(f"circle.{now}") if now else "",
        )
        ids = [number, *(mate for mate in mates if mate not in before)]
        for contact_id in ids:
            relationships.set_circle(change.db, contact_id, circle, today=visit.today)
    _follow(visit, queue, dict.fromkeys(ids, circle), change.step)
    return visit.kept("/triage", change)


def _queue(db: Connection, visit: Visit) -> TriageQueue:
    """Return who is to be asked about: of ten thousand a second of reading, kept while it is true."""
    return visit.house.queues.of(visit.house.access.state(db), lambda: triage_queue(db))


def _follow(visit: Visit, queue: TriageQueue, said: dict[int, Circle], step: int) -> None:
    """Keep what is left of a queue after an answer, unless another changed something since."""
    candidates = [candidate for candidate in queue.candidates if candidate.contact_id not in said]
    with visit.reading() as db:
        if journal.last_step(db) == step:
            left = replace(queue, candidates=candidates, circles={**queue.circles, **said})
            visit.house.queues.put(visit.house.access.state(db), left)


def _check_private(visit: Visit) -> None:
    if not visit.sees_private:
        raise RefusalError(403, "hidden")


ROUTES = (
    shows("/triage", _show_first),
    shows("/triage/after/{contact:int}", _show_after),
    does("/triage/{contact:int}", _answer),
)
