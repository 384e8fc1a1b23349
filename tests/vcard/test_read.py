from __future__ import annotations

import io
import logging
import random
import socket
from pathlib import Path

import pytest

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.vcard import read
from relcard.vcard.assemble import to_contact
from relcard.vcard.read import own_labels
from relcard.vcard.read import parse_card
from relcard.vcard.split import RawCard
from relcard.vcard.split import split_cards

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "sample_contacts.vcf", *sorted((ROOT / "tests" / "data" / "vcards").glob("*/*.vcf"))]


def parsed(*lines: str | bytes, version: str = "3.0", name: str = "FN:Ann Lee") -> read.ParsedCard:
    body = [f"VERSION:{version}", name, *lines]
    raw = b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in body)
    raw = b"BEGIN:VCARD\r\n" + raw + b"\r\nEND:VCARD\r\n"
    return parse_card(RawCard(raw, 1, 0, True), source="f.vcf")


def contact_of(*lines: str | bytes, version: str = "3.0", name: str = "FN:Ann Lee") -> Contact:
    card = parsed(*lines, version=version, name=name)
    assert card.problems == ()
    assert card.contact is not None
    return card.contact


def cards_of(path: Path) -> list[RawCard]:
    return list(split_cards(io.BytesIO(path.read_bytes()), source=path.name, problems=[]))


def test_a_plain_card_says_everything() -> None:
    """Each ordinary property of a 3.0 card arrives in its field."""
    contact = contact_of(
        "N:Lee;Ann;Mary,Jo;Dr.;PhD",
        "UID:urn:uuid:5B0F3A52-7C1E-4F0A-9A51-2D9C1F6E0A01",
        "NICKNAME:Annie,Lee\\, A.",
        "ORG:Acme, Inc.;Sales;",
        "TITLE:Baker",
        "TEL;TYPE=CELL,pref:+44 7700 900111",
        "EMAIL;TYPE=INTERNET:mailto:ann@example.org",
        "ADR;TYPE=HOME:;Flat 2;1 High St\\nThe Yard;Leeds;Yorks;LS1 1AA;UK",
        "URL:http\\://example.org/a,b",
        "BDAY:1985-04-12",
        "CATEGORIES:a,b\\,c,a",
        "NOTE:one\\ntwo, three",
        "NOTE:four",
        "SORT-STRING:Li",
    )
    assert contact == Contact(
        uid="5b0f3a52-7c1e-4f0a-9a51-2d9c1f6e0a01",
        display_name="Ann Lee",
        name=Name(family="Lee", given="Ann", additional="Mary Jo", prefixes="Dr.", suffixes="PhD"),
        nicknames=("Annie", "Lee, A."),
        phonetic="Li",
        org="Acme, Inc., Sales",
        title="Baker",
        addresses=(
            Address(
                extended="Flat 2",
                street="1 High St\nThe Yard",
                locality="Leeds",
                region="Yorks",
                postcode="LS1 1AA",
                country="UK",
                types=("home",),
            ),
        ),
        phones=(Phone(value="+44 7700 900111", types=("cell", "pref")),),
        emails=(Email(value="ann@example.org", types=("internet",)),),
        urls=("http://example.org/a,b",),
        occasions=(Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(1985, 4, 12)),),
        tags=("a", "b,c"),
        note="one\ntwo, three\n\nfour",
    )


