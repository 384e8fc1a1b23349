"""What leaves the desk: nothing of it may say what the user thinks, knows or remembers of somebody.

Two looks at everything that can be printed or exported. The canary puts words nobody else would use into notes,
facts and lines, and searches every file for them. The second look needs no words: two books that differ in
circles, notes, facts and history alone must print and export the same.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
import zlib
from contextlib import closing
from contextlib import redirect_stderr
from contextlib import redirect_stdout
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pypdfium2
import pytest

from relcard.cli import main
from relcard.cli.chapters import PRINTED
from relcard.cli.data.export import export
from relcard.cli.printing.print_group import print_
from tests.support.command_line import Screen
from tests.support.pdf import page_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

DAY = "2026-11-20"
# Words that stand nowhere but in what the user keeps for himself.
CANARIES = {
    "note": "quaggonote",
    "fact key": "zorillokey",
    "fact": "zorillofact",
    "line sent": "numbotline",
    "line received": "quokkoline",
    "line of the season": "okapoline",
    "text of a call": "bongotext",
    "note on the vCard": "tapironote",
    "tag": "gerboatag",
}
# What an address book wrote itself comes back in its own formats; it is on no paper.
OF_THE_CARD = {"note on the vCard", "tag"}
PEOPLE = {"Ada Oak": "inner", "Ben Elm": "close", "Cyd Ash": "friend", "Dee Fir": "wide"}
CIRCLE = re.compile(r"\b(inner|close|friend|wide|none|circle|warmth)\b", re.IGNORECASE)
# The crib lies beside the card and shows what is remembered: that is what it is for.
FOR_THE_DESK = {"crib"}
PAPER = sorted(set(PRINTED) - FOR_THE_DESK)
# Pages for nobody in particular: they speak of a hand, a printer or the sender, and no contact stands on them.
NOBODYS = {"guides", "calibration", "return"}
FORMATS = [
    one for param in export.params if param.name == "format" for one in getattr(param.type, "choices", ())
]


@dataclass(frozen=True, slots=True)
class Desk:
    """A book, the folder its files go to, and what its commands said: by words, both streams."""

    store: Path
    out: Path
    said: dict[str, str]

    def __call__(self, *words: str) -> str:
        out, err = Screen(), Screen()
        with redirect_stdout(out), redirect_stderr(err):
            code = main.run(["--store", str(self.store), "--today", DAY, "--no-color", *words])
        said = f"{out.seen().decode()}\n{err.seen().decode()}"
        assert code in (0, 5), said
        self.said[" ".join(words)] = said
        return said

    def files(self) -> Mapping[str, bytes]:
        return {one.name: one.read_bytes() for one in sorted(self.out.iterdir())}


def _vcards() -> bytes:
    cards = []
    for number, name in enumerate(PEOPLE, 1):
        given, family = name.split()
        lines = [
            "BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"N:{family};{given};;;", f"UID:{given.lower()}",
            f"ADR;TYPE=home:;;{number} High Street;Leeds;;LS1 4D{number};United Kingdom",
            f"BDAY:19{number}0-12-0{number}",
            f"NOTE:{CANARIES['note on the vCard']}", f"CATEGORIES:{CANARIES['tag']}", "END:VCARD", "",
        ]  # fmt: skip
        cards.append("\r\n".join(lines))
    return "".join(cards).encode()


def _begin(folder: Path) -> Desk:
    (folder / "out").mkdir()
    desk = Desk(store=folder / "relcard.db", out=folder / "out", said={})
    (folder / "people.vcf").write_bytes(_vcards())
    desk("import", str(folder / "people.vcf"))
    desk("settings", "set", "sender.country", "GB")
    desk("settings", "set", "sender.name", "Eve Yew")
    desk("settings", "set", "sender.address", "4 Orchard Row, Bath, BA1 5DQ")
    return desk


def _remember(desk: Desk) -> None:
    """Say of everybody what a user would keep to himself, each with its canary."""
    for name, circle in PEOPLE.items():
        desk("circle", circle, name)
        desk("note", name, CANARIES["note"])
        desk("fact", name, CANARIES["fact key"], CANARIES["fact"])
        desk("log", name, "card", "--on", "2025-12-10", "--text", CANARIES["line sent"])
        desk("log", name, "card", "--from-them", "--on", "2025-12-18", "--text", CANARIES["line received"])
        desk("log", name, "call", "--on", "2026-03-01", "--text", CANARIES["text of a call"])


def _season(desk: Desk) -> None:
    desk("season", "start", "christmas", "--year", "2026")
    listed = json.loads(desk("season", "list", "--json"))["recipients"]
    missing = [name for name in PEOPLE if name not in {one["addressee"] for one in listed}]
    if missing:
        desk("season", "add", *missing)


def _produce(desk: Desk) -> None:
    """Print and export all there is, everybody on a label, and answer for a few cards."""
    everybody = ("--address-mode", "label")
    desk("draft")
    for what in PAPER:
        command = print_.get_command(click.Context(print_), what)
        assert command is not None
        takes = {param.name for param in command.params}
        more = everybody if "address_mode" in takes else ()
        desk("print", what, "-o", str(desk.out / f"{what}.pdf"), *more)
    desk("print", "cards", "ben", "--for", "birthday", "-o", str(desk.out / "birthday.pdf"))
    desk("print", "cards", "--shop", "-o", str(desk.out / "shop.pdf"))
    desk("print", "envelopes", *everybody, "--return", "flap", "-o", str(desk.out / "covers.pdf"))
    for kind in FORMATS:
        desk("export", "--format", kind, "-o", str(desk.out / f"export.{kind}"))
    desk("export", "--format", "csv", "--households", "-o", str(desk.out / "households.csv"))
    desk("calendar", "-o", str(desk.out / "relcard.ics"))
    desk("preflight")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the desk after a whole year: people, what is known of them, a season, every paper and export."""
    desk = _begin(tmp_path_factory.mktemp("private"))
    _remember(desk)
    _season(desk)
    _produce(desk)
    desk("print", "crib", "-o", str(desk.out / "crib.pdf"))
    desk("written", "ada")
    desk("received", "cyd", "--line", CANARIES["line of the season"])
    # Once more, now that the season itself remembers a line.
    _produce(desk)
    for looking in ("warmth", "drift", "stats"):
        desk(looking)
    return desk


