from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.parse import urlencode

from relcard.store.file import checks
from relcard.store.file import journal
from tests.support.visitor import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.visitor import Visitor

PRIVATE = ("Ada Oak", "High Street", "Żak")
ODD = (
    b"\0",
    b"%00",
    b"%",
    b"&",
    b"=",
    b"'",
    b'"',
    b"<script>",
    b"../",
    b"{{7*7}}",
    b"\xff",
    b"9" * 40,
    b";",
    b"\r\n",
)
FORM = ("content-type", "application/x-www-form-urlencoded")
PATHS = ("/", "/people", "/households/1", "/pair", "/still/style.css", "/households/2?done=1")
FORMS: dict[str, dict[str, str]] = {
    "/people": {"words": "ada"},
    "/households/1/note": {"text": "tea", "revision": "0" * 16},
    "/households/1/fact": {"key": "tea", "value": "green", "revision": "0" * 16},
    "/households/1/log": {"channel": "call", "on": "2026-11-18", "text": "hello"},
    "/done": {"ids": "birthday-1-2026", "channel": "", "line": ""},
    "/snooze": {"ids": "birthday-1-2026"},
    "/undo": {"step": "1", "back": "/"},
    "/language": {"language": "pl", "back": "/people"},
    "/pair": {"code": "AAAA-AAAA", "name": "x"},
}

TRICKS = (
    "/still/../house.py",
    "/still/..%2f..%2fhouse.py",
    "/still/%2e%2e/%2e%2e/devices.py",
    "/still//etc/passwd",
    "/still/",
    "/still/style.css/../../house.py",
    "/still/templates/base.html",
    "/still/style.css\0.js",
    "//evil.example/",
    "/../../etc/passwd",
    "/households/../still/style.css",
)


def _mutated(random: Random, text: bytes) -> bytes:
    """Return some bytes with a few of them cut, doubled, replaced or made odd."""
    data = bytearray(text)
    for _ in range(random.choice((0, 1, 1, 2, 5))):
        place = random.randint(0, len(data))
        data[place : place + random.choice((0, 0, 1, 3, 40))] = random.choice(
            (random.choice(ODD), bytes([random.randrange(256)]), bytes(data[:20]))
        )
    return bytes(data)


def test_mutated_requests_find_no_fault(
    visitor: Callable[[], Visitor], book: Book, store_path: str, dose: Callable[[int, int], int]
) -> None:
    """Whatever comes, no fault answers; a stranger reads nothing of anybody, and the store is whole."""
    random = Random(15)  # noqa: S311  the same requests every time
    phone, stranger = visitor().paired(), visitor()
    stranger.get("/pair")
    for number in range(dose(60, 2000)):
        device = stranger if number % 3 == 0 else phone
        if random.random() < 0.3:
            target = _mutated(random, random.choice(PATHS).encode()).decode("latin-1")
            answer = device.ask("GET", target if target.startswith("/") else f"/{target}")
        else:
            path, fields = random.choice([*FORMS.items()])
            page = phone.get(path.rpartition("/")[0] or "/") if device is phone else stranger.last
            assert page is not None
            body = urlencode({"token": page.token if 'name="token"' in page.text else "", **fields}).encode()
            kind = (
                (FORM[0], _mutated(random, FORM[1].encode()).decode("latin-1")) if number % 5 == 0 else FORM
            )
            answer = device.ask("POST", path, _mutated(random, body), [("origin", ORIGIN), kind])
        assert answer.status in (200, 303, 400, 403, 404, 405, 408, 409, 413), answer.status
        if device is stranger:
            assert not any(name in answer.text for name in PRIVATE)
    assert checks.examine(store_path).is_sound
    while journal.undo(book.db):
        pass


def test_path_leads_nowhere_but_to_pages(phone: Visitor) -> None:
    """There are no folders behind it: a file is one of the few names there are."""
    for path in TRICKS:
        answer = phone.get(path)
        assert answer.status == 404, path
        assert "There is no such page" in answer.words


def test_nothing_leads_elsewhere(phone: Visitor) -> None:
    """A form can send nobody to another site."""
    phone.get("/")
    for back in ("//evil.example", "https://evil.example", "javascript:1", "/\\evil.example", "", "x"):
        assert phone.post("/language", language="de", back=back).header("location") == "/"


def test_names_are_only_ever_names(phone: Visitor, book: Book) -> None:
    """What looks like HTML or like a template is shown as it was written."""
    evil = "<script>alert(1)</script>{{ 7 * 7 }}\"'"
    page = phone.get("/households/1")
    after = phone.sent("/households/1/note", text=evil, revision=page.field("revision"))
    assert b"<script>alert" not in after.body
    assert evil in after.text
    assert "49" not in after.words
    phone.get("/people")
    assert quote(evil) not in str(phone.post("/people", words=evil).headers)


def test_no_address_names_anybody(phone: Visitor) -> None:
    """Links and forms bear numbers and words of ours."""
    phone.get("/people")
    for answer in (phone.post("/people", words="ada"), phone.get("/"), phone.get("/households/1")):
        for part in answer.body.decode().split('="')[1:]:
            if part.startswith(("/", "?")):
                assert "ada" not in part.partition('"')[0].lower()


def test_device_of_another_store_is_nobody(phone: Visitor, house: House) -> None:
    """A cookie is good for the one house that gave it."""
    phone.cookies = {house.cookie: "A" * 43}
    assert phone.get("/", follow=False).header("location") == "/pair"
