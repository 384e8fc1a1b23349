from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import find_size
from relcard.domain.printing.postage import Tariff
from relcard.domain.printing.room import Hand
from relcard.installation import bring_extra
from relcard.paper.stock.known import find_envelope
from relcard.paper.stock.known import find_stock
from relcard.services.people.read_households import read_households
from relcard.services.printing.preflight import check_labels
from relcard.services.printing.preflight import preflight
from relcard.services.printing.print_plan import PreflightReport
from relcard.services.printing.print_plan import PrintPlan
from relcard.services.printing.print_plan import RemarkKind
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import read_season
from relcard.store import households
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.services.printing.print_plan import PreflightRemark
    from tests.support.book import Book

TODAY = date(2026, 11, 20)
SENDER = ("Maud Ellery", "4 Orchard Row", "Bath", "BA1 5DQ")
WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=find_size("A6"), hand=Hand())
PLAN = PrintPlan(
    stock=find_stock("L7160"),
    envelope=find_envelope("C6"),
    card=find_size("A6"),
    standpoint=STANDPOINT,
    sender=SENDER,
    wanted=WANTED,
)


def _report(book: Book, plan: PrintPlan = PLAN) -> PreflightReport:
    return preflight(book.db, book.recipients(), plan)


def _remarks(book: Book, plan: PrintPlan = PLAN) -> dict[str, list[PreflightRemark]]:
    found: dict[str, list[PreflightRemark]] = {}
    for one in _report(book, plan).remarks:
        found.setdefault(one.who, []).append(one)
    return found


def _set_state(book: Book, name: str, state: str) -> None:
    with journal.step(book.db, state, today=TODAY):
        seasons.set_state(book.db, book.rows()[name].id, state)


def test_sound_addresses_are_a_clear_report(open_season: Book) -> None:
    """Four whole addresses, by hand or by label, have nothing that wants a look and nothing to be known."""
    assert _report(open_season) == PreflightReport(remarks=(), notes=())


def test_what_stands_beside_a_name_is_named_with_what_mends_it(book: Book) -> None:
    """Née, brackets, pictures, a death, capitals, half a name: by contact, and by household once all is said."""
    names = {
        "Ruth Parr née Lowe": "“née Lowe” in the name is left off paper",
        "Anna Lis (work)": "“(work)” in the name is left off paper",
        "Tom Fix 🔧": "“🔧” in the name is left off paper",
        "Ed Lund (DIED 2024)": "the name says (DIED 2024)",
        "CLARA POOLE": "should it be “Clara Poole”?",
        "kim roe": "should it be “Kim Roe”?",
        "Marie DUPONT": "should it be “Marie Dupont”?",
        "Mary Ann Hart": "is it Mary or Mary Ann?",
        "Sound Name": "",
        "Piet van der Hoef": "",
        "Ola O'Neil": "",
    }
    for number, name in enumerate(names, 1):
        family = name.split()[2 if name == "Mary Ann Hart" else 1]
        parts = f"{family};Mary;Ann;;" if name == "Mary Ann Hart" else f"{family};{name.split()[0]};;;"
        text = card(name, street=f"{number} High Street").split("\r\n")
        book.imported("\r\n".join(f"N:{parts}" if line.startswith("N:") else line for line in text))
    book.circle(Circle.FRIEND, *names)
    book.start()
    remarks = [remark for remark in _report(book).remarks if remark.kind is RemarkKind.NAME]
    homes = {book.home_of(name): name for name in names}
    assert {homes[remark.household or 0]: remark.reason for remark in remarks} == {
        name: reason for name, reason in names.items() if reason
    }
    mends = {homes[remark.household or 0]: remark.mend for remark in remarks}
    dead, half = book.home_of("Ed Lund (DIED 2024)"), book.home_of("Mary Ann Hart")
    assert mends["Ed Lund (DIED 2024)"] == f"relcard rite death h{dead} --on 2024"
    assert mends["Mary Ann Hart"] == f'relcard household set h{half} --salutation "Dear Mary Ann,"'
    assert mends["kim roe"] == f"relcard edit h{book.home_of('kim roe')}"
    with journal.step(book.db, "wishes", today=TODAY):
        households.set_wishes(
            book.db, book.home_of("kim roe"), {"addressee": "kim roe", "salutation": "Dear kim,"}
        )
    assert "kim roe" not in {remark.who for remark in _report(book).remarks}


