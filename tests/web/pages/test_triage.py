from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.book import Book
    from tests.support.visitor import Answer
    from tests.support.visitor import Visitor


def circles(book: Book) -> dict[int, Circle]:
    return relationships.circles(book.db, [1, 2, 3])


def test_triage_asks_about_one_after_the_other(phone: Visitor, book: Book) -> None:
    """Each tap is a step of the device that one tap takes back; the last answer says that all is said."""
    page = phone.get("/triage")
    assert "0 of 3 said" in page.words
    page = phone.sent(form_of(page), circle="friend", revision=page.field("revision"))
    assert "1 of 3 said" in page.words
    assert journal.history(book.db)[0].device == "Marta's phone"
    taken_back = phone.post("/undo", step=page.field("step"), back="/triage")
    assert taken_back.field("back") == "/triage"  # where the choice of a language leads
    assert not circles(book)
    for _ in range(3):
        page = phone.get("/triage")
        page = phone.sent(form_of(page), circle="wide", revision=page.field("revision"))
    assert "Every contact has a circle." in page.words
    assert set(circles(book).values()) == {Circle.WIDE}


def form_of(page: Answer) -> str:
    """Return where the form of the contact goes."""
    return page.text.split('action="/triage/')[1].split('"')[0].join(("/triage/", ""))


def test_who_is_put_off_is_passed_over_and_asked_again(phone: Visitor) -> None:
    """Behind the last one stands how many were put off."""
    page = phone.get("/triage")
    names = []
    for _ in range(3):
        names.append(page.text.split("<h1>")[1].split("</h1>")[0])
        page = phone.get(f"/triage/after/{form_of(page).rpartition('/')[2]}")
    assert len(set(names)) == 3
    assert "3 were put off" in page.words
    assert names[0] in phone.get("/triage").words


def test_whom_another_device_spoke_of_meanwhile_is_not_overwritten(
    visitor: Callable[[], Visitor], phone: Visitor, book: Book
) -> None:
    """Both answers are shown, and the second tap decides."""
    tablet = visitor().paired("tablet")
    mine, theirs = phone.get("/triage"), tablet.get("/triage")
    path = form_of(mine)
    tablet.sent(path, circle="inner", revision=theirs.field("revision"))
    answer = phone.post(path, circle="wide", revision=mine.field("revision"), back="/triage")
    assert answer.status == 409
    assert "inner" in answer.words
    assert phone.post(path, circle="wide", revision=answer.field("revision")).status == 303
    assert Circle.WIDE in circles(book).values()


def test_circles_are_for_devices_that_may_see_them(visitor: Callable[[], Visitor], book: Book) -> None:
    """Neither the page nor a form that is sent all the same."""
    kitchen = visitor().paired("kitchen", private=False)
    assert "How near" not in kitchen.get("/people").words
    assert kitchen.get("/triage").status == 403
    kitchen.get("/people")
    assert kitchen.post("/triage/1", circle="inner").status == 403
    assert not circles(book)


def test_circle_nobody_knows_is_refused(phone: Visitor, book: Book) -> None:
    phone.get("/triage")
    assert phone.post("/triage/1", circle="nearest").status == 400
    assert phone.post("/triage/99", circle="inner").status == 404
    assert not circles(book)


def test_queue_that_is_kept_follows_what_others_change(phone: Visitor, book: Book) -> None:
    """After an answer the next is asked without reading all anew; a new name at the terminal is read."""
    page = phone.get("/triage")
    phone.sent(form_of(page), circle="friend", revision=page.field("revision"))
    with journal.step(book.db, "edit", today=TODAY):
        book.db.execute("UPDATE contact SET name = 'Ada Oakley' WHERE name = 'Ada Oak'")
        book.db.execute("UPDATE contact SET name = 'Ben Elms' WHERE name = 'Ben Elm'")
    names = [phone.get("/triage").text.split("<h1>")[1].split("</h1>")[0]]
    names.append(phone.get(f"/triage/after/{form_of(phone.get('/triage')).rpartition('/')[2]}").text)
    assert names[0] in ("Ada Oakley", "Ben Elms", "Zoë Żak")
    assert not any(re.search("Ada Oak<|Ben Elm<", text) for text in names)
