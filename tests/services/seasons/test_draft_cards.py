from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import room_for
from relcard.domain.seasons.draft import Printed
from relcard.errors import InkContractError
from relcard.paper.fronts.design_library import find_design
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.draft_cards import card_face
from relcard.services.seasons.draft_cards import check_words
from relcard.services.seasons.draft_cards import draft_cards
from relcard.services.seasons.draft_cards import keep_draft
from relcard.store import households
from relcard.store import relations
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from relcard.templating import rendering
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from relcard.services.seasons.draft_cards import DraftRun
    from relcard.templating.templates import TemplateContext
    from tests.support.book import Book

WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())
CIRCLES = (Circle.INNER, Circle.CLOSE, Circle.FRIEND, Circle.WIDE)


def _draft(book: Book, wanted: Wanted = WANTED) -> DraftRun:
    return draft_cards(book.db, book.recipients(), wanted)


def test_each_circle_keeps_its_room(open_season: Book) -> None:
    """The room is the circle's, whatever is printed; nothing is printed inside for the inner circle."""
    run = _draft(open_season)
    assert run.refused == ()
    assert len(run.drafts) == len(CIRCLES)
    for draft in run.drafts:
        assert draft.room == room_for(A6, draft.recipient.rule, Hand())
        assert draft.printed.front
        assert bool(draft.printed.inside) is (draft.recipient.household.circle is not Circle.INNER)
        assert draft.recipient.household.members[0].family not in f"{draft.printed}"


def test_drafts_are_kept_only_where_they_are_needed(open_season: Book, today: date) -> None:
    """Drafting changes nothing; kept, the words are in the store and the recipient is drafted."""
    before = dump(open_season.db)
    run = _draft(open_season)
    assert dump(open_season.db) == before
    with journal.step(open_season.db, "print cards", today=today):
        for draft in run.drafts:
            keep_draft(open_season.db, draft.recipient, draft.printed, edited=draft.edited)
    kept = open_season.rows()
    for draft in run.drafts:
        row = kept[draft.recipient.household.addressee]
        assert (row.front, row.inside, row.state) == (draft.printed.front, draft.printed.inside, "drafted")
        assert not row.edited


def test_edited_words_are_never_overwritten(open_season: Book, today: date, tmp_path: Path) -> None:
    """What a person wrote stays, whatever template, language or salutation is asked for later."""
    _draft(open_season)
    one = open_season.recipients()[0]
    mine = Printed("Peace", "" if one.household.circle is Circle.INNER else "and quiet")
    with journal.step(open_season.db, "draft edit", today=today):
        keep_draft(open_season.db, one, mine, edited=True)
        households.set_wishes(open_season.db, one.household.id, {"language": "de"})
    (tmp_path / "christmas.de.txt.j2").write_text(
        "{% block front %}Neu{% endblock %}{% block inside %}Neu{% endblock %}"
    )
    wanted = replace(WANTED, folders=(tmp_path,), print_salutation=True)
    for _ in range(2):
        run = _draft(open_season, wanted)
        (again,) = [draft for draft in run.drafts if draft.recipient.household.id == one.household.id]
        assert again.printed == mine
        assert again.edited
    row = open_season.rows()[one.household.addressee]
    assert (row.front, row.inside, row.edited) == (mine.front, mine.inside, True)


def test_state_is_never_taken_back_by_a_draft(open_season: Book, today: date) -> None:
    """Drafting a card that is posted leaves it posted."""
    posted, row = next(iter(open_season.rows().items()))
    with journal.step(open_season.db, "posted", today=today):
        seasons.set_state(open_season.db, row.id, "posted")
        for draft in _draft(open_season).drafts:
            keep_draft(open_season.db, draft.recipient, draft.printed, edited=False)
    assert open_season.rows()[posted].state == "posted"


def test_words_that_eat_the_room_are_refused_with_millimetres(open_season: Book, tmp_path: Path) -> None:
    """A template of twelve lines is refused for all but where nothing of it is printed."""
    (tmp_path / "christmas.en.txt.j2").write_text(
        "{% block front %}Peace{% endblock %}{% block inside %}"
        + "one line\n" * 12
        + "the last{% endblock %}"
    )
    run = _draft(open_season, replace(WANTED, folders=(tmp_path,)))
    assert [one.recipient.household.circle for one in run.drafts] == [Circle.INNER]
    assert len(run.refused) == 3
    for one in run.refused:
        assert isinstance(one.error, InkContractError)
        assert " mm" in one.error.message
        assert "relcard draft edit" in one.error.hint


