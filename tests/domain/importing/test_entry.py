from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.importing.entry import Place
from relcard.domain.importing.entry import contact_of
from relcard.domain.importing.entry import entry_of
from relcard.domain.importing.entry import place_of
from relcard.domain.kinds import Kind
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation

words = st.sampled_from(("", "Anna", "Nowak", "Łódź", "ul. Polna 3"))
several = st.lists(words, max_size=2).map(tuple)
dates = st.sampled_from(
    (PartialDate(1985, 4, 12), PartialDate(None, 4, 12), PartialDate(1985, None, None), PartialDate(None, 4))
)
addresses = st.builds(
    Address, po_box=words, street=words, locality=words, label=words, types=several, preferred=st.booleans()
)
contacts = st.builds(
    Contact,
    uid=words,
    kind=st.sampled_from(Kind),
    display_name=words,
    name=st.builds(Name, family=words, given=words, additional=words, prefixes=words, suffixes=words),
    nicknames=several,
    phonetic=words,
    org=words,
    title=words,
    addresses=st.lists(addresses, max_size=2).map(tuple),
    phones=st.lists(st.builds(Phone, value=words, types=several, label=words), max_size=2).map(tuple),
    emails=st.lists(st.builds(Email, value=words, types=several, label=words), max_size=2).map(tuple),
    urls=several,
    occasions=st.lists(
        st.builds(Occasion, kind=st.sampled_from(OccasionKind), date=dates, label=words), max_size=2
    ).map(tuple),
    relations=st.lists(st.builds(Relation, kind=words, name=words, uid=words), max_size=2).map(tuple),
    tags=several,
    note=words,
    language=words,
    gender=words,
    members=several,
)


@given(contacts)
def test_a_contact_comes_back_from_its_entry(contact: Contact) -> None:
    """Nothing of a contact is lost on the way through plain tuples."""
    assert contact_of(entry_of(contact)) == contact


@given(addresses)
def test_a_place_says_what_its_address_says(address: Address) -> None:
    """The parts have the same names, and where an address is empty its place is."""
    place = place_of(address)
    assert [getattr(address, part) for part in Place._fields] == list(place)
    assert place.is_empty == address.is_empty
