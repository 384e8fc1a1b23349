"""Names as address books have them: what the envelope says, and how a letter begins, in every manner.

Where two manners are right, ours is the one here; docs/people.md has sources.
"""

from __future__ import annotations

import pytest

from relcard.domain.people.household import Resident
from relcard.domain.people.salutation import addressee
from relcard.domain.people.salutation import family_plural
from relcard.domain.people.salutation import salutation

_SAME = "="  # as the informal one


def person(
    shown: str, n: str = "", *, gender: str = "", born: int | None = None, nick: tuple[str, ...] = ()
) -> Resident:
    """Make a resident of a vCard's FN and N: family;given;additional;prefixes;suffixes."""
    family, given, additional, prefixes, suffixes = (*n.split(";"), "", "", "", "")[:5]
    return Resident(
        uid=f"{shown}{n}",
        display_name=shown,
        family=family,
        given=given,
        additional=additional,
        prefixes=prefixes,
        suffixes=suffixes,
        gender=gender,
        birth_year=born,
        nicknames=nick,
    )


def plain(*names: str, gender: str = "") -> list[Resident]:
    """Make residents of "Given Family", the family the last word."""
    return [
        person(name, f"{name.rpartition(' ')[2]};{name.rpartition(' ')[0]}", gender=gender) for name in names
    ]


Case = tuple[list[Resident], str, str, str, str]
HUGH, JOAN = plain("Hugh Dale", "Joan Dale")
KARIN = person("Karin Vogt", "Vogt;Karin;;Prof. Dr.", gender="f")
KURT = person("Kurt Vogt", "Vogt;Kurt;;Dipl.-Ing.", gender="m")
PIET = person("Piet van den Berg", "van den Berg;Piet", gender="m")
SAAR = person("Saar van den Berg", "van den Berg;Saar", gender="f")
TIM = person("Tim van den Berg", "van den Berg;Tim", born=2017)
LUC, MARIE = person("Luc Petit", "Petit;Luc;;M."), person("Marie Petit", "Petit;Marie;;Mme")
CARMEN = person("Carmen Ruiz Soto", "Ruiz Soto;Carmen")
LUIS = person("Luis Vega Mora", "Vega Mora;Luis")

