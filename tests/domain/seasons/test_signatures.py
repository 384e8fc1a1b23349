"""Law 1, in every language: what signs a greeting card is refused, and a plain greeting never is."""

from __future__ import annotations

from itertools import product

import pytest

from relcard.domain.languages import CODES
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.tone import check_tone
from relcard.domain.seasons.tone import find_signature
from relcard.errors import InkContractError
from relcard.templating.rendering import check_template
from relcard.templating.templates import list_templates

# Last lines that sign; | parts a closing from the names on the next line.
SIGNATURES = {
    "en": (
        "Yours", "Yours sincerely,", "Love, Anna", "With love from Anna and Tom", "All the best, Tom", "The Smiths",
        "the Smith family", "From Anna", "– Anna", "Warmly, the Hales", "With love from the Hales", "Love,|Anna",
        "Warmly,|the Hales", "Best wishes,|Anna and Tom", "Merry Christmas from the Hales", "Kind regards|Anna Hale",
        "Cheers, Tom van der Berg", "Love, Joy",
    ),
    "de": (
        "Liebe Grüße", "Herzliche Grüße von Anna", "Deine Anna", "Familie Kowalski", "Alles Liebe, Tom",
        "Mit freundlichen Grüßen|Anna Weber", "Frohe Weihnachten wünschen Anna und Tom", "Eure Webers",
        "Herzlichst, die Müllers", "Die Müllers", "Viele liebe Grüße,|Anna, Tom und Mia", "Es grüßt Familie Weber",
        "In Liebe, Tom", "Frohes Fest wünscht Euch Familie Weber",
    ),
    "fr": (
        "Bien à vous", "La famille Martin", "Affectueusement, les Martin", "Les Martin", "Amitiés, Paul",
        "Bises,|Anne", "De la part de Paul et Anne", "Avec toute notre affection, Paul", "Grosses bises de Paul",
        "Joyeux Noël vous souhaitent Paul et Anne", "Cordialement|Paul Martin", "Je t’embrasse, Paul",
    ),
    "pl": (
        "Z poważaniem", "Serdeczne pozdrowienia", "Od Anny i Jana", "Rodzina Kowalskich", "Kowalscy",
        "Państwo Nowakowie", "Wesołych Świąt życzą Anna i Jan", "Całusy, Ola", "Ściskamy,|Ania i Janek",
        "Twoja Ania", "Z miłością, Jan", "Pozdrawiamy serdecznie|Anna i Jan",
    ),
    "es": (
        "Con cariño, los Pérez", "Un abrazo, Ana", "Un fuerte abrazo de Ana y Luis", "Los Pérez",
        "La familia Pérez", "Con todo nuestro cariño,|Ana y Luis", "Besos,|Ana", "De Ana y Luis", "Atentamente",
        "Os desean Ana y Luis", "Vuestra Ana", "Saludos cordiales", "Con mucho amor, la familia Gil",
    ),
    "nl": (
        "Groetjes", "Liefs, Anna", "Liefs", "Hartelijke groeten van Jan en Piet", "Familie Jansen",
        "De familie van den Berg", "Veel liefs,|Anna", "Met vriendelijke groet|Jan de Vries", "De Jansens",
        "Fijne kerst wensen jullie Jan en Anna", "Kusjes van Anna", "Van Anna en Jan",
    ),
    "it": (
        "Saluti", "Con affetto, Anna", "Con affetto, i Rossi", "I Rossi", "La famiglia Rossi", "Un abbraccio, Luca",
        "Un caro saluto da Anna e Luca", "Baci,|Anna", "Cordiali saluti|Mario Rossi", "Da Anna e Luca",
        "Vi augurano Anna e Luca", "Con tanto affetto,|Anna", "Famiglia Bianchi",
    ),
    "pt": (
        "Com carinho, Ana", "Um abraço, João", "Beijinhos da Ana", "Os Silva", "A família Silva",
        "Com todo o nosso carinho,|os Silva", "Abraços|Ana e João", "Atenciosamente", "São os votos da família Silva",
        "Beijos,|Ana", "Da família Costa", "Com amor, Ana e João",
    ),
    "sv": (
        "Kram", "Varma hälsningar från Anna", "Familjen Berg", "Önskar familjen Berg", "Kramar,|Anna och Erik",
        "Med vänliga hälsningar", "God jul önskar Anna och Erik", "Från oss alla, Anna", "Stor kram|Anna",
        "Din Anna", "Med kärlek, Anna", "Många kramar från Anna",
    ),
    "da": (
        "Kærlig hilsen", "Kærlig hilsen familien Hansen", "Familien Hansen", "Knus, Mette", "Mange hilsner fra Mette",
        "Med venlig hilsen|Jens Hansen", "Glædelig jul ønsker Mette og Jens", "Knus og kram,|Mette", "Din Mette",
        "Fra Mette og Jens", "Kh Mette", "Mange kærlige hilsner",
    ),
    "nb": (
        "Klem", "Vennlig hilsen", "Varme hilsener fra Kari", "Familien Hansen", "Stor klem, Kari",
        "God jul ønsker Kari og Ola", "Med vennlig hilsen|Kari Hansen", "Hilsen,|Kari og Ola", "Din Kari",
        "Fra Kari og Ola", "Hilsen familien Hansen", "Med kjærlighet, Ola",
    ),
    "fi": (
        "Terveisin Anna", "Lämpimin terveisin", "Rakkaudella, Anna", "Perhe Virtanen", "Halauksin|Anna ja Matti",
        "Toivottavat Anna ja Matti", "Hyvää joulua toivottaa perhe Virtanen", "Parhain terveisin,|Matti Virtanen",
        "Virtasen perhe", "Sydämellisesti, Anna", "Ystävällisin terveisin|Virtaset", "Terveisiä, Anna",
    ),
    "cs": (
        "S láskou, Anna", "S pozdravem", "Srdečné pozdravy od Anny", "Novákovi", "Rodina Novákova",
        "Krásné Vánoce přejí Novákovi", "Vaši Novákovi", "S láskou|Anna a Petr", "Tvůj Petr", "S úctou,|Petr Novák",
        "Od Anny a Petra", "Zdraví Petr",
    ),
    "hu": (
        "Szeretettel, Anna", "Szeretettel a Kovács család", "Kovács család", "A Kovács család", "Sok puszi, Anna",
        "Üdvözlettel|Kovács Péter", "Boldog karácsonyt kíván a Kovács család", "Tisztelettel", "Ölel, Péter",
        "Szeretettel:|Anna és Péter", "Baráti üdvözlettel", "Minden jót, Anna",
    ),
    "tr": (
        "Sevgiler", "Sevgilerle, Ayşe", "Saygılarımla", "Yılmaz Ailesi", "Sevgiyle|Ayşe ve Ali",
        "Mutlu yıllar diler, Ayşe ve Ali", "En içten sevgilerimle, Ayşe", "Selamlar, Ali", "Öptüm, Ayşe",
        "En iyi dileklerimle, Ali", "Kucak dolusu sevgiler", "İçtenlikle, Ayşe",
    ),
}  # fmt: skip