@pytest.mark.parametrize("language", ["ru", "ko", "zh", "el", "is", "ar", "ro"])
def test_a_language_without_words_is_said(book: Book, language: str) -> None:
    """Never English in silence; the user's own words end it, and en, no and an unknown one are no trouble."""
    book.imported(card("Ida Orm", f"LANG:{language}", version="4.0", street="1 High Street"))
    book.imported(card("Una Orm", "LANG:nn-NO", version="4.0", street="2 High Street"))
    book.circle(Circle.FRIEND, "Ida Orm", "Una Orm")
    book.start()
    remark = _report(book).remarks[0]
    home = book.home_of("Ida Orm")
    assert (remark.kind, remark.household) == (RemarkKind.LANGUAGE, home)
    assert remark.reason == f"no words for {language} yet: the greeting is English"
    assert remark.mend == f"relcard household set h{home} --salutation WORDS"
    with journal.step(book.db, "wish", today=TODAY):
        households.set_wishes(book.db, home, {"salutation": "Sæl Ida,"})
    reasons = [remark.reason for remark in _report(book).remarks]
    assert not [reason for reason in reasons if "the greeting is" in reason]


@pytest.mark.parametrize(("fonts", "said"), [("packaged", ["another font here can print"]), ("extras", [])])
def test_words_no_font_can_print_are_said_before_they_would_be_boxes(
    book: Book, monkeypatch: pytest.MonkeyPatch, fonts: str, said: list[str]
) -> None:
    """Japanese words are there for a household of that language, and a font for them is not on every computer."""
    monkeypatch.setenv("RELCARD_FONTS", fonts)
    book.imported(card("Ida Orm", "LANG:ja", version="4.0", street="1 High Street"))
    book.circle(Circle.FRIEND, "Ida Orm")
    book.start()
    remarks = _report(book).remarks
    assert [said[0] in remark.reason for remark in remarks] == [True for _ in said]
    assert all("pylopdf-fonts-jp" in remark.mend for remark in remarks)


def test_everything_that_would_fail_is_named_before_paper(book: Book) -> None:
    """Each trouble is by name, of its kind, with the command that mends it; the sound one is not there."""
    broken = {
        "Lost Lane": card("Lost Lane"),
        "Zoë Müller": card("Zoë Müller", "ADR;TYPE=home:;;Hauptstr. 1;Ulm;;;Germany"),
        "Far Away": card("Far Away", "ADR;TYPE=home:;;1 Road;Town;;123;Atlantis"),
        "Pia Low": card("Pia Low", "ADR;TYPE=home:;;Rue de la Paix 3;Paris;;75002;"),
        "佐藤 健": card("佐藤 健", street="5 High Street"),
        "Max Long": card("Max Long", street="W" * 200),
        "W" * 99: card("W" * 99, street="6 High Street"),
        "Cyd Ash": card("Cyd Ash", street="3 High Street"),
    }
    book.imported(*broken.values())
    book.circle(Circle.FRIEND, *broken)
    book.start()
    found = {name: [(one.kind, one.reason) for one in some] for name, some in _remarks(book).items()}
    assert set(found) == set(broken) - {"Cyd Ash"}
    assert found["Lost Lane"] == [(RemarkKind.ASK, "no address")]
    assert found["Zoë Müller"] == [(RemarkKind.CORRECT, "no postcode; Germany wants five digits")]
    assert found["Pia Low"] == [(RemarkKind.CORRECT, "no country")]
    assert "Atlantis" in found["Far Away"][0][1]
    assert found["佐藤 健"] == [(RemarkKind.FONT, "no font here can print 佐, 藤, 健")]
    ((kind, reason),) = found["Max Long"]
    assert (kind, " mm too " in reason) == (RemarkKind.SIZE, True)
    mends = {name: some[0].mend for name, some in _remarks(book).items()}
    home = {view.addressee: view.id for view in book.views().values()}
    assert mends["Lost Lane"] == "relcard ask-list"
    assert mends["Zoë Müller"] == f"relcard edit h{home['Zoë Müller']}"
    assert mends["佐藤 健"] == bring_extra("cjk")
    assert mends["Max Long"] == f"relcard edit h{home['Max Long']}"
    assert mends["W" * 99] == f"relcard household set h{home['W' * 99]} --addressee NAME"


