"""Cards that were not understood, or not wholly, read again: by a newer relcard, or in another encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.importing import three_way_merge
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Kind
from relcard.errors import Problem
from relcard.postal import country_code
from relcard.services.importing.follow_groups import follow_groups
from relcard.services.importing.import_cards import ImportReport
from relcard.services.importing.match_cards import minted_uid
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import vcards
from relcard.store.new_contacts import Additions
from relcard.vcard import RawCard
from relcard.vcard import Reader

if TYPE_CHECKING:
    from datetime import date

    from relcard.store.file.database import Connection
    from relcard.vcard import ParsedCard

_OF_SPREADSHEETS = b"\nX-RELCARD-"


def retry_cards(db: Connection, *, today: date, encoding: str = "") -> ImportReport:
    """Read every card with problems again, inside the step the caller holds, and take in what is clear now.

    A card that names someone now becomes a contact. Of one that has a contact, what was not understood before
    is added; what the first reading made of its text is replaced where `encoding` makes something else of it,
    and nothing of the user's is touched. A card that says no more than before is unchanged.
    """
    report = ImportReport()
    again = _SecondReading(db, report, today=today, encoding=encoding)
    for card_id in vcards.unclear(db):
        again.take(vcards.one(db, card_id))
    follow_groups(db, again.reader)
    report.new_ids = range(again.new.first_contact, again.new.next_contact)
    suggest_households(db, [*report.new_ids, *again.updated], today=today)
    return report


class _SecondReading:
    """The second reading."""

    def __init__(self, db: Connection, report: ImportReport, *, today: date, encoding: str) -> None:
        self.db = db
        self.report = report
        self.plain = Reader(code_of=country_code, today=today)
        self.reader = Reader(code_of=country_code, encoding=encoding, today=today)
        self.new = Additions(db, today=today)
        self.updated: list[int] = []

    def take(self, stored: vcards.StoredCard) -> None:
        """Read one card again."""
        is_row = _OF_SPREADSHEETS in stored.raw
        raw = RawCard(
            raw=stored.raw, line=stored.line, ordinal=0, closed=_is_closed(stored.raw), is_row=is_row
        )
        parsed = self.reader.parse(raw, source=stored.source)
        self.report.problems += parsed.problems
        if parsed.contact is None:
            self.report.kept_raw += 1
        elif stored.contact_id is None:
            self._begin(stored, parsed, parsed.contact)
        else:
            before = self.plain.parse(raw, source=stored.source).contact
            self._continue(stored, parsed, before or parsed.contact, parsed.contact)

    def _begin(self, stored: vcards.StoredCard, parsed: ParsedCard, contact: Contact) -> None:
        """Take in a card that named no one before."""
        if contact.kind is Kind.GROUP:
            vcards.understand(
                self.db, stored.id, parsed.problems, contact_id=None, group=contact.display_name
            )
        else:
            problems = list(parsed.problems)
            if contact.uid and self._is_taken(contact.uid):
                message = "its UID is another card's too; both are kept"
                problems.append(Problem(stored.source, stored.line, contact.display_name, message))
                self.report.problems.append(problems[-1])
                self.report.conflicts += 1
                contact = contact._replace(uid="")
            if not contact.uid:
                contact = contact._replace(uid=minted_uid(contact, self._is_taken))
            contact_id = self.new.add_contact(contact, abuid=parsed.abuid)
            self.new.flush()
            vcards.understand(self.db, stored.id, problems, contact_id=contact_id)
        self.report.new += 1

    def _continue(
        self, stored: vcards.StoredCard, parsed: ParsedCard, before: Contact, theirs: Contact
    ) -> None:
        """Give a contact what its card was not understood to say before."""
        assert stored.contact_id is not None  # noqa: S101  only cards that have one come here
        told = [one.message for one in vcards.problems_of(self.db, stored.id)]
        if [one.message for one in parsed.problems] == told:
            self.report.unchanged += 1
            return
        ours = contacts.load(self.db, stored.contact_id)
        base = _known_of(before, ours)._replace(uid=ours.uid)
        merged = three_way_merge.merge(base, theirs._replace(uid=ours.uid), ours)
        for conflict in merged.conflicts:
            kept = f'kept "{conflict.ours}", the card says "{conflict.theirs}"'
            message = f"{conflict.field} was changed here: {kept}"
            self.report.problems.append(Problem(stored.source, stored.line, ours.display_name, message))
        self.report.conflicts += bool(merged.conflicts)
        contacts.update(self.db, stored.contact_id, merged.contact)
        vcards.understand(self.db, stored.id, parsed.problems, contact_id=stored.contact_id)
        self.updated.append(stored.contact_id)
        self.report.updated += 1

    def _is_taken(self, uid: str) -> bool:
        return contacts.id_of_uid(self.db, uid) is not None


def _known_of(before: Contact, ours: Contact) -> Contact:
    """Return what the first reading can have understood: a part that the contact lacks was not."""
    changes: dict[str, Any] = {}
    for part in Contact._fields:
        said, here = getattr(before, part), getattr(ours, part)
        if isinstance(said, tuple):
            changes[part] = tuple(value for value in said if value in here)
        elif not here:
            changes[part] = here
    return before._replace(**changes)


def _is_closed(raw: bytes) -> bool:
    text = raw.strip().upper()
    return text.startswith(b"BEGIN") and text.endswith(b"VCARD") and b"END" in text[-40:]