def _streams(data: bytes) -> Iterator[bytes]:
    """Yield every stream of a PDF as it is when unpacked (ISO 32000-1 section 7.4)."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        raw = found[1]
        if raw.rstrip().endswith(b"~>"):
            raw = base64.a85decode(raw.strip().removesuffix(b"~>"))
        try:
            yield zlib.decompress(raw)
        except zlib.error:
            yield raw


def _texts(data: bytes) -> str:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return "\n".join([*page_texts(data), *document.get_metadata_dict().values()])


def _visible(name: str, data: bytes) -> str:
    """Return everything a file says to somebody who opens it, or who takes it apart."""
    if name.endswith(".pdf"):
        raw = b"\n".join([data, *_streams(data)])
        return "\n".join([_texts(data), *_readings(raw)])
    if name.endswith(".archive"):
        # The archive is the whole store for its owner; the address book in it is for any program.
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("contacts.vcf").decode()
    return "\n".join(_readings(data))


def _readings(raw: bytes) -> tuple[str, str]:
    return raw.decode("latin-1"), raw.replace(b"\0", b"").decode("latin-1")  # also UTF-16, as titles are


def _leaving(desk: Desk) -> dict[str, str]:
    return {name: _visible(name, data) for name, data in desk.files().items() if name != "crib.pdf"}


def test_everything_was_produced(desk: Desk) -> None:
    """Each paper and each format is there, and says whom it is for: the searches below are not blind."""
    assert {"cards", "labels", "envelopes"} <= set(PAPER)
    assert {"vcf", "csv", "json", "archive"} <= set(FORMATS)
    leaving = _leaving(desk)
    assert set(leaving) == {
        *(f"{one}.pdf" for one in PAPER),
        "birthday.pdf",
        "shop.pdf",
        "covers.pdf",
        "covers-flaps.pdf",
        *(f"export.{one}" for one in FORMATS),
        "households.csv",
        "relcard.ics",
    }
    for name, text in leaving.items():
        if name in (
            "cards.pdf",
            "birthday.pdf",
            "shop.pdf",
            "covers-flaps.pdf",
            "relcard.ics",
            *(f"{one}.pdf" for one in NOBODYS),
        ):
            assert not any(person in text for person in PEOPLE), name
        else:
            assert all(person in text for person in PEOPLE), name
    assert "birthday" in leaving["birthday.pdf"]
    assert all(f"{person.split()[0]}'s birthday" in leaving["relcard.ics"] for person in PEOPLE)


def test_the_crib_shows_what_the_search_would_find(desk: Desk) -> None:
    """Beside the card it is all there: the same reader finds every canary that a crib speaks of."""
    crib = _visible("crib.pdf", desk.files()["crib.pdf"])
    for what in ("note", "fact key", "fact", "line sent", "line received", "note on the vCard"):
        assert CANARIES[what] in crib, what


@pytest.mark.parametrize("what", CANARIES)
def test_no_file_that_leaves_the_desk_has_a_canary(desk: Desk, what: str) -> None:
    """Not in the text of a page, not in a stream, a title or a row; a vCard's own words on no paper."""
    for name, text in _leaving(desk).items():
        if what in OF_THE_CARD and not name.endswith((".pdf", ".csv")):
            continue
        assert CANARIES[what] not in text, name


