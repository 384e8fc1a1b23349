from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.season import State
from relcard.services.seasons.move_cards import move_cards
from relcard.services.seasons.proposed_addresses import list_proposals
from relcard.services.seasons.read_season import find_season
from relcard.store import contacts
from relcard.store import pictures
from relcard.store import relationships
from relcard.store.file import journal
from relcard.store.file import picture_folder
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import dump
from tests.support.pictures import from_camera
from tests.support.pictures import is_upright
from tests.support.pictures import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.browser import Windows
    from tests.support.visitor import Answer
    from tests.support.visitor import Visitor


@pytest.fixture
def post(book: Book, house: House) -> Book:
    """Return a book whose christmas-2026 is open: to Ben Elm a card is posted, to Ada Oak none is written yet."""
    book.circle(Circle.FRIEND, "Ada Oak", "Ben Elm")
    book.start()
    ben = [each for each in book.recipients() if each.household.addressee == "Ben Elm"]
    with journal.step(book.db, "posted", today=TODAY):
        move_cards(book.db, find_season(book.db, None), ben, State.POSTED, today=TODAY, line=None)
    return book


def _over(book: Book) -> None:
    """Let the season be last year's, and closed."""
    with journal.step(book.db, "season close", today=TODAY):
        book.db.execute(
            """UPDATE season SET name = 'christmas-2025', year = 2025, started_on = '2025-11-01',
                                 feast_on = '2025-12-25', closed_on = '2026-01-06'"""
        )


def _came(phone: Visitor, home: int, *files: tuple[str, str, bytes], **fields: str) -> Answer:
    phone.get(f"/letterbox/{home}")
    return phone.uploaded(f"/letterbox/{home}/came", fields, files)


def test_the_likely_ones_come_first_and_a_search_finds_the_others(post: Book, phone: Visitor) -> None:
    """In the season and silent, whom you wrote before all; no word of a search stands in the address."""
    words = phone.get("/letterbox").words
    assert words.index("Ben Elm you wrote") < words.index("Ada Oak")
    assert "Żak" not in words
    found = phone.post("/letterbox", words="zak")
    assert (found.status, "Zoë Żak" in found.words, "Ben Elm" in found.words) == (200, True, False)


def test_a_card_is_kept_with_its_pictures_in_one_step(post: Book, phone: Visitor, store_path: str) -> None:
    """Line, who signed and pictures, upright; another address waits and changes nothing; one tap takes it back."""
    before, home = dump(post.db), post.home_of("Ben Elm")
    lying, inside = from_camera(orientation=6), from_camera(500, 400)
    answer = _came(
        phone, home, ("front", "IMG 1.jpg", lying), ("inside", "b.jpg", inside), ("more", "", b""),
        line="come and see", signed="Ben and Bo", address="7 Low Lane\r\nLeeds LS2 8AA",
    )  # fmt: skip
    after = phone.get(answer.header("location"))
    assert "Kept." in after.words
    assert "Ben Elm has come" in after.words
    newest = journal.history(post.db)[0]
    assert (newest.command, newest.device) == (f"received h{home}", "Marta's phone")
    ben = post.id_of("Ben Elm")
    rows = pictures.of_contacts(post.db, [ben])
    assert [(row.kind, row.season, row.place) for row in rows] == [
        ("card", "christmas-2026", 1),
        ("card", "christmas-2026", 2),
    ]
    assert is_upright(opened(picture_folder.read(store_path, rows[0].sha256)))
    assert post.rows()["Ben Elm"].received_on == TODAY
    passed = [touch for touch in relationships.interactions(post.db, [ben]) if touch.text]
    assert [touch.text for touch in passed] == ["come and see"]
    assert [note.text for note in relationships.notes(post.db, [ben])] == [
        "the card of christmas-2026 is signed by Ben and Bo"
    ]
    (waiting,) = list_proposals(post.db, STANDPOINT)
    assert (waiting.proposed.line, waiting.proposed.device) == ("7 Low Lane, Leeds LS2 8AA", "Marta's phone")
    address = contacts.load(post.db, ben).address_on(TODAY)
    assert address is not None
    assert address.street == "2 Low Road"
    assert "7 Low Lane, Leeds LS2 8AA: waits on the computer" in phone.get(f"/letterbox/{home}").words
    phone.get(answer.header("location"))
    assert "Taken back" in phone.post("/undo", step=after.field("step"), back="/letterbox").words
    assert dump(post.db) == before


