from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def test_stamps_are_counted_without_a_price(season: Runner) -> None:
    """Before a price is said there are numbers, no sums, and the way to say what is missing."""
    result = season.done("stamps", "--json").json
    assert keys_of(result["stamps"]) == {
        "destination", "country", "countries", "envelopes", "cards", "each", "sum",
    }  # fmt: skip
    assert {one["each"] for one in result["stamps"]} == {None}
    assert result["total"] is None
    listed = season.done("season", "list", "--json").json["recipients"]
    assert result["envelopes"] == sum(one["envelopes"] for one in result["stamps"]) == len(listed)
    page = season.done("stamps").out
    assert "relcard settings set postage.home PRICE" in page
    assert "SUM" not in page


def test_your_tariff_makes_a_sum(season: Runner) -> None:
    """What was said is multiplied and added up to the penny, as text that no float has touched."""
    for price in (("home", "0.95"), ("europe", "2.10"), ("world", "2.8"), ("JP", "3.3"), ("currency", "GBP")):
        season.done("settings", "set", f"postage.{price[0]}", price[1])
    result = season.done("stamps", "--json").json
    piles = {(one["destination"], one["country"]): one for one in result["stamps"]}
    assert piles["world", "JP"]["each"] == "3.30"
    assert piles["home", None]["sum"] == f"{piles['home', None]['envelopes'] * 95 / 100:.2f}"
    pence = sum(int(one["sum"].replace(".", "")) for one in result["stamps"])
    assert result["total"] == f"{pence // 100}.{pence % 100:02}"
    assert result["currency"] == "GBP"
    page = season.done("stamps").out
    assert "SUM GBP" in page
    assert result["total"] in page
    assert "PRICE" not in page


def test_a_square_envelope_and_a_hole_in_the_tariff(season: Runner) -> None:
    """A dearer shape says why and asks for its price; once said, it is paid for each."""
    for place in ("home", "europe", "world"):
        season.done("settings", "set", f"postage.{place}", "1")
    page = season.done("stamps", "--envelope", "Square 220").out
    assert "Large Letter" in page
    assert "postage.large PRICE" in page
    season.done("settings", "set", "postage.large", "0.5")
    result = season.done("stamps", "--envelope", "Square 220", "--json").json
    assert result["on_top"]["shape"] == "large"
    assert result["total"] == f"{result['envelopes'] * 1.5:.2f}"


def test_a_postcard_has_no_envelope(season: Runner) -> None:
    """Where the card is a postcard, no envelope makes it dearer, unless one is said."""
    season.done("settings", "set", "envelope", "Square 220")
    season.done("settings", "set", "card", "postcard-A6")
    assert "postcards to post · postcard-A6" in season.done("stamps").out
    assert season.done("stamps", "--json").json["on_top"] is None
    assert season.done("stamps", "--envelope", "Square 220", "--json").json["on_top"] is not None


def test_the_stamps_of_some(season: Runner) -> None:
    """WHO and an order narrow and sort as for every print; a posted card takes no stamp any more."""
    (pile,) = season.done("stamps", "hannah", "--json").json["stamps"]
    assert pile["countries"] == {"DE": 1}
    by_country = season.done("stamps", "--order", "country", "--json").json["stamps"]
    numbers = [number for one in by_country for number in one["cards"]]
    assert numbers == sorted(numbers)
    season.done("posted", "hannah")
    result = season.done("stamps", "hannah", "--json").json
    assert (result["stamps"], result["posted"]) == ([], 1)
    assert "posted already" in season.done("stamps", "hannah").out


def test_who_has_no_stamp_yet_is_named(season: Runner) -> None:
    """Without an address nobody knows what it costs: said by name, and exit code 5."""
    season.done("season", "add", "paweł zieliński")
    result = season("stamps")
    assert result.code == 5
    assert "no address" in result.out
    assert season("stamps", "--json").json["skipped"]


def test_where_you_post_from_comes_first(people: Runner) -> None:
    """Without a country of the sender there is no home and no abroad, and the sentence says so."""
    result = people("stamps", "--all")
    assert result.code == 2
    assert "sender.country" in result.err
