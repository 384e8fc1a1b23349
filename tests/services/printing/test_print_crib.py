from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument
from pypdfium2 import raw

from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.paper.card_pictures import kept_picture
from relcard.services.printing.print_crib import CribPages
from relcard.services.printing.print_crib import print_crib
from relcard.services.seasons.draft_cards import Wanted
from relcard.store import pictures
from relcard.store import relationships
from relcard.store.file import journal
from relcard.store.file import picture_folder
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.pdf import page_texts
from tests.support.pictures import from_camera

if TYPE_CHECKING:
    from relcard.services.printing.print_run import PrintRun
    from tests.support.book import Book

WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())
BY_POST = CribPages(title="t", sender_country="GB", envelope="C6")


def _crib(book: Book) -> PrintRun:
    return print_crib(book.db, book.recipients(), WANTED, CribPages(title="christmas-2026"))


def test_crib_stands_in_writing_order(book: Book) -> None:
    """What must be posted first is first on the paper, each with its day."""
    book.imported(
        card("Home Hill", street="1 High Street"),
        card("Kiwi King", "ADR;TYPE=home:;;3 Bay Road;Nelson;;7010;New Zealand"),
        card("Ola Lis", "ADR;TYPE=home:;;ul. Długa 4;Kraków;;31-146;Poland"),
    )
    book.circle(Circle.FRIEND, "Home Hill", "Kiwi King", "Ola Lis")
    book.start()
    run = _crib(book)
    text = " ".join(page_texts(run.data))
    places = [text.index(name) for name in ("Kiwi King", "Ola Lis", "Home Hill")]
    assert run.items == 3
    assert places == sorted(places)
    day = book.recipients()[0].post_by
    assert day is not None
    assert f"{day.day} {day:%b}" in text


def test_crib_holds_what_the_writer_needs(open_season: Book, today: date) -> None:
    """Their line and yours, notes, facts, how to begin and the room; the address where it is written by hand."""
    ada = open_season.id_of("Ada Oak")
    with journal.step(open_season.db, "know", today=today):
        for direction, line in (("from them", "come and see the garden"), ("to them", "the train is booked")):
            relationships.add_interaction(
                open_season.db, ada, channel="card", direction=direction, on=date(2025, 12, 20), text=line
            )
        relationships.add_note(open_season.db, ada, "new kitchen", on=date(2026, 9, 1))
        relationships.set_fact(open_season.db, ada, "bread", "rye", today=today)
    text = " ".join(" ".join(page_texts(_crib(open_season).data)).split())
    for words in (
        "come and see the garden",
        "the train is booked",
        "new kitchen",
        "bread: rye",
        "Dear Ada,",
        "1 High Street",
        "lines, about",
    ):
        assert words in text


def test_numbers_are_those_of_the_season_and_stamps_go_as_far(book: Book) -> None:
    """An entry printed alone keeps its number; each says whether home, Europe or the world."""
    book.imported(
        card("Home Hill", street="1 High Street"),
        card("Kiwi King", "ADR;TYPE=home:;;3 Bay Road;Nelson;;7010;New Zealand"),
        card("Ola Lis", "ADR;TYPE=home:;;ul. Długa 4;Kraków;;31-146;Poland"),
    )
    book.circle(Circle.INNER, "Home Hill", "Kiwi King", "Ola Lis")
    book.start()
    for one, stamp in zip(book.recipients(), ("world", "europe", "home"), strict=True):
        run = print_crib(book.db, [one], WANTED, BY_POST)
        (text,) = page_texts(run.data)
        lines = [line.casefold() for line in text.split("\n")]
        assert str(one.number) in " ".join(lines).split()
        assert stamp in lines
        assert "on the envelope, c6" in text.casefold()
    assert [one.number for one in book.recipients()] == [1, 2, 3]


def test_a_stamp_nobody_knows_is_left_open(book: Book) -> None:
    """A country that is none is not taken for the sender's own."""
    book.imported(card("Far Away", "ADR;TYPE=home:;;1 Road;Town;;123;Atlantis"))
    book.circle(Circle.INNER, "Far Away")
    book.start()
    run = print_crib(book.db, book.recipients(), WANTED, BY_POST)
    lines = [line.casefold() for line in page_texts(run.data)[0].split("\n")]
    assert not {"home", "europe", "world"}.intersection(lines)


def test_name_no_font_has_is_named_and_still_there(book: Book) -> None:
    """The crib is for reading: what cannot be printed leaves a mark, and the report says so."""
    book.imported(card("佐藤 健", street="5 High Street"))
    book.circle(Circle.INNER, "佐藤 健")
    book.start()
    run = _crib(book)
    assert run.items == 1
    assert "5 High Street" in page_texts(run.data)[0]
    (skipped,) = run.skipped
    assert skipped.who == "佐藤 健"