def test_unescaped_commas_lose_no_text() -> None:
    """A comma that should have been escaped is a comma."""
    contact = contact_of(
        "NOTE:tea, cake, walks",
        "ORG:Doe, Roe and Co",
        "TEL:+49 1,,2",
        "ADR:;;Flat 2,14 Rose Lane;Washington, D.C.;;;",
        name="FN:Doe, Jo",
    )
    assert contact.display_name == "Doe, Jo"
    assert contact.note == "tea, cake, walks"
    assert contact.org == "Doe, Roe and Co"
    assert contact.phones[0].value == "+49 1,,2"
    assert (contact.addresses[0].street, contact.addresses[0].locality) == (
        "Flat 2, 14 Rose Lane",
        "Washington, D.C.",
    )
    old = contact_of("ADR:;;Flat 2,14 Rose Lane;x;;;", "N:Lee, jr;Ann", version="2.1")
    assert (old.addresses[0].street, old.name.family) == ("Flat 2,14 Rose Lane", "Lee, jr")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:Lee;Ann;Mary;Dr.;PhD",), "Dr. Ann Mary Lee PhD"),
        (("N:佐藤;健;;;",), "佐藤 健"),
        (("N:;;;;", "NICKNAME:Annie"), "Annie"),
        (("ORG:Old Mill;Bakery",), "Old Mill, Bakery"),
        (("EMAIL:ann@example.org", "TEL:123"), "ann@example.org"),
        (("TEL:123",), "123"),
    ],
)
def test_a_missing_name_is_made_good(lines: tuple[str, ...], name: str) -> None:
    """Without FN the name comes from N, a nickname, the organisation, an e-mail or a phone, in this order."""
    assert contact_of(*lines, name="FN:").display_name == name


def test_a_card_that_nothing_names_is_kept_raw() -> None:
    """With nothing to call it by there is no contact, and the problem says so."""
    card = parsed("NOTE:only this", name="X-A:b")
    assert card.contact is None
    assert "no name" in card.problems[0].message


def test_a_bad_date_is_reported_where_it_stands() -> None:
    """A date that is none becomes a problem with file, line and name; the rest is read."""
    card = parsed("BDAY:spring", "X-A:1", "item1.X-ABDATE:soon", "NOTE:kept")
    assert [str(problem) for problem in card.problems] == [
        'f.vcf:4  "Ann Lee"  BDAY is not a date: "spring" - kept as text',
        'f.vcf:6  "Ann Lee"  X-ABDATE is not a date: "soon" - kept as text',
    ]
    assert card.contact is not None
    assert (card.contact.note, card.contact.occasions) == ("kept", ())


def test_dates_in_every_wrapping() -> None:
    """No-year dates, text that is a date, and several dates of one kind."""
    contact = contact_of(
        "BDAY;X-APPLE-OMIT-YEAR=1900:1900-05-01",
        "BDAY:1999-05-01",
        "ANNIVERSARY;VALUE=text:2010-05-15",
        "X-EVOLUTION-ANNIVERSARY:2010-05-15",
        "DEATHDATE:20250102T030000Z",
        "item1.X-ABDATE:1604-05-13",
        "item1.X-ABLabel:Name day",
        "item2.X-ABLabel:Hochzeitstag",
        "item2.X-ABDATE:2001-01-02",
    )
    assert [(one.kind.value, str(one.date), one.label) for one in contact.occasions] == [
        ("birthday", "--05-01", ""),
        ("custom", "1999-05-01", "birthday"),
        ("anniversary", "2010-05-15", ""),
        ("remembrance", "2025-01-02", ""),
        ("custom", "--05-13", "Name day"),
        ("anniversary", "2001-01-02", ""),
    ]
    assert contact.has_died


def test_addresses_find_their_labels_codes_and_preference() -> None:
    """LABEL joins by group or types, X-ABADR and CC give the country, pref and PREF=1 the choice."""
    contact = contact_of(
        "ADR;TYPE=home:;;1 A St;B;;;",
        "ADR;TYPE=work,pref;CC=de:;;2 C St;D;;;",
        "item1.ADR:;;3 E St;F;;;",
        "item1.X-ABADR:pl",
        "item1.X-ABLabel:_$!<Home>!$_",
        "LABEL;TYPE=work:Acme\\n2 C St",
        "LABEL;TYPE=home:The Cottage",
        "LABEL;TYPE=parcel:Nowhere else",
        "ADR:;;;;;;",
        "ADR:just one line",
    )
    found = [(one.street, one.label, one.country_code, one.types, one.preferred) for one in contact.addresses]
    assert found == [
        ("1 A St", "The Cottage", "", ("home",), False),
        ("2 C St", "Acme\n2 C St", "DE", ("work",), True),
        ("3 E St", "", "PL", ("home",), False),
        ("just one line", "", "", (), False),
        ("", "Nowhere else", "", ("parcel",), False),
    ]


