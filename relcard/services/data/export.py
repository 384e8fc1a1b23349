"""Contacts out: as vCards, a spreadsheet, JSON, or everything in an archive."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING
from typing import Any

from relcard.errors import FileError
from relcard.postal import country_code
from relcard.services.people.read_households import read_households
from relcard.store import contacts
from relcard.store import gifts
from relcard.store import members
from relcard.store import merges
from relcard.store import occasions
from relcard.store import pictures
from relcard.store import relationships
from relcard.store import vcards
from relcard.store.file import archive
from relcard.store.file import picture_folder
from relcard.vcard.patch import card_with_changes
from relcard.vcard.patch import line_end
from relcard.vcard.write import contact_to_vcard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from typing import BinaryIO

    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.member import Member
    from relcard.domain.reminders.day import Day
    from relcard.domain.reminders.gift import Gift
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.read_households import Inhabitant
    from relcard.store.contacts import ContactRow
    from relcard.store.file.database import Connection


def export_cards(db: Connection) -> Iterator[bytes]:
    """Yield every card in the order it came, then contacts that never had one.

    In the card of a contact that was changed here only the changed lines are new. Cards that were not
    understood come out as they came. Circles, facts and notes are in none of them. Of several cards of one
    contact (after a merge, or from two address books) only its own comes out, with all that is understood of
    the others: two would be two contacts again wherever they are read. Those who are archived come out as all
    others: that they are put aside is known here alone.
    """
    groups = vcards.group_names(db)
    beside = merges.beside(db)
    joined = frozenset(beside.values())
    written: set[int] = set()
    for card in vcards.all_cards(db):
        if card.contact_id is None:
            yield _ended(card.raw)
        elif card.id not in beside:
            written.add(card.contact_id)
            now = contacts.load(db, card.contact_id)
            is_joined = card.contact_id in joined
            yield _ended(card_with_changes(card.raw, now, groups, joined=is_joined, code_of=country_code))
    for row in contacts.listing(db, with_archived=True):
        if row.id not in written:
            yield contact_to_vcard(contacts.load(db, row.id))


def _ended(raw: bytes) -> bytes:
    """Return a card that the next one can follow: the last of a file may lack its line end."""
    return raw if raw.endswith((b"\n", b"\r")) else raw + line_end(raw)


COLUMNS = (
    "household", "addressee", "salutation", "name", "given_name", "family_name", "po_box", "extended",
    "street", "locality", "region", "postcode", "country", "country_code",
)  # fmt: skip

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_PHONE = re.compile(r"\+?[\d ()./-]+", re.ASCII)


def export_csv(db: Connection, standpoint: Standpoint, *, private: bool = False) -> bytes:
    """Return the members of every household as CSV (RFC 4180, UTF-8 with a mark that spreadsheets look for).

    Who is archived is in no household. Circles are in it with `private` only. A value that a spreadsheet
    would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *(["circle"] if private else [])])
    for view in read_households(db, None, standpoint):
        for member in view.members:
            circle = [member.circle.value if member.circle else ""] if private else []
            writer.writerow([guarded(cell) for cell in (*_cells(view, member), *circle)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def guarded(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula; phone numbers stay as they are."""
    if value.removeprefix("'").startswith(_STARTS_A_FORMULA) and not _PHONE.fullmatch(value):
        return f"'{value}"
    return value


def _cells(view: HouseholdView, member: Inhabitant) -> tuple[str, ...]:
    to = view.address
    where = (
        (to.po_box, to.extended, to.street, to.locality, to.region, to.postcode, to.country)
        if to
        else ("",) * 7
    )
    return (
        f"h{view.id}", view.addressee, view.salutation, member.name, member.given, member.family, *where,
        view.country if to else "",
    )  # fmt: skip


def export_json(db: Connection, *, private: bool = False) -> Iterator[dict[str, Any]]:
    """Yield every contact in the order of a list, also those who are archived, keys as in `show --json`.

    Circle, facts, notes, days, gifts and what passed between are in it with `private` only.
    """
    rows = list(contacts.listing(db, with_archived=True))
    facts = relationships.facts_of(db, [row.id for row in rows]) if private else {}
    named = members.of_contacts(db, [row.id for row in rows])
    for row in rows:
        shown = _contact(contacts.load(db, row.id), row)
        shown["members"] = [_member(member) for member in named.get(row.id, [])]
        if private:
            shown["circle"] = row.circle.value if row.circle else None
            shown["facts"] = [
                {"key": fact.key, "value": fact.value, "noted_on": fact.noted_on.isoformat()}
                for fact in facts.get(row.id, [])
            ]
            shown["notes"] = [
                {"on": note.noted_on.isoformat(), "text": note.text}
                for note in relationships.notes(db, [row.id])
            ]
            shown["days"] = [_day(day) for day in occasions.days_of(db, [row.id])]
            shown["gifts"] = [_gift(gift) for gift in gifts.of_contacts(db, [row.id])]
            shown["interactions"] = [
                {
                    "channel": touch.channel,
                    "direction": touch.direction,
                    "on": touch.said_on,
                    "text": touch.text,
                    "occasion": touch.occasion or None,
                }
                for touch in relationships.interactions(db, [row.id])
            ]
        yield shown


def _contact(contact: Contact, row: ContactRow) -> dict[str, Any]:
    return {
        "uid": contact.uid,
        "name": contact.display_name,
        "kind": contact.kind.value,
        "given_name": contact.name.given,
        "family_name": contact.name.family,
        "additional_names": contact.name.additional,
        "prefixes": contact.name.prefixes,
        "suffixes": contact.name.suffixes,
        "nicknames": list(contact.nicknames),
        "organisation": contact.org,
        "title": contact.title,
        "language": contact.language,
        "gender": contact.gender,
        "tags": list(contact.tags),
        "household": f"h{row.household_id}" if row.household_id else None,
        "addresses": [_address(address) for address in contact.addresses],
        "phones": [{"value": phone.value, "types": list(phone.types)} for phone in contact.phones],
        "emails": [{"value": email.value, "types": list(email.types)} for email in contact.emails],
        "urls": list(contact.urls),
        "occasions": [
            {"kind": day.kind.value, "label": day.label, "date": str(day.date)} for day in contact.occasions
        ],
        "relations": [
            {"kind": other.kind, "name": other.name, "uid": other.uid} for other in contact.relations
        ],
        "vcard_note": contact.note,
        "archived_on": row.archived_on.isoformat() if row.archived_on else None,
    }


def _member(member: Member) -> dict[str, Any]:
    """Return somebody without a vCard who is of a contact's household."""
    return {
        "name": member.name,
        "role": member.role,
        "born": str(member.born) if member.born else None,
        "died": str(member.died_on) if member.died_on else None,
    }


def _day(day: Day) -> dict[str, Any]:
    """Return a day that the user said, of a contact or of the household in which the contact is."""
    return {
        "what": day.label,
        "kind": day.kind.value,
        "date": str(day.date),
        "once": day.is_once,
        "way": day.way or None,
        "lead_days": day.lead_days,
        "of_household": day.of_household,
    }


def _gift(gift: Gift) -> dict[str, Any]:
    """Return a gift of a contact, or of the household in which the contact is."""
    return {
        "what": gift.what,
        "state": gift.state,
        "occasion": gift.occasion or None,
        "year": gift.year,
        "of_household": gift.of_household,
    }


def _address(address: Address) -> dict[str, Any]:
    return {
        "po_box": address.po_box,
        "extended": address.extended,
        "street": address.street,
        "locality": address.locality,
        "region": address.region,
        "postcode": address.postcode,
        "country": address.country,
        "country_code": address.country_code,
        "label": address.label,
        "types": list(address.types),
        "preferred": address.preferred,
    }


CARDS = "contacts.vcf"
STORE = "store.json"
README = "README.txt"
MANIFEST = "MANIFEST"
PICTURES = "pictures"  # a folder

_WORDS = """\
An address book, written by relcard, which keeps contacts and leaves room for your pen.
contacts.vcf has every contact as a vCard: any address book can read it.
store.json has all the rest too: circles, notes, facts, households, seasons. Keep it to yourself.
pictures/ has the pictures of cards that came, each called after its SHA-256.
MANIFEST has the SHA-256 of each file, as sha256sum -c reads it.
To have all of it back in relcard: relcard restore with the name of this archive.
Settings and templates are files beside the store and not in here; nor are the steps that undo takes back.
"""
# The same store gives the same bytes: no clock, no name of a computer.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def write_archive(db: Connection, store: str, out: BinaryIO) -> list[str]:
    """Write a ZIP archive of the whole store, from which `restore_store` makes the same store again.

    Returns the paths of the pictures that are missing or damaged, and so are not in it.
    """
    manifest, lost = [], []
    with zipfile.ZipFile(out, "w") as file:
        for name, pieces in (
            (README, iter([_WORDS.encode()])),
            (CARDS, export_cards(db)),
            (STORE, (line.encode() for line in archive.as_text(db))),
        ):
            manifest.append(f"{_add(file, name, pieces)}  {name}\n")
        for sha256 in sorted(pictures.every_sha256(db)):
            path = picture_folder.path_of(store, sha256)
            try:
                data = picture_folder.read(store, sha256)
            except FileError:
                lost.append(str(path))
                continue
            name = f"{PICTURES}/{path.parent.name}/{path.name}"
            manifest.append(f"{_add(file, name, [data], zipfile.ZIP_STORED)}  {name}\n")
        _add(file, MANIFEST, ["".join(manifest).encode()])
    return lost


def _add(
    file: zipfile.ZipFile, name: str, pieces: Iterable[bytes], method: int = zipfile.ZIP_DEFLATED
) -> str:
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    with file.open(entry, "w", force_zip64=True) as member:
        for piece in pieces:
            digest.update(piece)
            member.write(piece)
    return digest.hexdigest()
