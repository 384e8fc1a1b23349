from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.importing.match_keys import key_of_name
from relcard.domain.importing.match_keys import key_of_shelf
from relcard.domain.importing.match_keys import keys_of
from relcard.domain.kinds import Kind

_WORDS = st.text(st.sampled_from("aÉł ,-"), max_size=4)


@given(st.sampled_from([Kind.INDIVIDUAL, Kind.ORG]), _WORDS, _WORDS, _WORDS, st.booleans(), _WORDS)
def test_both_keys_at_once_are_those_of_each_rule(
    kind: Kind, phonetic: str, given_name: str, family: str, is_whole: bool, other: str
) -> None:
    """The quick way for most names says what the two rules say, whatever the parts are."""
    name = f"{given_name} {family}" if is_whole else other
    assert keys_of(kind, phonetic, name, given_name, family) == (
        key_of_name(name, given_name, family),
        key_of_shelf(kind, phonetic, name, given_name, family),
    )


def test_a_plain_name_stands_on_the_shelf_by_its_family() -> None:
    """What two cards share begins with the given name, what a list is ordered by with the family's."""
    assert keys_of(Kind.INDIVIDUAL, "", "Łucja Ash", "Łucja", "Ash") == ("lucja ash", "ash lucja")