def test_relations_in_every_wrapping() -> None:
    """RELATED by UID and by text, Apple's names and the vendors' properties all become relations."""
    contact = contact_of(
        "RELATED;TYPE=child:urn:uuid:AAAA1111-7c1e-4f0a-9a51-2d9c1f6e0a01",
        "RELATED;TYPE=friend;VALUE=text:Ask Jane, please",
        "X-SPOUSE:Tom",
        "item1.X-ABRELATEDNAMES:Pia",
        "item1.X-ABLabel:_$!<Mother>!$_",
        "X-ABRELATEDNAMES;TYPE=pref,child:Jack",
        "X-ABRELATEDNAMES:Bo",
    )
    assert contact.relations == (
        Relation(kind="child", uid="aaaa1111-7c1e-4f0a-9a51-2d9c1f6e0a01"),
        Relation(kind="friend", name="Ask Jane, please"),
        Relation(kind="spouse", name="Tom"),
        Relation(kind="mother", name="Pia"),
        Relation(kind="child", name="Jack"),
        Relation(kind="contact", name="Bo"),
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("KIND:org", Kind.ORG),
        ("X-ABShowAs:COMPANY", Kind.ORG),
        ("KIND:group", Kind.GROUP),
        ("KIND:x", Kind.INDIVIDUAL),
    ],
)
def test_kinds(line: str, kind: Kind) -> None:
    """Organisations and groups are known by the standard's word and by Apple's."""
    assert contact_of(line).kind is kind


@pytest.mark.parametrize(
    ("name", "parts", "kind"),
    [
        ("Acme Ltd", "", Kind.ORG),
        ("Acme\\, Inc.", ";;;;", Kind.ORG),
        ("Acme Ltd", "Ltd;Acme;;;", Kind.INDIVIDUAL),
        ("Limited", "", Kind.INDIVIDUAL),
    ],
)
def test_a_company_is_known_by_its_form(name: str, parts: str, kind: Kind) -> None:
    """A card before 4.0 has no word for an organisation: without parts of a name, Ltd says it."""
    assert contact_of(*([f"N:{parts}"] if parts else []), name=f"FN:{name}").kind is kind


def test_the_preferred_language_and_name_win() -> None:
    """The lowest PREF counts; LANGUAGE on a line says nothing about a person."""
    contact = contact_of(
        "FN;PREF=1:Ann L.", "LANG;PREF=2:en", "LANG;PREF=1:de", "TITLE;LANGUAGE=fr:x", version="4.0"
    )
    assert (contact.display_name, contact.language) == ("Ann L.", "de")


def test_lines_without_a_name_go_to_the_value_before() -> None:
    """A line that lost its header is added to the text before it and reported; elsewhere only reported."""
    card = parsed(
        "NOTE:Builds boats.", "The blue one", "", "ADR:;;1 A St;B;;;", "at the back; left", "TEL:1", "lost"
    )
    assert card.contact is not None
    assert card.contact.note == "Builds boats.\nThe blue one"
    assert card.contact.addresses[0].country == "at the back; left"
    assert [problem.line for problem in card.problems] == [5, 8, 10]


def test_each_line_has_its_own_encoding() -> None:
    """UTF-8, a stated set, quoted-printable and Windows-1252 may stand in one card; a guess is reported once."""
    card = parsed(
        b"NICKNAME;CHARSET=Shift_JIS:" + "安藤".encode("shift_jis"),
        "ORG:Żuk",
        b"TITLE:B\xe4cker",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:caf=C3=A9=",
        "=0D=0Aund =e2=82=ac",
        "EMAIL;ENCODING=B:YW5uQGV4YW1wbGUub3Jn",
        version="2.1",
    )
    contact = card.contact
    assert contact is not None
    assert (contact.nicknames, contact.org) == (("安藤",), "Żuk")
    assert contact.note == "café\nund €"
    assert contact.emails[0].value == "ann@example.org"
    assert len(card.problems) == 1


