from __future__ import annotations

from relcard.domain.posting import DEFAULT_TABLE
from relcard.domain.posting import PostingTable
from relcard.domain.posting import transit_days
from relcard.domain.posting import zone
from relcard.domain.posts import is_found_by_postcode
from relcard.domain.posts import is_inland
from relcard.domain.printing.postage import Destination
from relcard.domain.printing.postage import Tariff
from relcard.domain.printing.postage import destination


def test_a_post_is_at_home_where_its_stamps_are() -> None:
    """Islands, territories and small neighbours take the inland stamp of a sender whose post says so."""
    for sender, places in {
        "GB": "JE GG IM",
        "US": "PR GU VI AS MP FM MH PW",
        "FR": "RE GP MQ GF YT PM NC PF WF MC AD",
        "CH": "LI",
        "LI": "CH",
        "IT": "SM VA",
        "FI": "AX",
        "NO": "SJ",
        "AU": "CX CC NF",
        "RE": "FR",
        "PR": "US",
    }.items():
        for place in places.split():
            assert zone(sender, place) == "domestic", (sender, place)
            assert destination(sender, place) is Destination.HOME


def test_other_neighbours_are_abroad() -> None:
    """San Marino's post charges for Italy, Denmark's for the Faroes; and Gibraltar is not Britain."""
    for sender, place in (
        ("SM", "IT"),
        ("NZ", "CK"),
        ("GB", "GI"),
        ("GB", "IE"),
        ("AD", "FR"),
        ("DK", "FO"),
        ("DK", "GL"),
    ):
        assert not is_inland(sender, place)
        assert not is_found_by_postcode(sender, place)


def test_at_the_inland_price_a_country_may_be_named_all_the_same() -> None:
    """Andorra has postcodes of its own."""
    for sender in ("FR", "ES", "MC"):
        assert is_inland(sender, "AD")
        assert not is_found_by_postcode(sender, "AD")


def test_a_far_part_of_home_has_its_own_days_and_may_have_its_own_price() -> None:
    """One table of posts, and the user's own numbers above it."""
    assert transit_days(DEFAULT_TABLE, "GB", "JE") == 4
    assert transit_days(DEFAULT_TABLE, "FR", "RE") > transit_days(DEFAULT_TABLE, "FR", "MC")
    assert transit_days(DEFAULT_TABLE, "JE", "GB") == transit_days(DEFAULT_TABLE, "GB", "JE")
    assert transit_days(DEFAULT_TABLE, "JE", "JE") == transit_days(DEFAULT_TABLE, "GB", "GB") == 3
    assert transit_days(DEFAULT_TABLE, "PR", "DE") == transit_days(DEFAULT_TABLE, "US", "DE")
    assert transit_days(DEFAULT_TABLE, "RE", "FR") == transit_days(DEFAULT_TABLE, "FR", "RE")
    own = PostingTable.from_mapping({"JE": {"world": 21}, "GB": {"europe": 8}})
    assert [transit_days(own, "JE", there) for there in ("NZ", "DE")] == [21, 8]
    tariff = Tariff.from_mapping({"home": "1.00", "JE": "1.20"})
    assert tariff.each(Destination.HOME, "JE") == 120
    assert tariff.each(Destination.HOME, "IM") == 100
