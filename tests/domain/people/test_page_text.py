from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.people.page_text import Fault
from relcard.domain.people.page_text import Page
from relcard.domain.people.page_text import PageError
from relcard.domain.people.page_text import listed
from relcard.domain.people.page_text import marked
from relcard.domain.people.page_text import table_text
from relcard.domain.people.page_text import unmarked
from relcard.domain.people.page_text import written

texts = st.text(
    st.sampled_from('a"\\\n\t\r\x00\u00a0\u200dż\U0001f600') | st.characters(exclude_categories=["Cs"])
)


@settings(max_examples=200)
@given(texts, st.lists(texts, max_size=3))
def test_every_text_is_written_as_toml(text: str, items: list[str]) -> None:
    """Law: quotes, backslashes, control characters and line ends come back as they were."""
    assert tomllib.loads(f"x = {written(text)}\ny = {listed(items)}") == {"x": text, "y": items}


def test_lines_of_entries_are_found_past_strings_and_lists() -> None:
    """Neither a header within a note nor a bracket within a text moves the lines."""
    page = Page(
        'a = """\n[[phone]]\nb = 1\n"""\nc = ["]",\n "d = 1"]\n[[phone]] # x\nn = "["\n[[phone]]\nn = 2\n'
    )
    lines = (page.line_of("", 0, "a"), page.line_of("", 0, "c"), page.line_of("phone", 0, "n"))
    assert (*lines, page.line_of("phone", 1, "n"), page.line_of("phone", 1, "gone")) == (1, 5, 8, 10, 9)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nbirthday = 04-12\nc = 1", 2, "this cannot be read: birthday = 04-12"),
        ('a = 1\nnote = """x\nb = 1', 2, 'this cannot be read: note = """x'),
        ("a = 1\na = 2", 2, "this stands here twice: a = 2"),
        ('a = 1\n\n[[phone]\nnumber = "1"', 3, "this cannot be read: [[phone]"),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(text: str, line: int, words: str) -> None:
    """The fault names the line that stands there, not a rule of TOML."""
    with pytest.raises(PageError) as caught:
        Page(text)
    (fault,) = caught.value.faults
    assert fault.line == line
    assert fault.message.startswith(words)


def test_faults_stand_above_their_lines_and_go_again() -> None:
    """A page that is opened again has each fault above its line, and without them it is the page it was."""
    page, faults = "a = 1\nb = 2\nc = 3\n", (Fault(1, "one"), Fault(3, "three"))
    assert marked(page, faults) == "#! one\na = 1\nb = 2\n#! three\nc = 3\n"
    assert unmarked(marked(page, faults), faults) == page


def test_values_become_a_page() -> None:
    """Tables stand behind the texts and lists, each under its header."""
    values = {
        "name": "Anna",
        "phone": [{"number": "1"}, {"number": "2"}],
        "tags": ["a"],
        "address": {"town": "X"},
    }
    assert tomllib.loads(table_text(values)) == {**values, "address": [{"town": "X"}]}


def test_words_where_a_list_belongs_are_parted_by_commas() -> None:
    """Choir, shop in one text is what a person writes; a number is taken for its digits."""
    top = Page('tags = "choir, shop"\npostcode = 10115\nflag = "yes"').top()
    assert (top.items("tags"), top.text("postcode")) == (("choir", "shop"), "10115")
    assert not top.flag("flag")


def test_keys_are_known_in_any_writing_and_once() -> None:
    """Birthday is birthday; what stands there twice is named with its line, as what is said elsewhere is."""
    page = Page('Birthday = "1 May"\nBIRTHDAY = "2 May"\nCircle = "close"\n[[Phone]]\nNumber = "1"\n')
    page.top().refuse_other_keys(("birthday",), {"circle": "relcard circle close WHO"})
    assert [(fault.line, fault.message.split(":")[0]) for fault in page.faults] == [
        (2, "this stands here twice"),
        (3, '"circle" is no entry of its own here'),
    ]
    assert [table.text("number") for table in page.tables("phone")] == ["1"]
