from __future__ import annotations

from html.parser import HTMLParser
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.parse import urlencode

from relcard.domain.people.circle import Circle
from relcard.store.file import checks
from relcard.store.file import journal
from tests.support.book import card
from tests.support.visitor import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

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


def test_another_language_is_chosen_on_whatever_page(phone: Visitor) -> None:
    """It leads to a page that can be shown, also from one that a form was answered with."""
    phone.get("/")
    for path, form in (("/undo", {"step": "99"}), ("/triage/1", {"circle": "none of ours"})):
        answer = phone.post(path, **form)
        assert answer.status >= 400
        where = phone.post("/language", language="de", back=answer.field("back")).header("location")
        assert phone.get(where).status == 200, path


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


class _Seen(HTMLParser):
    """What a browser would make of a page: its elements and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "action")}


def _told(phone: Visitor, home: int, text: str) -> _Seen:
    """Return what pages are made of once a text stands wherever somebody may type one."""
    seen, path = _Seen(), f"/households/{home}"
    fields = {"text": text, "key": text[:60], "value": text, "channel": "call", "line": text}
    for form in ("note", "log"):
        phone.sent(f"{path}/{form}", revision=phone.get(path).field("revision"), **fields)
    fact = phone.get(path).text.split("/fact", 1)[1].split('name="revision" value="', 1)[1][:16]
    phone.sent(f"{path}/fact", revision=fact, **fields)
    phone.get(f"/desk/1/{home}")
    changed = phone.post(f"/desk/1/{home}/written", revision="x", **fields)
    assert changed.status == 409
    phone.get("/people")
    pages = [changed, phone.post("/people", words=text), phone.post("/people", words="oak")]
    shown = ("/", path, "/desk", f"/desk/1/{home}", "/letterbox", f"/letterbox/{home}", "/nowhere")
    for answer in (*pages, *(phone.get(path) for path in shown)):
        seen.feed(answer.body.decode())
    return seen


def test_what_looks_like_html_puts_nothing_into_any_page(visitor: Callable[[], Visitor], book: Book) -> None:
    """In names, streets, notes, facts and the name of a device: no element, attribute or link comes of it."""
    evil = """<script>alert(1)</script>"'><img/src=x onerror=alert(1)><a/href="javascript:1">{{7*7}}</a>"""
    book.imported(card(f"{evil} Oak", street=evil))
    names = [name for (name,) in book.db.execute("SELECT name FROM contact ORDER BY id")]
    book.circle(Circle.FRIEND, names[0], names[-1])
    book.start()
    clean = _told(visitor().paired("phone"), book.home_of(names[0]), "plain")
    dirty = _told(visitor().paired(evil), book.home_of(names[-1]), evil)
    assert dirty.tags <= clean.tags
    assert dirty.attributes <= clean.attributes
    assert not any(word in link for link in dirty.links for word in ("javascript:", "alert("))


STRANGE_PATHS = (
    "/",
    "/households/1",
    "/households/999",
    "/nowhere",
    "/season/1/crib",
    "/households/" + "9" * 5000,
)


def test_stranger_gets_the_same_for_every_path(visitor: Callable[[], Visitor]) -> None:
    """What pages there are, and how many people, is not to be learned."""
    stranger = visitor()
    assert len({str(stranger.get(path, follow=False)) for path in STRANGE_PATHS}) == 1
    for method in ("POST", "PUT", "OPTIONS", "TRACE", "X"):
        answers = [stranger.ask(method, path, headers=[("origin", ORIGIN)]) for path in STRANGE_PATHS]
        assert {(answer.status, answer.words) for answer in answers} == {(403, answers[0].words)}


def test_number_longer_than_any_is_no_page(phone: Visitor, capsys: pytest.CaptureFixture[str]) -> None:
    """Python reads none of more than 4,300 digits."""
    for digits in (12, 13, 100, 4301, 15_000):
        assert phone.get("/households/" + "9" * digits).status == 404
    assert capsys.readouterr().err == ""


def test_cookie_that_was_put_there_is_never_taken_up(visitor: Callable[[], Visitor], house: House) -> None:
    """Who is paired gets a token that nobody else has chosen."""
    phone = visitor()
    phone.cookies = {house.cookie: "A" * 43}
    assert phone.paired().cookies[house.cookie] != "A" * 43


def test_part_of_a_page_is_never_answered(phone: Visitor) -> None:
    """Range is for files that many read; HEAD says nothing that GET does not."""
    whole = phone.ask("GET", "/people", headers=[("range", "bytes=0-0"), ("if-range", "x")])
    assert whole.status == 200
    assert not whole.header("accept-ranges")
    assert phone.ask("HEAD", "/people").status == 200
