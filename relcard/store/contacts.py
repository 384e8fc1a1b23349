"""Contacts as rows, and finding one by what the user calls it.

A list and an import make no `Contact`: what one is made of is loaded by the functions that do.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from relcard.domain.dates import day_of_word
from relcard.domain.people.circle import Circle
from relcard.domain.text import fold
from relcard.store import WITH_CIRCLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator

    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Occasion
    from relcard.domain.people.segment import Filter


class ContactRow(NamedTuple):
    """One line of a list."""

    id: int
    uid: str
    name: str
    circle: Circle | None
    tags: tuple[str, ...]
    country: str
    household_id: int | None
    last_contact: date | None
    archived_on: date | None


def insert(db: sqlite3.Connection, contact: Contact, *, abuid: str, today: date) -> int:
    """Keep a new contact and return its id. The caller has given it a UID."""
    from relcard.store import new_contacts  # noqa: PLC0415  12 ms; most commands only read

    new = new_contacts.Additions(db, today=today)
    contact_id = new.add_contact(contact, abuid=abuid)
    new.flush()
    return contact_id


def update(db: sqlite3.Connection, contact_id: int, contact: Contact) -> None:
    """Replace what is known of a contact; rows that stay keep their ids.

    Circle, notes, facts and history stand.
    """
    from relcard.store import addresses  # noqa: PLC0415  as above
    from relcard.store import new_contacts  # noqa: PLC0415

    db.execute(
        """UPDATE contact SET kind = ?, name = ?, name_key = ?, sort_key = ?, search = ?, country = ?,
                  detail = ?
           WHERE id = ?""",
        (*new_contacts.described(contact), contact_id),
    )
    addresses.put_in_order(db, contact_id, contact.addresses)
    missing = list(contact.occasions)
    for occasion_id, occasion in _occasions(
        db, contact_id
    ):  # those that stay keep their ids, which reminders bear
        if occasion in missing:
            missing.remove(occasion)
        else:
            db.execute("DELETE FROM occasion WHERE id = ?", (occasion_id,))
    db.executemany(new_contacts.INSERT_OCCASION, new_contacts.occasion_rows(contact_id, missing))
    tags = list(dict.fromkeys(contact.tags))
    if tags != _tags(db, contact_id):
        db.execute("DELETE FROM tag WHERE contact_id = ?", (contact_id,))
        db.executemany(new_contacts.INSERT_TAG, new_contacts.tag_rows(contact_id, tags))


def _tags(db: sqlite3.Connection, contact_id: int) -> list[str]:
    rows = db.execute("SELECT name FROM tag WHERE contact_id = ? ORDER BY id", (contact_id,))
    return [name for (name,) in rows]


def _occasions(db: sqlite3.Connection, contact_id: int) -> list[tuple[int, Occasion]]:
    """Return the days that return of a contact, each with the id of its row."""
    from relcard.domain.dates import PartialDate  # noqa: PLC0415  as above
    from relcard.domain.people.contact import Occasion  # noqa: PLC0415
    from relcard.domain.people.contact import OccasionKind  # noqa: PLC0415

    rows = db.execute(
        "SELECT id, kind, label, date FROM occasion WHERE contact_id = ? ORDER BY id", (contact_id,)
    )
    return [
        (occasion_id, Occasion(kind=OccasionKind(kind), label=label, date=PartialDate.parse(day)))
        for occasion_id, kind, label, day in rows
    ]


def load(db: sqlite3.Connection, contact_id: int) -> Contact:
    """Return everything relcard understands of a contact, as vCards have it."""
    from relcard.domain.people.contact import Contact  # noqa: PLC0415  10 ms: a list makes no contacts
    from relcard.domain.people.contact import Kind  # noqa: PLC0415
    from relcard.store.addresses import in_use  # noqa: PLC0415

    uid, kind, display_name, text = db.execute(
        "SELECT uid, kind, name, detail FROM contact WHERE id = ?", (contact_id,)
    ).fetchone()
    return Contact(
        uid=uid,
        kind=Kind(kind),
        display_name=display_name,
        addresses=tuple(in_use(db, [contact_id]).get(contact_id, ())),
        occasions=tuple(occasion for _, occasion in _occasions(db, contact_id)),
        tags=tuple(_tags(db, contact_id)),
        **read_detail(text),
    )


def read_detail(text: str) -> dict[str, Any]:
    """Return the fields of a contact that its column `detail` holds."""
    import json  # noqa: PLC0415  2 ms that a list does without

    from relcard.domain.people.contact import Email  # noqa: PLC0415  as above
    from relcard.domain.people.contact import Name  # noqa: PLC0415
    from relcard.domain.people.contact import Phone  # noqa: PLC0415
    from relcard.domain.people.contact import Relation  # noqa: PLC0415

    detail = json.loads(text)
    return {
        "name": Name(**detail.get("n", {})),
        "nicknames": tuple(detail.get("nicknames", ())),
        "phones": tuple(
            Phone(value=v, types=tuple(t), label=label) for v, t, label in detail.get("phones", ())
        ),
        "emails": tuple(
            Email(value=v, types=tuple(t), label=label) for v, t, label in detail.get("emails", ())
        ),
        "urls": tuple(detail.get("urls", ())),
        "relations": tuple(Relation(kind=k, name=n, uid=u) for k, n, u in detail.get("relations", ())),
        **{name: detail.get(name, "") for name in ("phonetic", "org", "title", "note", "language", "gender")},
    }


def names_of_uids(db: sqlite3.Connection, uids: Iterable[str]) -> dict[str, str]:
    """Return the display names of the contacts with some UIDs."""
    import json  # noqa: PLC0415  as above

    wanted = json.dumps(list(uids))
    return dict(
        db.execute("SELECT uid, name FROM contact WHERE uid IN (SELECT value FROM json_each(?))", (wanted,))
    )


def names(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, str]:
    """Return the display names of some contacts in one query."""
    wanted = f"[{','.join(map(str, contact_ids))}]"
    return dict(
        db.execute("SELECT id, name FROM contact WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    )


def first_names(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, str]:
    """Return by which first name some contacts are called, in one query; who has none by the display name."""
    wanted = f"[{','.join(map(str, contact_ids))}]"
    return dict(
        db.execute(
            """SELECT id, coalesce(nullif(json_extract(detail, '$.n.given'), ''), name)
               FROM contact WHERE id IN (SELECT value FROM json_each(?))""",
            (wanted,),
        )
    )


def phones(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the phone numbers of some contacts as typed, in one query; who has none is not among them."""
    rows = db.execute(
        """SELECT contact.id, json_extract(phone.value, '$[0]')
           FROM contact, json_each(contact.detail, '$.phones') AS phone
           WHERE contact.id IN (SELECT value FROM json_each(?)) ORDER BY contact.id, phone.key""",
        (f"[{','.join(map(str, contact_ids))}]",),
    )
    numbers: dict[int, list[str]] = {}
    for contact_id, number in rows:
        numbers.setdefault(contact_id, []).append(number)
    return {contact_id: tuple(several) for contact_id, several in numbers.items()}