# What one calls somebody.
CALLED: list[Case] = [
    ([person("Elizabeth Marsh", "Marsh;Elizabeth", nick=("Bess",))], "en", "Elizabeth Marsh", "Dear Bess,", "Dear Elizabeth Marsh,"),
    ([person("Elizabeth Marsh", "Marsh;Elizabeth", nick=("bess", "Lizzie"))], "en", "Elizabeth Marsh", "Dear Bess,", "Dear Elizabeth Marsh,"),
    ([person("Elizabeth Marsh", "Marsh;Elizabeth", nick=("@bess77",))], "en", "Elizabeth Marsh", "Dear Elizabeth,", "Dear Elizabeth Marsh,"),
    ([person("Elizabeth Marsh", "Marsh;Elizabeth", nick=("Bess Marsh",))], "en", "Elizabeth Marsh", "Dear Bess,", "Dear Elizabeth Marsh,"),
    ([person('Robert "Bob" Ames', "Ames;Robert")], "en", "Robert Ames", "Dear Bob,", "Dear Robert Ames,"),
    ([person("Elizabeth (Bess) Marsh", "Marsh;Elizabeth")], "en", "Elizabeth Marsh", "Dear Bess,", "Dear Elizabeth Marsh,"),
    ([person("Bob Ames", "Ames;Robert")], "en", "Bob Ames", "Dear Bob,", "Dear Bob Ames,"),
    ([person("Bob Ames", "Ames;Robert"), person("Jo Ames", "Ames;Joanna")], "en", "Bob and Jo Ames", "Dear Bob and Jo,", "Dear Bob and Jo Ames,"),
    ([person("Sepp Huber", "Huber;Josef", gender="m")], "de", "Sepp Huber", "Lieber Sepp,", "Sehr geehrter Herr Huber,"),
    ([person("Mum", "Arkwright;Lillian")], "en", "Lillian Arkwright", "Dear Mum,", "Dear Lillian Arkwright,"),
    ([person("Oma", "Weber;Hilde", gender="f")], "de", "Hilde Weber", "Liebe Oma,", "Sehr geehrte Frau Weber,"),
    ([person("Big Tom", "Reed;Thomas")], "en", "Thomas Reed", "Dear Big Tom,", "Dear Thomas Reed,"),
    ([person("Anna", "Kowalska;Anna")], "en", "Anna Kowalska", "Dear Anna,", "Dear Anna Kowalska,"),
    ([person("Mum")], "en", "Mum", "Dear Mum,", _SAME),
    ([person("Aunt Wren", "Wren;Aunt")], "en", "Aunt Wren", "Dear Aunt Wren,", _SAME),
    ([person("Uncle Bob Ames", "Ames;Robert")], "en", "Uncle Bob Ames", "Dear Uncle Bob,", "Dear Uncle Bob Ames,"),
    ([person("Tante Klara", "Klara;Tante")], "de", "Tante Klara", "Hallo Tante Klara,", "Guten Tag Tante Klara,"),
    ([person("Smith, Anna", "Smith;Anna")], "en", "Anna Smith", "Dear Anna,", "Dear Anna Smith,"),
    (plain("Ruth Lowe-Parr"), "en", "Ruth Lowe-Parr", "Dear Ruth,", "Dear Ruth Lowe-Parr,"),
    (plain("Jean-Luc Petit"), "en", "Jean-Luc Petit", "Dear Jean-Luc,", "Dear Jean-Luc Petit,"),
    (plain("Mary Ann Poole"), "en", "Mary Ann Poole", "Dear Mary Ann,", "Dear Mary Ann Poole,"),
    ([person("Mary Ann Poole", "Poole;Mary;Ann")], "en", "Mary Ann Poole", "Dear Mary,", "Dear Mary Ann Poole,"),
    ([person("Hugh Laurel", "Laurel;James;Hugh")], "en", "Hugh Laurel", "Dear Hugh,", "Dear Hugh Laurel,"),
    ([person("R. Suresh", "Suresh;R.")], "en", "R. Suresh", "Dear R. Suresh,", _SAME),
    ([person("Suresh R.", "R.;Suresh")], "en", "Suresh R.", "Dear Suresh,", "Dear Suresh R.,"),
    ([person("Sukardi", "Sukardi;")], "en", "Sukardi", "Dear Sukardi,", _SAME),
    ([person("Suresh", ";Suresh")], "en", "Suresh", "Dear Suresh,", _SAME),
]  # fmt: skip

