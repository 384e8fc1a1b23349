from __future__ import annotations

from contextlib import ExitStack

from relcard.web.running import announced
from relcard.web.running import running_address
from relcard.web.serving import listen


def test_page_that_ends_leaves_the_word_of_one_that_began_later(store_path: str) -> None:
    """Of two pages of one store the later one is found, until it ends."""
    place = listen("127.0.0.1", None)
    later = f"http://{place.hosts[0]}"
    with ExitStack() as first:
        first.enter_context(announced(store_path, "http://127.0.0.1:9"))
        with announced(store_path, later):
            first.close()
            assert running_address(store_path) == later
    assert running_address(store_path) == ""
    place.listener.close()
