from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.vcard.parameters import find_colon
from relcard.vcard.patch import patch_vcard
from relcard.vcard.read import parse_card
from relcard.vcard.split import RawCard
from relcard.vcard.split import split_cards
from relcard.vcard.unfold import logical_lines
from tests.support.dose import dose

if TYPE_CHECKING:
    from relcard.domain.people.contact import Contact
    from relcard.vcard.unfold import CardLine

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "sample_contacts.vcf", *sorted((ROOT / "tests" / "data" / "vcards").glob("*/*.vcf"))]

CARD = (
    b"BEGIN:VCARD\r\n"
    b"VERSION:3.0\r\n"
    b"X-BEFORE:  kept \\as it is\r\n"
    b"FN;LANGUAGE=en:Ann Lee\r\n"
    b"N:Lee;Ann;;;\r\n"
    b"item1.TEL;type=CELL;X-PID=7:111\r\n"
    b"item1.X-ABLabel:Boat\r\n"
    b"TEL;TYPE=HOME:222\r\n"
    b'TEL;TYPE=WORK;X-Q="a:b":333\r\n'
    b"item2.ADR;type=HOME:;;1 High St;Leeds;;LS1 1AA;UK\r\n"
    b"item2.X-ABADR:gb\r\n"
    b"BDAY:spring\r\n"
    b"CATEGORIES:myContacts,choir\r\n"
    b"NOTE:a long note that somebody folded in a place of their own choosing\r\n"
    b"  and went on\r\n"
    b"PHOTO;ENCODING=b:AAAA\r\n"
    b" BBBB\r\n"
    b"END:VCARD\r\n"
)  # fmt: skip


def read(raw: bytes) -> Contact:
    contact = parse_card(RawCard(raw, 1, 0, True), source="f").contact
    assert contact is not None
    return contact