def test_the_list_is_by_what_is_to_be_done(book: Book) -> None:
    """Remarks of a kind stand together, in the order of the kinds, and inside one in the agreed order."""
    names = [f"Person {letter}" for letter in "ABCDEF"]
    book.imported(
        *(
            card(name) if number % 2 else card(name, f"ADR;TYPE=home:;;{number} Road;Ulm;;;Germany")
            for number, name in enumerate(names)
        )
    )
    book.circle(Circle.FRIEND, *names)
    book.start()
    found = [(one.kind, one.who) for one in _report(book).remarks]
    assert found == [
        *((RemarkKind.ASK, f"Person {one}") for one in "BDF"),
        *((RemarkKind.CORRECT, f"Person {one}") for one in "ACE"),
    ]


def test_hand_addressed_names_are_checked_for_the_crib(book: Book) -> None:
    """A name no font has is said for the inner circle too, though no label is printed."""
    book.imported(card("佐藤 健", street="5 High Street"), card("Max Long", street="W" * 200))
    book.circle(Circle.INNER, "佐藤 健", "Max Long")
    book.start()
    found = _remarks(book)
    assert set(found) == {"佐藤 健"}
    assert "crib" in found["佐藤 健"][0].reason
    printed = _remarks(book, replace(PLAN, address_mode=AddressMode.LABEL))
    assert set(printed) == {"佐藤 健", "Max Long"}
    assert "crib" not in printed["佐藤 健"][0].reason


def test_a_number_on_two_papers_is_named(open_season: Book) -> None:
    """Two laptops of one list that print apart may give one number twice; who comes later has one of its own."""
    rows = open_season.rows()
    with journal.step(open_season.db, "print labels", today=TODAY):
        for name in ("Ada Oak", "Ben Elm"):
            open_season.db.execute("UPDATE recipient SET number = 3 WHERE id = ?", (rows[name].id,))
        open_season.db.execute("UPDATE season SET numbered = 1")
    (remark,) = _report(open_season).remarks
    assert (remark.kind, remark.who) == (RemarkKind.DOUBLE, "Ada Oak")
    assert remark.reason == "number 3 is on the papers of Ben Elm too: go by the name"
    later = [each.number for each in open_season.recipients() if each.season_row.number is None]
    assert later == [4, 5]


def test_who_is_not_living_is_taken_off_and_not_mended(open_season: Book) -> None:
    """Nobody is asked to mend the address of the dead, nor to write to them; the household is named once."""
    open_season.imported(card("Cyd Ash", "DEATHDATE:2026-11-01", version="4.0"))
    (remark,) = _report(open_season).remarks
    home = open_season.home_of("Cyd Ash")
    assert (remark.kind, remark.mend) == (RemarkKind.GONE, f"relcard season drop h{home}")


def test_no_country_is_a_count_where_it_looks_like_home(book: Book) -> None:
    """Two addresses with a British postcode and no country are taken for British, and that is said once."""
    people = ("Ada Oak", "Ben Elm", "Cyd Ash")
    book.imported(
        *(card(name, f"ADR;TYPE=home:;;{n} Road;Leeds;;LS1 4DY;") for n, name in enumerate(people[:2])),
        card("Cyd Ash", street="3 High Street"),
    )
    book.circle(Circle.FRIEND, *people)
    book.start()
    report = _report(book)
    assert report.remarks == ()
    assert report.notes == ("2 addresses name no country: taken for the United Kingdom",)


def test_an_address_nobody_confirmed_for_years(open_season: Book) -> None:
    """Old ones are named as ask-list names them, with the way to say that they are right."""
    late = replace(PLAN, standpoint=STANDPOINT._replace(today=date(2029, 12, 1)), wanted=None)
    (remark, *_) = [
        one
        for one in _report(open_season, late).remarks
        if (one.kind, one.who) == (RemarkKind.CONFIRM, "Ada Oak")
    ]
    assert remark.reason == "imported 2026-11-20"
    assert remark.mend == f"relcard address confirm h{open_season.home_of('Ada Oak')}"


