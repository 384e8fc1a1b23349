"""What of the store travels to the other laptop, column by column, and what stays on this one.

A test walks the store's schema and fails where a column has no say here. A table's own number (`id`) and its
UUID need none: the number is each store's, the UUID is what both call the row.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

DETAIL = "detail"  # of a contact: JSON, of which each part travels by itself as detail.phones
CARD = "card"  # of a vCard: its text and the SHA-256 of each photo with its place, as one value


class Table(NamedTuple):
    """How the rows of one table travel; columns are named once, in one of these ways."""

    values: tuple[str, ...] = ()  # each by itself
    groups: Mapping[str, tuple[str, ...]] = MappingProxyType({})  # several as one: half of each is none
    to: Mapping[str, str] = MappingProxyType({})  # by table: whose row it points to
    made: tuple[str, ...] = ()  # worked out on each laptop from the others
    here: tuple[str, ...] = ()  # each laptop's own
    quiet: tuple[str, ...] = ()  # the later stands and nobody is asked
    union: tuple[str, ...] = ()  # lists, and lines of a vCard: what either side has stands
    key: tuple[str, ...] = ()  # of which no two rows have the same
    own: str = ""  # kind of the own book: stays unless this kind was chosen

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the store that the values of a row are made of, parts and cards apart."""
        return (*self.values, *(column for group in self.groups.values() for column in group), *self.to)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_OF_CONTACT = {"contact_id": "contact"}