def lines_changed(raw: bytes, new: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the lines only the old card has, and those only the new one has; the others keep their order."""
    old_lines, new_lines = raw.splitlines(keepends=True), new.splitlines(keepends=True)
    gone = [line for line in old_lines if line not in new_lines]
    come = [line for line in new_lines if line not in old_lines]
    kept = [line for line in old_lines if line not in gone]
    assert [line for line in new_lines if line not in come] == kept
    return gone, come


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        ({"uid": "u-1"}, [], [b"UID:u-1\r\n"]),
        (
            {"display_name": "Ann Łee"},
            [b"FN;LANGUAGE=en:Ann Lee\r\n"],
            ["FN;LANGUAGE=en:Ann Łee\r\n".encode()],
        ),
        ({"name": Name(family="Lee", given="Anne")}, [b"N:Lee;Ann;;;\r\n"], [b"N:Lee;Anne;;;\r\n"]),
        ({"tags": ("choir", "a,b")}, [b"CATEGORIES:myContacts,choir\r\n"], [b"CATEGORIES:choir,a\\,b,myContacts\r\n"]),
        ({"nicknames": ("Annie",)}, [], [b"NICKNAME:Annie\r\n"]),
        ({"org": "Acme, Inc."}, [], [b"ORG:Acme\\, Inc.\r\n"]),
        (
            {"note": ""},
            [b"NOTE:a long note that somebody folded in a place of their own choosing\r\n", b"  and went on\r\n"],
            [],
        ),
        (
            {"phones": (Phone(value="999", types=("cell",), label="Boat"), Phone(value="222", types=("home",)), Phone(value="333", types=("work",)))},
            [b"item1.TEL;type=CELL;X-PID=7:111\r\n"],
            [b"item1.TEL;type=CELL;X-PID=7:999\r\n"],
        ),
        (
            {"phones": (Phone(value="222", types=("home",)),)},
            [b"item1.TEL;type=CELL;X-PID=7:111\r\n", b"item1.X-ABLabel:Boat\r\n", b'TEL;TYPE=WORK;X-Q="a:b":333\r\n'],
            [],
        ),
        ({"emails": (Email(value="a@example.org"),)}, [], [b"EMAIL:a@example.org\r\n"]),
        (
            {"addresses": (Address(street="2 Low St", locality="York", types=("home",), country_code="GB"),)},
            [b"item2.ADR;type=HOME:;;1 High St;Leeds;;LS1 1AA;UK\r\n", b"item2.X-ABADR:gb\r\n"],
            [b"item2.ADR;CC=GB;TYPE=home:;;2 Low St;York;;;\r\n"],
        ),
        (
            {"occasions": (Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(1980, 5, 1)),)},
            [b"BDAY:spring\r\n"],
            [b"BDAY:1980-05-01\r\n"],
        ),
        (
            {"relations": (Relation(kind="spouse", name="Tom"),)},
            [],
            [b"item3.X-ABRELATEDNAMES:Tom\r\n", b"item3.X-ABLABEL:_$!<Spouse>!$_\r\n"],
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_only_the_changed_lines_change(change: dict[str, Any], gone: list[bytes], come: list[bytes]) -> None:
    """Each edit rewrites its own lines; every other line keeps its bytes and its order."""
    before = read(CARD)
    after = before._replace(**change)
    new = patch_vcard(CARD, before=before, after=after)
    assert lines_changed(CARD, new) == (gone, come)
    assert read(new) == after


def test_no_change_is_no_change() -> None:
    """Equal contacts give the very bytes back, whatever they are."""
    before = read(CARD)
    assert patch_vcard(CARD, before=before, after=before) is CARD
    worked_out = before._replace(addresses=(before.addresses[0]._replace(country_code="FR"),))
    assert patch_vcard(CARD, before=before, after=worked_out) == CARD


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\r\n"])
def test_the_line_end_of_the_file_is_kept(end: bytes) -> None:
    """New lines end as the card's own do."""
    raw = CARD.replace(b"\r\n", end)
    before = read(raw)
    new = patch_vcard(raw, before=before, after=before._replace(title="Baker", note="short"))
    assert end + b"TITLE:Baker" + end in new
    assert new.replace(end, b"").find(b"\r") == new.replace(end, b"").find(b"\n") == -1


def test_an_old_card_stays_old() -> None:
    """In 2.1 new text is quoted-printable with its character set, and bare types."""
    raw = CARD.replace(b"VERSION:3.0", b"VERSION:2.1")
    before = read(raw)
    after = before._replace(display_name="Ańn", note="a\nb", phones=(Phone(value="1", types=("home",)),))
    new = patch_vcard(raw, before=before, after=after)
    assert b"FN;LANGUAGE=en;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:A=C5=84n\r\n" in new
    assert b"NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab\r\n" in new
    assert read(new) == after


def test_a_card_inside_the_card_is_left_alone() -> None:
    """The FN of an AGENT's card is not this card's FN."""
    inner = b"BEGIN:VCARD\nFN:Secretary\nTEL:1\nEND:VCARD\n"
    raw = b"BEGIN:VCARD\nFN:Ann\nAGENT:\n" + inner + b"TEL:2\nEND:VCARD\n"
    before = read(raw)
    new = patch_vcard(raw, before=before, after=before._replace(display_name="Anna", phones=()))
    assert new == b"BEGIN:VCARD\nFN:Anna\nAGENT:\n" + inner + b"END:VCARD\n"


def test_lines_added_to_a_value_go_with_it() -> None:
    """Text without a header belongs to the note before it, so a new note replaces both."""
    raw = b"BEGIN:VCARD\nFN:Ann\nNOTE:one\ntwo\nTEL:1\nEND:VCARD\n"
    before = read(raw)
    new = patch_vcard(raw, before=before, after=before._replace(note="three"))
    assert new == b"BEGIN:VCARD\nFN:Ann\nNOTE:three\nTEL:1\nEND:VCARD\n"


def test_a_made_up_name_is_written_when_its_source_goes() -> None:
    """A card without FN gets one when the field its name came from changes."""
    raw = b"BEGIN:VCARD\nN:Lee;Ann\nEND:VCARD\n"
    before = read(raw)
    after = before._replace(name=Name(family="Lee", given="Anne"))
    assert read(patch_vcard(raw, before=before, after=after)) == after


def test_a_card_without_its_end_can_be_changed() -> None:
    """An unterminated card whose last line has no line end is still patched."""
    raw = b"BEGIN:VCARD\nFN:Ann"
    before = read(raw)
    assert patch_vcard(
        raw, before=before, after=before._replace(uid="u")
    ) == b"BEGIN:VCARD\nFN:Ann\nUID:u\r\n".replace(b"\r\n", b"\n")


_NEW = st.fixed_dictionaries(
    {},
    optional={
        "uid": st.just("minted-1"),
        "display_name": st.sampled_from(["Żółć", "A, B; C"]),
        "name": st.just(Name(family="Nowak", given="Ewa")),
        "nicknames": st.sampled_from([(), ("Ewa", "E, W")]),
        "org": st.sampled_from(["", "Acme; Söhne, Inc."]),
        "title": st.sampled_from(["", "Baker"]),
        "tags": st.sampled_from([(), ("a,b", "ż")]),
        "note": st.sampled_from(["", "one\ntwo; three, \\four"]),
        "phones": st.sampled_from([(), (Phone(value="1", types=("home", "pref"), label="Łódź"), Phone(value="2"))]),
        "emails": st.sampled_from([(), (Email(value="x@example.org", types=("work",)),)]),
        "addresses": st.sampled_from([(), (Address(street="ul. Długa 1\nm. 2", locality="Łódź", label="x\ny", types=("home",)),)]),
        "urls": st.sampled_from([(), ("https://example.org/a,b",)]),
        "occasions": st.sampled_from([(), (Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(None, 2, 29)), Occasion(kind=OccasionKind.CUSTOM, date=PartialDate(2001, 1, 2), label="Name day"))]),
        "relations": st.sampled_from([(), (Relation(kind="child", name="Ola"), Relation(kind="friend", uid="u-9"))]),
        "language": st.sampled_from(["", "pl"]),
    },
)  # fmt: skip
_ALL = [
    card
    for path in FILES
    for card in split_cards(io.BytesIO(path.read_bytes()), source="f", problems=[])
    if parse_card(card, source="f").contact is not None
]


