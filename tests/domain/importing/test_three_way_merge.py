from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.importing.three_way_merge import Conflict
from relcard.domain.importing.three_way_merge import merge
from relcard.domain.importing.three_way_merge import merge_card
from relcard.domain.importing.three_way_merge import says_the_same
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation

BASE = Contact(
    uid="u",
    display_name="Anna Lee",
    name=Name(family="Lee", given="Anna"),
    phones=(Phone(value="030 1", types=("home",)), Phone(value="030 2")),
    tags=("choir",),
    note="old",
)


def birthday(year: int | None, month: int, day: int) -> Occasion:
    return Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(year, month, day))


def test_each_side_keeps_what_only_it_touched() -> None:
    """A new name there and a new note here live together."""
    merged = merge(BASE, BASE._replace(display_name="Anna Roe"), BASE._replace(note="new"))
    assert merged.contact == BASE._replace(display_name="Anna Roe", note="new")
    assert merged.conflicts == ()


def test_what_both_touched_stays_ours_and_is_reported() -> None:
    """Nothing is overwritten unsaid."""
    merged = merge(BASE, BASE._replace(note="theirs"), BASE._replace(note="ours"))
    assert merged.contact.note == "ours"
    assert merged.conflicts == (Conflict(field="note", ours="ours", theirs="theirs"),)


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    """Both moved to the same answer."""
    same = BASE._replace(note="new")
    assert merge(BASE, same._replace(title="Dr"), same._replace(org="Choir")).conflicts == ()


def test_items_are_added_and_taken_away_one_by_one() -> None:
    """A phone taken away there and a phone added here, an unchanged one in its place."""
    third = Phone(value="030 3")
    theirs = BASE._replace(phones=BASE.phones[:1], tags=("choir", "garden"))
    ours = BASE._replace(phones=(*BASE.phones, third), tags=())
    merged = merge(BASE, theirs, ours)
    assert merged.contact.phones == (BASE.phones[0], third)
    assert merged.contact.tags == ("garden",)
    assert merged.conflicts == ()


def test_a_detail_of_an_item_is_followed() -> None:
    """The same number, now a mobile there, is one phone still, spaces or none."""
    changed = Phone(value="0301", types=("cell",))
    theirs = BASE._replace(phones=(changed, BASE.phones[1]))
    merged = merge(BASE, theirs, BASE._replace(phones=(*BASE.phones, Phone(value="030 3"))))
    assert [phone.value for phone in merged.contact.phones] == ["0301", "030 2", "030 3"]
    assert merged.conflicts == ()


def test_taken_away_on_one_side_and_changed_on_the_other_is_reported() -> None:
    """What was changed here stays, what was taken away here stays away, and both are said."""
    changed = Phone(value="030 1", types=("work",))
    here = merge(BASE, BASE._replace(phones=()), BASE._replace(phones=(changed, BASE.phones[1])))
    assert here.contact.phones == (changed,)
    assert here.conflicts == (Conflict(field="phones", ours="030 1", theirs=""),)
    there = merge(BASE, BASE._replace(phones=(changed, BASE.phones[1])), BASE._replace(phones=()))
    assert there.contact.phones == ()
    assert there.conflicts == (Conflict(field="phones", ours="", theirs="030 1"),)


def test_a_birthday_with_its_year_is_the_fuller_one() -> None:
    """A day known on both sides and a year on one are one birthday; two days are a conflict."""
    ours = BASE._replace(occasions=(birthday(None, 4, 1),))
    merged = merge(BASE, BASE._replace(occasions=(birthday(1985, 4, 1),)), ours)
    assert merged.contact.occasions == (birthday(1985, 4, 1),)
    assert merged.conflicts == ()
    merged = merge(BASE, BASE._replace(occasions=(birthday(1985, 4, 2),)), ours)
    assert merged.contact.occasions == (birthday(None, 4, 1),)
    assert merged.conflicts == (
        Conflict(field="occasions", ours="birthday --04-01", theirs="birthday 1985-04-02"),
    )


_TEXT = st.sampled_from(("", "a", "b", "c"))


def _few(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3).map(tuple)


_CONTACTS = st.builds(
    partial(Contact),  # a named tuple itself gets every field from hypothesis
    uid=st.just("u"),
    display_name=_TEXT,
    name=st.builds(lambda family, given: Name(family=family, given=given), _TEXT, _TEXT),
    note=_TEXT,
    phones=_few(
        st.builds(Phone, st.sampled_from(("1", "2", "3")), st.sampled_from(((), ("home",))), st.just(""))
    ),
    emails=_few(st.sampled_from([Email(value) for value in ("a@x", "A@x", "b@x")])),
    addresses=_few(st.builds(partial(Address), street=_TEXT, preferred=st.booleans())),
    occasions=_few(
        st.builds(birthday, st.sampled_from((None, 1980, 1990)), st.just(4), st.sampled_from((1, 2)))
    ),
    relations=_few(st.builds(Relation, st.sampled_from(("spouse", "child")), _TEXT, st.just(""))),
    tags=_few(_TEXT),
)
_BAGS = [part for part, empty in Contact._field_defaults.items() if empty == ()]