def test_a_stated_encoding_is_tried_before_the_guess() -> None:
    """The encoding a user names is used for lines that are not UTF-8."""
    raw = b"BEGIN:VCARD\nFN:" + "Жанна".encode("cp1251") + b"\nEND:VCARD\n"
    card = parse_card(RawCard(raw, 1, 0, True), source="f", encoding="cp1251")
    assert card.contact is not None
    assert card.contact.display_name == "Жанна"


def test_an_unterminated_card_is_read_as_far_as_it_goes() -> None:
    """A missing END or BEGIN is a problem of its own, and the contact is there."""
    for raw, missing in ((b"BEGIN:VCARD\nFN:a\n", "END"), (b"BGIN\nFN:a\nEND:VCARD\n", "BEGIN")):
        card = parse_card(RawCard(raw, 7, 0, False), source="f")
        assert card.contact is not None
        assert card.contact.display_name == "a"
        assert f"{missing}:VCARD is missing" in card.problems[-1].message


def test_a_card_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the limit a card is kept, named by its line, and costs nothing."""
    raw = b"BEGIN:VCARD\nFN:a\nNOTE:" + b"x" * (8 * 1024 * 1024) + b"\nEND:VCARD\n"
    monkeypatch.setattr(read, "read_careful", None)
    card = parse_card(RawCard(raw, 3, 0, True), source="f")
    assert card.contact is None
    assert [(problem.line, "larger than 8 MiB" in problem.message) for problem in card.problems] == [
        (3, True)
    ]


def test_hostile_shapes_are_only_text() -> None:
    """A colonless list, a 5 MB folded photo, half a million escapes and quotes are read in one pass each."""
    photo = b"\r\n ".join([b"A" * 74] * 70_000)
    card = parsed(
        "shopping;" + ",".join(["milk"] * 24),
        b"PHOTO;ENCODING=b;TYPE=JPEG:" + photo,
        b"PHOTO;BASE64:\r\n" + photo[:1_000_000].replace(b"\r\n ", b"\r\n"),
        b'X-A;B="' + b'":"' * 200_000 + b":x",
        b"NOTE:" + b"\\\\" * 200_000,
    )
    assert card.contact is not None
    assert card.contact.note == "\\" * 200_000
    assert len(card.problems) == 1


def test_a_flood_of_problems_is_summed_up() -> None:
    """One card does not fill the report."""
    card = parsed(*["BDAY:x"] * 500)
    assert len(card.problems) == 51
    assert card.problems[-1].message == "and 450 more lines of this vCard"


def test_nothing_is_fetched_or_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Addresses of pictures and sources are text: no socket is opened, and nothing reaches the terminal."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a vCard must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    contact = contact_of("PHOTO;VALUE=uri:http://127.0.0.1:9/x.png", "SOURCE:http://127.0.0.1:9/y", "NOTE:ok")
    assert contact.note == "ok"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_speeds_agree(path: Path) -> None:
    """The fast way gives for every card it accepts what the careful way gives."""
    for card in cards_of(path):
        plain = read.read_plain(card.raw)
        if plain is not None:
            careful = read.read_careful(card)
            assert to_contact(plain) == to_contact(careful)
            assert [message for _, message in plain.remarks] == [message for _, message in careful.remarks]


def test_the_fast_way_is_taken() -> None:
    """Most cards of the sample need no care: the comparison above compares something."""
    plain = [read.read_plain(card.raw) for card in cards_of(ROOT / "sample_contacts.vcf")]
    assert sum(one is not None for one in plain) >= 25


_TOKENS = (
    b'"', b":", b";", b",", b"\\", b"\n", b"\r", b" ", b"\t", b"=", b"\n\n", b"\n ", b"\xff", b"\xc3", b"\x00", b"^n",
    b"BEGIN:VCARD\n", b"\nEND:VCARD\n", b"CHARSET=utf-7", b"ENCODING=b;", b"QUOTED-PRINTABLE;", b"AGENT:\n", b"PREF=1;",
    b"VERSION:2.1\r\n", b"\xef\xbb\xbf", b"item1.", b"T", b"0", b"-", b"X-ABLabel:", b"\xe2\x80\xae",
)  # fmt: skip


def test_mutants_never_raise_and_both_speeds_agree() -> None:
    """2,000 damaged cards are each read or named, the same way at both speeds."""
    cards = [card.raw for path in FILES for card in cards_of(path)]
    agreed = 0
    for seed in range(2000):
        rng = random.Random(seed)  # noqa: S311  a seed that can be repeated
        data = bytearray(rng.choice(cards))
        for _ in range(rng.randint(1, 5)):
            at = rng.randrange(len(data) + 1)
            if rng.random() < 0.7:
                data[at:at] = rng.choice(_TOKENS)
            else:
                del data[at : at + rng.randint(1, 20)]
        for card in split_cards(io.BytesIO(bytes(data)), source="m", problems=[]):
            result = parse_card(card, source="m")
            assert result.contact is not None or result.problems
            plain = read.read_plain(card.raw)
            if plain is not None:
                agreed += 1
                assert to_contact(plain) == to_contact(read.read_careful(card)), seed
    assert agreed > 500


def test_vobject_reads_the_same_from_clean_cards() -> None:
    """On clean 3.0 cards the library's own reader agrees, field by field."""
    import vobject

    logging.getLogger("vobject").setLevel(logging.CRITICAL)
    compared = 0
    for number in range(40):
        lines = [
            f"N:Family{number};Given{number};Middle;Dr.;Jr.",
            f"ORG:Acme {number};Unit",
            f"TEL;TYPE=CELL:+44 7700 {900000 + number}",
            f"EMAIL;TYPE=INTERNET:a{number}@example.org",
            f"ADR;TYPE=HOME:;Flat {number};{number} Höhe\\, left;Zürich;ZH;80{number:02};Switzerland",
            f"BDAY:19{number + 50:02}-04-12",
            "CATEGORIES:one,two\\, three",
            "NOTE:A long note about nothing much\\, with commas\\; semicolons and\\nlines\\, that is fol",
            " ded here and goes on",
        ]
        contact = contact_of(*lines, name=f"FN:Dr. Given{number} Family{number}")
        body = "\r\n".join(
            ["BEGIN:VCARD", "VERSION:3.0", f"FN:Dr. Given{number} Family{number}", *lines, "END:VCARD", ""]
        )
        card = vobject.readOne(body)
        home = contact.addresses[0]
        assert contact.display_name == card.fn.value
        assert (contact.name.family, contact.name.prefixes) == (card.n.value.family, card.n.value.prefix)
        assert contact.org == ", ".join(card.org.value)
        assert contact.phones[0].value == card.tel.value
        assert contact.emails[0].value == card.email.value
        assert (home.extended, home.street, home.locality) == (
            card.adr.value.extended,
            card.adr.value.street,
            card.adr.value.city,
        )
        assert str(contact.occasions[0].date) == card.bday.value
        assert list(contact.tags) == card.categories.value
        assert contact.note == card.note.value
        compared += 1
    assert compared == 40