@given(st.sampled_from(_ALL), _NEW)
@settings(max_examples=dose(100, 1000))
def test_any_change_to_any_card_reads_back(card: RawCard, change: dict[str, Any]) -> None:
    """Whatever changes on whichever vendor's card, the patched card says what the contact says."""
    before = parse_card(card, source="f").contact
    assert before is not None
    if before.uid:
        change.pop("uid", None)
    if any(one.kind == "agent" for one in before.relations):
        change.pop("relations", None)  # a card inside the card is not taken apart
    after = before._replace(**change)
    found = read(patch_vcard(card.raw, before=before, after=after))
    for field in ("addresses", "phones", "emails", "urls", "occasions", "relations"):
        assert sorted(map(repr, getattr(found, field))) == sorted(map(repr, getattr(after, field))), field
        found = found._replace(**{field: getattr(after, field)})
    if not after.display_name.strip():
        after = after._replace(display_name=found.display_name)
    assert found == after


@pytest.mark.parametrize(
    ("version", "line", "gender", "new"),
    [
        (b"4.0", b"GENDER:F;grandmother", "f", b"GENDER:M"),
        (b"4.0", b"GENDER:;it's complicated", "", b"GENDER:M"),
        (b"4.0", b"GENDER:o", "o", b"GENDER:M"),
        (b"3.0", b"X-GENDER:Female", "f", b"X-GENDER:Male"),
        (b"3.0", b"X-GENDER:spring", "", b"X-GENDER:Male"),
    ],
)
def test_a_gender_is_read_and_written_back(version: bytes, line: bytes, gender: str, new: bytes) -> None:
    """Its letter counts (RFC 6350 section 6.2.7); a store that knows none takes none away from the card."""
    raw = b"\r\n".join([b"BEGIN:VCARD", b"VERSION:" + version, b"FN:Ann Lee", line, b"END:VCARD", b""])
    before = read(raw)
    assert before.gender == gender
    changed = patch_vcard(raw, before=before, after=before._replace(gender="m"))
    assert changed == raw.replace(line, new)
    assert read(changed).gender == "m"
    assert patch_vcard(raw, before=before, after=before._replace(gender="")) == raw