@given(_CONTACTS, _CONTACTS)
def test_untouched_here_takes_theirs_and_untouched_there_keeps_ours(base: Contact, other: Contact) -> None:
    """Where only one side has changed there is nothing to decide."""
    assert merge(base, other, base).contact == other
    assert merge(base, base, other).contact == other
    assert merge(base, other, other).contact == other
    for merged in (merge(base, other, base), merge(base, base, other), merge(base, other, other)):
        assert merged.conflicts == ()


@given(_CONTACTS, _CONTACTS, _CONTACTS)
def test_a_second_time_changes_nothing(base: Contact, theirs: Contact, ours: Contact) -> None:
    """Merging the same card again, against the old base or the new, leaves the contact as it is."""
    merged = merge(base, theirs, ours).contact
    assert merge(base, theirs, merged).contact == merged
    assert merge(theirs, theirs, merged).contact == merged


@given(_CONTACTS, _CONTACTS, _CONTACTS)
def test_nothing_is_lost_unsaid(base: Contact, theirs: Contact, ours: Contact) -> None:
    """Each value of either side is in the result, or the other side took it away, or it is a conflict."""
    merged = merge(base, theirs, ours)
    said = {conflict.field for conflict in merged.conflicts}
    for name in Contact._fields:
        was, there, here, now = (getattr(one, name) for one in (base, theirs, ours, merged.contact))
        if name in _BAGS:
            for side, other in ((there, here), (here, there)):
                for item in side:
                    taken_away = item in was and item not in other
                    assert item in now or taken_away or name in said or name == "occasions"
            for item in now:
                assert item in there or item in here or name == "occasions"
        else:
            assert now in (there, here)
            if there not in (was, here) and here != was:
                assert name in said


def test_an_item_said_twice_here_is_no_edit_of_ours() -> None:
    """A tag doubled here is one tag: the other side's word about tags is taken whole, and nothing doubles."""
    ours = BASE._replace(tags=("choir", "choir"))
    assert merge(BASE, BASE._replace(tags=("garden",)), ours).contact.tags == ("garden",)
    theirs = BASE._replace(tags=("choir", "garden"))
    twice = BASE._replace(tags=("choir", "choir", "club"))
    assert merge(BASE, theirs, twice).contact.tags == ("choir", "club", "garden")
    two = BASE._replace(tags=("choir", "club"))
    turned = BASE._replace(tags=("club", "choir", "garden"))
    doubled = BASE._replace(tags=("choir", "club", "choir"))
    assert (
        merge(two, turned, doubled).contact.tags == turned.tags
    )  # as if it stood here once: their order too


def test_emails_that_differ_only_in_case_are_one() -> None:
    """The card writes an e-mail in capitals, the user another: one e-mail stays, and what is ours of it."""
    base = BASE._replace(emails=(Email("anna@example.org"),))
    theirs = BASE._replace(emails=(Email("Anna@Example.org"), Email("new@example.org")))
    ours = BASE._replace(emails=(Email("anna@example.org", types=("home",)),))
    merged = merge(base, theirs, ours)
    assert [email.value for email in merged.contact.emails] == ["anna@example.org", "new@example.org"]
    assert merged.contact.emails[0].types == ("home",)
    assert merged.conflicts == (Conflict(field="emails", ours="anna@example.org", theirs="Anna@Example.org"),)


OURS = Contact(uid="nora", display_name="Nora Quill", title="Baker", note="rye")


def test_what_a_newer_text_leaves_out_goes() -> None:
    """Against the text before, a part the newer one has no more is taken away; the UID stays the store's."""
    theirs = Contact(uid="other", display_name="Nora Quill", title="Miller")
    merged = merge_card(OURS, theirs, OURS)
    assert merged.contact == Contact(uid="nora", display_name="Nora Quill", title="Miller")
    assert not merged.conflicts


def test_what_another_book_does_not_say_stays() -> None:
    """Beside a contact, a card of another address book adds what is missing and takes nothing."""
    theirs = Contact(uid="other", display_name="Quill, Nora", org="Mill")
    merged = merge_card(OURS, theirs, None)
    assert (merged.contact.note, merged.contact.org, merged.contact.uid) == ("rye", "Mill", "nora")
    assert not merged.conflicts


def test_a_conflict_names_both_words() -> None:
    """What the two disagree on is said with the words of both."""
    (conflict,) = merge_card(
        OURS, Contact(uid="nora", display_name="Nora Quill", title="Miller"), None
    ).conflicts
    assert str(conflict) == (
        'title is not the same here and there: kept "Baker", the card says "Miller" - '
        "correct the one that is wrong"
    )


def test_order_says_nothing() -> None:
    """Two cards say the same with phones and types turned round; a phone twice is not a phone once."""
    two = BASE._replace(phones=(Phone("1", ("home", "voice")), Phone("2")))
    turned = BASE._replace(phones=(Phone("2"), Phone("1", ("voice", "home"))))
    assert says_the_same(two, turned)
    assert not says_the_same(two, two._replace(phones=(*two.phones, Phone("2"))))
    assert not says_the_same(two, two._replace(note="new"))
