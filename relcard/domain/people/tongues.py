"""The words around names on an envelope and at the top of a letter, language by language.

Nobody's gender is guessed from a name. Where a language has no neutral word for one person, it greets
instead ("Hallo Anna,"); where a name would have to be declined, the words leave it out or keep it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """Patterns of one language; `{}` is where the names go, a pattern without it stands alone.

    `family` is the addressee of parents and children of one surname ("" where the surname would change), and
    `and_family` that of adults whose children are not named; `family_joined` says whether those adults are
    already joined by `and_` before it. A pair of patterns is for one woman and one man: it is used when
    everybody's gender is stated. `formal_titled` is that pair before a title, where it differs. `ranks` are
    such pairs by title, where the title takes the place of the name.

    `twins` are two children of one birthday, among names and greeted by themselves; `twins_f` two girls.
    """

    and_: str
    family: str
    and_family: str
    family_joined: bool = False
    dear: str
    dear_several: str = ""  # as `dear` when empty
    dear_pair: tuple[str, str] | None = None
    dear_family: str
    formal: str
    formal_several: str = ""
    formal_pair: tuple[str, str] | None = None
    formal_family: str
    formal_titled: tuple[str, str] | None = None
    ranks: Mapping[str, tuple[str, str]] | None = None
    twins: tuple[str, str] | None = None
    twins_f: tuple[str, str] | None = None  # as `twins` when None
    couple_is_family: bool = False  # formally, two of one surname are greeted as a family
    organisation: str
    end: str = ","


TONGUES: dict[str, Tongue] = {
    "en": Tongue(
        and_="and",
        family="The {} Family",
        and_family="{} and family",
        dear="Dear {}",
        dear_family="Dear {}",  # in the plural: "Dear Joneses,"
        formal="Dear {}",
        formal_family="Dear {} family",
        twins=("the twins", ""),
        organisation="To all at {}",
    ),
    "de": Tongue(
        and_="und",
        family="Familie {}",
        and_family="{} und Familie",
        dear="Hallo {}",
        dear_pair=("liebe {}", "lieber {}"),
        dear_family="Liebe Familie {}",
        formal="Guten Tag {}",
        formal_pair=("sehr geehrte Frau {}", "sehr geehrter Herr {}"),
        formal_family="Sehr geehrte Familie {}",
        twins=("die Zwillinge", "liebe Zwillinge"),
        couple_is_family=True,
        organisation="Sehr geehrte Damen und Herren",
    ),
    "fr": Tongue(
        and_="et",
        family="Famille {}",
        and_family="{} et famille",
        dear="Bonjour {}",
        dear_several="Chers {}",
        dear_pair=("chère {}", "cher {}"),
        dear_family="Chère famille {}",
        formal="Madame, Monsieur",
        formal_pair=("madame", "monsieur"),
        formal_family="Madame, Monsieur",
        twins=("les jumeaux", "chers jumeaux"),
        twins_f=("les jumelles", "chères jumelles"),
        organisation="Mesdames, Messieurs",
    ),
    "es": Tongue(
        and_="y",
        family="Familia {}",
        and_family="{} y familia",
        dear="Hola, {}",
        dear_several="Queridos {}",
        dear_pair=("querida {}", "querido {}"),
        dear_family="Querida familia {}",
        formal="Buenos días, {}",
        formal_several="Estimados {}",
        formal_pair=("estimada señora {}", "estimado señor {}"),
        formal_family="Estimada familia {}",
        formal_titled=("estimada {}", "estimado {}"),
        twins=("los mellizos", "queridos mellizos"),
        twins_f=("las mellizas", "queridas mellizas"),
        organisation="Estimados señores",
        end=":",
    ),
    "it": Tongue(
        and_="e",
        family="Famiglia {}",
        and_family="{} e famiglia",
        dear="Ciao {}",
        dear_several="Cari {}",
        dear_pair=("cara {}", "caro {}"),
        dear_family="Cara famiglia {}",
        formal="Gentile {}",
        formal_several="Gentili {}",
        formal_pair=("gentile signora {}", "gentile signor {}"),
        formal_family="Gentile famiglia {}",
        formal_titled=("gentile {}", "gentile {}"),
        twins=("i gemelli", "cari gemelli"),
        twins_f=("le gemelle", "care gemelle"),
        organisation="Gentili signori",
    ),
    "nl": Tongue(
        and_="en",
        family="Familie {}",
        and_family="{} en familie",
        dear="Beste {}",
        dear_family="Beste familie {}",
        formal="Geachte {}",
        formal_pair=("geachte mevrouw {}", "geachte heer {}"),
        formal_family="Geachte familie {}",
        formal_titled=("geachte {}", "geachte {}"),
        twins=("de tweeling", ""),
        couple_is_family=True,
        organisation="Geachte dames en heren",
    ),
    "pl": Tongue(
        and_="i",
        family="",
        and_family="{} z rodziną",
        family_joined=True,
        dear="Witaj {}",
        dear_several="Kochani",
        dear_family="Kochani",
        formal="Szanowni Państwo",
        formal_pair=("szanowna Pani", "szanowny Panie"),
        formal_family="Szanowni Państwo",
        ranks={
            "prof": ("szanowna Pani Profesor", "szanowny Panie Profesorze"),
            "dr": ("szanowna Pani Doktor", "szanowny Panie Doktorze"),
        },
        organisation="Szanowni Państwo",
    ),
    "pt": Tongue(
        and_="e",
        family="Família {}",
        and_family="{} e família",
        dear="Olá {}",
        dear_several="Queridos {}",
        dear_pair=("querida {}", "querido {}"),
        dear_family="Querida família {}",
        formal="Bom dia, {}",
        formal_several="Prezados {}",
        formal_pair=("prezada senhora {}", "prezado senhor {}"),
        formal_family="Prezada família {}",
        organisation="Prezados senhores",
    ),
    "sv": Tongue(
        and_="och",
        family="Familjen {}",
        and_family="{} med familj",
        family_joined=True,
        dear="Kära {}",
        dear_family="Kära familjen {}",
        formal="Bästa {}",
        formal_family="Bästa familjen {}",
        organisation="Till alla på {}",
    ),
    "da": Tongue(
        and_="og",
        family="Familien {}",
        and_family="{} med familie",
        family_joined=True,
        dear="Kære {}",
        dear_family="Kære familien {}",
        formal="Kære {}",
        formal_family="Kære familien {}",
        organisation="Til alle hos {}",
    ),
    "nb": Tongue(
        and_="og",
        family="Familien {}",
        and_family="{} med familie",
        family_joined=True,
        dear="Kjære {}",
        dear_family="Kjære familien {}",
        formal="Kjære {}",
        formal_family="Kjære familien {}",
        organisation="Til alle hos {}",
    ),
    "fi": Tongue(
        and_="ja",
        family="Perhe {}",
        and_family="{} perheineen",
        family_joined=True,
        dear="Hei {}",
        dear_family="Hei koko perhe {}",
        formal="Hyvä {}",
        formal_several="Hyvät {}",
        formal_family="Hyvä perhe {}",
        organisation="Hyvät vastaanottajat",
    ),
    "cs": Tongue(
        and_="a",
        family="",
        and_family="{} s rodinou",
        family_joined=True,
        dear="Ahoj",
        dear_several="Milí přátelé",
        dear_family="Milí přátelé",
        formal="Dobrý den",
        formal_pair=("vážená paní", "vážený pane"),
        formal_family="Dobrý den",
        organisation="Dobrý den",
    ),
    "hu": Tongue(
        and_="és",
        family="{} család",
        and_family="{} és családja",
        dear="Kedves {}",
        dear_family="Kedves {} család",
        formal="Tisztelt {}",
        formal_family="Tisztelt {} család",
        organisation="Tisztelt Címzettek",
    ),
    "tr": Tongue(
        and_="ve",
        family="{} Ailesi",
        and_family="{} ve ailesi",
        dear="Sevgili {}",
        dear_family="Sevgili {} ailesi",
        formal="Sayın {}",
        formal_family="Sayın {} ailesi",
        organisation="Sayın ilgililer",
    ),
}

_ALIASES = {"no": "nb", "nn": "nb"}


def tongue(language: str) -> Tongue:
    """Return the words of a language (BCP 47; its first part counts), English where we have none."""
    first = language.replace("_", "-").split("-")[0].lower()
    return TONGUES.get(_ALIASES.get(first, first), TONGUES["en"])