# Whole greetings, as one would print them; | parts lines.
GREETINGS = {
    "en": (
        "Love and light to you", "All the best for the new year", "From our window, snow",
        "Best wishes for the year ahead", "Peace at home|and a kind new year", "Warmly lit windows|and a quiet night",
        "Merry Christmas|and a happy new year", "Peace|Love|Joy", "The best is yet to come", "Season’s greetings",
        "Best wishes 2027", "The Holidays", "From our house to yours",
    ),
    "de": (
        "Mit herzlichem Dank", "Ihnen ruhige Tage", "Deine Freundlichkeit bleibt unvergessen",
        "Alles Gute zum Geburtstag", "Alles Liebe, Glück und Gesundheit", "Frohe Weihnachten|und ein gutes neues Jahr",
        "Liebe Grüße zum Fest", "Ein Licht im Fenster", "Gesegnete Weihnachten", "Von Herzen alles Gute",
        "Herzlich willkommen, neues Jahr", "Gute Wünsche zum Fest|Frieden und Freude", "Im Namen der Liebe",
    ),
    "fr": (
        "Une année douce pour toi", "Joyeux Noël|et bonne année", "Paix et joie", "De tout cœur, une belle année",
        "Meilleurs vœux", "Les plus belles fêtes", "Des jours paisibles", "Votre amitié nous réchauffe",
        "Avec amour et lumière", "La famille est une fête", "De belles fêtes|Santé et Bonheur",
    ),
    "pl": (
        "Od serca", "Zdrowia, radości|i wielu pogodnych dni", "Wesołych Świąt", "Spokojnych Świąt|i dobrego roku",
        "Zdrowie i Szczęście", "Z najlepszymi życzeniami", "Wasza dobroć zostaje w pamięci", "Ciepła w domu",
        "Serdecznie dziękujemy", "Życzymy spokojnych Świąt",
    ),
    "es": (
        "Paz en casa", "Con cariño para todos", "Feliz Navidad|y próspero año nuevo", "Un abrazo de paz",
        "De corazón, feliz año", "Los mejores deseos para el año nuevo", "Con amor y esperanza", "Los días son más largos",
        "Tu amistad es luz", "Saludos navideños", "Un abrazo de Navidad", "Paz, Amor y Alegría",
    ),
    "nl": (
        "Fijne kerstdagen", "Een rustig nieuw jaar", "Van harte gefeliciteerd", "De beste wensen voor het nieuwe jaar",
        "Vrede op aarde", "Veel liefde en licht", "Je vriendschap doet goed", "Warmte in huis|en een goed jaar",
        "Prettige Feestdagen", "Alle goeds voor het nieuwe jaar", "Liefde en Vrede",
    ),
    "it": (
        "Buon Natale|e felice anno nuovo", "Pace in casa", "Con affetto per tutti", "Un abbraccio di luce",
        "Tanti auguri di cuore", "I migliori auguri", "Con amore e gioia", "Da Natale a Capodanno, pace",
        "Auguri sinceri|Pace e Gioia", "La tua amicizia è luce", "Saluti di pace a tutti",
    ),
    "pt": (
        "Feliz Natal|e próspero ano novo", "Paz em casa", "Com carinho para todos", "Um abraço de paz",
        "Votos de boas festas", "De coração, um bom ano", "Os melhores votos para o ano novo", "Com amor e luz",
        "Um ano novo cheio de saúde", "A família reunida", "Boas Festas|Saúde e Alegria", "Votos de Feliz Natal",
    ),
    "sv": (
        "God jul|och gott nytt år", "Frid och glädje", "Allt gott i det nya året", "Ljus i fönstret", "Varma tankar i jul",
        "Lugna dagar", "Din vänskap värmer", "Från vårt hus till ert", "Med kärlek och ljus", "Julhälsningar",
        "God Jul|Gott Nytt År",
    ),
    "da": (
        "Glædelig jul|og godt nytår", "Fred og glæde", "Alt godt i det nye år", "Lys i vinduet", "Rolige dage",
        "Jeres venskab varmer", "Fra vores hus til jeres", "Kærlig hilsen til alle i huset", "Med kærlighed og lys",
        "De bedste ønsker for det nye år", "Glædelig Jul|Godt Nytår",
    ),
    "nb": (
        "God jul|og godt nytt år", "Fred og glede", "Alt godt i det nye året", "Lys i vinduet", "Rolige dager",
        "Deres vennskap varmer", "Fra vårt hus til deres", "Varme hilsener til alle i huset", "Med kjærlighet og lys",
        "De beste ønsker for det nye året", "God Jul|Godt Nyttår",
    ),
    "fi": (
        "Hyvää joulua|ja onnellista uutta vuotta", "Rauhaa ja iloa", "Kaikkea hyvää uuteen vuoteen",
        "Valoa ikkunaan", "Rauhallista joulua", "Rakkaudella ja valolla", "Jouluterveiset", "Lämpimät toivotukset",
        "Perhe on ilo", "Toivotamme hyvää joulua", "Hyvää Joulua|Onnea ja Iloa",
    ),
    "cs": (
        "Veselé Vánoce|a šťastný nový rok", "Klid a mír", "Od srdce vše dobré", "Světlo v okně", "Klidné dny",
        "Vaše přátelství hřeje", "S láskou a nadějí", "Vše nejlepší k narozeninám", "Přejeme krásné svátky",
        "Zdraví, štěstí a klid", "Krásné Vánoce|Zdraví a Štěstí",
    ),
    "hu": (
        "Boldog karácsonyt|és békés új évet", "Békét és örömet", "Szeretettel teli napokat", "Fény az ablakban",
        "A legjobbakat kívánjuk", "Nyugodt napokat", "Minden jót az új évre", "A barátságod öröm",
        "Az új év hozzon békét", "Boldog születésnapot", "Békés Karácsonyt|Boldog Új Évet",
    ),
    "tr": (
        "Mutlu yıllar", "Yeni yılın kutlu olsun", "Sağlık ve huzur dolu günler", "Evde huzur|yüreklerde barış",
        "En iyi dileklerimizle yeni yıl", "Sevgiyle dolu bir yıl", "Nice mutlu yaşlara", "Penceremizde bir ışık",
        "Mutluluklar dileriz", "Selamlar getirdi kış", "Mutlu Yıllar|Sağlık ve Mutluluk",
    ),
}  # fmt: skip