# What an address book keeps beside a name is on no paper.
BESIDE: list[Case] = [
    ([person("Ruth Parr (née Lowe)")], "en", "Ruth Parr", "Dear Ruth Parr,", _SAME),
    ([person("Ruth Parr née Lowe", "Parr;Ruth")], "en", "Ruth Parr", "Dear Ruth,", "Dear Ruth Parr,"),
    ([person("Ruth Parr geb. Lowe", "Parr;Ruth;;;geb. Lowe")], "de", "Ruth Parr", "Hallo Ruth,", "Guten Tag Ruth Parr,"),
    ([person("Ruth Parr geb. Lowe")], "de", "Ruth Parr", "Hallo Ruth Parr,", "Guten Tag Ruth Parr,"),
    ([person("Ruth Parr, geborene Lowe", "Parr;Ruth")], "en", "Ruth Parr", "Dear Ruth,", "Dear Ruth Parr,"),
    ([person("Anna Lis z domu Nowak", "Lis;Anna")], "pl", "Anna Lis", "Dzień dobry,", "Szanowni Państwo,"),
    ([person("Eva Malá roz. Černá", "Malá;Eva")], "cs", "Eva Malá", "Ahoj,", "Dobrý den,"),
    ([person("RUTH PARR NÉE LOWE")], "en", "RUTH PARR", "Dear RUTH PARR,", _SAME),
    ([person("Anna Kowalska (work)", "Kowalska (work);Anna")], "en", "Anna Kowalska", "Dear Anna,", "Dear Anna Kowalska,"),
    ([person("Anna Kowalska - work", "Kowalska;Anna")], "en", "Anna Kowalska", "Dear Anna,", "Dear Anna Kowalska,"),
    ([person("Anna Kowalska [old number]", "Kowalska;Anna")], "en", "Anna Kowalska", "Dear Anna,", "Dear Anna Kowalska,"),
    ([person("Anna Kowalska 🔧", "Kowalska 🔧;Anna")], "en", "Anna Kowalska", "Dear Anna,", "Dear Anna Kowalska,"),
    ([person("❤️ Anna 👩‍👧 Kowalska", "Kowalska;❤️ Anna")], "en", "Anna Kowalska", "Dear Anna,", "Dear Anna Kowalska,"),
    ([person("Ed Lund (DIED 2024)", "Lund (DIED 2024);Ed")], "en", "Ed Lund", "Dear Ed,", "Dear Ed Lund,"),
    ([person("Ed Lund † 2024", "Lund;Ed")], "en", "Ed Lund", "Dear Ed,", "Dear Ed Lund,"),
    ([person("Ed Lund RIP", "Lund;Ed")], "en", "Ed Lund", "Dear Ed,", "Dear Ed Lund,"),
    ([person("ANNA SMITH", "SMITH;ANNA")], "en", "ANNA SMITH", "Dear ANNA,", "Dear ANNA SMITH,"),
    ([person("Ruth Parr Geb. Lowe", "Parr;Ruth")], "de", "Ruth Parr", "Hallo Ruth,", "Guten Tag Ruth Parr,"),
    ([person("Anna Kowalska work", "Kowalska;Anna")], "en", "Anna Kowalska", "Dear Anna,", "Dear Anna Kowalska,"),
    ([person("Ed Lund (1940-2024)", "Lund;Ed")], "en", "Ed Lund", "Dear Ed,", "Dear Ed Lund,"),
    ([person("Anna F. Berg", "Berg;Anna;F.")], "sv", "Anna F. Berg", "Kära Anna,", "Bästa Anna F. Berg,"),
    ([person("TOM BORN", "BORN;TOM")], "en", "TOM BORN", "Dear TOM,", "Dear TOM BORN,"),
    ([person("Tom Born", "Born;Tom")], "en", "Tom Born", "Dear Tom,", "Dear Tom Born,"),
    ([person("Kim Nee", "Nee;Kim")], "en", "Kim Nee", "Dear Kim,", "Dear Kim Nee,"),
]  # fmt: skip