def test_the_day_to_post_has_passed(open_season: Book) -> None:
    """Who is late is named with the day, until the card is posted."""
    late = replace(PLAN, standpoint=STANDPOINT._replace(today=date(2026, 12, 24)))
    found = {one.who: one.reason for one in _report(open_season, late).remarks if one.kind is RemarkKind.LATE}
    assert set(found) == {"Ada Oak", "Ben Elm", "Cyd Ash", "Dee Fir"}
    assert found["Ada Oak"] == "in time until Thu 17 Dec"
    _set_state(open_season, "Ada Oak", "posted")
    found = {one.who: one.reason for one in _report(open_season, late).remarks if one.kind is RemarkKind.LATE}
    assert "Ada Oak" not in found
    on_the_day = replace(PLAN, standpoint=STANDPOINT._replace(today=date(2026, 12, 17)))
    assert _report(open_season, on_the_day).remarks == ()


def test_words_that_a_person_wrote_are_held_to_the_contract(open_season: Book) -> None:
    """Too many, or with a letter the face lacks, they are found before paper; and the store stays as it is."""
    words = {"Ben Elm": "\n".join("abcdefghijkl"), "Cyd Ash": "A quiet 佐 to you", "Dee Fir": "Good wishes"}
    rows = open_season.rows()
    with journal.step(open_season.db, "draft edit", today=TODAY):
        for name, inside in words.items():
            seasons.set_draft(open_season.db, rows[name].id, "Christmas", inside, edited=True)
    before = open_season.recipients()
    found = _remarks(open_season)
    assert open_season.recipients() == before
    assert set(found) == {"Ben Elm", "Cyd Ash"}
    assert "mm too tall" in found["Ben Elm"][0].reason
    assert found["Ben Elm"][0].mend == f"relcard draft edit h{open_season.home_of('Ben Elm')}"
    assert "佐" in found["Cyd Ash"][0].reason
    assert found["Cyd Ash"][0].mend == bring_extra("cjk")
    _set_state(open_season, "Ben Elm", "written")  # by hand, on another card perhaps: nothing is printed
    assert set(_remarks(open_season)) == {"Cyd Ash"}
    assert _remarks(open_season, replace(PLAN, wanted=None)) == {}


def test_a_template_that_cannot_be_read_is_mended_in_its_file(open_season: Book, tmp_path: Path) -> None:
    """What is wrong is no household's words: the command looks at the template."""
    (tmp_path / "christmas.en.txt.j2").write_text("{% block front %}")
    broken = replace(PLAN, wanted=replace(WANTED, folders=(tmp_path,)))
    remarks = _report(open_season, broken).remarks
    assert {remark.kind for remark in remarks} == {RemarkKind.WORDS}
    assert {remark.mend for remark in remarks} == {"relcard template check FILE"}


def test_a_card_too_small_for_a_hand_is_said_once_a_circle(open_season: Book) -> None:
    """A hand of 20 mm writes six lines on A6: the circles that are promised seven are named, not each card."""
    large = replace(PLAN, wanted=replace(WANTED, hand=Hand(pitch_mm=20.0)))
    found = _remarks(open_season, large)
    assert set(found) == {"1 of inner", "1 of close"}
    assert found["1 of close"][0].mend.startswith("relcard settings set card ")


@pytest.mark.parametrize(
    ("home", "card", "envelope", "said"),
    [
        ("GB", "A6", "C6", {}),
        ("US", "5x7", "A7", {}),
        ("US", "A2", "A2", {}),
        ("GB", "A5", "C6", {"card A5": "too long"}),
        ("GB", "A6", "DL", {"card A6": "slide"}),
        ("GB", "A6", "Square 220", {"card A6": "slide", "envelope Square 220": "Large Letter"}),
        (
            "US",
            "quarter-letter",
            "Square 5.5",
            {"card quarter-letter": "too long", "envelope Square 5.5": "square"},
        ),
        ("GB", "postcard-A6", "Square 220", {}),
    ],
)
def test_card_envelope_and_stamp(
    open_season: Book, home: str, card: str, envelope: str, said: dict[str, str]
) -> None:
    """The card goes into its envelope and the post takes it as a letter, or both are said once for all."""
    plan = replace(
        PLAN,
        standpoint=STANDPOINT._replace(sender_country=home),
        card=find_size(card),
        envelope=find_envelope(envelope),
        wanted=None,
    )
    found = {one.who: one for one in _report(open_season, plan).remarks if one.kind is RemarkKind.MATERIAL}
    assert set(found) == set(said)
    for who, words in said.items():
        assert words in found[who].reason
        assert found[who].household is None


