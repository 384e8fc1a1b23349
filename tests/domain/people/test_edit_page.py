from __future__ import annotations

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.domain.people.edit_page import write_page

ANNA = Contact(
    uid="a",
    display_name="Anna Kowalska",
    name=Name(given="Anna", family="Kowalska"),
    phones=(Phone(value="01632 960147", types=("cell", "pref")),),
    addresses=(Address(street="14 High Street", locality="Leeds", country_code="GB", types=("home",)),),
    occasions=(
        Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(None, 12, 16)),
        Occasion(kind=OccasionKind.CUSTOM, label="name day", date=PartialDate(None, 7, 26)),
    ),
    relations=(Relation(kind="spouse", uid="j"),),
    tags=("choir",),
    note="one\ntwo",
)


def test_page_says_what_is_known_in_plain_words() -> None:
    """Every part stands under the name a person would give it, dates without a year as month and day."""
    lines = write_page(ANNA, names={"j": "Jan Smith"}).split("\n")
    said = {line.partition("  #")[0].rstrip() for line in lines}
    assert {
        'name = "Anna Kowalska"',
        'family = "Kowalska"',
        'birthday = "12-16"',
        'tags = ["choir"]',
        'number = "01632 960147"',
        'types = ["cell"]',
        "preferred = true",
        'town = "Leeds"',
        'country = "GB"',
        'label = "name day"',
        'date = "07-26"',
        'uid = "j"',
    } <= said
    assert 'uid = "j"  # Jan Smith' in lines


def test_page_names_what_is_not_on_it() -> None:
    """The head says that circle, notes, facts and photos are elsewhere and kept."""
    head = write_page(ANNA).partition("name =")[0]
    assert all(word in head for word in ("circle", "notes", "facts", "photos"))


def test_blank_page_shows_how_each_table_is_written() -> None:
    """Where there is no phone or address yet, one stands behind # as an example."""
    page = write_page(Contact())
    assert page.startswith("# A new contact\n")
    assert all(f"# [[{table}]]\n" in page for table in ("phone", "email", "address", "day", "relation"))


def test_page_is_no_wider_than_a_terminal() -> None:
    """The words of the page itself stay within 80 columns."""
    assert max(map(len, write_page(Contact()).split("\n"))) <= 80