def test_a_card_alone_takes_one_tap(post: Book, phone: Visitor) -> None:
    """Nothing need be typed or taken; who was not in the season comes into it."""
    assert _came(phone, post.home_of("Zoë Żak"), ("front", "", b"")).status == 303
    assert post.rows()["Zoë Żak"].received_on == TODAY


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"words", "That is no picture"),
        (from_camera()[:3000], "That is no picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "That is no picture"),
    ],
)
def test_what_is_no_picture_keeps_nothing_and_loses_no_word(
    post: Book, phone: Visitor, data: bytes, words: str
) -> None:
    """The form comes again, calmly, with what was typed."""
    before = dump(post.db)
    answer = _came(phone, post.home_of("Ben Elm"), ("front", "a.jpg", data), line="come & see", signed="Bo")
    assert (answer.status, words in answer.words) == (400, True)
    assert "come & see" in answer.text
    assert 'value="Bo"' in answer.text
    assert dump(post.db) == before


def test_a_phone_whose_pictures_cannot_be_read_is_told_so(
    post: Book, phone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HEIC without the extra for it: the computer says what to install."""
    monkeypatch.setattr("relcard.paper.picture_file.has_extra", lambda _: False)
    monkeypatch.setattr("relcard.web.pages.letterbox.has_extra", lambda _: False)
    heic = b"\0\0\0\x18ftypheic" + bytes(40)
    answer = _came(phone, post.home_of("Ben Elm"), ("front", "a.heic", heic))
    assert (answer.status, "cannot read the pictures of this phone" in answer.words) == (400, True)


def test_too_much_at_once_is_refused(post: Book, phone: Visitor, store_path: str) -> None:
    """A body above 20 MB, more files than a card has sides, and a form that is none."""
    before, home = dump(post.db), post.home_of("Ben Elm")
    assert _came(phone, home, ("front", "a.jpg", bytes(21_500_000))).status == 413
    assert _came(phone, home, *[("more", "a.jpg", b"x")] * 30).status == 400
    headers = [("content-type", "multipart/form-data; boundary=x"), ("origin", "http://127.0.0.1:8741")]
    assert phone.ask("POST", f"/letterbox/{home}/came", b"--y\r\n", headers).status in (400, 403)
    assert dump(post.db) == before
    assert not picture_folder.folder_of(store_path).exists()


def test_an_envelope_that_came_back_retires_the_address(post: Book, phone: Visitor) -> None:
    """With its picture; only what was posted may come back."""
    ben, ada = post.home_of("Ben Elm"), post.home_of("Ada Oak")
    assert "My envelope came back" in phone.get(f"/letterbox/{ben}").words
    phone.uploaded(f"/letterbox/{ben}/back", {}, [("envelope", "a.jpg", from_camera())])
    assert post.rows()["Ben Elm"].state == "returned"
    assert [row.kind for row in pictures.of_contacts(post.db, [post.id_of("Ben Elm")])] == ["envelope"]
    assert contacts.load(post.db, post.id_of("Ben Elm")).address_on(TODAY) is None
    assert "My envelope came back" not in phone.get(f"/letterbox/{ada}").words
    assert phone.uploaded(f"/letterbox/{ada}/back", {}, []).status == 400
    phone.get("/letterbox")
    assert phone.uploaded("/letterbox/9999/back", {}, []).status == 404


def test_without_a_season_the_page_says_how_to_begin(house: House, phone: Visitor, book: Book) -> None:
    home = book.home_of("Ada Oak")
    assert "relcard season start" in phone.get(f"/letterbox/{home}").words
    assert phone.uploaded(f"/letterbox/{home}/came", {}, []).status == 409


def test_a_device_that_reads_only_sees_the_pictures_and_no_form(
    post: Book, phone: Visitor, visitor: Callable[[], Visitor]
) -> None:
    home = post.home_of("Ben Elm")
    _came(phone, home, ("front", "a.jpg", from_camera()))
    reader = visitor().paired("Tablet", writes=False)
    page = reader.get(f"/letterbox/{home}")
    assert "card of 2026" in page.text
    assert "Picture of the front" not in page.words
    assert "card of 2026" in reader.get(f"/households/{home}").text


@pytest.mark.parametrize("language", ["de", "fr", "pl"])
def test_the_letterbox_speaks_the_language_of_the_device(post: Book, phone: Visitor, language: str) -> None:
    phone.language = language
    words = {"de": "Bild der Vorderseite", "fr": "Image du recto", "pl": "Zdjęcie przodu"}
    assert words[language] in phone.get(f"/letterbox/{post.home_of('Ben Elm')}").words


def test_one_hand_takes_the_post_in(
    post: Book, at_home: str, window: Windows, tmp_path: Path, store_path: str
) -> None:
    """On a phone, in a real browser: found, pictured, kept, taken back; nothing bars anybody, nothing is cut off."""
    from tests.support.browser import barriers

    (tmp_path / "front.jpg").write_bytes(from_camera(1200, 900, orientation=6))
    page = window("phone", dark=True)
    page.goto(at_home)
    page.get_by_role("button", name="Pair").click()
    page.get_by_role("link", name="Letterbox").click()
    page.get_by_label("A few letters").fill("elm")
    page.get_by_role("button", name="Find").click()
    assert not barriers(page)
    page.get_by_role("link", name="Ben Elm").click()
    page.get_by_text("Who signed, another address").click()
    assert not barriers(page)
    smallest = page.locator("main button:visible, main summary, main input:visible").evaluate_all(
        "all => Math.min(...all.map(each => each.getBoundingClientRect().height))"
    )
    assert smallest >= 48
    page.get_by_label("Picture of the front").set_input_files(tmp_path / "front.jpg")
    page.get_by_label("A line worth keeping").fill("come and see")
    page.get_by_role("button", name="keep it").click()
    page.get_by_text("Kept.").wait_for()
    (row,) = pictures.of_contacts(post.db, [post.id_of("Ben Elm")])
    assert is_upright(opened(picture_folder.read(store_path, row.sha256)))
    page.get_by_role("link", name="Ben Elm has come").click()
    image = page.get_by_role("img", name="card of 2026")
    image.scroll_into_view_if_needed()
    assert image.evaluate("each => each.decode().then(() => each.naturalWidth)") == 1200
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not barriers(page)


def test_a_card_between_two_seasons_is_kept_with_its_day(post: Book, phone: Visitor, store_path: str) -> None:
    """It is none of the season that was closed long ago, whose list stays as it was."""
    _over(post)
    before, ben = post.rows("christmas-2025")["Ben Elm"], post.id_of("Ben Elm")
    assert "Ben Elm" not in phone.get("/letterbox").words
    home = post.home_of("Ben Elm")
    assert "the card is kept with its day" in phone.get(f"/letterbox/{home}").words
    _came(phone, home, ("front", "a.jpg", from_camera()), line="from the sea", signed="Ben and Bo")
    assert post.rows("christmas-2025")["Ben Elm"] == before
    (picture,) = pictures.of_contacts(post.db, [ben])
    assert (picture.season, picture.came_on) == ("", str(TODAY))
    logged = post.db.execute(
        "SELECT channel, direction, happened_on, text, season_id FROM interaction WHERE direction = 'from them'"
    )
    assert logged.fetchall() == [("card", "from them", str(TODAY), "from the sea", None)]
    (note,) = relationships.notes(post.db, [ben])
    assert note.text == f"the card of {TODAY} is signed by Ben and Bo"


def test_an_envelope_comes_back_long_after_its_season(post: Book, phone: Visitor) -> None:
    _over(post)
    home = post.home_of("Ben Elm")
    phone.get(f"/letterbox/{home}")
    assert phone.uploaded(f"/letterbox/{home}/back", {}, []).status == 303
    assert post.rows("christmas-2025")["Ben Elm"].state == "returned"
