from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.visitor import Answer
    from tests.support.visitor import Visitor


@pytest.fixture(autouse=True)
def season(book: Book, house: House) -> None:
    """Three cards to write."""
    for name in ("Ada Oak", "Ben Elm", "Zoë Żak"):
        book.circle(Circle.FRIEND, name)
    book.start()


def paths(page: Answer) -> list[str]:
    """Return the paths of the cards on a page of piles, in its order."""
    return list(dict.fromkeys(re.findall(r'href="(/desk/\d+/\d+)"', page.text)))


def path_of(page: Answer, name: str) -> str:
    """Return the path of somebody's card."""
    (path,) = re.findall(rf'href="(/desk/\d+/\d+)">{name}', page.text)
    return str(path)


def note(book: Book, name: str, text: str) -> None:
    """Keep a note of somebody."""
    with journal.step(book.db, "note", today=TODAY):
        relationships.add_note(book.db, book.id_of(name), text, on=TODAY)


def states(book: Book) -> dict[str, str]:
    """Return how far each card is."""
    return {name: row.state for name, row in book.rows().items()}


def test_desk_has_the_pile_and_leads_through_it_card_by_card(phone: Visitor, book: Book) -> None:
    """Each card written goes to the next in the order; behind the last one stands the pile, all of it done."""
    piles = phone.get("/desk")
    assert "0 of 3 written" in piles.words
    cards = paths(piles)
    assert len(cards) == 3
    page = phone.get(cards[0])
    for line in ("the pears are in", "", "see you in May"):
        path = page.field("back")
        page = phone.sent(f"{path}/written", line=line, revision=page.field("revision"), back=path)
    assert set(states(book).values()) == {"written"}
    assert "3 of 3 written" in page.words
    assert "Enough for one evening" in page.words


def test_desk_card_has_what_the_pen_needs(phone: Visitor, book: Book) -> None:
    """How to begin, their line and yours, notes, the address as it should stand, and the blank in its measure."""
    note(book, "Ada Oak", "Kit plays the cello")
    page = phone.get(path_of(phone.get("/desk"), "Ada Oak"))
    assert "Begin with Dear Ada," in page.words
    assert "Since then Kit plays the cello" in page.words
    assert "Ada Oak\n1 High Street\nLEEDS" in page.text
    assert "lines of your hand, about" in page.words
    assert '<svg viewBox="-1 -1 107' in page.text  # an A6 panel, 105 by 148 mm
    assert "friend" not in page.words


def test_notes_are_shown_only_where_the_owner_said_so(visitor: Callable[[], Visitor], book: Book) -> None:
    """A device that may not see notes may still write one."""
    note(book, "Ada Oak", "Kit plays the cello")
    kitchen = visitor().paired("kitchen", private=False)
    path = path_of(kitchen.get("/desk"), "Ada Oak")
    page = kitchen.get(path)
    assert "cello" not in page.words
    assert "sings" not in kitchen.sent(f"{path}/note", text="Ada sings").words
    assert "Ada sings" in visitor().paired("desk").get(path).words


def test_note_at_the_desk_is_of_whom_it_names(phone: Visitor, book: Book) -> None:
    """It is a step of the device, and one tap takes it back."""
    path = path_of(phone.get("/desk"), "Ada Oak")
    phone.get(path)
    page = phone.sent(f"{path}/note", text="Ada sings")
    assert "Since then Ada sings" in page.words
    assert journal.history(book.db)[0].device == "Marta's phone"
    phone.post("/undo", step=page.field("step"), back=path)
    assert "Ada sings" not in phone.get(path).words


def test_card_that_was_written_elsewhere_is_not_overwritten(
    visitor: Callable[[], Visitor], phone: Visitor, book: Book
) -> None:
    """Whoever comes second sees both lines and chooses."""
    tablet = visitor().paired("tablet")
    path = paths(phone.get("/desk"))[0]
    mine, theirs = phone.get(path), tablet.get(path)
    tablet.sent(f"{path}/written", line="from the tablet", revision=theirs.field("revision"), back=path)
    answer = phone.post(f"{path}/written", line="from the phone", revision=mine.field("revision"), back=path)
    assert answer.status == 409
    assert "from the tablet" in answer.words
    assert "from the phone" in answer.words
    again = phone.post(f"{path}/written", line="from the phone", revision=answer.field("revision"), back=path)
    assert again.status == 303
    assert "“from the phone”" in phone.get(path).text
    assert [step.device for step in journal.history(book.db)[:2]] == ["Marta's phone", "tablet"]


def test_who_only_reads_turns_pages_and_writes_nothing(visitor: Callable[[], Visitor], book: Book) -> None:
    """The next card is a link; the form is not there, and one that is sent all the same is refused."""
    reader = visitor().paired("reader", writes=False)
    path, after, *_ = paths(reader.get("/desk"))
    page = reader.get(path)
    assert "<textarea" not in page.text
    assert f'href="{after}"' in page.text
    assert reader.post(f"{path}/written", line="x", revision="").status == 403
    assert set(states(book).values()) == {"planned"}


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Beginne mit"), ("fr", "Commence par"), ("pl", "Zacznij od")]
)
def test_desk_speaks_the_language_of_the_device(phone: Visitor, language: str, words: str) -> None:
    """What the program says in one language only is left out in another."""
    phone.language = language
    page = phone.get(paths(phone.get("/desk"))[0])
    assert words in page.words
    assert "worth asking" not in page.words


@pytest.mark.parametrize("path", ["/desk/1/999", "/desk/99/1", "/desk/99999999999/1"])
def test_card_that_is_not_there_is_said_calmly(phone: Visitor, path: str) -> None:
    """A closed season and a household that left it are no pages."""
    assert phone.get(path).status == 404


def test_card_of_a_store_that_was_replaced_is_asked_about(phone: Visitor, book: Book, house: House) -> None:
    """A backup was brought back meanwhile, in which the same number is somebody else."""
    path = path_of(phone.get("/desk"), "Ada Oak")
    page, number = phone.get(path), int(path.rpartition("/")[2])
    book.db.execute("UPDATE household SET uuid = randomblob(16) WHERE id = ?", (number,))
    answer = phone.post(f"{path}/written", line="for Ada", revision=page.field("revision"), back=path)
    assert answer.status == 409
    assert set(states(book).values()) == {"planned"}
