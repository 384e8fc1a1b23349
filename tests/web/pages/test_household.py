from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.store import relationships
from relcard.store.file import checksums
from relcard.store.file import journal
from relcard.store.sharing import ledger
from tests.support.book import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.browser import Windows
    from tests.support.visitor import Visitor


@pytest.fixture
def ada(house: House, book: Book) -> str:
    """Return the path of a household of which something is kept."""
    book.circle(Circle.INNER, "Ada Oak")
    with journal.step(book.db, "kept", today=TODAY):
        contact_id = book.id_of("Ada Oak")
        relationships.add_note(book.db, contact_id, "the roof leaks", on=TODAY)
        relationships.set_fact(book.db, contact_id, "tea", "green", today=TODAY)
        relationships.add_interaction(
            book.db, contact_id, channel="card", direction="from them", on=TODAY, text="come and see"
        )
    return f"/households/{book.home_of('Ada Oak')}"


def _new_fact(text: str) -> str:
    """Return the revision that the form of a new fact bears."""
    return text.split("/fact", 1)[1].split('name="revision" value="', 1)[1][:16]


def test_page_has_what_is_to_be_remembered(phone: Visitor, ada: str) -> None:
    """Who, when born, where, what lasts, what was written, and how near."""
    words = phone.get(ada).words
    for part in ("innermost circle", "birthday 23 November", "1 High Street", "Dear Ada,", "tea green"):
        assert part in words
    assert "the roof leaks" in words
    assert "2026 They wrote “come and see”" in words


def test_notes_and_circles_are_kept_from_a_device_that_may_not_see_them(
    visitor: Callable[[], Visitor], ada: str
) -> None:
    """They are nowhere in the page, not even hidden."""
    text = visitor().paired("tablet", private=False).get(ada).text
    assert "the roof leaks" not in text
    assert "circle" not in text
    assert "green" in text


@pytest.mark.parametrize(
    ("form", "fields", "said"),
    [
        ("note", {"text": "Ola began the cello"}, "Ola began the cello"),
        ("fact", {"key": "bread", "value": "rye"}, "bread rye"),
        (
            "log",
            {"channel": "call", "text": "the garden", "on": "2026-11-18"},
            "call, Wednesday 18 November the garden",
        ),
    ],
)
def test_something_is_kept_in_one_breath_and_taken_back(
    phone: Visitor, book: Book, ada: str, form: str, fields: dict[str, str], said: str
) -> None:
    """It stands on the page, the history names form, house and device, and undo takes it away again."""
    page = phone.get(ada)
    revision = page.field("revision") if form != "fact" else _new_fact(page.text)
    after = phone.sent(f"{ada}/{form}", revision=revision, **fields)
    assert said in after.words
    step = journal.history(book.db)[0]
    assert step.device == "Marta's phone"
    assert step.command.startswith(f"{form} h")
    phone.post("/undo", step=str(step.id), back=ada)
    assert said not in phone.get(ada).words


def test_fact_that_was_changed_since_is_not_overwritten(phone: Visitor, book: Book, ada: str) -> None:
    """Both are shown, and only a second word replaces the other."""
    page = phone.get(ada)
    revision = page.text.rsplit('name="revision" value="', 1)[1][:16]
    with journal.step(book.db, "elsewhere", today=TODAY):
        relationships.set_fact(book.db, book.id_of("Ada Oak"), "tea", "black", today=TODAY)
    answer = phone.post(f"{ada}/fact", revision=revision, key="tea", value="white")
    assert answer.status == 409
    assert "What you wrote tea: white What stands there now tea: black" in answer.words
    assert "tea black" in phone.get(ada).words
    phone.last = answer
    fields = {name: answer.field(name) for name in ("revision", "key", "value")}
    assert "tea white" in phone.sent(f"{ada}/fact", **fields).words