def whereabouts(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, str]:
    """Return town, household and file of some contacts in one query, to tell those of one name apart."""
    rows = db.execute(
        """SELECT contact.id,
                  (SELECT locality FROM address WHERE contact_id = contact.id AND locality <> ''
                   AND retired_on IS NULL ORDER BY preferred DESC, id LIMIT 1),
                  'h' || membership.household_id,
                  (SELECT source.name FROM vcard JOIN source ON source.id = source_id
                   WHERE vcard.contact_id = contact.id ORDER BY vcard.id DESC LIMIT 1)
           FROM contact LEFT JOIN membership ON membership.contact_id = contact.id
           WHERE contact.id IN (SELECT value FROM json_each(?))""",
        (f"[{','.join(map(str, contact_ids))}]",),
    )
    return {row[0]: " · ".join(word for word in row[1:] if word) for row in rows}


def sort_keys(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, str]:
    """Return the sort keys of some contacts, the order of `list`, in one query."""
    wanted = f"[{','.join(map(str, contact_ids))}]"
    return dict(
        db.execute("SELECT id, sort_key FROM contact WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    )


def listing(
    db: sqlite3.Connection,
    wanted: Filter | None = None,
    *,
    today: date = date.max,
    with_archived: bool = False,
) -> Iterator[ContactRow]:
    """Yield the contacts a filter lets through, or all, in the order of their family names.

    A word that a wrong clock dated after `today` is not the last one. Without a filter those who are archived
    are left out, unless `with_archived`.
    """
    where, values = ("", []) if with_archived else _where(db, wanted)
    rows = db.execute(
        f"""SELECT contact.id, uid, contact.name, circle, country, household_id,
                   (SELECT group_concat(name, char(31)) FROM tag WHERE contact_id = contact.id) AS tags,
                   (SELECT max(happened_on) FROM interaction
                    WHERE contact_id = contact.id AND happened_on <= ?) AS last_contact,
                   archived_on
            FROM contact LEFT JOIN membership ON membership.contact_id = contact.id {WITH_CIRCLE}
            {where} ORDER BY sort_key, contact.id""",
        [today.isoformat(), *values],
    )
    for contact_id, uid, name, circle, country, household_id, tags, last, archived in rows:
        yield ContactRow(
            id=contact_id,
            uid=uid,
            name=name,
            circle=Circle(circle) if circle else None,
            tags=tuple(tags.split("\x1f")) if tags else (),
            country=country,
            household_id=household_id,
            last_contact=day_of_word(last) if last else None,
            archived_on=day_of_word(archived) if archived else None,
        )


def _where(db: sqlite3.Connection, wanted: Filter | None) -> tuple[str, list[object]]:
    if wanted is None:
        return "WHERE archived_on IS NULL", []
    from relcard.store import filters  # noqa: PLC0415  5 ms, and a whole list has no filter

    return filters.where(db, wanted)


def count(db: sqlite3.Connection) -> int:
    """Return the number of contacts, those who are archived too."""
    (number,) = db.execute("SELECT count(*) FROM contact").fetchone()
    return int(number)


def find(db: sqlite3.Connection, words: str, *, archived: bool = False) -> list[int]:
    """Return the ids of the contacts that `words` may mean, best first; one when it is plain which.

    A UID or a whole name means that contact alone; then names of which every word given begins a word; then
    names that hold the words anywhere. Either none of them is archived, or all are.
    """
    from relcard.store import filters  # noqa: PLC0415  as in `_where`

    is_so = f"archived_on IS {'NOT ' if archived else ''}NULL"
    row = db.execute(f"SELECT id FROM contact WHERE uid = ? AND {is_so}", (words,)).fetchone()
    if row:
        return [row[0]]
    parts = fold(words).split()
    if not parts:
        return []
    condition, values = filters.holding(parts)
    rows = db.execute(
        f"""SELECT id, name, name_key, search FROM contact WHERE {condition} AND {is_so}
            ORDER BY sort_key, id""",
        values,
    ).fetchall()
    whole = [contact_id for contact_id, name, _, _ in rows if name == words.strip()] or [
        contact_id for contact_id, _, key, _ in rows if key == " ".join(parts)
    ]
    return whole or _ids_by_parts(parts, [(row[0], row[3].partition("\n")[0]) for row in rows])


def _ids_by_parts(parts: list[str], names: list[tuple[int, str]]) -> list[int]:
    """Return the ids with a folded name in which all parts begin a word, else those in which all stand."""

    def begins(part: str, name: str) -> bool:
        return name.startswith(part) or f" {part}" in name or f"-{part}" in name

    begun = [contact_id for contact_id, name in names if all(begins(part, name) for part in parts)]
    return begun or [contact_id for contact_id, name in names if all(part in name for part in parts)]


def near_names(db: sqlite3.Connection, words: str, limit: int = 3) -> list[str]:
    """Return names that look like `words`, for a message that helps."""
    import difflib  # noqa: PLC0415  3 ms, to help with a name that nobody has

    by_key = dict(db.execute("SELECT name_key, name FROM contact"))
    close = difflib.get_close_matches(fold(words), by_key, n=limit, cutoff=0.6)
    if not close:
        by_key = {key.split(" ")[0]: name for key, name in by_key.items()}
        close = difflib.get_close_matches(fold(words), by_key, n=limit, cutoff=0.6)
    return [by_key[key] for key in close]


def archive(db: sqlite3.Connection, contact_ids: Iterable[int], on: date | None) -> None:
    """Put some contacts aside on a day; None takes them back."""
    db.execute(
        "UPDATE contact SET archived_on = ? WHERE id IN (SELECT value FROM json_each(?))",
        (on.isoformat() if on else None, f"[{','.join(map(str, contact_ids))}]"),
    )


def archived_on(db: sqlite3.Connection, contact_id: int) -> date | None:
    """Return the day a contact was archived, None when it is not."""
    (day,) = db.execute("SELECT archived_on FROM contact WHERE id = ?", (contact_id,)).fetchone()
    return day_of_word(day) if day else None


def delete(db: sqlite3.Connection, contact_ids: Iterable[int]) -> None:
    """Forget some contacts with all that hangs on them, also their vCards and answered reminders."""
    for contact_id in contact_ids:
        reminders = [
            f"{key}{row}-"
            for key, *rows in db.execute(
                """SELECT 'cadence-', id, lower(hex(uuid)) FROM contact WHERE id = ?1
                   UNION ALL SELECT 'drift-', id, lower(hex(uuid)) FROM contact WHERE id = ?1
                   UNION ALL SELECT kind || '-', id, lower(hex(uuid)) FROM occasion WHERE contact_id = ?1
                   UNION ALL SELECT 'birthday-m', id, lower(hex(uuid)) FROM member WHERE contact_id = ?1""",
                (contact_id,),
            )
            for row in rows  # as it is called here, and on both laptops of a list
        ]
        db.executemany(
            "DELETE FROM dismissal WHERE substr(reminder, 1, length(?1)) = ?1", ((key,) for key in reminders)
        )
        db.execute("DELETE FROM contact WHERE id = ?", (contact_id,))


class Belongings(NamedTuple):
    """How much hangs on some contacts: notes, facts, what passed, pictures of cards, and vCards."""

    notes: int
    facts: int
    interactions: int
    pictures: int
    vcards: int


def belongings(db: sqlite3.Connection, contact_ids: Iterable[int]) -> Belongings:
    """Count what hangs on some contacts."""
    wanted = f"[{','.join(map(str, contact_ids))}]"
    count = "(SELECT count(*) FROM {0} WHERE contact_id IN (SELECT value FROM json_each(?1)))"
    counts = ", ".join(count.format(table) for table in ("note", "fact", "interaction", "picture", "vcard"))
    return Belongings(*db.execute(f"SELECT {counts}", (wanted,)).fetchone())


def id_of_uid(db: sqlite3.Connection, uid: str) -> int | None:
    """Return the contact with that UID."""
    row = db.execute("SELECT id FROM contact WHERE uid = ?", (uid,)).fetchone()
    return row[0] if row else None


def ids_of_uids(db: sqlite3.Connection, uids: Iterable[str]) -> dict[str, int]:
    """Return the contacts with those UIDs, by UID, in one query."""
    wanted = list(uids)
    marks = ", ".join("?" * len(wanted))
    return dict(db.execute(f"SELECT uid, id FROM contact WHERE uid IN ({marks})", wanted))


def ids_of_uids_like(db: sqlite3.Connection, beginning: str, *, among: range) -> list[int]:
    """Return the contacts of some ids whose UID begins so."""
    rows = db.execute(
        "SELECT id FROM contact WHERE id >= ? AND id < ? AND substr(uid, 1, ?) = ? ORDER BY id",
        (among.start, among.stop, len(beginning), beginning),
    )
    return [row[0] for row in rows]


def ids_of_abuids(db: sqlite3.Connection, abuids: Iterable[str], *, before: int) -> dict[str, list[int]]:
    """Return the contacts with those Apple identifiers, by identifier; only ids less than `before`."""
    return _ids_by(db, "abuid", abuids, before)


def ids_of_names(db: sqlite3.Connection, keys: Iterable[str], *, before: int) -> dict[str, list[int]]:
    """Return the contacts with those folded names, by folded name; only ids less than `before`."""
    return _ids_by(db, "name_key", keys, before)


def _ids_by(db: sqlite3.Connection, column: str, values: Iterable[str], before: int) -> dict[str, list[int]]:
    import json  # noqa: PLC0415  as above

    wanted = json.dumps(list(values))
    ids: dict[str, list[int]] = {}
    for value, contact_id in db.execute(
        f"""SELECT {column}, id FROM contact
            WHERE {column} IN (SELECT value FROM json_each(?)) AND id < ? ORDER BY id""",
        (wanted, before),
    ):
        ids.setdefault(value, []).append(contact_id)
    return ids


def uid_of(db: sqlite3.Connection, contact_id: int) -> str:
    """Return the UID of a contact."""
    (uid,) = db.execute("SELECT uid FROM contact WHERE id = ?", (contact_id,)).fetchone()
    return str(uid)