def _changed(item: Any, part: str) -> Any:
    """Return an item with one part changed."""
    change: dict[str, Any] = {part: getattr(item, part) + "7"}
    return item._replace(**change)


_STATES = {
    "phones": {"TEL"},
    "emails": {"EMAIL"},
    "urls": {"URL"},
    "addresses": {"ADR", "LABEL", "X-ABADR"},
    "name": {"N"},
    "org": {"ORG"},
    "title": {"TITLE"},
    "note": {"NOTE"},
}


def _one_changed(before: Contact, field: str) -> Contact | None:
    """Return a contact with one field changed, of several values the first; None where there is none."""
    value = getattr(before, field)
    if not value or not before.display_name or (field == "name" and not any(value)):
        return None
    part = {"addresses": "postcode", "urls": ""}.get(field, "value")
    changed: Any = f"{value}7"
    if field == "name":
        changed = value._replace(given=value.given + "7")
    elif not isinstance(value, str):
        changed = (_changed(value[0], part) if part else value[0] + "7", *value[1:])
    change: dict[str, Any] = {field: changed}
    return before._replace(**change)


def _gone(raw: bytes, new: bytes) -> list[CardLine]:
    """Return the lines of a card that its patched text has no more."""
    left = {new[line.start : line.end] for line in logical_lines(new, 1)}
    return [line for line in logical_lines(raw, 1) if raw[line.start : line.end] not in left]


@pytest.mark.parametrize("field", _STATES)
def test_a_change_of_one_field_leaves_every_line_that_does_not_state_it(field: str) -> None:
    """On every vendor's card: labels, groups, keys and what relcard does not know stand byte for byte."""
    tried = 0
    for card in _ALL:
        before = read(card.raw)
        after = _one_changed(before, field)
        if after is None:
            continue
        gone = _gone(card.raw, patch_vcard(card.raw, before=before, after=after))
        # What has no header is part of the value before it.
        assert {line.head.name for line in gone if line.head is not None} <= _STATES[field], card.raw
        tried += 1
    assert tried


def _with_alternatives(raw: bytes) -> bytes:
    """Return a card in which each value has a second writing in another language (ALTID)."""
    lines = []
    for number, line in enumerate(logical_lines(raw, 1)):
        text = raw[line.start : line.end]
        colon = find_colon(text)
        if line.head is None or line.head.name not in _WITH_ALTERNATIVES or line.head.params.get("ALTID"):
            lines.append(text)
            continue
        head, value = text[:colon], text[colon:]
        lines += [
            b"%s;ALTID=%d%s" % (head, number, value),
            b"%s;ALTID=%d;LANGUAGE=xx%s" % (head, number, value),
        ]
    return b"".join(lines)


_WITH_ALTERNATIVES = {"N", "FN", "ORG", "TITLE", "NOTE", "TEL", "EMAIL", "URL", "ADR", "BDAY", "NICKNAME"}


_WITH_FIELD = [(card, field) for card in _ALL for field in _STATES if _one_changed(read(card.raw), field)]


@given(st.sampled_from(_WITH_FIELD))
@settings(max_examples=250)
def test_a_change_of_one_value_leaves_every_other_writing_of_the_others(change: tuple[RawCard, str]) -> None:
    """Whatever is edited on whichever vendor's card, alternatives of what was not stand byte for byte."""
    card, field = change
    raw = _with_alternatives(card.raw)
    before = read(raw)
    after = _one_changed(before, field)
    assert after is not None
    gone = _gone(raw, patch_vcard(raw, before=before, after=after))
    heads = [line.head for line in gone if line.head is not None]
    assert {head.name for head in heads} <= _STATES[field]
    assert len({head.params["ALTID"] for head in heads if "ALTID" in head.params}) <= 1