# Mr, Mrs, titles and suffixes, in English.
TITLED: list[Case] = [
    ([person("Hugh Dale", "Dale;Hugh;;Mr.")], "en", "Hugh Dale", "Dear Hugh,", "Dear Mr. Dale,"),
    ([person("Mr Hugh Dale")], "en", "Mr Hugh Dale", "Dear Hugh,", "Dear Mr Dale,"),
    ([person("Mrs Ames")], "en", "Mrs Ames", "Dear Mrs Ames,", _SAME),
    ([HUGH._replace(prefixes="Mr"), JOAN._replace(prefixes="Mrs")], "en", "Hugh and Joan Dale", "Dear Hugh and Joan,", "Dear Mr and Mrs Dale,"),
    ([JOAN._replace(prefixes="Mrs"), HUGH._replace(prefixes="Mr")], "en", "Joan and Hugh Dale", "Dear Joan and Hugh,", "Dear Mr and Mrs Dale,"),
    ([JOAN._replace(prefixes="Dr"), HUGH._replace(prefixes="Dr")], "en", "Drs Joan and Hugh Dale", "Dear Joan and Hugh,", "Dear Drs Dale,"),
    ([JOAN._replace(prefixes="Dr."), HUGH._replace(prefixes="Dr.")], "en", "Drs. Joan and Hugh Dale", "Dear Joan and Hugh,", "Dear Drs. Dale,"),
    ([JOAN._replace(prefixes="Dr"), HUGH._replace(prefixes="Dr", family="Roe", display_name="Hugh Roe")], "en", "Dr Joan Dale and Dr Hugh Roe", "Dear Joan and Hugh,", "Dear Dr Dale and Dr Roe,"),
    ([JOAN._replace(prefixes="Dr"), HUGH._replace(prefixes="Mr")], "en", "Dr Joan Dale and Hugh Dale", "Dear Joan and Hugh,", "Dear Dr Dale and Mr Dale,"),
    ([person("Dr Joan Dale", "Dale;Joan;;Dr"), person("Mr Hugh Dale", "Dale;Hugh;;Mr")], "en", "Dr Joan Dale and Mr Hugh Dale", "Dear Joan and Hugh,", "Dear Dr Dale and Mr Dale,"),
    ([HUGH._replace(prefixes="Sir")], "en", "Sir Hugh Dale", "Dear Hugh,", "Dear Sir Hugh,"),
    ([person("Sir Hugh Dale")], "en", "Sir Hugh Dale", "Dear Hugh,", "Dear Sir Hugh,"),
    ([JOAN._replace(prefixes="Dame")], "en", "Dame Joan Dale", "Dear Joan,", "Dear Dame Joan,"),
    ([JOAN._replace(prefixes="Lady"), HUGH._replace(prefixes="Sir")], "en", "Sir Hugh and Lady Dale", "Dear Joan and Hugh,", "Dear Sir Hugh and Lady Dale,"),
    ([HUGH._replace(prefixes="Sir"), JOAN._replace(prefixes="Lady")], "en", "Sir Hugh and Lady Dale", "Dear Hugh and Joan,", "Dear Sir Hugh and Lady Dale,"),
    ([HUGH._replace(prefixes="Rev.", gender="m")], "en", "Rev. Hugh Dale", "Dear Hugh,", "Dear Mr Dale,"),
    ([JOAN._replace(prefixes="Revd", gender="f")], "en", "Revd Joan Dale", "Dear Joan,", "Dear Ms Dale,"),
    ([HUGH._replace(prefixes="Rev.")], "en", "Rev. Hugh Dale", "Dear Hugh,", "Dear Hugh Dale,"),
    ([HUGH._replace(prefixes="Rev. Dr.")], "en", "Rev. Dr. Hugh Dale", "Dear Hugh,", "Dear Dr. Dale,"),
    ([HUGH._replace(prefixes="The Rev."), JOAN], "en", "The Rev. Hugh Dale and Joan Dale", "Dear Hugh and Joan,", "Dear Hugh and Joan Dale,"),
    ([person("The Rev. Hugh Dale"), JOAN], "en", "The Rev. Hugh Dale and Joan Dale", "Dear Hugh and Joan,", "Dear Hugh and Joan Dale,"),
    ([person("Kit Dale", "Dale;Kit;;Mx")], "en", "Kit Dale", "Dear Kit,", "Dear Mx Dale,"),
    ([JOAN._replace(prefixes="Mrs"), person("Una Dale", "Dale;Una;;Miss", born=2016)], "en", "Joan Dale and family", "Dear Joan and Una,", "Dear Mrs Dale,"),
    ([person("Tom Reed Jr.", "Reed;Tom;;;Jr.")], "en", "Tom Reed Jr.", "Dear Tom,", "Dear Tom Reed,"),
    ([person("Tom Reed III", "Reed;Tom")], "en", "Tom Reed III", "Dear Tom,", "Dear Tom Reed,"),
    ([person("Tom Reed, Sr.", "Reed;Tom")], "en", "Tom Reed, Sr.", "Dear Tom,", "Dear Tom Reed,"),
    ([person("Tom Reed Jr.", "Reed;Tom;;;Jr."), person("Joan Reed", "Reed;Joan")], "en", "Tom Reed Jr. and Joan Reed", "Dear Tom and Joan,", "Dear Tom and Joan Reed,"),
    ([person("Amy Reed PhD", "Reed;Amy;;;PhD")], "en", "Amy Reed PhD", "Dear Amy,", "Dear Dr Reed,"),
    ([person("Amy Reed, M.D.", "Reed;Amy")], "en", "Amy Reed, M.D.", "Dear Amy,", "Dear Dr Reed,"),
    ([person("Frank Drew Esq.", "Drew;Frank;;;Esq.")], "en", "Frank Drew Esq.", "Dear Frank,", "Dear Frank Drew,"),
    ([person("Hugh & Joan Dale", "Dale;Hugh & Joan")], "en", "Hugh & Joan Dale", "Dear Hugh & Joan,", "Dear Hugh & Joan Dale,"),
    ([person("Mr and Mrs Hugh Dale", "Dale;Hugh;;Mr and Mrs")], "en", "Mr and Mrs Hugh Dale", "Dear Mr and Mrs Dale,", _SAME),
    ([person("Mr. & Mrs. Hugh Dale")], "en", "Mr. & Mrs. Hugh Dale", "Dear Mr. & Mrs. Dale,", _SAME),
    ([person("Dr and Mrs Hugh Dale")], "en", "Dr and Mrs Hugh Dale", "Dear Dr and Mrs Dale,", _SAME),
    ([person("Sir Hugh and Lady Dale")], "en", "Sir Hugh and Lady Dale", "Dear Sir Hugh and Lady Dale,", _SAME),
    ([person("Fam. van den Berg")], "nl", "Fam. van den Berg", "Beste familie Van den Berg,", _SAME),
    ([person("Don Draper", "Draper;Don")], "es", "Don Draper", "Hola, Don:", "Buenos días, Don Draper:"),
    ([person("Herr und Frau Max Weber")], "de", "Herr und Frau Max Weber", "Liebe Familie Weber,", "Sehr geehrte Frau Weber, sehr geehrter Herr Weber,"),
    ([person("M. et Mme Luc Petit")], "fr", "M. et Mme Luc Petit", "Chère famille Petit,", "Madame, Monsieur,"),
    ([person("The Dales")], "en", "The Dales", "Dear Dales,", _SAME),
    ([person("The Dales", "Dales;The")], "en", "The Dales", "Dear Dales,", _SAME),
    ([person("The Dale Family")], "en", "The Dale Family", "Dear Dale family,", _SAME),
    ([person("Familie Weber")], "de", "Familie Weber", "Liebe Familie Weber,", _SAME),
    ([person("Famille Petit")], "fr", "Famille Petit", "Chère famille Petit,", _SAME),
    ([person("Demir Ailesi")], "tr", "Demir Ailesi", "Sevgili Demir ailesi,", _SAME),
    ([person("Meera Nair", "Nair;Meera;;Smt.")], "en", "Meera Nair", "Dear Meera,", "Dear Smt. Nair,"),
    ([person("Arun Nair", "Nair;Arun;;Shri")], "en", "Arun Nair", "Dear Arun,", "Dear Shri Nair,"),
]  # fmt: skip