def test_a_price_that_is_known_is_no_surprise(open_season: Book) -> None:
    """Who has said what a large envelope costs on top has decided, and is not told again."""
    plan = replace(
        PLAN,
        standpoint=STANDPOINT._replace(sender_country="DE"),
        card=find_size("A5"),
        envelope=find_envelope("C5"),
        wanted=None,
    )
    assert "Großbrief" in _report(open_season, plan).remarks[-1].reason
    decided = replace(plan, tariff=Tariff.from_mapping({"large": 0.85}))
    assert RemarkKind.MATERIAL not in [one.kind for one in _report(open_season, decided).remarks]


def test_a_better_envelope_is_named(open_season: Book) -> None:
    """The one to buy is cut in the card's own unit and costs no more: C5 for A5, A7 for 5x7, A2 for A2."""
    for home, name, best in (("GB", "A5", "C5"), ("US", "5x7", "A7"), ("US", "A2", "A2"), ("GB", "A6", "C6")):
        plan = replace(
            PLAN,
            standpoint=STANDPOINT._replace(sender_country=home),
            card=find_size(name),
            envelope=find_envelope("Monarch"),
            wanted=None,
        )
        (remark,) = (one for one in _report(open_season, plan).remarks if one.who == f"card {name}")
        assert remark.mend == f"relcard settings set envelope {best}"


def test_who_sends_can_be_found(open_season: Book) -> None:
    """A return address with a letter no font has, or none where envelopes are printed, wants a look."""
    strange = replace(PLAN, sender=("佐藤 健", "1 High Street"))
    (remark,) = _report(open_season, strange).remarks
    assert (remark.kind, remark.mend) == (RemarkKind.SENDER, bring_extra("cjk"))
    without = replace(PLAN, sender=())
    assert _report(open_season, without).remarks == ()
    assert "return address" in _report(open_season, without).notes[0]
    (remark,) = _report(open_season, replace(without, addressed=True)).remarks
    assert remark.kind is RemarkKind.SENDER
    nowhere = _report(open_season, replace(PLAN, standpoint=STANDPOINT._replace(sender_country="")))
    assert "relcard settings set sender.country GB" in {one.mend for one in nowhere.remarks}


def test_the_return_address_is_tried_where_it_is_to_stand(open_season: Book) -> None:
    """A line that fits the corner may be too long for the flap; one that is printed nowhere is not tried."""
    street = "The Old Rectory behind Orchard Row Upper Wick".replace(" ", "\N{NO-BREAK SPACE}")
    sender = ("Maud Ellery", street, "Bath BA1 5DQ")
    corner = replace(PLAN, sender=sender, addressed=True)
    assert _report(open_season, corner).remarks == ()
    (remark,) = _report(open_season, replace(corner, return_on="flap")).remarks
    assert remark.kind is RemarkKind.SENDER
    assert "on the flap of C6" in remark.reason
    strange = replace(PLAN, sender=("佐藤 健", "1 High Street"), return_on="none")
    assert _report(open_season, strange).remarks == ()


def test_addresses_must_fit_where_they_go(book: Book) -> None:
    """A street too long for a label has room on a large envelope, and a large envelope is asked when said."""
    book.imported(card("Max Long", street="W" * 20))
    book.circle(Circle.FRIEND, "Max Long")
    book.start()
    small = replace(PLAN, stock=find_stock("5167"))
    assert [one.kind for one in _report(book, small).remarks] == [RemarkKind.SIZE]
    assert "5167" in _report(book, small).remarks[0].reason
    roomy = replace(small, addressed=True, envelope=find_envelope("C5"))
    assert RemarkKind.SIZE not in [one.kind for one in _report(book, roomy).remarks]


def test_a_picture_in_an_address_is_left_off_and_named(book: Book) -> None:
    """No household is refused for a flower."""
    book.imported(card("Poppy Oakes", street="3 Mill Row \U0001f33c"))
    book.circle(Circle.FRIEND, "Poppy Oakes")
    book.start()
    [remark] = _remarks(book)["Poppy Oakes"]
    assert (remark.kind, remark.reason) == (RemarkKind.NAME, "“\U0001f33c” is left off paper")


