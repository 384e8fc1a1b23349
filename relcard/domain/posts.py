"""Places that a sender's own post counts as home, for stamps, posting days and the line of the country.

Two questions, which differ for a few: whether mail pays the inland price, and whether the post finds the
place by its postcode alone, so that no country is written. Each row names the post that says so, and where it
was read; a row "by custom" was read of no post.
"""

from __future__ import annotations

# One post, or posts with one scheme of postcodes and one inland price: each row is home to all of its places.
_ONE_POST = (
    # Royal Mail and the posts of the islands, which stay in its scheme and ask one price of each other
    # (Jersey Post, postal tariffs: "UK, IoM and Other CI"). The island's name stands above the postcode
    # all the same.
    "GB GG IM JE",
    # USPS, Domestic Mail Manual 608.2.1: states, territories and possessions; Publication 28, appendix B.
    "US AS GU MP PR UM VI",
    # La Poste, tarifs: one stamp to 20 g for "la France métropolitaine, Monaco (98000) et Andorre", and for
    # outre-mer (971 to 976); Monaco's post is La Poste.
    "FR BL GF GP MC MF MQ PM RE YT",
    "CH LI",  # Liechtensteinische Post, Angebote und Preise: "Inland"; Swiss Post's postcodes 9485 to 9498
    "FI AX",  # Åland Post: the stamp "Inrikes" is for letters to Finland; 22xxx. From Finland by custom
    "NO SJ",  # Posten Norge, Svalbard and Jan Mayen: "For letters you pay domestic postage"; 9170 to 9179
    # Australia Post, booklet of charges: external territories at "within Australia" charges; 6798 and 6799
    # in Western Australia, 2899 in New South Wales.
    "AU CC CX NF",
)
# One way only: the sender's post asks the inland price and has the postcode; back it is mail abroad.
_INLAND_TO = {
    "US": "FM MH PW",  # DMM 608.2.2: Freely Associated States, with ZIP Codes 969xx
    "FR": "NC PF TF WF",  # La Poste: outre-mer, up to 20 g; postcodes 984 to 988
    "IT": "SM VA",  # the Italian inland price by agreement (gm-storiapostale.it, tariffe); 4789x and 00120
}
# At the inland price, but by the postcodes of another post: the country's name is written.
_INLAND_NAMED = {
    "FR": "AD",  # La Poste, as above
    "MC": "AD",
    "ES": "AD",  # Correos, tarifa nacional: "Canarias / Ceuta, Melilla y Andorra"
    # Not the Faroes and Greenland from Denmark: Post Danmark, conditions for international letters, 2017,
    # "sent to recipients abroad as well as to recipients in the Faroe Islands and Greenland".
}


def _by_sender() -> dict[str, frozenset[str]]:
    places = {sender: set(codes.split()) for sender, codes in _INLAND_TO.items()}
    for post in _ONE_POST:
        for sender in post.split():
            places.setdefault(sender, set()).update(post.split())
    return {sender: frozenset(codes) for sender, codes in places.items()}


_BY_POSTCODE = _by_sender()


_HEADS = {place: post.split()[0] for post in _ONE_POST for place in post.split()}


def head_of_post(country: str) -> str:
    """Return the country whose post serves another one: GB of Jersey, US of Guam; any other is its own."""
    return _HEADS.get(country, country)


def is_found_by_postcode(sender_country: str, country: str) -> bool:
    """Whether mail to a country needs no name of it: the sender's own, or one with the sender's postcodes.

    Countries are ISO 3166-1 alpha-2; "" is the sender's own.
    """
    return country in ("", sender_country) or country in _BY_POSTCODE.get(sender_country, ())


def is_inland(sender_country: str, country: str) -> bool:
    """Whether a card to a country takes the stamp of one at home. "" is the sender's own."""
    named = _INLAND_NAMED.get(sender_country, "").split()
    return is_found_by_postcode(sender_country, country) or country in named
