"""A fact, a visit, a gift or a note goes another way than its kind, by a word of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple

from relcard.domain.reminders.gift import GIVEN
from relcard.domain.reminders.gift import IDEA
from relcard.domain.reminders.gift import Gift
from relcard.store import contacts
from relcard.store import gifts
from relcard.store import merges
from relcard.store import occasions
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.sharing import own_book
from tests.store.sharing.laptops import come_together
from tests.store.sharing.laptops import couple
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tests.store.sharing.laptops import Laptop

TableName = Literal["fact", "note", "interaction", "gift"]


class Kind(NamedTuple):
    table: TableName
    text: str  # the column with words


KINDS = (Kind("fact", "value"), Kind("note", "text"), Kind("interaction", "text"), Kind("gift", "what"))


def _keep(laptop: Laptop, table: str, text: str) -> None:
    """Keep a row of Ada's as the command of its kind does."""
    db, ada = laptop.db, laptop.id_of("Ada Oak")
    with journal.step(db, table, today=TODAY):
        if table == "fact":
            relationships.set_fact(db, ada, "bread", text, today=TODAY)
        elif table == "note":
            relationships.add_note(db, ada, text, on=TODAY)
        elif table == "gift":
            gifts.keep(db, Gift(ada, False, GIVEN, text), today=TODAY)
        else:
            relationships.add_interaction(
                db,
                ada,
                channel="call",
                direction="to them",
                on=TODAY,
                text=text,
                through=laptop.id_of("Ben Elm"),
            )


def _keep_all(laptop: Laptop, text: str) -> None:
    for table, _ in KINDS:
        _keep(laptop, table, text)


def _say_ours(laptop: Laptop, *, ours: bool) -> None:
    """Say it of the last row of each kind, in one step."""
    with journal.step(laptop.db, "keep", today=TODAY):
        for table, _ in KINDS:
            (number,) = laptop.db.execute(f"SELECT max(id) FROM {table}").fetchone()
            relationships.say_ours(laptop.db, table, number, ours)


def _exchange(his: Laptop, hers: Laptop) -> None:
    """Let each take what the other has, once."""
    hers.take(his)
    his.take(hers)


def _words(laptop: Laptop) -> list[str]:
    """Return the words of each kind, and as the last how many times somebody brought an entry about."""
    words = [text for kind in KINDS for (text,) in laptop.db.execute(f"SELECT {kind.text} FROM {kind.table}")]
    (through,) = laptop.db.execute("SELECT count(*) FROM through").fetchone()
    return [*words, str(through)]


def test_a_row_is_ours_or_mine_though_its_kind_stays(tmp_path: Path) -> None:
    """With "ours" it comes to the other laptop, with "mine" it goes there again, and undo brings it back."""
    his, hers = couple(tmp_path)
    both, none = ["zqxlow"] * len(KINDS) + ["1"], ["0"]
    _keep_all(hers, "zqxlow")
    _exchange(his, hers)
    assert _words(his) == none
    assert b"zqxlow" not in b"".join(hers.lines())
    _say_ours(hers, ours=True)
    _exchange(his, hers)
    assert _words(his) == both
    for laptop, other in ((hers, his), (his, hers)):
        _say_ours(laptop, ours=False)
        _exchange(his, hers)
        assert (_words(laptop), _words(other)) == (both, none)
        journal.undo(laptop.db)
        come_together(his, hers)
        assert _words(his) == _words(hers) == both
    assert all(checks.examine(laptop.path).is_sound for laptop in (his, hers))


def test_what_is_mine_never_leaves_though_its_kind_travels(tmp_path: Path) -> None:
    """It goes from the other laptop, and what its words become stays here."""
    his, hers = couple(tmp_path, "facts", "notes", "visits", "gifts")
    _keep_all(hers, "milk")
    _exchange(his, hers)
    assert _words(his) == _words(hers)
    _say_ours(hers, ours=False)
    for table, text in KINDS:
        hers.say(f"UPDATE {table} SET {text} = 'zqxlow'")
    come_together(his, hers)
    assert _words(his) == ["0"]
    assert b"zqxlow" not in b"".join(hers.lines())


def test_a_fact_said_again_goes_as_it_went(tmp_path: Path) -> None:
    his, hers = couple(tmp_path, "facts")
    ada = hers.id_of("Ada Oak")
    with journal.step(hers.db, "fact", today=TODAY):
        relationships.set_fact(hers.db, ada, "bread", "rye", today=TODAY, ours=False)
    with journal.step(hers.db, "fact", today=TODAY):
        relationships.set_fact(hers.db, ada, "bread", "zqxlow", today=TODAY)
    come_together(his, hers)
    assert b"zqxlow" not in b"".join(hers.lines())


def test_an_idea_of_ones_own_is_so_when_it_was_given(tmp_path: Path) -> None:
    his, hers = couple(tmp_path, "gifts")
    ada = hers.id_of("Ada Oak")
    with journal.step(hers.db, "gift", today=TODAY):
        gifts.keep(hers.db, Gift(ada, False, IDEA, "zqxlow", ours=False), today=TODAY)
    _keep(hers, "gift", "zqxlow")
    come_together(his, hers)
    (kept,) = gifts.of_contacts(hers.db, [ada])
    assert (kept.state, kept.ours) == (GIVEN, False)
    assert b"zqxlow" not in b"".join(hers.lines())