def test_a_property_with_an_odd_name_is_kept_and_never_part_of_a_name_or_an_address() -> None:
    """X-CHAT/ALL is no torn text: it is reported and belongs to nothing; torn text is still joined."""
    path = ROOT / "tests" / "data" / "vcards" / "phones" / "glued_and_odd.vcf"
    with path.open("rb") as stream:
        results = [parse_card(card, source="x") for card in split_cards(stream, source="x", problems=[])]
    contacts = [one.contact for one in results if one.contact is not None]
    assert [one.display_name for one in contacts] == ["Ottilie Farn", "Barnaby Sedge", "Orla Rush"]
    orla = contacts[2]
    assert (orla.name.suffixes, orla.addresses[0].country, orla.org) == ("", "United Kingdom", "Reed Weavers")
    assert orla.note == "Met at the\nsummer fair"
    said = [one.message for one in results[2].problems]
    assert [
        odd in text for odd, text in zip(("X-CHAT/ALL", "X-FAVOURITE TEA", "X-FÜR_ALLE"), said, strict=False)
    ]
    assert len(said) == 4


@pytest.mark.parametrize(
    "odd",
    ["X-A/B:1", "HOME PHONE:1", "Home phone:1", "_:1", "E.MAIL/2;TYPE=home:1", "item1.X-Y Z:1", "A+B:1"],
)
@pytest.mark.parametrize("before", ["N:Lee;Ann;;;", "FN:Ann Lee", "ADR:;;1 Elm Row;York;;;UK", "ORG:Acme"])
def test_no_odd_name_is_glued_to_what_stands_before_it(before: str, odd: str) -> None:
    results = [
        parse_card(RawCard(raw=raw.encode(), line=1, ordinal=0, closed=True), source="x")
        for raw in (
            f"BEGIN:VCARD\nVERSION:3.0\nUID:u\n{before}\n{more}NOTE:x\nEND:VCARD\n"
            for more in ("", f"{odd}\n")
        )
    ]
    assert results[0].contact == results[1].contact
    assert results[1].problems[0].line == 5