def test_salutation_is_ink_unless_asked_for(open_season: Book) -> None:
    """In print it stands only when asked for, and never for the inner and the close circle."""
    for draft in _draft(open_season).drafts:
        assert "Dear" not in f"{draft.printed}"
    for draft in _draft(open_season, replace(WANTED, print_salutation=True)).drafts:
        far = draft.recipient.household.circle in (Circle.FRIEND, Circle.WIDE)
        assert (draft.recipient.household.salutation in draft.printed.inside) is far
        assert ("Dear" in f"{draft.printed}") is far


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (Printed("Peace", "Love from Tom"), "signature"),
        (Printed("Peace", "for Cyd, with thanks"), "name"),
        (Printed("Peace", "\n".join(["line"] * 14)), "mm"),
    ],
)
def test_words_a_person_wrote_keep_the_contract_too(open_season: Book, words: Printed, reason: str) -> None:
    """Signatures, names and too many lines are refused from the editor as from a template."""
    (friend,) = [one for one in open_season.recipients() if one.household.circle is Circle.FRIEND]
    with pytest.raises(InkContractError, match=reason):
        check_words(friend, words, WANTED)
    check_words(friend, Printed("Peace", "and quiet"), WANTED)


def test_nothing_inside_for_the_inner_circle_even_by_hand(open_season: Book) -> None:
    """The whole inside belongs to the pen: an edited inside is refused."""
    (inner,) = [one for one in open_season.recipients() if one.household.circle is Circle.INNER]
    with pytest.raises(InkContractError, match="belongs to the pen"):
        check_words(inner, Printed("Peace", "x"), WANTED)


def test_outside_a_season_nothing_is_kept(open_season: Book) -> None:
    """A birthday card is drafted without a row of any season."""
    found = [replace(one, row=None) for one in open_season.recipients()]
    before = dump(open_season.db)
    run = draft_cards(open_season.db, found, replace(WANTED, occasion="birthday"))
    assert len(run.drafts) == len(CIRCLES)
    for_christmas = draft_cards(open_season.db, found, WANTED)
    assert run.drafts[0].printed != for_christmas.drafts[0].printed
    assert dump(open_season.db) == before


def test_who_died_since_the_start_gets_no_card(open_season: Book) -> None:
    """A death that came with an import after the season's start stops the card, and says how to go on."""
    open_season.imported(card("Cyd Ash", "DEATHDATE:2026-11-01", street="3 High Street", version="4.0"))
    run = _draft(open_season)
    (refused,) = run.refused
    assert refused.household.addressee == "Cyd Ash"
    assert "living" in refused.error.message
    assert "season drop" in refused.error.hint


def test_careful_year_is_plain_and_on_the_crib(book: Book) -> None:
    """After a death in a close household the words are the plain ones and the crib says why."""
    book.imported(
        card("Eve Ash", street="1 High Street"),
        card("Tom Ash", "DEATHDATE:2026-03-01", street="1 High Street", version="4.0"),
        card("Ann Oak", street="2 High Street"),
    )
    book.circle(Circle.CLOSE, "Eve Ash", "Ann Oak")
    book.start()
    drafts = {one.recipient.household.addressee: one for one in _draft(book).drafts}
    assert drafts["Eve Ash"].printed != drafts["Ann Oak"].printed
    why = "Tom Ash died on 1 Mar 2026; no cheer until 1 Mar 2027"
    assert ("a careful year", why) in drafts["Eve Ash"].crib
    assert drafts["Eve Ash"].recipient.household.salutation == "Dear Eve,"


def test_careful_year_has_a_plain_front(book: Book) -> None:
    """The design of the occasion or of the run is for all but households in their careful year."""
    book.imported(
        card("Eve Ash", street="1 High Street"),
        card("Tom Ash", "DEATHDATE:2026-03-01", street="1 High Street", version="4.0"),
        card("Ann Oak", street="2 High Street"),
    )
    book.circle(Circle.CLOSE, "Eve Ash", "Ann Oak")
    book.start()

    def designs(wanted: Wanted) -> dict[str, str]:
        drafts = _draft(book, wanted).drafts
        faces = [card_face(one.recipient, one.printed, one.room, wanted) for one in drafts]
        return {face.who: face.design.name for face in faces}

    assert designs(WANTED) == {"Eve Ash": "letterpress", "Ann Oak": "winter"}
    hills = replace(WANTED, design=find_design("hills"))
    assert designs(hills) == {"Eve Ash": "letterpress", "Ann Oak": "hills"}
    assert designs(replace(hills, cheer=True)) == {"Eve Ash": "hills", "Ann Oak": "hills"}
    candle = replace(WANTED, design=find_design("candle"))
    assert designs(candle) == {"Eve Ash": "candle", "Ann Oak": "candle"}


def test_household_is_greeted_in_its_own_language(open_season: Book, today: date) -> None:
    """A stated language chooses the template."""
    home = open_season.home_of("Cyd Ash")
    with journal.step(open_season.db, "household set", today=today):
        households.set_wishes(open_season.db, home, {"language": "de"})
    (draft,) = [one for one in _draft(open_season).drafts if one.recipient.household.id == home]
    assert "Weihnacht" in f"{draft.printed}"