# Households and orders of names that were right, and stay so.
HOUSES: list[Case] = [
    (plain("Iris Quayle", "Fenella Quayle", gender="f"), "en", "Iris and Fenella Quayle", "Dear Iris and Fenella,", "Dear Iris and Fenella Quayle,"),
    ([*plain("Ann Poole", "Tim Hart"), person("Ola Hart", "Hart;Ola", born=2017)], "en", "Ann Poole, Tim Hart and family", "Dear Ann, Tim and Ola,", "Dear Ann Poole and Tim Hart,"),
    (plain("Omar ibn Said"), "en", "Omar ibn Said", "Dear Omar ibn,", "Dear Omar ibn Said,"),
    ([person("Omar ibn Said", "ibn Said;Omar")], "en", "Omar ibn Said", "Dear Omar,", "Dear Omar ibn Said,"),
    (plain("Khalid al-Harbi"), "en", "Khalid al-Harbi", "Dear Khalid,", "Dear Khalid al-Harbi,"),
    (plain("Sean O'Neil", "Fiona MacRae"), "en", "Sean O'Neil and Fiona MacRae", "Dear Sean and Fiona,", "Dear Sean O'Neil and Fiona MacRae,"),
    ([person("佐藤 健", "佐藤;健")], "ja", "佐藤 健", "佐藤 健様、", _SAME),
    ([person("佐藤 健", "佐藤;健"), person("佐藤 花", "佐藤;花")], "ja", "佐藤 健、佐藤 花", "佐藤 健様、佐藤 花様、", _SAME),
    ([person("王小明", "王;小明")], "zh", "王小明", "Dear 王小明,", _SAME),
    ([person("김민수", "김;민수")], "ko", "김민수", "Dear 김민수,", _SAME),
    ([person("Wang Xiaoming", "Wang;Xiaoming")], "en", "Wang Xiaoming", "Dear Xiaoming,", "Dear Wang Xiaoming,"),
    ([person("Nguyễn Văn An", "Nguyễn;An;Văn")], "en", "Nguyễn Văn An", "Dear An,", "Dear Nguyễn Văn An,"),
    ([person("Sato Ken", "Sato;Ken")], "en", "Sato Ken", "Dear Ken,", "Dear Sato Ken,"),
    ([person("Иван Петрович Орлов", "Орлов;Иван;Петрович"), person("Анна Орлова", "Орлова;Анна")], "ru", "Иван Петрович Орлов, Анна Орлова", "Dear Иван and Анна,", "Dear Иван Петрович Орлов and Анна Орлова,"),
    ([*plain("Νίκος Παππάς", "Μαρία Παππάς"), person("Λία Παππάς", "Παππάς;Λία", born=2018)], "el", "Νίκος Παππάς, Μαρία Παππάς, Λία Παππάς", "Dear Νίκος, Μαρία and Λία,", "Dear Παππάς family,"),
    ([person("Nagy Anna", "Nagy;Anna"), person("Nagy Béla", "Nagy;Béla")], "hu", "Nagy Anna és Nagy Béla", "Kedves Anna és Béla,", "Tisztelt Nagy Anna és Nagy Béla,"),
    ([*plain("Ann Poole"), person("Tim Poole", "Poole;Tim", born=2017)], "en", "Ann Poole and family", "Dear Ann and Tim,", "Dear Ann Poole,"),
    (plain("Ann Poole", "Tim Hart", "Kim Fox"), "en", "Ann Poole, Tim Hart and Kim Fox", "Dear Ann, Tim and Kim,", "Dear Ann Poole, Tim Hart and Kim Fox,"),
    (plain("Ann Fox", "Tim Fox", "Kim Fox", "Ida Fox"), "en", "The Fox Family", "Dear Ann, Tim, Kim and Ida,", "Dear Ann, Tim, Kim and Ida Fox,"),
]  # fmt: skip