@pytest.mark.parametrize("second", ["UID:b", "N:Pell;Rufus;;;"])
def test_two_identities_in_one_card_are_reported(second: str) -> None:
    """A card that lost an END and a BEGIN would be one contact made of two."""
    lines = ["VERSION:3.0", "UID:a", "FN:Tilda Marsh", "N:Marsh;Tilda;;;", second]
    raw = "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]).encode()
    problems = parse_card(RawCard(raw=raw, line=1, ordinal=0, closed=True), source="x").problems
    assert [one.line for one in problems] == [6]
    assert "two people" in problems[0].message


@pytest.mark.parametrize(
    ("line", "day", "said"),
    [
        ("BDAY;CALSCALE=chinese:--0815", "lunar 8/15", ""),
        ("X-ALTBDAY;CALSCALE=chinese:007800390815", "lunar 8/15 2022", ""),  # as Apple writes it
        ("X-ALTBDAY;CALSCALE=chinese:0078000410L01", "lunar leap 10/1 1987", ""),
        ("BDAY;CALSCALE=hebrew:57461315", "hebrew 15 Elul 5746", ""),
        ("BDAY;CALSCALE=hebrew:57450615", None, "hebrew calendar"),  # a year without Adar I
        ("DEATHDATE;CALSCALE=islamic-civil:14450901", "islamic 1 Ramadan 1445", ""),
        ("BDAY;CALSCALE=ethiopic:20150101", None, "ethiopic calendar"),
        ("BDAY;CALSCALE=x-hebrew:57400115", None, "x-hebrew calendar"),
        ("ANNIVERSARY;CALSCALE=x-islamic:14450909", None, "x-islamic calendar"),
        ("BDAY;CALSCALE=gregorian:19471102", "1947-11-02", ""),
        ("BDAY:0001-01-01", None, "not a date"),
        ("BDAY:1000-01-01", None, "not a date"),
        ("BDAY:1601-01-01T00:00:00Z", None, "not a date"),
        ("BDAY:4501-01-01", None, "not a date"),
        ("BDAY:1899-12-30", None, "not a date"),
        ("ANNIVERSARY:4501-01-01", None, "not a date"),
        ("BDAY:1066-10-14", "--10-14", "year nobody can mean"),
        ("BDAY:1970-01-01", "1970-01-01", ""),
        ("BDAY:24.12.1960", "1960-12-24", ""),
        ("BDAY:12/24/1960", "1960-12-24", ""),
        ("BDAY:24. Dezember 1960", "1960-12-24", ""),
        ("BDAY:December 24\\, 1960", "1960-12-24", ""),
        ("BDAY:24.12.", "--12-24", ""),
        ("BDAY:3/4/1960", None, "not a date"),
        ("BDAY:24.12.60", None, "not a date"),
        ("BDAY:about 24 Dec 1960", None, "not a date"),
        ("DEATHDATE:1791-12-05", "1791-12-05", ""),
    ],
)
def test_days_of_unknown_calendars_and_placeholders_are_no_birthdays(
    line: str, day: str | None, said: str
) -> None:
    """They stay in the card, and each is said; calendars with a name of Unicode's are understood."""
    card = parsed(line, version="4.0")
    assert card.contact is not None
    assert [str(one.date) for one in card.contact.occasions] == ([day] if day else [])
    assert [said in one.message for one in card.problems] == ([True] if said else [])