@pytest.mark.parametrize(
    ("version", "lines", "change", "gone", "come"),
    [
        (  # a second family name and a generation (RFC 9554 section 2.2), and a list in a part
            b"4.0",
            [b"N:Probe;Kaja;Mary,Jo;;;Soler;Jr."],
            {"name": Name("Probe", "Kaya", "Mary Jo")},
            [b"N:Probe;Kaja;Mary,Jo;;;Soler;Jr."],
            [b"N:Probe;Kaya;Mary,Jo;;;Soler;Jr."],
        ),
        (
            b"4.0",
            [b"ADR:;;Carrer Nou 12;Girona;;17001;Spain;;3;2;12;Carrer Nou;;;Centre;;;"],
            {"addresses": (Address(street="Carrer Nou 12", locality="Girona", postcode="17002", country="Spain"),)},
            [b"ADR:;;Carrer Nou 12;Girona;;17001;Spain;;3;2;12;Carrer Nou;;;Centre;;;"],
            [b"ADR:;;Carrer Nou 12;Girona;;17002;Spain;;3;2;12;Carrer Nou;;;Centre;;;"],
        ),
        (  # what says the street more finely goes with the street
            b"4.0",
            [b"ADR:;;Carrer Nou 12;Girona;;17001;Spain;;3;2;12;Carrer Nou;;;Centre;;;"],
            {"addresses": (Address(street="Plaza 1", locality="Girona", postcode="17001", country="Spain"),)},
            [b"ADR:;;Carrer Nou 12;Girona;;17001;Spain;;3;2;12;Carrer Nou;;;Centre;;;"],
            [b"ADR:;;Plaza 1;Girona;;17001;Spain"],
        ),
        (
            b"3.0",
            [b"item1.ADR:;;Mill 1;Wells;;BA5 1AA;UK", b"item1.X-ABLabel:Summer house"],
            {"addresses": (Address(street="Mill 1", locality="Wells", postcode="BA5 1AB", country="UK"),)},
            [b"item1.ADR:;;Mill 1;Wells;;BA5 1AA;UK"],
            [b"item1.ADR:;;Mill 1;Wells;;BA5 1AB;UK"],
        ),
        (
            b"3.0",
            [b"item2.URL:https://example.org/a", b"item2.X-ABLabel:Choir page"],
            {"urls": ("https://example.org/b",)},
            [b"item2.URL:https://example.org/a"],
            [b"item2.URL:https://example.org/b"],
        ),
        (  # a key and a switch belong to the e-mail of their group
            b"4.0",
            [b"ITEM1.EMAIL;PREF=1:kaja@example.org", b"ITEM1.KEY;PREF=1:data:x", b"ITEM1.X-PM-ENCRYPT:true"],
            {"emails": (Email("kaya@example.org", ("pref",)),)},
            [b"ITEM1.EMAIL;PREF=1:kaja@example.org"],
            [b"ITEM1.EMAIL;PREF=1:kaya@example.org"],
        ),
        (
            b"3.0",
            [b"X-EVOLUTION-ANNIVERSARY:2001-06-09", b"X-EVOLUTION-SPOUSE:Lotte Maier"],
            {
                "occasions": (Occasion(OccasionKind.ANNIVERSARY, PartialDate(2001, 6, 10)),),
                "relations": (Relation("spouse", "Lotte Meier"),),
            },
            [b"X-EVOLUTION-ANNIVERSARY:2001-06-09", b"X-EVOLUTION-SPOUSE:Lotte Maier"],
            [b"X-EVOLUTION-ANNIVERSARY:2001-06-10", b"X-EVOLUTION-SPOUSE:Lotte Meier"],
        ),
        (  # 2.1 has a line of its own for a label
            b"2.1",
            [b"ADR;HOME:;;Wall 4;Jena;;07743;", b"LABEL;HOME:Wall 4, 07743 Jena"],
            {"addresses": (Address(street="Wall 5", locality="Jena", postcode="07743", label="Wall 5, 07743 Jena", types=("home",)),)},
            [b"ADR;HOME:;;Wall 4;Jena;;07743;", b"LABEL;HOME:Wall 4, 07743 Jena"],
            [b"ADR;HOME:;;Wall 5;Jena;;07743;", b"LABEL;HOME:Wall 5, 07743 Jena"],
        ),
        (  # Android's labels of one's own, in a 2.1 head
            b"2.1",
            [b"TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=53=68=65=64):+4930555010"],
            {"phones": (Phone("+4930555011", (), "Shed"),)},
            [b"TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=53=68=65=64):+4930555010"],
            [b"TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=53=68=65=64):+4930555011"],
        ),
        (
            b"3.0",
            [b"X-ANDROID-CUSTOM:vnd.android.cursor.item/relation\\;Mia Ode\\;14\\;\\;"],
            {"relations": (Relation("spouse", "Mia Oda"),)},
            [b"X-ANDROID-CUSTOM:vnd.android.cursor.item/relation\\;Mia Ode\\;14\\;\\;"],
            [b"X-ANDROID-CUSTOM:vnd.android.cursor.item/relation\\;Mia Oda\\;14\\;\\;"],
        ),
        (
            b"3.0",
            [b"TEL;TYPE=VOICE\\,CELL:1"],
            {"phones": (Phone("2", ("voice", "cell")),)},
            [b"TEL;TYPE=VOICE\\,CELL:1"],
            [b"TEL;TYPE=VOICE\\,CELL:2"],
        ),
        (  # what some program worked out of the old number goes with it
            b"3.0",
            [b"TEL;TYPE=CELL;waid=447700900123:+44 7700 900123"],
            {"phones": (Phone("+44 7700 900999", ("cell",)),)},
            [b"TEL;TYPE=CELL;waid=447700900123:+44 7700 900123"],
            [b"TEL;TYPE=cell:+44 7700 900999"],
        ),
    ],
)  # fmt: skip
def test_an_edit_keeps_what_relcard_does_not_know(
    version: bytes, lines: list[bytes], change: dict[str, Any], gone: list[bytes], come: list[bytes]
) -> None:
    """Parts behind the known ones, labels, groups and the vendor's own properties outlive a correction."""
    raw = b"\n".join([b"BEGIN:VCARD", b"VERSION:" + version, b"FN:Kaja", *lines, b"END:VCARD", b""])
    before = read(raw)
    after = before._replace(**change)
    new = patch_vcard(raw, before=before, after=after)
    said = lines_changed(raw, new)
    assert said == ([line + b"\n" for line in gone], [line + b"\n" for line in come])
    assert read(new) == after