def test_what_is_mine_is_so_whatever_the_other_writes_meanwhile(tmp_path: Path) -> None:
    his, hers = couple(tmp_path, "notes")
    hers.note("Ada Oak", "tea")
    come_together(his, hers)
    hers.say("UPDATE note SET ours = 0")
    his.say("UPDATE note SET text = 'milk'")
    hers.take(his)
    his.take(hers)
    assert (hers.notes(), his.notes()) == (["tea"], ["milk"])
    hers.say("UPDATE note SET text = 'zqxlow'")
    assert b"zqxlow" not in b"".join(hers.lines())


def test_a_card_of_the_years_travels_unless_it_is_mine(tmp_path: Path) -> None:
    his, hers = couple(tmp_path)
    with journal.step(hers.db, "log", today=TODAY):
        for text, ours in (("dear Ada", None), ("zqxlow", False)):
            number = relationships.add_interaction(
                hers.db, hers.id_of("Ada Oak"), channel="card", direction="to them", on=TODAY, text=text
            )
            if ours is not None:
                relationships.say_ours(hers.db, "interaction", number, ours)
    come_together(his, hers)
    touches = relationships.interactions(his.db, [his.id_of("Ada Oak")])
    assert [(touch.text, touch.ours) for touch in touches] == [("dear Ada", None)]


def test_the_kinds_are_those_of_the_list(tmp_path: Path) -> None:
    his, _ = couple(tmp_path, "notes", "gifts")
    assert own_book.shared_kinds(his.db) == frozenset(("notes", "gifts"))
    his.db.execute("DELETE FROM share_list")
    assert own_book.shared_kinds(his.db) is None


def _done(laptop: Laptop, reminder: str, until: date | None = None) -> None:
    with journal.step(laptop.db, f"done {reminder}", today=TODAY):
        occasions.dismiss(laptop.db, reminder, until=until, today=TODAY)


def test_a_reminder_done_on_one_laptop_is_done_on_the_other(tmp_path: Path) -> None:
    """By the number that its row has there; a time away and a drift stay, and undo brings it back."""
    his, hers = couple(tmp_path, "dismissals")
    his.book.imported(card("Eve Fir"))  # from now on their numbers differ
    hers.book.imported(card("Fay Yew"))
    _exchange(his, hers)
    fay = "cadence-{}-20261101"
    here, there = (fay.format(laptop.id_of("Fay Yew")) for laptop in (hers, his))
    assert here != there
    for name in (here, f"drift-{hers.id_of('Fay Yew')}-rest", "away-2026-12-24"):
        _done(hers, name, None if name == here else TODAY)
    _exchange(his, hers)
    assert occasions.dismissals(his.db) == {there: None}
    _done(his, there, TODAY)
    _exchange(his, hers)
    assert (occasions.dismissals(his.db)[there], occasions.dismissals(hers.db)[here]) == (TODAY, TODAY)
    assert his.db.execute("SELECT count(*) FROM dismissal").fetchone() == (1,)
    with journal.step(his.db, "undo", today=TODAY):
        occasions.forget_dismissal(his.db, there)
    come_together(his, hers)
    assert not occasions.dismissals(his.db)
    assert here not in occasions.dismissals(hers.db)
    assert all(checks.examine(laptop.path).is_sound for laptop in (his, hers))


def test_what_both_did_about_a_reminder_is_one(tmp_path: Path) -> None:
    """The later word holds; who is deleted takes it along."""
    his, hers = couple(tmp_path, "dismissals")
    for laptop in (his, hers):
        _done(laptop, f"cadence-{laptop.id_of('Ben Elm')}-20261101")
    _exchange(his, hers)
    for laptop in (his, hers):
        assert occasions.dismissals(laptop.db) == {f"cadence-{laptop.id_of('Ben Elm')}-20261101": None}
        assert not laptop.listed()
    with journal.step(hers.db, "delete", today=TODAY):
        contacts.delete(hers.db, [hers.id_of("Ben Elm")])
    come_together(his, hers)
    for laptop in (his, hers):
        assert laptop.db.execute("SELECT count(*) FROM dismissal").fetchone() == (0,)


def test_a_reminder_done_elsewhere_follows_its_day_and_who_was_merged(tmp_path: Path) -> None:
    """As one done here does: in the store it is called after the UUID."""
    _, hers = couple(tmp_path, "dismissals")
    ada, ben = (hers.id_of(name) for name in ("Ada Oak", "Ben Elm"))
    hers.say("INSERT INTO occasion VALUES (7, ?, 'birthday', '', '1980-12-05', 1205, randomblob(16))", ada)
    uuids = [
        hers.db.execute(f"SELECT lower(hex(uuid)) FROM {table} WHERE id = ?", (number,)).fetchone()[0]
        for table, number in (("occasion", 7), ("contact", ben))
    ]
    for name in (f"birthday-{uuids[0]}-2026", f"cadence-{uuids[1]}-20261101"):
        _done(hers, name)
    assert occasions.dismissals(hers.db) == {"birthday-7-2026": None, f"cadence-{ben}-20261101": None}
    with journal.step(hers.db, "edit", today=TODAY):
        before = merges.occasion_ids(hers.db, [ada])
        hers.db.execute("UPDATE occasion SET id = 9, uuid = randomblob(16) WHERE id = 7")
        merges.follow_occasions(hers.db, before, ada)
        merges.take_over(hers.db, ben, ada, facts={})
    assert occasions.dismissals(hers.db) == {"birthday-9-2026": None, f"cadence-{ada}-20261101": None}


def test_dismissals_stay_where_they_are_not_chosen(tmp_path: Path) -> None:
    his, hers = couple(tmp_path)
    _done(hers, f"cadence-{hers.id_of('Ben Elm')}-20261101")
    come_together(his, hers)
    assert not occasions.dismissals(his.db)
    assert b"20261101" not in b"".join(hers.lines())