@pytest.mark.parametrize("kind", ["location", "application", "device", "DEVICE"])
def test_a_thing_is_kept_and_is_nobody(kind: str) -> None:
    """RFC 6350 section 6.1.4, RFC 6473 and RFC 6869: nobody writes to a door bell."""
    card = parsed(f"KIND:{kind}", version="4.0")
    assert card.contact is None
    assert "nobody to write to" in card.problems[0].message


def test_an_address_of_fine_parts_only_is_written_as_on_an_envelope() -> None:
    """RFC 9554 lists room, flat, floor, number, street, building ...; nobody writes an envelope in that order."""
    fine = "ADR:;;;Bonn;;53111;Germany;R 3;4;2;17;Lindenweg;Haus Rhein;;;;;"
    assert contact_of(fine, version="4.0").addresses[0].street == "Haus Rhein\nLindenweg 17\n2, 4, R 3"


def test_a_preference_and_a_type_joined_by_a_comma_are_both_read() -> None:
    assert contact_of("EMAIL;PREF=1,TYPE=HOME:a@example.org").emails[0].types == ("home", "pref")


def test_labels_of_ones_own_for_addresses_and_websites() -> None:
    """Apple's group, Google's and Android's word in the head: what no type says, by address or website."""
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        "item1.ADR;TYPE=home:;;Mill 1;Wells;;BA5 1AA;UK",
        "item1.X-ABLabel:Summer house",
        "item2.URL:https://example.org/a",
        "item2.X-ABLABEL:Choir page",
        "item3.URL:https://example.org/b",
        "item3.X-ABLabel:_$!<HomePage>!$_",
        "item4.ADR:;;Weg 3;Ulm;;89073;",
        "item4.X-ABLabel:_$!<Home>!$_",
        "ADR;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4D=6F=6F=72=69=6E=67):;;Quay 2;Hull;;HU1 1AA;",
        "URL:https://example.org/c",
        "END:VCARD",
    )
    assert own_labels("\r\n".join(lines).encode()) == {
        ("", "", "Mill 1", "Wells", "", "BA5 1AA", "UK"): "Summer house",
        "https://example.org/a": "Choir page",
        ("", "", "Quay 2", "Hull", "", "HU1 1AA", ""): "Mooring",
    }


def test_a_value_in_several_scripts_is_one_value() -> None:
    """Of the lines of one ALTID the first is read (RFC 6350 section 5.4), and no other is a second address."""
    contact = contact_of(
        "FN;ALTID=1;LANGUAGE=en:Aoi Yamano",
        "ADR;ALTID=1;LANGUAGE=ja:;;本町1-2;京都市;京都府;600-8001;日本",
        "ADR;ALTID=1;LANGUAGE=en:;;1-2 Honmachi;Kyoto;;600-8001;Japan",
        "ADR;ALTID=2:;;Weg 3;Ulm;;89073;",
        "ADR:;;Quay 2;Hull;;HU1 1AA;",
        "BDAY;ALTID=1:19800302",
        "BDAY;ALTID=1;VALUE=text:second of March",
        "NOTE;ALTID=1:one",
        "NOTE;ALTID=1:eins",
        version="4.0",
        name="FN;ALTID=1;LANGUAGE=ja:山野 葵",
    )
    assert contact.display_name == "山野 葵"
    assert [address.street for address in contact.addresses] == ["本町1-2", "Weg 3", "Quay 2"]
    assert [str(day.date) for day in contact.occasions] == ["1980-03-02"]
    assert contact.note == "one"


@pytest.mark.parametrize("closed", [True, False])
def test_an_end_that_is_glued_to_a_value_is_no_part_of_it(closed: bool) -> None:
    """NOTE:hisEND:VCARD is a note and the end of a card."""
    raw = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nNOTE:hisEND:VCARD\n"
    contact = parse_card(RawCard(raw, 1, 0, closed), source="f.vcf").contact
    assert contact is not None
    assert contact.note == "his"