def test_what_is_known_never_reaches_the_print(open_season: Book, today: date) -> None:
    """Notes, facts, past lines and circles are on the crib and in no printed word."""
    with journal.step(open_season.db, "know", today=today):
        for contact in range(1, 5):
            relationships.add_note(open_season.db, contact, "canary-note", on=today)
            relationships.set_fact(open_season.db, contact, "canary-key", "canary-fact", today=today)
            for direction in (relationships.FROM_THEM, relationships.TO_THEM):
                relationships.add_interaction(
                    open_season.db, contact, channel="card", direction=direction, on=today, text="canary-line"
                )
    run = _draft(open_season, replace(WANTED, print_salutation=True))
    for draft in run.drafts:
        words = f"{draft.printed.front} {draft.printed.inside}".lower()
        assert "canary" not in words
        assert not [one for one in CIRCLES if one.value in words]
        beside = " ".join(text for _, text in draft.crib)
        for one in ("canary-note", "canary-key: canary-fact", "canary-line"):
            assert one in beside


def test_a_template_is_rendered_once_for_households_alike(
    open_season: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many households there are, words that would come out the same are made once in a run."""
    asked = []
    render = rendering.render

    def counted(context: TemplateContext, folders: Sequence[Path]) -> tuple[Printed, ...]:
        asked.append(context)
        return render(context, folders)

    monkeypatch.setattr(rendering, "render", counted)
    run = _draft(open_season)
    assert len(asked) == len(set(asked))
    assert 0 < len(asked) < 2 * len(run.drafts)


def test_kin_get_other_words_and_nobody_last_years(open_season: Book, today: date, tmp_path: Path) -> None:
    """Where somebody is related, by hand or on a card; what was printed is printed again; next year it is other words."""
    (tmp_path / "christmas.en.txt.j2").write_text(
        "{% block front %}A{% endblock %}{% block inside %}\none\n-- or --\nother\n{% endblock %}",
        encoding="utf-8",
    )
    wanted = replace(WANTED, folders=(tmp_path,))
    by_circle = {one.household.circle: one.household for one in open_season.recipients()}
    close, friend = by_circle[Circle.CLOSE], by_circle[Circle.FRIEND]
    with journal.step(open_season.db, "relation add", today=today):
        relations.say(
            open_season.db,
            close.members[0].contact_id,
            "sister",
            friend.members[0].contact_id,
            today=today,
        )
    assert relations.between_households(open_season.db) == {close.id: {friend.id}, friend.id: {close.id}}

    def inside(wanted: Wanted = wanted) -> dict[int, str]:
        run = _draft(open_season, wanted)
        return {draft.recipient.household.id: draft.printed.inside for draft in run.drafts}

    words = inside()
    assert {words[close.id], words[friend.id]} == {"one", "other"}
    with journal.step(open_season.db, "print cards", today=today):
        for draft in _draft(open_season, wanted).drafts:
            keep_draft(open_season.db, draft.recipient, draft.printed, edited=False)
        relations.forget(open_season.db, close.members[0].contact_id, "sister", friend.members[0].contact_id)
    assert inside() == words
    assert seasons.last_words(open_season.db, "christmas", before=2026) == {}
    assert seasons.last_words(open_season.db, "christmas", before=2027)[close.id] == ("A", words[close.id])
    run = draft_cards(
        open_season.db,
        [replace(one, row=None) for one in open_season.recipients()],
        replace(wanted, on=date(2027, 12, 25)),
    )
    for draft in run.drafts:
        if draft.printed.inside:
            assert draft.printed.inside != words[draft.recipient.household.id]


def test_words_and_front_follow_the_feast_of_the_household(open_season: Book, today: date) -> None:
    """In one round of Christmas cards a household of New Year gets the words and the front of New Year."""
    plain = {draft.recipient.household.addressee: draft.printed for draft in _draft(open_season).drafts}
    first = open_season.recipients()[0].household
    with journal.step(open_season.db, "household set", today=today):
        households.set_wishes(open_season.db, first.id, {"feast": "newyear"})
    christmas = replace(WANTED, design=find_design("wreath"))
    assert christmas.design is not None
    assert "christmas" in christmas.design.occasions
    for draft in _draft(open_season, christmas).drafts:
        view = draft.recipient.household
        front = card_face(draft.recipient, draft.printed, draft.room, christmas).design
        if view.id == first.id:
            assert draft.printed != plain[view.addressee]
            assert "newyear" in (*front.occasions, *front.default_for)
        else:
            assert (draft.printed, front.name) == (plain[view.addressee], "wreath")
    (draft,) = draft_cards(
        open_season.db, [open_season.recipients()[0]], replace(WANTED, occasion="birthday")
    ).drafts
    assert draft.printed.front == "Many happy returns"


def test_nothing_jolly_is_drafted_for_the_bereaved(open_season: Book, tmp_path: Path) -> None:
    """A condolence is held against the rule whoever gets it, a Christmas card in a careful year alone."""
    for occasion in ("condolence", "christmas"):
        body = "{% block front %}Let us be merry{% endblock %}{% block inside %}Peace{% endblock %}"
        (tmp_path / f"{occasion}.en.txt.j2").write_text(body, encoding="utf-8")
    for occasion, rules in (("condolence", {"jolly"}), ("christmas", set())):
        run = _draft(open_season, replace(WANTED, occasion=occasion, folders=(tmp_path,)))
        assert {remark.rule for draft in run.drafts for remark in draft.remarks} == rules
