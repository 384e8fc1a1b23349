"""Both laptops took in a newer export: the text of each card has the lines of both, and imports know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store import contacts
from relcard.store import vcards
from relcard.store.file import checks
from relcard.store.file import journal
from tests.store.sharing.laptops import come_together
from tests.store.sharing.laptops import couple
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.domain.people.contact import Contact
    from tests.store.sharing.laptops import Laptop

_HIS_PHOTO, _HER_PHOTO = ("PHOTO;ENCODING=b;TYPE=JPEG:" + letters * 1000 for letters in ("QUJD", "REVG"))
_WAS = card("Ada Oak", "NOTE:met at sea")
_HIS = card("Ada Oak", "NOTE:met at sea in May", "TEL:0113 496 0101", "X-HIS:1", _HIS_PHOTO)
_HERS = card("Ada Oak", "NOTE:met at the sea", "EMAIL:ada@example.org", "X-HERS:1", _HER_PHOTO)


def _apart(folder: Path) -> tuple[Laptop, Laptop]:
    """Return two laptops that took in different exports of one address book; hers is the later."""
    his, hers = couple(folder, "notes", people=(_WAS, card("Ben Elm")))
    his.book.imported(_HIS)
    hers.note("Ben Elm", "a step more")
    hers.book.imported(_HERS)
    come_together(his, hers)
    return his, hers


def _text(laptop: Laptop) -> str:
    (text,) = (text for text in vcards.all_cards(laptop.db) if text.contact_id == laptop.id_of("Ada Oak"))
    return text.raw.decode()


def _contact(laptop: Laptop) -> Contact:
    return contacts.load(laptop.db, laptop.id_of("Ada Oak"))


def test_the_text_is_the_later_with_the_lines_that_only_the_other_has_and_nobody_is_asked(
    tmp_path: Path,
) -> None:
    his, hers = _apart(tmp_path)
    ends = _HERS.removesuffix("END:VCARD\r\n")
    added = ["NOTE:met at sea in May", "TEL:0113 496 0101", "X-HIS:1", _HIS_PHOTO, "END:VCARD", ""]
    assert _text(his) == _text(hers) == ends + "\r\n".join(added)
    assert [conflict.column for conflict in his.listed()] == ["detail.note"]
    assert all(checks.examine(laptop.path).is_sound for laptop in (his, hers))


def test_either_export_taken_in_again_is_unchanged(tmp_path: Path) -> None:
    for laptop in _apart(tmp_path):
        before = _contact(laptop)
        for export in (_HIS, _HERS, _HIS):
            report = laptop.book.imported(export, card("Ben Elm"))
            assert (report.unchanged, report.updated, report.new) == (2, 0, 0)
            assert not report.problems
        assert _contact(laptop) == before


def test_the_next_export_of_either_brings_its_news_and_takes_nothing_of_the_others(tmp_path: Path) -> None:
    """It is a newer text of the one it comes from: what it never had it does not take away."""
    his, hers = _apart(tmp_path)
    newer = card("Ada Oak", "NOTE:met at sea in May", "TEL:0113 496 0102", "X-HIS:1", _HIS_PHOTO)
    for laptop in (his, hers):
        report = laptop.book.imported(newer)
        assert (report.updated, report.conflicts, report.problems) == (1, 0, [])
        contact = _contact(laptop)
        assert [phone.value for phone in contact.phones] == ["0113 496 0102"]
        assert [email.value for email in contact.emails] == ["ada@example.org"]
        assert contact.note == "met at the sea"
    come_together(his, hers)
    assert _text(his) == _text(hers) == newer


def test_the_same_in_other_lines_is_unchanged_and_leaves_the_text_of_both(tmp_path: Path) -> None:
    his, _ = _apart(tmp_path)
    before = _text(his)
    *begin, note, phone, unread, photo, end, last = _HIS.split("\r\n")
    report = his.book.imported("\r\n".join([*begin, phone, unread, photo, note, end, last]))
    assert (report.unchanged, report.rewritten, report.updated) == (1, 1, 0)
    assert _text(his) == before


def test_an_export_that_both_took_in_is_one_text(tmp_path: Path) -> None:
    his, hers = couple(tmp_path, people=(_WAS,))
    for laptop in (his, hers):
        laptop.book.imported(_HIS)
    come_together(his, hers)
    assert _text(his) == _text(hers) == _HIS
    assert not his.listed()


def test_an_import_taken_back_leaves_the_text_of_both_and_its_photos(tmp_path: Path) -> None:
    his, hers = _apart(tmp_path)
    before = _text(his)
    journal.undo(his.db, journal.history(his.db)[-2].id)  # his own, of before hers came
    come_together(his, hers)
    assert _text(his) == _text(hers) == before
    assert all(checks.examine(laptop.path).is_sound for laptop in (his, hers))
