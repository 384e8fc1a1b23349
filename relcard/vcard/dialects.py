"""What programs really write, as data: each habit with its reason."""

from __future__ import annotations

from typing import NamedTuple


class Habit(NamedTuple):
    """A vendor's name for a property, the standard one, and why the vendor has its own."""

    written: str
    means: str
    reason: str


HOUSEHOLD_OF = "household of "  # begins the UID of a row that relcard wrote for a contact's household
PEOPLE_OF_HOUSEHOLD = "Members"  # its column of those who live there, each by a vCard, between semicolons

PROPERTIES = (
    Habit("X-NICKNAME", "NICKNAME", "vCard 2.1 has no NICKNAME; phones and Outlook added one"),
    Habit("X-EPOCSECONDNAME", "NICKNAME", "Symbian phones keep the nickname here"),
    Habit("X-ANNIVERSARY", "ANNIVERSARY", "3.0 has no ANNIVERSARY; Nextcloud and others added one"),
    Habit("X-EVOLUTION-ANNIVERSARY", "ANNIVERSARY", "Evolution, before vCard 4.0 had the property"),
    Habit("X-KADDRESSBOOK-X-ANNIVERSARY", "ANNIVERSARY", "KAddressBook, for the same reason"),
    Habit("X-MS-ANNIVERSARY", "ANNIVERSARY", "Outlook, for the same reason"),
    Habit("X-DEATHDATE", "DEATHDATE", "DEATHDATE came with RFC 6474; earlier cards have it as an extension"),
    Habit("X-ADDRESSBOOKSERVER-KIND", "KIND", "Apple marks its 3.0 groups so"),
    Habit("X-ADDRESSBOOKSERVER-MEMBER", "MEMBER", "Apple lists the members of a 3.0 group so"),
    Habit("X-KIND", "KIND", "3.0 has no KIND"),
    Habit("X-LANG", "LANG", "3.0 has no LANG"),
)

# A property that is one relation: the kind stands in its name.
RELATIONS = (
    Habit("X-SPOUSE", "spouse", "common in 3.0, which has no RELATED"),
    Habit("X-MS-SPOUSE", "spouse", "Outlook"),
    Habit("X-MS-CHILD", "child", "Outlook; one line may name several children"),
    Habit("X-MS-MANAGER", "manager", "Outlook"),
    Habit("X-MS-ASSISTANT", "assistant", "Outlook"),
    Habit("X-MANAGER", "manager", "Thunderbird add-ons"),
    Habit("X-ASSISTANT", "assistant", "Thunderbird add-ons"),
    Habit("X-EVOLUTION-SPOUSE", "spouse", "Evolution"),
    Habit("X-EVOLUTION-MANAGER", "manager", "Evolution"),
    Habit("X-EVOLUTION-ASSISTANT", "assistant", "Evolution"),
    Habit("X-KADDRESSBOOK-X-SPOUSESNAME", "spouse", "KAddressBook"),
    Habit("X-KADDRESSBOOK-X-MANAGERSNAME", "manager", "KAddressBook"),
    Habit("X-KADDRESSBOOK-X-ASSISTANTSNAME", "assistant", "KAddressBook"),
)

RENAMED = {habit.written: habit.means for habit in PROPERTIES}
RELATION_OF = {habit.written: habit.means for habit in RELATIONS}

# Apple writes a date without its year as a date in 1604, a leap year long before anyone's birth, and says so
# in a parameter. Other programs copy the year and forget the parameter, so 1604 never is a year here.
NO_YEAR = 1604
OMIT_YEAR = "X-APPLE-OMIT-YEAR"
NO_DATES = frozenset({(1899, 12, 30), (1899, 12, 31), (1601, 1, 1), (1753, 1, 1)})  # Excel, Windows, SQL

# Apple's own labels are written _$!<Anniversary>!$_ so that each device can show them in its language.
LABEL_OPENS = "_$!<"
LABEL_CLOSES = ">!$_"

# The kinds for which Apple has a label of its own; any other is written as the user's words.
APPLE_RELATIONS = frozenset(
    {
        "assistant",
        "brother",
        "child",
        "daughter",
        "father",
        "friend",
        "manager",
        "mother",
        "parent",
        "partner",
        "sister",
        "son",
        "spouse",
    }
)

# Words under which people and programs keep a wedding day as a date of their own making.
ANNIVERSARY_LABELS = frozenset(
    {
        "anniversary",
        "wedding",
        "wedding day",
        "wedding anniversary",
        "hochzeit",
        "hochzeitstag",
        "jahrestag",
        "rocznica",
        "rocznica ślubu",
        "anniversaire de mariage",
        "aniversario",
        "anniversario",
        "trouwdag",
        "bröllopsdag",
        "bryllupsdag",
    }
)
BIRTHDAY_LABEL = "birthday"  # of a second birthday on the same card: kept, but no second reminder

# An address whose group has one of these labels is of that type.
ADDRESS_LABELS = frozenset({"home", "work"})

# Google's own labels are about its screens, not about people: they do not become tags.
SYSTEM_TAGS = frozenset({"mycontacts", "* mycontacts", "* starred"})

# Android keeps what vCard 2.1 has no word for in X-ANDROID-CUSTOM:<kind>;<value>;<type>;<label>;... The
# numbers are the constants of its contacts provider; type 0 has its own label.
ANDROID_CUSTOM = "X-ANDROID-CUSTOM"
ANDROID_KIND = "vnd.android.cursor.item/"
ANDROID_NICKNAME = "nickname"
ANDROID_EVENT = "contact_event"
ANDROID_RELATION = "relation"
ANDROID_EVENT_ANNIVERSARY = "1"
ANDROID_EVENT_BIRTHDAY = "3"
ANDROID_RELATIONS = {
    "1": "assistant",
    "2": "brother",
    "3": "child",
    "4": "domestic partner",
    "5": "father",
    "6": "friend",
    "7": "manager",
    "8": "mother",
    "9": "parent",
    "10": "partner",
    "11": "referred by",
    "12": "relative",
    "13": "sister",
    "14": "spouse",
}

# Pictures, sounds and keys stay in the raw card: they are large, and no greeting needs them decoded.
BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-EVOLUTION-VIDEO-URL"})

# Names of codecs that read text but are no character set anyone should choose for an address book: they let
# bytes say something else than they seem to.
NO_CHARSETS = frozenset({"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})

# Declared as Latin-1, written by Windows: the bytes 80 to 9F are then quotes and dashes.
LATIN_1 = frozenset({"iso8859-1", "ascii"})
WINDOWS = "cp1252"


def plain_label(label: str) -> str:
    """Return a label without Apple's brackets."""
    label = label.strip()
    if label.startswith(LABEL_OPENS) and label.endswith(LABEL_CLOSES):
        label = label[len(LABEL_OPENS) : -len(LABEL_CLOSES)].strip()
    return label