_OURS = ("ours",)  # whether this very row is on both laptops, as was said on this one
# In the order in which rows are made: no row before those it points to.
TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "contact": Table(
            values=_words("uid abuid kind name added_on archived_on"),
            made=_words("name_key sort_key search country detail"),
            quiet=_words("uid abuid added_on"),
            union=_words("detail.phones detail.emails detail.urls detail.nicknames detail.relations"),
            key=_words("uid"),
        ),
        "household": Table(
            values=_words("stated reason addressee salutation formality language cheer_on feast"),
            groups={"careful": _words("careful_until careful_reason careful_since")},
            quiet=_words("stated reason"),
        ),
        "season": Table(
            values=_words("name occasion year started_on closed_on stamps_bought feast_on numbered"),
            quiet=_words("started_on numbered"),
            key=_words("name"),
        ),
        "photo": Table(values=_words("sha256 data"), key=_words("sha256")),
        "vcard": Table(
            values=_words("group_name"),
            to=_OF_CONTACT,
            made=_words("source_id line raw sha256"),  # from the card and the name of its source
            quiet=_words("source"),
            union=(CARD,),
        ),
        "address": Table(
            values=_words("types preferred retired_on confirmed_on from_on until_on returned_season"),
            groups={
                "postal": _words("po_box extended street locality region postcode country country_code label")
            },
            to=_OF_CONTACT,
            made=_words("letterbox"),
        ),
        "occasion": Table(
            groups={"day": _words("kind label date")}, to=_OF_CONTACT, made=_words("month_day")
        ),
        "tag": Table(values=_words("name"), to=_OF_CONTACT, key=_words("contact_id name")),
        "relation": Table(
            values=_words("kind name said_on"),
            to={"contact_id": "contact", "other_id": "contact"},
            quiet=_words("said_on"),
        ),
        "not_same": Table(
            values=_words("said_on"),
            to={"one_id": "contact", "other_id": "contact"},
            quiet=_words("one_id other_id said_on"),
            key=_words("one_id other_id"),
        ),
        "alias": Table(
            values=_words("uid abuid name_key merged"),
            to={"contact_id": "contact", "vcard_id": "vcard"},
            quiet=_words("abuid name_key"),
            key=_words("uid"),
        ),
        "member": Table(
            values=_words("name surname role born died_on card_name stated is_removed"),
            to=_OF_CONTACT,
            made=_words("name_key month_day"),
            quiet=_words("card_name stated"),
            key=_words("contact_id name_key"),
        ),
        "membership": Table(
            values=_words("role"),
            to={"contact_id": "contact", "household_id": "household"},
            key=_words("contact_id"),
        ),
        "day": Table(
            values=_words("of_household way lead_days"),
            groups={"day": _words("kind label date is_once")},
            to=_OF_CONTACT,
        ),
        "recipient": Table(
            values=_words("state received_on by_their_card written_on number"),
            groups={"words": _words("front inside edited")},
            to={"season_id": "season", "household_id": "household"},
            here=_words("reason"),  # it may name a circle
            quiet=_words("by_their_card number"),
            key=_words("season_id household_id"),
        ),
        "print_run": Table(
            values=_words("kind stock items pages printed_on"),
            to={"season_id": "season"},
            here=_words("sent_to"),
        ),
        "circle": Table(
            values=_words("circle said_on"),
            to=_OF_CONTACT,
            quiet=_words("said_on"),
            key=_words("contact_id"),
            own="circles",
        ),
        "cadence": Table(values=_words("days"), to=_OF_CONTACT, key=_words("contact_id"), own="cadence"),
        "fact": Table(
            values=_words("key value noted_on"),
            to=_OF_CONTACT,
            here=_OURS,
            quiet=_words("noted_on"),
            key=_words("contact_id key"),
            own="facts",
        ),
        "note": Table(values=_words("noted_on text"), to=_OF_CONTACT, here=_OURS, own="notes"),
        "gift": Table(
            values=_words("of_household state what occasion year noted_on"),
            to=_OF_CONTACT,
            here=_OURS,
            own="gifts",
        ),
        "interaction": Table(
            values=_words("channel direction happened_on text occasion"),
            to={"contact_id": "contact", "season_id": "season", "member_id": "member"},
            here=_OURS,
            own="visits",
        ),
        "through": Table(
            to={"interaction_id": "interaction", "contact_id": "contact"},
            key=_words("interaction_id contact_id"),
            own="visits",
        ),
        "segment": Table(
            values=_words("name filter cadence_days saved_on"), key=_words("name"), own="segments"
        ),
        "dismissal": Table(
            values=_words("reminder until dismissed_on"),
            quiet=_words("until dismissed_on"),
            key=_words("reminder"),  # by the UUID of its row: domain/reminders/row_names
            own="dismissals",
        ),
    }
)
# Tables that never travel, and why.
STAYING: Mapping[str, str] = MappingProxyType(
    {
        "source": "a file on this laptop; a vCard takes its name along",
        "problem": "what this laptop's import did not understand; the vCard itself travels",
        "cutting": "a photo's place in a vCard; it travels with the card",
        "picture": "its file lies beside this store",
        "proposal": "an address that waits here until it is taken; taken, it travels",
        "remote": "an address book that this laptop reads",
        "remote_card": "what this laptop last read there",
        "stock": "sheets of labels on this desk",
        "sheet": "a sheet half used on this desk",
        "printer": "a printer on this desk",
    }
)
PARENTS = tuple(dict.fromkeys(parent for table in TABLES.values() for parent in table.to.values()))
# What may be left out of a row: it stands without.
OPTIONAL = frozenset({("interaction", "season_id"), ("interaction", "member_id"), ("print_run", "season_id")})
OWN_KINDS = tuple(dict.fromkeys(table.own for table in TABLES.values() if table.own))
OWN_VIEW = ("circle", "cadence", "dismissal")  # never another's, unless both were chosen to be the couple's
POSTED_CHANNELS = ("card", "letter")  # of the years, which travel; any other is a visit, of the own book
_OF_ONE = ("away-", "drift-")  # answered reminders that are one user's even where others are both's
STATES = ("planned", "drafted", "printed", "written", "posted")  # of two the further stands


def goes_along(table: str, chosen: Collection[str], what: str = "") -> bool:
    """Whether a row of the own book travels of which nothing else was said: by its kind, or as the years.

    `what` is the channel of an interaction, and of a dismissal the reminder. A time away is of who goes, and
    a drift from a circle of whose circle it is.
    """
    is_chosen = TABLES[table].own in chosen and not what.startswith(_OF_ONE)
    return is_chosen or what in POSTED_CHANNELS


def marked(table: str, ours: bool | None, chosen: Collection[str] | None, channel: str = "") -> str:
    """Return "ours" or "mine" of a row that goes another way than its kind, else "".

    `chosen` are the kinds of the own book that travel, None where no list is shared.
    """
    if chosen is None or ours is None or ours == goes_along(table, chosen, channel):
        return ""
    return "ours" if ours else "mine"