def test_new_fact_does_not_overwrite_one_of_the_same_name(phone: Visitor, ada: str) -> None:
    """Who types tea and does not know that there is one sees it first."""
    revision = _new_fact(phone.get(ada).text)
    assert phone.post(f"{ada}/fact", revision=revision, key="Tea", value="white").status == 409


def test_form_of_a_household_that_others_live_in_now_is_shown_first(
    phone: Visitor, book: Book, ada: str
) -> None:
    """Numbers of households are used again: a note never goes to strangers."""
    revision = phone.get(ada).field("revision")
    book.db.execute("UPDATE household SET uuid = randomblob(16) WHERE id = ?", (book.home_of("Ada Oak"),))
    assert phone.post(f"{ada}/note", revision=revision, text="for Ada").status == 409


@pytest.mark.parametrize(
    ("form", "fields", "said"),
    [
        ("note", {"text": " "}, "Nothing was written"),
        ("log", {"channel": "call", "on": "2026-11-21"}, "has not come yet"),
        ("log", {"channel": "telepathy"}, "did not understand"),
        ("log", {"channel": "call", "on": "soon"}, "did not understand"),
        ("fact", {"key": "k" * 61, "value": "v"}, "too much"),
    ],
)
def test_what_cannot_be_kept_is_said(
    phone: Visitor, book: Book, ada: str, form: str, fields: dict[str, str], said: str
) -> None:
    """In words, with nothing changed."""
    before = journal.history(book.db)
    revision = phone.get(ada).field("revision")
    answer = phone.post(f"{ada}/{form}", revision=revision, **fields)
    assert answer.status == 400
    assert said in answer.words
    assert journal.history(book.db) == before


@pytest.mark.parametrize("number", ["99", "0", "9" * 30, "x", "-1"])
def test_household_that_is_not_there(phone: Visitor, number: str) -> None:
    assert phone.get(f"/households/{number}").status == 404


def test_counter_without_scripts_in_a_real_browser(
    book: Book, ada: str, at_home: str, window: Windows
) -> None:
    """Paired by hand, found, noted, taken back; nothing bars anybody, and no target is under 48 pixels."""
    from tests.support.browser import barriers

    page = window("tablet", dark=True)
    page.goto(at_home)
    assert page.get_by_label("Code").input_value() == at_home.partition("#")[2]
    assert "#" not in page.url
    assert not barriers(page)
    page.get_by_label("What to call").fill("counter")
    page.get_by_role("button", name="Pair").click()
    plain = window("phone", scripts=False)
    plain.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain.goto(at_home.partition("/pair")[0])
    plain.get_by_role("link", name="People").click()
    plain.get_by_label("A few letters").fill("oak")
    plain.get_by_role("button", name="Find").click()
    plain.get_by_role("link", name="Ada Oak").click()
    assert ada in plain.url
    plain.get_by_text("A note").click()
    smallest = plain.locator("button:visible, summary, input:visible, textarea:visible, nav a").evaluate_all(
        "all => Math.min(...all.map(each => each.getBoundingClientRect().height))"
    )
    assert smallest >= 48
    widest = plain.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert widest <= 0
    plain.get_by_label("What there is to remember").fill("a new kitchen")
    plain.get_by_role("button", name="Keep").first.click()
    assert plain.get_by_text("a new kitchen").is_visible()
    plain.get_by_role("button", name="Take it back").click()
    assert plain.get_by_role("heading", name="Taken back.").is_visible()
    assert journal.history(book.db)[0].undone


def test_page_marks_what_goes_another_way_than_its_kind(phone: Visitor, book: Book, ada: str) -> None:
    """Only where a list is shared; a note that travels as notes do has no mark."""
    book.db.execute("UPDATE note SET ours = 1")
    book.db.execute("UPDATE fact SET ours = 0")
    checksums.seal_all(book.db)
    assert "mine" not in phone.get(ada).words
    ledger.begin(book.db, ledger.Sharing("his", own=("notes", "facts")), today=TODAY)
    words = phone.get(ada).words
    assert "tea · mine" in words
    assert "ours" not in words
