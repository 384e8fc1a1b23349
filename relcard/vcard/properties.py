"""From lines to a contact: one small function a property, gathered in `HANDLERS` by name."""

# ruff: noqa: ARG001  every handler takes the same three

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from relcard.domain.dates import PartialDate
from relcard.domain.kinds import Kind
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.contact import NO_NAME
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import Relation
from relcard.domain.seasons.years import ListedYear
from relcard.vcard import dialects
from relcard.vcard.values import joined
from relcard.vcard.values import listed
from relcard.vcard.values import many_lines
from relcard.vcard.values import one_line
from relcard.vcard.values import read_date
from relcard.vcard.values import shown
from relcard.vcard.values import split_escaped

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from relcard.vcard.parameters import Head

    Reached = tuple[str, tuple[str, ...], str]  # of a phone or an e-mail: value, types, group

_UNSTATED = 102  # below any preference a line can have


class CardReading:
    """What has been understood of a card so far; `remarks` are what was not, with the line of the file.

    Nothing here is changed in place: what a card says nothing of is the same empty value for all drafts.
    """

    line = 0
    remarks: tuple[tuple[int, str], ...] = ()
    uid = ""
    uid_apple = ""
    kind = Kind.INDIVIDUAL
    thing = ""  # the KIND of what is nobody
    display_name = ""
    pref = _UNSTATED  # of the display name
    name: Name = NO_NAME
    name_pref = _UNSTATED
    name_written = ""
    nicknames: tuple[str, ...] = ()
    phonetic: Mapping[str, str] = {}
    org = ""
    title = ""
    addresses: tuple[tuple[Head, list[str]], ...] = ()
    mailing_labels: tuple[tuple[Head, str], ...] = ()
    phones: tuple[Reached, ...] = ()
    emails: tuple[Reached, ...] = ()
    urls: tuple[str, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    own_dates: tuple[tuple[Head, str, int], ...] = ()  # X-ABDATE, whose label may come later
    relations: tuple[Relation, ...] = ()
    own_relations: tuple[tuple[str, str, str], ...] = ()  # group, TYPE and name; the label may come later
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    languages: tuple[tuple[int, str], ...] = ()
    gender = ""
    members: tuple[str, ...] = ()
    labels: Mapping[str, str] = {}  # X-ABLABEL by group
    country_codes: Mapping[str, str] = {}  # X-ABADR by group
    alternates: frozenset[tuple[str, str]] = frozenset()  # name and ALTID of values that were read
    years: tuple[ListedYear, ...] = ()  # cells of a row of a spreadsheet
    people: tuple[str, ...] = ()  # of a household, in one of its cells

    def __init__(self, version: str) -> None:
        self.version = version

    def remark(self, message: str) -> None:
        """Keep a problem with the line at hand."""
        self.remarks += ((self.line, message),)


def is_alternate(reading: CardReading, head: Head) -> bool:
    """Whether a line is another writing of a value that was read, in another language or script.

    RFC 6350 section 5.4: of the lines of one ALTID the first is it; the others stay in the card.
    """
    alternate = head.params.get("ALTID", "")
    if not alternate or head.name in _PREFERRED:
        return False
    key = (head.name, alternate)
    if key in reading.alternates:
        return True
    reading.alternates |= {key}
    return False


_PREFERRED = frozenset({"FN", "N"})  # of these the preferred one is chosen, whatever its ALTID


def plain_uid(value: str) -> str:
    """Return a UID without its URN prefix; a UUID in lower case, so that two spellings are one (RFC 9562)."""
    uid = one_line(value)
    if ":" in uid and uid[:9].lower() == "urn:uuid:":
        uid = uid[9:]
    return uid.lower() if len(uid) == 36 and uid[8] == uid[13] == uid[18] == uid[23] == "-" else uid


def _uid(reading: CardReading, head: Head, value: str) -> None:
    uid = plain_uid(value)
    if reading.uid and uid and uid != reading.uid:
        reading.remark(
            f'a second UID in one vCard: "{shown(value)}" - if these are two people, part the vCard'
        )
    reading.uid = reading.uid or uid


def _apple_uid(reading: CardReading, head: Head, value: str) -> None:
    reading.uid_apple = one_line(value).removesuffix(":ABPerson")


def _kind(reading: CardReading, head: Head, value: str) -> None:
    reading.thing = word if (word := one_line(value).lower()) in _THINGS else ""
    words = {"org": Kind.ORG, "organization": Kind.ORG, "group": Kind.GROUP}
    reading.kind = words.get(one_line(value).lower(), reading.kind)


_THINGS = frozenset({"location", "application", "device", "thing"})  # RFC 6350, RFC 6473 and RFC 6869


def _show_as(reading: CardReading, head: Head, value: str) -> None:
    if one_line(value).upper() == "COMPANY" and reading.kind is Kind.INDIVIDUAL:
        reading.kind = Kind.ORG


def _member(reading: CardReading, head: Head, value: str) -> None:
    if uid := plain_uid(value):
        reading.members += (uid,)


def _display_name(reading: CardReading, head: Head, value: str) -> None:
    if head.pref < reading.pref and (text := one_line(value)):
        reading.display_name, reading.pref = text, head.pref


def _name(reading: CardReading, head: Head, value: str) -> None:
    if head.params and "SORT-AS" in head.params:
        _say(reading, "sort-as", head.params["SORT-AS"].replace(",", " "))
    if head.pref >= reading.name_pref:
        _look_for_another(reading, head, value)
        return
    if "\\" not in value and value.isprintable() and ("," not in value or reading.version == "2.1"):
        parts = value.split(";")
        if " " in value:
            parts = [part.strip() for part in parts]
    else:
        is_plain = reading.version == "2.1"  # in which a comma is only a comma
        parts = [
            one_line(part) if is_plain else joined(part, " ").replace("\n", " ")
            for part in split_escaped(value, ";")
        ]
    if any(parts):
        if len(parts) != 5:
            parts = (parts + [""] * 5)[:5]
        reading.name = Name(*parts)
        reading.name_pref = head.pref
        reading.name_written = value


def _look_for_another(reading: CardReading, head: Head, value: str) -> None:
    """Remark on a second N that is no other writing of the first: RFC 6350 section 6.2.2 allows one."""
    is_other = value.strip(" ;") and value.rstrip(" ;") != reading.name_written.rstrip(" ;")
    if is_other and not {"ALTID", "LANGUAGE"} & set(head.params):
        reading.remark(f'a second N in one vCard: "{shown(value)}" - if these are two people, part the vCard')


def _nickname(reading: CardReading, head: Head, value: str) -> None:
    reading.nicknames += tuple(listed(value))


def _say(reading: CardReading, how: str, value: str) -> None:
    """Keep how a name is said or sorted."""
    reading.phonetic = {**reading.phonetic, how: one_line(value)}


def _sort_string(reading: CardReading, head: Head, value: str) -> None:
    _say(reading, "sort-string", value)


def _phonetic_family(reading: CardReading, head: Head, value: str) -> None:
    _say(reading, "family", value)


def _phonetic_given(reading: CardReading, head: Head, value: str) -> None:
    _say(reading, "given", value)


def _org(reading: CardReading, head: Head, value: str) -> None:
    if not reading.org:
        if ";" in value:
            reading.org = ", ".join(text for part in split_escaped(value, ";") if (text := one_line(part)))
        else:
            reading.org = one_line(value)


def _title(reading: CardReading, head: Head, value: str) -> None:
    reading.title = reading.title or one_line(value)


def _column(reading: CardReading, head: Head, value: str) -> None:
    """Read a cell of a column such as "Sent 2019" or "Members"; others of a spreadsheet are only kept."""
    if head.params.get("X-NAME") == dialects.PEOPLE_OF_HOUSEHOLD:
        names = (" ".join(name.split()) for name in many_lines(value).split(";"))
        reading.people = tuple(filter(None, names))
    if cards := head.params.get(YEAR_OF_CARDS):
        year, way = _year_of_cards(cards)
        if way:
            reading.years += (ListedYear(year, way, many_lines(value)),)


@lru_cache(maxsize=512)
def _year_of_cards(text: str) -> tuple[int, str]:
    """Read "sent 2019"; the way is "" where it says something else."""
    way, _, year = text.rpartition(" ")
    return (int(year), way) if year.isdecimal() else (0, "")


def _note(reading: CardReading, head: Head, value: str) -> None:
    if text := many_lines(value):
        reading.notes += (text,)


def _address(reading: CardReading, head: Head, value: str) -> None:
    if "\\" not in value and "," not in value and value.isprintable():
        parts = value.split(";")
        if "; " in value or " ;" in value or value[:1] == " " or value[-1:] == " ":
            parts = [part.strip() for part in parts]
    else:
        # A comma separates list items here (RFC 6350 section 6.3.1), but nearly everyone who writes one
        # means a comma; ", " keeps the text either way. In 2.1 it is only a comma.
        is_plain = reading.version == "2.1"
        parts = [
            many_lines(part).strip() if is_plain else joined(part, ", ") for part in split_escaped(value, ";")
        ]
    if any(parts) or head.params.get("LABEL"):
        reading.addresses += ((head, parts),)


def _mailing_label(reading: CardReading, head: Head, value: str) -> None:
    if text := many_lines(value).strip():
        reading.mailing_labels += ((head, text),)


def _country_code(reading: CardReading, head: Head, value: str) -> None:
    reading.country_codes = {**reading.country_codes, head.group: one_line(value)}


def _label(reading: CardReading, head: Head, value: str) -> None:
    if head.group:
        reading.labels = {**reading.labels, head.group: dialects.plain_label(one_line(value))}


def _phone(reading: CardReading, head: Head, value: str) -> None:
    text = one_line(value)
    if ":" in text and text[:4].lower() == "tel:":
        text = text[4:]
    if text:
        reading.phones += ((text, head.all_types, _group_of(reading, head)),)


def _email(reading: CardReading, head: Head, value: str) -> None:
    text = one_line(value)
    if ":" in text and text[:7].lower() == "mailto:":
        text = text[7:]
    if "<" in text:
        opens, closes = text.rfind("<"), text.rfind(">")
        if opens < closes:  # "Jo Doe" <jo@example.org>
            text = text[opens + 1 : closes].strip()
    if text:
        reading.emails += ((text, head.all_types, _group_of(reading, head)),)


def _group_of(reading: CardReading, head: Head) -> str:
    """Return the group whose label a line has; a label in the head itself makes one of its own."""
    if not head.label:
        return head.group
    group = f"={head.label}"  # no group is called so
    reading.labels = {**reading.labels, group: one_line(head.label)}
    return group


def _url(reading: CardReading, head: Head, value: str) -> None:
    if text := one_line(value):
        reading.urls += (text,)


def _language(reading: CardReading, head: Head, value: str) -> None:
    # LANG is the language a person speaks. LANGUAGE= on other lines is the language of that value, and with
    # Outlook merely that of the program, so it says nothing about how to greet.
    if text := one_line(value):
        reading.languages += ((head.pref, text),)


def _gender(reading: CardReading, head: Head, value: str) -> None:
    # A letter, and behind a semicolon words that stay in the raw text (RFC 6350 section 6.2.7). Older cards
    # say the whole word: X-GENDER:Female.
    word = one_line(value.partition(";")[0]).lower()
    if word in _GENDERS:
        reading.gender = reading.gender or word[0]


_GENDERS = frozenset({"f", "m", "o", "n", "u", "female", "male"})


def _tags(reading: CardReading, head: Head, value: str) -> None:
    reading.tags += _tags_of(value)


@lru_cache(maxsize=1024)  # an address book has few different ones
def _tags_of(value: str) -> tuple[str, ...]:
    return tuple(tag for tag in listed(value) if tag.lower() not in dialects.SYSTEM_TAGS)


def _occasion(kind: OccasionKind) -> Callable[[CardReading, Head, str], None]:
    def handler(reading: CardReading, head: Head, value: str) -> None:
        keep_occasion(reading, head, value, kind, "")

    return handler


def keep_occasion(reading: CardReading, head: Head, value: str, kind: OccasionKind, label: str) -> None:
    """Understand a date as an occasion, or remark that it is none."""
    omitted = head.params.get(dialects.OMIT_YEAR, "") if head.params else ""
    calendar = head.params.get("CALSCALE", "").lower() if head.params else ""
    if calendar not in ("", "gregorian"):
        from relcard.vcard.other_dates import read_other_date  # noqa: PLC0415  4 ms, for what hardly any card has

        other = read_other_date(calendar, one_line(value))
        if other is not None:
            reading.occasions += (Occasion(kind, PartialDate(other=other), label),)
            return
        reading.remark(f'{head.written} is a day of the {calendar} calendar: "{shown(value)}" - kept as text')
        return
    date = read_date(value, omitted) or read_date(one_line(value), omitted) or _local_date(one_line(value))
    if date is not None and kind is not OccasionKind.CUSTOM and date.year and _is_odd_year(date.year, kind):
        if date.month_day in {None, (1, 1)}:
            date = None  # what programs write where they know no date
        else:
            reading.remark(f'{head.written} has a year nobody can mean: "{shown(value)}" - read without it')
            date = PartialDate(None, date.month, date.day)
    if date is not None and (date.year, date.month, date.day) in dialects.NO_DATES:
        date = None
    if date is not None:
        reading.occasions += (Occasion(kind, date, label),)
    elif value.strip():
        reading.remark(f'{head.written} is not a date: "{shown(value)}" - kept as text')


def _local_date(text: str) -> PartialDate | None:
    """Read a date as people write it, 24.12.1960 or 24 December 1960, where it can be only one."""
    numbers = re.findall(r"\d+", text)
    has_year = any(len(number) == 4 for number in numbers)
    if not has_year and len(numbers) != (1 if any(map(str.isalpha, text)) else 2):
        return None  # a year in two digits may be of either century
    # 40 ms, for what hardly any card has.
    from relcard.vcard.spreadsheet.loose_dates import read_loose_date  # noqa: PLC0415

    return read_loose_date(text, None)


def _is_odd_year(year: int, kind: OccasionKind) -> bool:
    """Whether a year is a program's word for none: .NET has 1, abook 1000, Windows 1601, Outlook 4501."""
    return (
        year >= _LAST_YEAR or (year < _FIRST_YEAR and kind is not OccasionKind.REMEMBRANCE) or year < _OLDEST
    )


_FIRST_YEAR, _LAST_YEAR, _OLDEST = 1850, 2200, 1002


def _own_date(reading: CardReading, head: Head, value: str) -> None:
    reading.own_dates += ((head, value, reading.line),)


def _related(reading: CardReading, head: Head, value: str) -> None:
    text = one_line(value)
    kind = head.types[0] if head.types else "contact"
    is_text = head.params.get("VALUE", "").lower() == "text"
    if not text:
        return
    if not is_text and (":" in text and " " not in text):
        reading.relations += (Relation(kind, uid=plain_uid(value)),)
    else:
        reading.relations += (Relation(kind, text),)


def _own_relation(reading: CardReading, head: Head, value: str) -> None:
    if text := one_line(value):
        reading.own_relations += ((head.group, head.types[0] if head.types else "", text),)


def _vendor_relation(reading: CardReading, head: Head, value: str) -> None:
    if text := one_line(value):
        reading.relations += (Relation(dialects.RELATION_OF[head.name], text),)


def android_value(value: str) -> str:
    """Return Android's list with bare semicolons: some servers escape every one of them."""
    return value.replace("\\;", ";") if ";" not in value.replace("\\;", "") else value


def _android(reading: CardReading, head: Head, value: str) -> None:
    what, _, rest = android_value(value).partition(";")
    text, number, label = (*split_escaped(rest, ";"), "", "", "")[:3]
    match what.strip().lower().removeprefix(dialects.ANDROID_KIND):
        case dialects.ANDROID_NICKNAME if nickname := one_line(text):
            reading.nicknames += (nickname,)
        case dialects.ANDROID_EVENT:
            kinds = {
                dialects.ANDROID_EVENT_ANNIVERSARY: OccasionKind.ANNIVERSARY,
                dialects.ANDROID_EVENT_BIRTHDAY: OccasionKind.BIRTHDAY,
            }
            kind = kinds.get(number, OccasionKind.CUSTOM)
            keep_occasion(reading, head, text, kind, one_line(label) if kind is OccasionKind.CUSTOM else "")
        case dialects.ANDROID_RELATION if name := one_line(text):
            kind_word = dialects.ANDROID_RELATIONS.get(number) or one_line(label).lower() or "contact"
            reading.relations += (Relation(kind_word, name),)


COLUMN = "X-RELCARD-COLUMN"  # a cell of a spreadsheet that no property says
YEAR_OF_CARDS = "X-CARDS"  # its parameter: "sent 2019"

HANDLERS: dict[str, Callable[[CardReading, Head, str], None]] = {
    "UID": _uid,
    COLUMN: _column,
    "X-ABUID": _apple_uid,
    "KIND": _kind,
    "X-ABSHOWAS": _show_as,
    "MEMBER": _member,
    "FN": _display_name,
    "N": _name,
    "NICKNAME": _nickname,
    "SORT-STRING": _sort_string,
    "X-PHONETIC-LAST-NAME": _phonetic_family,
    "X-PHONETIC-FIRST-NAME": _phonetic_given,
    "ORG": _org,
    "TITLE": _title,
    "NOTE": _note,
    "ADR": _address,
    "LABEL": _mailing_label,
    "X-ABADR": _country_code,
    "X-ABLABEL": _label,
    "TEL": _phone,
    "EMAIL": _email,
    "URL": _url,
    "LANG": _language,
    "GENDER": _gender,
    "X-GENDER": _gender,
    "CATEGORIES": _tags,
    "BDAY": _occasion(OccasionKind.BIRTHDAY),
    "X-ALTBDAY": _occasion(OccasionKind.BIRTHDAY),
    "ANNIVERSARY": _occasion(OccasionKind.ANNIVERSARY),
    "DEATHDATE": _occasion(OccasionKind.REMEMBRANCE),
    "X-ABDATE": _own_date,
    "RELATED": _related,
    "X-ABRELATEDNAMES": _own_relation,
    dialects.ANDROID_CUSTOM: _android,
    **dict.fromkeys(dialects.RELATION_OF, _vendor_relation),
}