def test_eighty_households_take_at_most_eight_pages(book: Book) -> None:
    """Who is near has all their lines; the others three or four, and nothing noted of them is lost."""
    names = [f"Ada{number} Oak{number}" for number in range(80)]
    book.imported(*(card(name, street=f"{number} High Street") for number, name in enumerate(names)))
    book.circle(Circle.FRIEND, *names[10:])
    book.circle(Circle.CLOSE, *names[:10])
    noted = [book.id_of(name) for name in names[10:40]]
    with journal.step(book.db, "know", today=date(2026, 11, 20)):
        for contact_id in noted:
            relationships.add_note(book.db, contact_id, "new kitchen", on=date(2026, 9, 1))
    book.start()
    run = _crib(book)
    pages = page_texts(run.data)
    assert run.items == 80
    assert len(pages) <= 8
    text = "\n".join(pages)
    assert text.count("begin with") == 10
    assert " ".join(text.split()).count("since then new kitchen (Sep)") == 30
    assert text.count("Dear Ada") == text.count(" lines, about ") == 80
    full = print_crib(book.db, book.recipients(), WANTED, CribPages(title="t", full=True))
    assert "\n".join(page_texts(full.data)).count("begin with") == 80


def test_who_died_is_named_and_not_on_the_crib(open_season: Book) -> None:
    """A household of which nobody lives any more is left out with the reason."""
    open_season.imported(
        card("Cyd Ash", "DEATHDATE:2026-11-01", street="3 High Street", version="4.0"),
    )
    run = _crib(open_season)
    assert run.items == 3
    assert "Cyd" not in " ".join(page_texts(run.data))
    assert [(one.who, one.reason) for one in run.skipped] == [
        ("Cyd Ash", "nobody of this household is living")
    ]


def _images(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height in mm of each picture on the pages, at 300 pixels an inch."""
    with closing(PdfDocument(pdf)) as document:
        return [
            (thing.get_px_size()[0] / 300 * 25.4, thing.get_px_size()[1] / 300 * 25.4)
            for page in document
            for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
        ]


def _keep(book: Book, store: str, name: str, data: bytes, came_on: str, kind: str = pictures.CARD) -> bytes:
    with journal.step(book.db, "picture", today=TODAY):
        of = pictures.Card(kind, came_on)
        sha256 = picture_folder.put(store, kept_picture(data, "a"))
        pictures.keep(book.db, book.id_of(name), of, sha256)
    return sha256


def test_the_picture_of_the_last_card_stands_beside_the_entry(open_season: Book, store_path: str) -> None:
    """The newest card's front, in its own proportion, with its year, when asked for; the same bytes each time."""
    wide, high = from_camera(1000, 500), from_camera(600, 900)
    _keep(open_season, store_path, "Ada Oak", from_camera(400, 400), "2024-12-20")
    _keep(open_season, store_path, "Ada Oak", wide, "2025-12-20")
    _keep(open_season, store_path, "Ada Oak", high, "2025-12-20")  # the inside
    _keep(open_season, store_path, "Ben Elm", from_camera(401, 400), "2025", pictures.ENVELOPE)
    _keep(open_season, store_path, "Dee Fir", high, "2023-12-20")
    assert _images(_crib(open_season).data) == []
    asked = CribPages(title="t", pictures=store_path)
    run = print_crib(open_season.db, open_season.recipients(), WANTED, asked)
    assert sorted(round(width / height, 1) for width, height in _images(run.data)) == [0.7, 2.0]
    assert all(width <= 36.1 and height <= 30.1 for width, height in _images(run.data))
    text = " ".join(page_texts(run.data))
    assert ("2025" in text, "2023" in text, "2024" in text) == (True, True, False)
    again = print_crib(open_season.db, open_season.recipients(), WANTED, asked)
    assert again.data == run.data
    assert len(run.data) < 200_000
    for trace in (b"Exif", b"TestCam"):
        assert trace not in run.data


def test_a_picture_that_is_gone_leaves_the_entry_as_it_is(open_season: Book, store_path: str) -> None:
    sha256 = _keep(open_season, store_path, "Ada Oak", from_camera(), "2025-12-20")
    picture_folder.path_of(store_path, sha256).write_bytes(b"damaged")
    asked = CribPages(title="christmas-2026", pictures=store_path)
    run = print_crib(open_season.db, open_season.recipients(), WANTED, asked)
    assert run.data == _crib(open_season).data