def test_other_writings_of_a_value_go_when_it_changes() -> None:
    """A corrected street leaves no old one in another script behind, and touches no other line."""
    lines = (
        b"FN;ALTID=1;LANGUAGE=ja:\xe8\x91\xb5",
        b"FN;ALTID=1;LANGUAGE=en:Aoi",
        b"ADR;ALTID=1;LANGUAGE=ja:;;Honcho 1;Kyoto;;600-8001;",
        b"ADR;ALTID=1;LANGUAGE=en:;;1 Honmachi;Kyoto;;600-8001;",
        b"ADR;ALTID=2:;;Weg 3;Ulm;;89073;",
    )
    raw = b"\r\n".join((b"BEGIN:VCARD", b"VERSION:4.0", *lines, b"END:VCARD", b""))
    before = parse_card(RawCard(raw, 1, 0, True), source="f.vcf").contact
    assert before is not None
    moved = before._replace(
        addresses=(before.addresses[0]._replace(street="Honcho 2"), *before.addresses[1:])
    )
    after = patch_vcard(raw, before=before, after=moved)
    assert b"Honmachi" not in after
    assert b"Honcho 2" in after
    assert all(line in after for line in (*lines[:2], lines[-1]))
    assert parse_card(RawCard(after, 1, 0, True), source="f.vcf").contact == moved


def test_an_end_glued_to_a_value_stays_while_the_value_does() -> None:
    """Another field's change leaves the line byte for byte; its own change gives the END a line."""
    raw = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nTITLE:q\nNOTE:hisEND:VCARD\n"
    before = parse_card(RawCard(raw, 1, 0, True), source="f.vcf").contact
    assert before is not None
    assert patch_vcard(raw, before=before, after=before._replace(title="x")) == raw.replace(
        b"TITLE:q", b"TITLE:x"
    )
    changed = patch_vcard(raw, before=before, after=before._replace(note="hers"))
    assert changed == raw.replace(b"hisEND", b"hers\nEND")