def test_no_page_names_a_circle(desk: Desk) -> None:
    """No circle's word stands on any page, the crib's too: whoever sees it learns nothing of the others."""
    for name, data in desk.files().items():
        if name.endswith(".pdf"):
            assert not CIRCLE.findall(_texts(data)), name


def test_no_default_export_names_a_circle(desk: Desk) -> None:
    leaving = _leaving(desk)
    for name in (*(f"export.{kind}" for kind in FORMATS), "relcard.ics"):
        assert not CIRCLE.findall(leaving[name]), name


def test_what_printing_and_exporting_say_has_no_canary(desk: Desk) -> None:
    """Their words may end in a log: names, numbers and reasons, nothing that was told in confidence."""
    for words, said in desk.said.items():
        if words.startswith(("print", "export", "preflight", "import")):
            assert not [one for one in CANARIES.values() if one in said], words
        if words.startswith("print guides"):  # says what room each circle has, and of nobody which is his
            assert not any(person in said for person in PEOPLE)
        elif words.startswith(("print", "export")):
            assert not CIRCLE.findall(said), words


def test_nothing_else_was_written(desk: Desk) -> None:
    """Beside the files asked for there is the store, its settings and its backups: no log, no forgotten copy."""
    found = {one.name for one in desk.store.parent.iterdir()}
    assert found - {"backups"} == {"relcard.db", "relcard.toml", "people.vcf", "out"}


def test_only_private_exports_have_what_is_private(desk: Desk) -> None:
    """The same formats with --private have it, so that its absence without is no accident."""
    aside = replace(desk, said={})  # the others search only what was said without --private
    assert CANARIES["note"] in aside("export", "--format", "json", "--private")
    assert re.search(r"\binner\b", aside("export", "--format", "csv", "--private"))


def _lines(text: str) -> list[str]:
    return sorted(text.replace("\r", "").split("\n"))


def _entries(calendar: bytes) -> list[bytes]:
    """Return what a calendar says, without that by which two stores differ: UIDs, their order, numbers."""
    entries = calendar.removesuffix(b"END:VCALENDAR\r\n")
    return sorted(re.sub(rb"(UID|SEQUENCE):.*", b"", entries).split(b"BEGIN:VEVENT"))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Desk]:
    """Return two desks with the same people in the same circles, of whom one remembers nothing."""
    knowing, plain = (_begin(tmp_path_factory.mktemp(name)) for name in ("knowing", "plain"))
    _remember(knowing)
    for name, circle in PEOPLE.items():
        plain("circle", circle, name)
    for one in (knowing, plain):
        _season(one)
        _produce(one)
    return knowing, plain


def test_what_is_remembered_changes_no_byte_of_what_leaves(pair: tuple[Desk, Desk]) -> None:
    """Notes, facts, lines and warmth: with or without them every card, label, envelope and export is the same."""
    knowing, plain = (one.files() for one in pair)
    assert set(knowing) == set(plain)
    # The list beside the letterbox and that of households say which cards went and came, and no more.
    for name in set(knowing) - {"export.archive", "years.pdf", "households.csv", "relcard.ics"}:
        assert knowing[name] == plain[name], name
    assert _entries(knowing["relcard.ics"]) == _entries(plain["relcard.ics"])
    assert knowing["export.archive"] != plain["export.archive"]


def test_a_circle_changes_no_word_of_labels_envelopes_and_exports(
    pair: tuple[Desk, Desk], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Near ones are written to first, so the order may differ; what stands on each may not."""
    other = _begin(tmp_path_factory.mktemp("other"))
    for name, circle in zip(PEOPLE, reversed(PEOPLE.values()), strict=True):
        other("circle", circle, name)
    _season(other)
    _produce(other)
    ours, theirs = pair[1].files(), other.files()
    for name in ("labels.pdf", "envelopes.pdf"):
        assert _lines(_texts(ours[name])) == _lines(_texts(theirs[name])), name
    for kind in set(FORMATS) - {"archive"}:
        assert ours[f"export.{kind}"] == theirs[f"export.{kind}"], kind
    assert _entries(ours["relcard.ics"]) == _entries(theirs["relcard.ics"])
