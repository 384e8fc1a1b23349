from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.web.devices import Devices
from relcard.web.house import House
from relcard.web.pairing import Grant
from tests.support.visitor import HOST
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

GRANT = Grant("", writes=True, is_private=False)


def test_cookie_is_for_the_server_and_this_site_alone(visitor: Callable[[], Visitor], house: House) -> None:
    """No script reads it, no other site sends it, and it is good for longer than the evening."""
    phone = visitor()
    phone.get("/pair")
    answer = phone.post("/pair", code=house.pairing.make(GRANT), name="phone")
    cookie = answer.header("set-cookie").lower()
    for part in ("httponly", "samesite=strict", "path=/", "max-age="):
        assert part in cookie
    assert "domain" not in cookie


def test_cookie_over_tls_is_never_sent_in_the_clear(visitor: Callable[[], Visitor], house: House) -> None:
    """It is Secure, and its name lets no other host set it."""
    secure = House(house.access, house.writing, hosts=[HOST], is_secure=True)
    phone = Visitor(secure, visitor().runner, origin=f"https://{HOST}")
    phone.get("/pair")
    answer = phone.post("/pair", code=secure.pairing.make(GRANT), name="phone")
    assert answer.header("set-cookie").startswith("__Host-relcard-")
    assert "; secure" in answer.header("set-cookie").lower()


def test_browser_of_this_computer_is_let_in_for_the_evening(
    visitor: Callable[[], Visitor], house: House
) -> None:
    """Its cookie ends with the browser, and no file has it."""
    here = visitor()
    here.get("/pair")
    answer = here.post("/pair", code=house.pairing.make(Grant("browser", True, True, for_now=True)), name="")
    assert "max-age" not in answer.header("set-cookie").lower()
    assert here.get("/").status == 200
    assert house.devices.all() == []


def test_code_is_good_once(visitor: Callable[[], Visitor], house: House) -> None:
    """Whoever reads it later on the screen comes too late."""
    code = house.pairing.make(GRANT)
    for name, status in (("phone", 303), ("thief", 403)):
        device = visitor()
        device.get("/pair")
        assert device.post("/pair", code=code, name=name).status == status
    assert [device.name for device in house.devices.all()] == ["phone"]


def test_guessing_ends_after_five(visitor: Callable[[], Visitor], house: House) -> None:
    """Then the right code does not hold either, and the page says what to do."""
    code = house.pairing.make(GRANT)
    thief = visitor()
    for guess in range(5):
        thief.get("/pair")
        answer = thief.post("/pair", code=f"AAAA-AAA{'ABCDE'[guess]}", name="thief")
        assert answer.status == 403
    assert "relcard page pair" in answer.words
    phone = visitor()
    phone.get("/pair")
    assert phone.post("/pair", code=code, name="phone").status == 403


def test_name_may_be_said_at_the_second_try(visitor: Callable[[], Visitor], house: House) -> None:
    code = house.pairing.make(GRANT)
    phone = visitor()
    phone.get("/pair")
    answer = phone.post("/pair", code=code, name=" \n ")
    assert "Give this device a name" in answer.words
    assert phone.post("/pair", code=code, name="phone").status == 303


@pytest.mark.parametrize("path", ["/", "/people", "/households/1"])
def test_withdrawn_device_sees_nothing_more(phone: Visitor, store_path: str, path: str) -> None:
    """At its next request, though the page runs on; a form it still has is refused."""
    page = phone.get("/people")
    Devices(store_path).withdraw("Marta's phone")
    assert phone.get(path, follow=False).header("location") == "/pair"
    phone.last = page
    answer = phone.post("/households/1/note", text="x", revision="0" * 16)
    assert answer.status == 403
    assert "not paired, or not any more" in answer.words