def _lines(text: str) -> list[str]:
    return ["A quiet front", *text.split("|")]


def _printed(text: str) -> Printed:
    return Printed("A quiet front", text.replace("|", "\n"))


def test_every_language_has_its_examples() -> None:
    """Eight of each kind, at the least, in each language there is."""
    assert set(SIGNATURES) == set(GREETINGS) == set(CODES)
    assert min(map(len, SIGNATURES.values())) >= 8
    assert min(map(len, GREETINGS.values())) >= 8


@pytest.mark.parametrize("code", CODES)
def test_a_signature_is_refused(code: str) -> None:
    """A last line that signs, or a closing with names beneath, is refused in the card's language."""
    for text in SIGNATURES[code]:
        with pytest.raises(InkContractError, match="signature is ink"):
            check_tone(_printed(text), language=code)
        with pytest.raises(InkContractError, match="signature is ink"):
            check_tone(Printed(text.replace("|", "\n"), ""), language=f"{code}-XX")


@pytest.mark.parametrize("code", CODES)
def test_an_english_signature_is_refused_on_every_card(code: str) -> None:
    """People mix: English closings are known on a card in any language."""
    assert [text for text in SIGNATURES["en"] if not find_signature(_lines(text), code)] == []


@pytest.mark.parametrize("code", CODES)
def test_a_greeting_is_no_signature(code: str) -> None:
    """Words that merely begin like a closing go through without a remark."""
    for text in GREETINGS[code]:
        assert check_tone(_printed(text), language=code) == [], text


@pytest.mark.parametrize(("code", "other"), [*product(CODES, CODES)])
def test_no_language_takes_the_greetings_of_another_for_a_signature(code: str, other: str) -> None:
    """A card in one language with the words of another is greeted all the same."""
    assert [text for text in GREETINGS[code] if find_signature(_lines(text), other)] == []


@pytest.mark.parametrize("code", CODES)
def test_packaged_words_are_no_signature_on_any_card(code: str) -> None:
    """English words stand in for a language without templates, and a user may write any on any card."""
    for template in list_templates():
        for _, printed in check_template(template.path):
            for part in (printed.front, printed.inside):
                assert not find_signature(part.split("\n"), code), (template.name, part)