# German, Dutch and French manners.
GERMAN: list[Case] = [
    ([KARIN], "de", "Prof. Dr. Karin Vogt", "Liebe Karin,", "Sehr geehrte Frau Professorin Vogt,"),
    ([KARIN._replace(gender="m")], "de", "Prof. Dr. Karin Vogt", "Lieber Karin,", "Sehr geehrter Herr Professor Vogt,"),
    ([KARIN._replace(gender="")], "de", "Prof. Dr. Karin Vogt", "Hallo Karin,", "Guten Tag Prof. Vogt,"),
    ([KARIN._replace(prefixes="Dr. Dr.")], "de", "Dr. Dr. Karin Vogt", "Liebe Karin,", "Sehr geehrte Frau Dr. Vogt,"),
    ([KURT], "de", "Dipl.-Ing. Kurt Vogt", "Lieber Kurt,", "Sehr geehrter Herr Vogt,"),
    ([KURT], "de-AT", "Dipl.-Ing. Kurt Vogt", "Lieber Kurt,", "Sehr geehrter Herr Dipl.-Ing. Vogt,"),
    ([KURT._replace(prefixes="Mag.")], "de-DE", "Mag. Kurt Vogt", "Lieber Kurt,", "Sehr geehrter Herr Vogt,"),
    ([person("Otto von Stein", "von Stein;Otto", gender="m"), person("Ida von Stein", "von Stein;Ida", gender="f")], "de", "Otto und Ida von Stein", "Lieber Otto, liebe Ida,", "Sehr geehrter Herr von Stein, sehr geehrte Frau von Stein,"),
    ([*plain("Erika Muster", "Max Muster"), person("Tim Muster", "Muster;Tim", born=2017)], "de", "Familie Muster", "Hallo Erika, Max und Tim,", "Sehr geehrte Familie Muster,"),
    ([PIET], "nl", "Piet van den Berg", "Beste Piet,", "Geachte heer Van den Berg,"),
    ([PIET], "nl-BE", "Piet van den Berg", "Beste Piet,", "Geachte heer van den Berg,"),
    ([PIET, SAAR, TIM], "nl", "Familie Van den Berg", "Beste Piet, Saar en Tim,", "Geachte familie Van den Berg,"),
    ([PIET, SAAR], "nl", "Piet en Saar van den Berg", "Beste Piet en Saar,", "Geachte heer Van den Berg, geachte mevrouw Van den Berg,"),
    ([person("Dr. Piet van den Berg", "van den Berg;P.;;Dr.", gender="m")], "nl", "Dr. Piet van den Berg", "Beste Piet,", "Geachte heer Van den Berg,"),
    ([person("drs. Eva de Wit", "de Wit;Eva;;drs.", gender="f")], "nl", "drs. Eva de Wit", "Beste Eva,", "Geachte mevrouw De Wit,"),
]  # fmt: skip
ROMANCE: list[Case] = [
    ([LUC], "fr", "Luc Petit", "Cher Luc,", "Monsieur,"),
    ([person("M. Luc Petit", "Petit;Luc")], "fr", "M. Luc Petit", "Cher Luc,", "Monsieur,"),
    ([person("M. Luc Petit")], "fr", "M. Luc Petit", "Cher Luc,", "Monsieur,"),
    ([LUC, MARIE], "fr", "Luc et Marie Petit", "Chers Luc et Marie,", "Monsieur, Madame,"),
    (plain("Luc Petit", "Guy Blanc", gender="m"), "fr", "Luc Petit et Guy Blanc", "Cher Luc, cher Guy,", "Messieurs,"),
    (plain("Anne Petit", "Lise Petit", gender="f"), "fr", "Anne et Lise Petit", "Chères Anne et Lise,", "Mesdames,"),
    (plain("Anne Petit", "Luc Blanc"), "fr", "Anne Petit et Luc Blanc", "Bonjour Anne et Luc,", "Madame, Monsieur,"),
    ([LUC._replace(prefixes="Maître")], "fr", "Maître Luc Petit", "Bonjour Luc,", "Maître,"),
    ([person("Maître Anne Blanc"), person("Maître Luc Petit")], "fr", "Maître Anne Blanc et Maître Luc Petit", "Bonjour Anne et Luc,", "Maître,"),
    ([LUC._replace(prefixes="Me", gender="m")], "fr", "Me Luc Petit", "Cher Luc,", "Maître,"),
    ([person("Marie de la Tour", "de la Tour;Marie;;Mme")], "fr", "Marie de la Tour", "Chère Marie,", "Madame,"),
    ([CARMEN, LUIS, person("Inés Vega Ruiz", "Vega Ruiz;Inés", born=2017)], "es", "Familia Vega Ruiz", "Hola, Carmen, Luis e Inés:", "Buenos días, Carmen Ruiz Soto y Luis Vega Mora:"),
    ([CARMEN, LUIS], "es", "Carmen Ruiz Soto y Luis Vega Mora", "Hola, Carmen y Luis:", "Buenos días, Carmen Ruiz Soto y Luis Vega Mora:"),
    (plain("Luis Vega", "Inés Vega"), "es", "Luis e Inés Vega", "Hola, Luis e Inés:", "Buenos días, Luis e Inés Vega:"),
    (plain("Ana Gil", "Hierónimo Roca"), "es", "Ana Gil y Hierónimo Roca", "Hola, Ana y Hierónimo:", "Buenos días, Ana Gil y Hierónimo Roca:"),
    ([person("José Ruiz", "Ruiz;José;;Don")], "es", "Don José Ruiz", "Querido José:", "Estimado Don José:"),
    ([person("Don José Ruiz")], "es", "Don José Ruiz", "Querido José:", "Estimado Don José:"),
    ([person("Don Luis Vega y Doña Ana Gil")], "es", "Don Luis Vega y Doña Ana Gil", "Hola, Don Luis Vega y Doña Ana Gil:", "Buenos días, Don Luis Vega y Doña Ana Gil:"),
    ([person("Inés Ruiz", "Ruiz;Inés;;Doña")], "es", "Doña Inés Ruiz", "Querida Inés:", "Estimada Doña Inés:"),
    ([*plain("Ana Gil", gender="f"), *plain("Eva Roca")], "es", "Ana Gil y Eva Roca", "Hola, Ana y Eva:", "Buenos días, Ana Gil y Eva Roca:"),
    (plain("Ana Gil", "Eva Gil", gender="f"), "es", "Ana y Eva Gil", "Queridas Ana y Eva:", "Estimada señora Ana Gil, estimada señora Eva Gil:"),
    (plain("Ada Neri", "Lia Neri"), "it", "Ada e Lia Neri", "Ciao Ada e Lia,", "Gentili Ada e Lia Neri,"),
    (plain("Ugo Neri", "Ivo Neri", gender="m"), "it", "Ugo e Ivo Neri", "Cari Ugo e Ivo,", "Gentile signor Ugo Neri, gentile signor Ivo Neri,"),
    ([person("Ana Costa Lima", "Costa Lima;Ana"), person("Rui Lima", "Lima;Rui")], "pt", "Ana Costa Lima e Rui Lima", "Olá Ana e Rui,", "Bom dia, Ana Costa Lima e Rui Lima,"),
    ([person("Rui Dias", "Dias;Rui;;Dr.", gender="m")], "pt", "Dr. Rui Dias", "Querido Rui,", "Prezado Dr. Dias,"),
    ([person("Ugo Neri", "Neri;Ugo;;Dott.", gender="m")], "it", "Dott. Ugo Neri", "Caro Ugo,", "Gentile Dott. Neri,"),
    ([person("Ada Neri", "Neri;Ada;;Dott.ssa", gender="f")], "it", "Dott.ssa Ada Neri", "Cara Ada,", "Gentile Dott.ssa Neri,"),
]  # fmt: skip
NORTH_AND_EAST: list[Case] = [
    (plain("Anna Zielińska", "Jan Zieliński"), "pl", "Anna Zielińska i Jan Zieliński", "Kochani,", "Szanowni Państwo,"),
    (plain("Anna Zielińska"), "pl", "Anna Zielińska", "Dzień dobry,", "Szanowni Państwo,"),
    (plain("Anna Lis", "Ewa Lis", gender="f"), "pl", "Anna i Ewa Lis", "Kochani,", "Szanowne Panie,"),
    ([person("Ewa Lis", "Lis;Ewa;;prof. dr hab.", gender="f")], "pl", "prof. dr hab. Ewa Lis", "Dzień dobry,", "Szanowna Pani Profesor,"),
    ([*plain("Eva Nováková", gender="f"), *plain("Petr Novák", gender="m")], "cs", "Eva Nováková a Petr Novák", "Milí přátelé,", "Vážená paní, vážený pane,"),
    ([*plain("Elsa Lind", "Nils Lind"), person("Moa Lind", "Lind;Moa", born=2017)], "sv", "Familjen Lind", "Kära Elsa, Nils och Moa,", "Bästa familjen Lind,"),
    ([person("Anna Laine", "Laine;Anna;;Rva")], "fi", "Anna Laine", "Hei Anna,", "Hyvä rouva Laine,"),
    ([person("Hra Matti Laine")], "fi", "Hra Matti Laine", "Hei Matti,", "Hyvä herra Laine,"),
    ([*plain("Elif Demir", "Can Demir"), person("Ece Demir", "Demir;Ece", born=2017)], "tr", "Demir Ailesi", "Sevgili Elif, Can ve Ece,", "Sayın Demir ailesi,"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("members", "language", "envelope", "informal", "formal"),
    [*CALLED, *BESIDE, *TITLED, *HOUSES, *GERMAN, *ROMANCE, *NORTH_AND_EAST],
)
def test_a_name_is_right_on_the_envelope_and_in_both_greetings(
    members: list[Resident], language: str, envelope: str, informal: str, formal: str
) -> None:
    """As its bearers write it, as the user calls them, and as the manners of the language have it."""
    assert addressee(members, language=language, year=2026) == envelope
    assert salutation(members, language=language, year=2026) == informal
    polite = salutation(members, language=language, formality="formal", year=2026)
    assert polite == (informal if formal == _SAME else formal)


@pytest.mark.parametrize(
    "plurals",
    [
        "Jones Joneses Fox Foxes Diaz Diazes Birch Birches Marsh Marshes James Jameses Strauss Strausses Hodges Hodgeses",
        "Baez Baezes Hertz Hertzes Cortez Cortezes Thomas Thomases Kennedy Kennedys Wolf Wolfs Levi Levis",
        "Bach Bachs Koch Kochs Loch Lochs Rauch Rauchs Lynch Lynches Church Churches Rich Riches Aldrich Aldriches",
        "Leach Leaches Roach Roaches Beach Beaches Crouch Crouches Peach Peaches Couch Couches Gooch Gooches",
        "Murdoch Murdochs Heinrich Heinrichs Dietrich Dietrichs Welch Welches Fitch Fitches",
    ],
)
def test_the_plural_of_a_surname_follows_its_sound(plurals: str) -> None:
    """Soft endings take es, hard ones s, and a y stays."""
    words = plurals.split()
    assert [family_plural(name) for name in words[::2]] == words[1::2]
