from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.importing.entry import entry_of
from relcard.domain.people.contact import Contact
from relcard.store.details import as_json
from relcard.store.details import parts

# What stands between two objects that are written together, and pieces of it, as somebody might type them.
texts = st.one_of(
    st.text(max_size=5),
    st.sampled_from((', {"": 0}, ', '{"": 0}', '"": 0', '", {"": 0}, "', "\\", '\\"', "\n")),
)
contacts = st.builds(Contact, org=texts, note=texts, nicknames=st.lists(texts, max_size=2).map(tuple))


@given(st.lists(contacts, max_size=4))
def test_details_written_together_are_those_written_alone(several: list[Contact]) -> None:
    """No text can be taken for the end of a contact: each gets its own parts, as JSON alone would write them."""
    wanted = [parts(entry_of(one)) for one in several]
    assert as_json(wanted) == [json.dumps(one, ensure_ascii=False) for one in wanted]