def test_a_post_that_reads_latin_letters_alone_has_them_beside_the_others(book: Book) -> None:
    """From the United States an address in Greek wants its Latin form, and has both once there is one."""
    greek = "ADR;TYPE=home:;;Οδός Ανθέων 4;Αθήνα;;105 57;Greece"
    latin = "ADR;TYPE=home:;;Odos Antheon 4;Athina;;105 57;Greece"
    book.imported(card("Ann Greek", greek), card("Bo Both", greek.replace("4", "5"), latin.replace("4", "5")))
    standpoint = STANDPOINT._replace(sender_country="US")
    american = replace(PLAN, standpoint=standpoint)
    book.circle(Circle.FRIEND, "Ann Greek", "Bo Both")
    book.start()
    people = read_season(book.db, find_season(book.db, None), standpoint)
    wanted = "USPS wants the address in Latin letters too; both are printed then"
    remarks = preflight(book.db, people, american).remarks
    assert [remark.who for remark in remarks if remark.reason == wanted] == ["Ann Greek"]
    [both] = read_households(book.db, [book.home_of("Bo Both")], standpoint)
    lines = "Οδός Ανθέων 5 / 105 57 ΑΘΗΝΑ / Odos Antheon 5 / 105 57 ATHINA / GREECE"
    assert " / ".join(both.address_lines) == lines


def test_postcards_are_looked_at_as_they_are_printed(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room of a column, seven digits, a courtesy the user's words lack, letters, and the sender's own place."""
    monkeypatch.setenv("RELCARD_FONTS", "extras")
    streets = {"健 佐藤": "本町1-2-3", "花 山田": "本町" + "六" * 40, "結 森": "本町4"}
    codes = {"健 佐藤": "150-0001", "花 山田": "150-0001", "結 森": "15-00"}
    book.imported(
        *(card(name, f"ADR:;;{streets[name]};渋谷区;東京都;{codes[name]};Japan") for name in streets),
        card("Max Long", f"ADR:;;{'W' * 40};Bath;;BA1 5DQ;United Kingdom"),
    )
    book.circle(Circle.FRIEND, *streets, "Max Long")
    book.start()
    with journal.step(book.db, "wish", today=TODAY):
        households.set_wishes(book.db, book.home_of("健 佐藤"), {"addressee": "佐藤 健"})
    standpoint = STANDPOINT._replace(sender_country="JP")
    plan = replace(PLAN, card=find_size("hagaki"), postcards=True, wanted=None, standpoint=standpoint)
    people = read_season(book.db, find_season(book.db, None), standpoint)
    remarks = preflight(book.db, people, plan).remarks
    by_home = {remark.household: (remark.kind, remark.reason) for remark in remarks if remark.household}
    homes = {name: book.home_of(name) for name in (*streets, "Max Long")}
    assert by_home[homes["健 佐藤"]] == (RemarkKind.NAME, "as you said it, 佐藤 健 stands without 様")
    assert by_home[homes["花 山田"]][0] is RemarkKind.SIZE
    assert by_home[homes["花 山田"]][1].endswith("mm too long at 9 pt for hagaki")
    assert "does not fit; Japan wants one like" in by_home[homes["結 森"]][1]
    assert by_home[homes["Max Long"]][1].endswith("mm too wide at 8 pt for hagaki")
    assert [remark.reason for remark in remarks if remark.kind is RemarkKind.SENDER] == []
    for sender, said in (
        (("鈴木", "東京都" * 20), "too long"),
        (("鈴木", "\ue000"), "no font"),
        ((), "none"),
    ):
        last = preflight(book.db, people, replace(plan, sender=sender)).remarks[-1]
        assert (last.kind, said in last.reason) == (RemarkKind.SENDER, True)


def test_labels_have_their_own_short_look(book: Book) -> None:
    """Only addresses that are going to be printed count; what the run itself refuses is left to it."""
    book.imported(
        card("Ada Oak", "ADR;TYPE=home:;;1 Road;Ulm;;;Germany"),
        card("Ben Elm", "ADR;TYPE=home:;;2 Road;Ulm;;;Germany"),
        card("Cyd Ash", street="3 High Street"),
        card("Lost Lane"),
    )
    book.circle(Circle.FRIEND, "Ada Oak", "Cyd Ash", "Lost Lane")
    book.circle(Circle.INNER, "Ben Elm")
    book.start()
    number, remarks = check_labels(book.recipients(), sender_country="GB")
    assert (number, [one.who for one in remarks]) == (2, ["Ada Oak"])
    number, remarks = check_labels(book.recipients(), sender_country="GB", address_mode=AddressMode.LABEL)
    assert (number, len(remarks)) == (3, 2)
