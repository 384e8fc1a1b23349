"""Law 1, in every language: what signs a greeting card is refused, and a plain greeting never is."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest

from relcard.domain.languages import CODES
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.tone import Reader
from relcard.domain.seasons.tone import check_tone
from relcard.domain.seasons.tone.signatures import find_signature
from relcard.errors import InkContractError
from relcard.templating.rendering import check_template
from relcard.templating.templates import list_templates

# Last lines that sign; | parts a closing from the names on the next line.
SIGNATURES = {
    "en": (
        "Yours", "Yours sincerely,", "Love, Anna", "With love from Anna and Tom", "All the best, Tom",
        "The Smiths", "the Smith family", "From Anna", "– Anna", "Warmly, the Hales",
        "With love from the Hales", "Love,|Anna", "Warmly,|the Hales", "Best wishes,|Anna and Tom",
        "Merry Christmas from the Hales", "Kind regards|Anna Hale", "Cheers, Tom van der Berg", "Love, Joy",
        "Lots of love, Anna xx", "Much love", "Your friends, the Hales", "Best, Anna",
        "With love and best wishes, Anna", "With all our love, Anna and Tom", "Sincerely",
        "Love from all the Hales", "Love from us all, Anna", "Hugs, Tom", "God bless, Anna",
        "Blessings, Anna", "Your loving aunt, Wren", "All our love|The Hales", "xoxo, Anna",
        "Kindest regards,|A. Hale", "All the best for the new year, Anna",
        "Kind regards from snowy Leeds, Anna",
    ),
    "de": (
        "Liebe Grüße", "Herzliche Grüße von Anna", "Deine Anna", "Familie Kowalski", "Alles Liebe, Tom",
        "Mit freundlichen Grüßen|Anna Weber", "Frohe Weihnachten wünschen Anna und Tom", "Eure Webers",
        "Herzlichst, die Müllers", "Die Müllers", "Viele liebe Grüße,|Anna, Tom und Mia",
        "Es grüßt Familie Weber", "In Liebe, Tom", "Frohes Fest wünscht Euch Familie Weber",
        "Liebste Grüße, Anna", "Ganz liebe Grüße|Eure Anna", "Mit herzlichen Grüßen|Familie Weber",
        "Deine Freundin Anna", "Herzlich, Anna", "Herzliche Grüße, Deine Müllers", "LG Anna",
        "Eure Familie Weber", "Alles Gute wünschen Anna & Tom", "Bussi, Anna", "In Verbundenheit, Anna",
        "Dicke Umarmung, Anna", "Mit lieben Grüßen von Anna und Tom",
        "Es grüßen euch herzlich|Anna und Tom",
    ),
    "fr": (
        "Bien à vous", "La famille Martin", "Affectueusement, les Martin", "Les Martin", "Amitiés, Paul",
        "Bises,|Anne", "De la part de Paul et Anne", "Avec toute notre affection, Paul",
        "Grosses bises de Paul", "Joyeux Noël vous souhaitent Paul et Anne", "Cordialement|Paul Martin",
        "Je t’embrasse, Paul", "Je vous embrasse, Anne", "Bien affectueusement",
        "Avec toute notre amitié|Paul et Anne", "Bisous", "Gros bisous, Anne", "Votre amie Anne",
        "Tendres pensées, Anne", "Sincères salutations", "Chaleureusement, Paul", "À bientôt, Anne",
        "Nous vous embrassons|Paul et Anne",
    ),
    "pl": (
        "Z poważaniem", "Serdeczne pozdrowienia", "Od Anny i Jana", "Rodzina Kowalskich", "Kowalscy",
        "Państwo Nowakowie", "Wesołych Świąt życzą Anna i Jan", "Całusy, Ola", "Ściskamy,|Ania i Janek",
        "Twoja Ania", "Z miłością, Jan", "Pozdrawiamy serdecznie|Anna i Jan", "Ściskamy mocno, Ania",
        "Z serdecznymi pozdrowieniami|Anna", "Pozdrawiam, Ania", "Wasi Kowalscy", "Buziaki, Ola",
        "Ucałowania, Ola", "Życzy Anna", "Życzy rodzina Nowaków", "Serdeczności, Anna",
        "Twój przyjaciel Jan", "Pozdrowienia od Ani", "Z wyrazami szacunku",
    ),
    "es": (
        "Con cariño, los Pérez", "Un abrazo, Ana", "Un fuerte abrazo de Ana y Luis", "Los Pérez",
        "La familia Pérez", "Con todo nuestro cariño,|Ana y Luis", "Besos,|Ana", "De Ana y Luis",
        "Atentamente", "Os desean Ana y Luis", "Vuestra Ana", "Saludos cordiales",
        "Con mucho amor, la familia Gil", "Un beso, Ana", "Besos y abrazos|Ana",
        "Abrazos,|La familia Pérez", "Con todo mi amor, Ana", "Tu amiga Ana", "Un saludo, Ana",
        "Tus amigos, los Gil", "Mil besos, Ana", "Vuestros amigos Ana y Luis", "Con mucho cariño|Ana",
        "Siempre tuya, Ana", "Les desea la familia Gil", "Fuerte abrazo",
    ),
    "nl": (
        "Groetjes", "Liefs, Anna", "Liefs", "Hartelijke groeten van Jan en Piet", "Familie Jansen",
        "De familie van den Berg", "Veel liefs,|Anna", "Met vriendelijke groet|Jan de Vries", "De Jansens",
        "Fijne kerst wensen jullie Jan en Anna", "Kusjes van Anna", "Van Anna en Jan",
        "Met vriendelijke groeten", "Hartelijke groeten,|Jan", "Lieve groet, Anna", "Dikke kus, Anna",
        "Veel liefs van Anna", "Met liefs, Anna", "Warme groet,|Anna", "Fam. Jansen", "Je vriendin Anna",
        "Groeten uit Amsterdam, Jan", "Kus, Anna",
    ),
    "it": (
        "Saluti", "Con affetto, Anna", "Con affetto, i Rossi", "I Rossi", "La famiglia Rossi",
        "Un abbraccio, Luca", "Un caro saluto da Anna e Luca", "Baci,|Anna", "Cordiali saluti|Mario Rossi",
        "Da Anna e Luca", "Vi augurano Anna e Luca", "Con tanto affetto,|Anna", "Famiglia Bianchi",
        "Un bacio, Anna", "Baci e abbracci", "Tanti baci, Anna", "Tanti cari saluti", "Con amore, Anna",
        "La tua Anna", "I vostri Anna e Luca", "Un forte abbraccio|Luca", "Cordialmente", "Tua Anna",
        "Vi abbraccio, Anna", "Auguri da Anna e Luca", "Affettuosi saluti, Anna",
    ),
    "pt": (
        "Com carinho, Ana", "Um abraço, João", "Beijinhos da Ana", "Os Silva", "A família Silva",
        "Com todo o nosso carinho,|os Silva", "Abraços|Ana e João", "Atenciosamente",
        "São os votos da família Silva", "Beijos,|Ana", "Da família Costa", "Com amor, Ana e João",
        "Com muito carinho, Ana", "Beijos e abraços", "Um beijo, Ana", "Abraço forte, João",
        "Seu amigo João", "Com afeto, Ana", "Desejam Ana e João", "Um grande abraço,|Família Silva",
        "Saudações, Ana", "A tua amiga Ana", "Beijinhos",
    ),
    "sv": (
        "Kram", "Varma hälsningar från Anna", "Familjen Berg", "Önskar familjen Berg",
        "Kramar,|Anna och Erik", "Med vänliga hälsningar", "God jul önskar Anna och Erik",
        "Från oss alla, Anna", "Stor kram|Anna", "Din Anna", "Med kärlek, Anna", "Många kramar från Anna",
        "Hälsningar, Anna", "Med värme, Anna", "Kram Anna", "Puss och kram",
        "Många hälsningar|Familjen Berg", "Varma hälsningar", "Vänligen, Anna", "Er Anna",
        "Bästa hälsningar,|Anna", "Hjärtliga hälsningar från oss, Anna",
    ),
    "da": (
        "Kærlig hilsen", "Kærlig hilsen familien Hansen", "Familien Hansen", "Knus, Mette",
        "Mange hilsner fra Mette", "Med venlig hilsen|Jens Hansen", "Glædelig jul ønsker Mette og Jens",
        "Knus og kram,|Mette", "Din Mette", "Fra Mette og Jens", "Kh Mette", "Mange kærlige hilsner",
        "Kærligst Mette", "Kærlig hilsen Mette og Jens", "Mange knus, Mette", "Venlig hilsen",
        "Kram, Mette", "Hilsen|Mette", "Med kærlig hilsen|Familien Hansen", "De bedste hilsner, Jens",
        "Jeres Mette", "Varme hilsner",
    ),
    "nb": (
        "Klem", "Vennlig hilsen", "Varme hilsener fra Kari", "Familien Hansen", "Stor klem, Kari",
        "God jul ønsker Kari og Ola", "Med vennlig hilsen|Kari Hansen", "Hilsen,|Kari og Ola", "Din Kari",
        "Fra Kari og Ola", "Hilsen familien Hansen", "Med kjærlighet, Ola", "Mange klemmer, Kari",
        "Klem fra Kari", "Hilsen Kari", "Beste hilsen", "Varm hilsen, Kari", "Kjærlig hilsen|Kari",
        "Hjertelig hilsen", "Med hilsen Kari", "Deres Kari", "Gode klemmer",
    ),
    "fi": (
        "Terveisin Anna", "Lämpimin terveisin", "Rakkaudella, Anna", "Perhe Virtanen",
        "Halauksin|Anna ja Matti", "Toivottavat Anna ja Matti", "Hyvää joulua toivottaa perhe Virtanen",
        "Parhain terveisin,|Matti Virtanen", "Virtasen perhe", "Sydämellisesti, Anna",
        "Ystävällisin terveisin|Virtaset", "Terveisiä, Anna", "Rakkain terveisin, Anna", "Terkuin Anna",
        "Halauksin Anna", "Ystävällisesti, Anna", "Lämmöllä, Anna", "Parhain terveisin",
        "Sydämellisin terveisin|Virtaset", "Rakkaudella|Anna ja Matti", "Toivoo Anna",
    ),
    "cs": (
        "S láskou, Anna", "S pozdravem", "Srdečné pozdravy od Anny", "Novákovi", "Rodina Novákova",
        "Krásné Vánoce přejí Novákovi", "Vaši Novákovi", "S láskou|Anna a Petr", "Tvůj Petr",
        "S úctou,|Petr Novák", "Od Anny a Petra", "Zdraví Petr", "S láskou vaše Anna",
        "Srdečně zdraví Novákovi", "Líbá Anna", "S přátelským pozdravem", "Mnoho pozdravů, Anna",
        "Tvá Anna", "Pusu, Anna", "S úctou", "Objímáme vás|Novákovi", "Přeje Anna",
        "Hezké Vánoce přeje rodina Novákova",
    ),
    "hu": (
        "Szeretettel, Anna", "Szeretettel a Kovács család", "Kovács család", "A Kovács család",
        "Sok puszi, Anna", "Üdvözlettel|Kovács Péter", "Boldog karácsonyt kíván a Kovács család",
        "Tisztelettel", "Ölel, Péter", "Szeretettel:|Anna és Péter", "Baráti üdvözlettel",
        "Minden jót, Anna", "Puszi, Anna", "Sok szeretettel, Anna", "Szeretettel ölel, Anna",
        "Barátsággal, Péter", "Üdvözlettel, Péter", "Kovácsék", "Szeretettel|Anna", "Csókol, Anna",
        "Kívánja Péter", "Kovács Péter és családja", "A Nagy család", "Őszinte tisztelettel",
    ),
    "tr": (
        "Sevgiler", "Sevgilerle, Ayşe", "Saygılarımla", "Yılmaz Ailesi", "Sevgiyle|Ayşe ve Ali",
        "Mutlu yıllar diler, Ayşe ve Ali", "En içten sevgilerimle, Ayşe", "Selamlar, Ali", "Öptüm, Ayşe",
        "En iyi dileklerimle, Ali", "Kucak dolusu sevgiler", "İçtenlikle, Ayşe", "Sevgiler, Ayşe",
        "Sevgi ve saygılarımla", "Saygılar, Ali", "En derin sevgilerimle|Ayşe", "Kucaklıyorum, Ayşe",
        "Selam ve sevgiler", "Dostun Ali", "İyi dileklerimle, Ayşe", "Yılmaz ailesi", "Sevgilerimizle",
        "Öpüyoruz, Ayşe ve Ali",
    ),
    "uk": (
        "З повагою", "З любов’ю, Олена", "Щиро ваша Олена", "Обіймаємо, Олена і Тарас", "Родина Коваленків",
        "З найкращими побажаннями, Олена", "Твоя Олена", "Цілую, Олена", "З повагою|Олена Коваль",
        "Ваші Олена та Тарас", "З любов’ю|Тарас",
    ),
    "ja": (
        "敬具", "かしこ", "草々", "家族一同", "佐藤健より", "佐藤家一同より", "敬具|佐藤健", "佐藤家より", "健と花より",
    ),
}  # fmt: skip

# Whole greetings, as one would print them; | parts lines.
GREETINGS = {
    "en": (
        "Love and light to you", "All the best for the new year", "From our window, snow",
        "Best wishes for the year ahead", "Peace at home|and a kind new year",
        "Warmly lit windows|and a quiet night", "Merry Christmas|and a happy new year", "Peace|Love|Joy",
        "The best is yet to come", "Season’s greetings", "Best wishes 2027", "The Holidays",
        "From our house to yours", "Love came down at Christmas", "May love be your guest",
        "With love at Christmas", "All is calm", "Thinking of you", "Sincere thanks",
        "Cheers to the new year", "Wishing you peace", "Warmest wishes for Christmas",
        "Best of all, you are here", "Peace, Love and Joy", "Love, joy and peace to you", "Hugs all round",
        "From the heart", "The light shines in the darkness", "Glad Tidings",
        "Yours is the earth and all it holds", "Have yourself a merry little Christmas",
        "Kind thoughts for the season", "Your Home, Your Peace", "Happy New Year 2027",
        "Merry Christmas|Peace on Earth", "Best wishes,|Merry Christmas",
    ),
    "de": (
        "Mit herzlichem Dank", "Ihnen ruhige Tage", "Deine Freundlichkeit bleibt unvergessen",
        "Alles Gute zum Geburtstag", "Alles Liebe, Glück und Gesundheit",
        "Frohe Weihnachten|und ein gutes neues Jahr", "Liebe Grüße zum Fest", "Ein Licht im Fenster",
        "Gesegnete Weihnachten", "Von Herzen alles Gute", "Herzlich willkommen, neues Jahr",
        "Gute Wünsche zum Fest|Frieden und Freude", "Im Namen der Liebe", "Von drauß’ vom Walde",
        "Euer Haus sei warm", "Ihr Kinderlein kommet", "Frohes Fest", "Friede auf Erden",
        "Alles Gute für 2027", "Die Stille der Nacht", "Ihre Freundlichkeit tat gut", "Herzlichen Dank",
        "Familie ist Heimat", "Viele gute Wünsche", "Wir wünschen frohe Weihnachten", "Licht, Wärme, Zeit",
        "Zeit für Stille", "Herzliche Glückwünsche", "Liebe, Licht und Frieden", "In Liebe und Dankbarkeit",
        "Glück und Segen|für das neue Jahr", "Alles Liebe zum Geburtstag", "Grüße aus dem Schnee",
    ),
    "fr": (
        "Une année douce pour toi", "Joyeux Noël|et bonne année", "Paix et joie",
        "De tout cœur, une belle année", "Meilleurs vœux", "Les plus belles fêtes", "Des jours paisibles",
        "Votre amitié nous réchauffe", "Avec amour et lumière", "La famille est une fête",
        "De belles fêtes|Santé et Bonheur", "De la lumière pour l’hiver", "Votre maison en fête",
        "Les anges dans nos campagnes", "Avec mes vœux", "La famille réunie", "Amitié et paix",
        "Bises d’hiver", "Ton sourire nous manque", "Joie, Paix, Lumière", "Tendresse et douceur",
        "Nous vous souhaitons une belle année", "De Noël à l’Épiphanie", "Les Rois Mages",
        "Bonne Année 2027",
    ),
    "pl": (
        "Od serca", "Zdrowia, radości|i wielu pogodnych dni", "Wesołych Świąt",
        "Spokojnych Świąt|i dobrego roku", "Zdrowie i Szczęście", "Z najlepszymi życzeniami",
        "Wasza dobroć zostaje w pamięci", "Ciepła w domu", "Serdecznie dziękujemy",
        "Życzymy spokojnych Świąt", "Od gwiazdki do gwiazdki", "Aniołowie z nieba", "Życzymy zdrowia",
        "Rodzina to skarb", "Z miłością i nadzieją", "Boże Narodzenie", "Wasz dom niech będzie ciepły",
        "Pokój i Dobro", "Serdeczne życzenia", "Królowie", "Z całego serca",
    ),
    "es": (
        "Paz en casa", "Con cariño para todos", "Feliz Navidad|y próspero año nuevo", "Un abrazo de paz",
        "De corazón, feliz año", "Los mejores deseos para el año nuevo", "Con amor y esperanza",
        "Los días son más largos", "Tu amistad es luz", "Saludos navideños", "Un abrazo de Navidad",
        "Paz, Amor y Alegría", "De la mano, un año más", "Los Reyes Magos", "La paz sea con vosotros",
        "Abrazos de invierno", "Besos de azúcar", "Con alegría", "Salud y paz", "Tu luz",
        "Con los mejores deseos", "La Navidad", "De todo corazón", "Un saludo de paz para todos",
        "Os deseamos paz", "Feliz 2027",
    ),
    "nl": (
        "Fijne kerstdagen", "Een rustig nieuw jaar", "Van harte gefeliciteerd",
        "De beste wensen voor het nieuwe jaar", "Vrede op aarde", "Veel liefde en licht",
        "Je vriendschap doet goed", "Warmte in huis|en een goed jaar", "Prettige Feestdagen",
        "Alle goeds voor het nieuwe jaar", "Liefde en Vrede", "Van ons huis naar jullie huis",
        "Je bent lief", "Liefde, licht en vrede", "Kusjes van sneeuw", "Warme wensen", "Alle goeds",
        "Wij wensen jullie vrede", "Het beste voor 2027", "Familie is thuis", "Veel geluk",
    ),
    "it": (
        "Buon Natale|e felice anno nuovo", "Pace in casa", "Con affetto per tutti", "Un abbraccio di luce",
        "Tanti auguri di cuore", "I migliori auguri", "Con amore e gioia", "Da Natale a Capodanno, pace",
        "Auguri sinceri|Pace e Gioia", "La tua amicizia è luce", "Saluti di pace a tutti",
        "Da cuore a cuore", "La famiglia è casa", "Buone Feste", "Pace e bene", "I Re Magi", "Con gioia",
        "Saluti di Natale", "Baci di neve", "Un anno di pace", "Con affetto e gratitudine",
        "Vi auguriamo pace", "Auguri di Buon Natale", "Dalla neve alla luce",
    ),
    "pt": (
        "Feliz Natal|e próspero ano novo", "Paz em casa", "Com carinho para todos", "Um abraço de paz",
        "Votos de boas festas", "De coração, um bom ano", "Os melhores votos para o ano novo",
        "Com amor e luz", "Um ano novo cheio de saúde", "A família reunida", "Boas Festas|Saúde e Alegria",
        "Votos de Feliz Natal", "De coração", "Os Reis Magos", "Com amor e paz", "Abraços de paz",
        "Tua amizade é luz", "Desejamos paz", "Da nossa casa para a vossa", "Votos de Paz e Alegria",
        "Um Feliz Natal", "Do fundo do coração",
    ),
    "sv": (
        "God jul|och gott nytt år", "Frid och glädje", "Allt gott i det nya året", "Ljus i fönstret",
        "Varma tankar i jul", "Lugna dagar", "Din vänskap värmer", "Från vårt hus till ert",
        "Med kärlek och ljus", "Julhälsningar", "God Jul|Gott Nytt År", "Från hjärtat", "Din vänskap",
        "Kramar till er alla", "Med varma hälsningar till er", "Vi önskar er en god jul",
        "Jul, Jul, strålande Jul", "Värme och ljus", "Er vänskap", "Kärlek och frid",
    ),
    "da": (
        "Glædelig jul|og godt nytår", "Fred og glæde", "Alt godt i det nye år", "Lys i vinduet",
        "Rolige dage", "Jeres venskab varmer", "Fra vores hus til jeres", "Kærlig hilsen til alle i huset",
        "Med kærlighed og lys", "De bedste ønsker for det nye år", "Glædelig Jul|Godt Nytår", "Fra hjertet",
        "Din venlighed", "Knus til jer alle", "Vi ønsker jer en god jul", "Jul og Fred", "Kærlighed og lys",
        "Familien er samlet",
    ),
    "nb": (
        "God jul|og godt nytt år", "Fred og glede", "Alt godt i det nye året", "Lys i vinduet",
        "Rolige dager", "Deres vennskap varmer", "Fra vårt hus til deres",
        "Varme hilsener til alle i huset", "Med kjærlighet og lys", "De beste ønsker for det nye året",
        "God Jul|Godt Nyttår", "Fra hjertet", "Din vennlighet", "Klem til dere alle",
        "Vi ønsker dere en god jul", "Kjærlighet og lys", "Familien er samlet", "Hilsen fra vinteren",
    ),
    "fi": (
        "Hyvää joulua|ja onnellista uutta vuotta", "Rauhaa ja iloa", "Kaikkea hyvää uuteen vuoteen",
        "Valoa ikkunaan", "Rauhallista joulua", "Rakkaudella ja valolla", "Jouluterveiset",
        "Lämpimät toivotukset", "Perhe on ilo", "Toivotamme hyvää joulua", "Hyvää Joulua|Onnea ja Iloa",
        "Sydämellinen kiitos", "Terveisiä talvesta", "Rauhaa", "Toivomme rauhaa", "Rakkautta ja valoa",
        "Teidän ystävyytenne", "Joulun Rauhaa", "Iloiset", "Hyvää Uutta Vuotta",
    ),
    "cs": (
        "Veselé Vánoce|a šťastný nový rok", "Klid a mír", "Od srdce vše dobré", "Světlo v okně",
        "Klidné dny", "Vaše přátelství hřeje", "S láskou a nadějí", "Vše nejlepší k narozeninám",
        "Přejeme krásné svátky", "Zdraví, štěstí a klid", "Krásné Vánoce|Zdraví a Štěstí",
        "Od srdce k srdci", "S láskou k vám", "Vaše světlo", "Přejeme klid", "Láska a pokoj",
        "Polibky od zimy", "Ježíškovi", "Srdečné díky", "Požehnané Vánoce",
    ),
    "hu": (
        "Boldog karácsonyt|és békés új évet", "Békét és örömet", "Szeretettel teli napokat",
        "Fény az ablakban", "A legjobbakat kívánjuk", "Nyugodt napokat", "Minden jót az új évre",
        "A barátságod öröm", "Az új év hozzon békét", "Boldog születésnapot",
        "Békés Karácsonyt|Boldog Új Évet", "A Béke", "Az öröm ünnepe", "Szeretet és béke", "Kívánunk békét",
        "Ajándék", "Áldott Karácsonyt", "Szeretettel gondolunk rátok", "Az Úr békéje", "Öleljen a fény",
    ),
    "tr": (
        "Mutlu yıllar", "Yeni yılın kutlu olsun", "Sağlık ve huzur dolu günler",
        "Evde huzur|yüreklerde barış", "En iyi dileklerimizle yeni yıl", "Sevgiyle dolu bir yıl",
        "Nice mutlu yaşlara", "Penceremizde bir ışık", "Mutluluklar dileriz", "Selamlar getirdi kış",
        "Mutlu Yıllar|Sağlık ve Mutluluk", "Sevgi ve barış", "Selam olsun", "İyi seneler",
        "Sevgiyle kucaklaşan bir yıl", "Mutlu Bayramlar", "Dileriz huzur bulursunuz",
        "Ailemizle neşe içinde", "Barış dolu bir yıl", "Nice Yıllara",
    ),
    "uk": (
        "З Різдвом Христовим|і Новим роком", "Миру і радості", "З любов’ю та світлом", "Світло у вікні",
        "Спокійних днів", "Ваша дружба гріє", "Від серця до серця", "Зичимо миру",
        "З найкращими побажаннями", "Родина разом", "Щира подяка", "З повагою до пам’яті",
    ),
    "ja": (
        "静かなクリスマスを", "よいお年を", "心より|御礼申し上げます", "新年のご挨拶", "心をこめて", "春の光", "去年より|よい年に",
        "穏やかな日々を", "健やかな一年に|なりますように",
    ),
}  # fmt: skip


def _lines(text: str) -> tuple[str, ...]:
    return ("A quiet front", *text.split("|"))


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
            check_tone(_printed(text), Reader(language=code))
        with pytest.raises(InkContractError, match="signature is ink"):
            check_tone(Printed(text.replace("|", "\n"), ""), Reader(language=f"{code}-XX"))


@pytest.mark.parametrize("code", CODES)
def test_an_english_signature_is_refused_on_every_card(code: str) -> None:
    """People mix: English closings are known on a card in any language."""
    assert [text for text in SIGNATURES["en"] if not find_signature(_lines(text), code)] == []


@pytest.mark.parametrize("code", CODES)
def test_a_greeting_is_no_signature(code: str) -> None:
    """Words that merely begin like a closing go through without a remark."""
    for text in GREETINGS[code]:
        assert check_tone(_printed(text), Reader(language=code)) == [], text


@pytest.mark.parametrize(("code", "other"), [*product(CODES, CODES)])
def test_no_language_takes_the_greetings_of_another_for_a_signature(code: str, other: str) -> None:
    """A card in one language with the words of another is greeted all the same."""
    assert [text for text in GREETINGS[code] if find_signature(_lines(text), other)] == []


@cache
def _packaged_words() -> frozenset[tuple[str, ...]]:
    """Return the lines that packaged templates print on a front or inside."""
    return frozenset(
        tuple(part.split("\n"))
        for template in list_templates()
        for _, printed in check_template(template.path)
        for part in (printed.front, printed.inside)
    )


@pytest.mark.parametrize("code", CODES)
def test_packaged_words_are_no_signature_on_any_card(code: str) -> None:
    """English words stand in for a language without templates, and a user may write any on any card."""
    assert [lines for lines in _packaged_words() if find_signature(lines, code)] == []
