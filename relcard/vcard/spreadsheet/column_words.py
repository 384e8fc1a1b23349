"""What columns of a spreadsheet are called in seven languages, as data."""

from __future__ import annotations

# English, German, French, Polish, Spanish, Dutch, Italian; folded, with spaces for all that is no letter or
# digit, | between the names. "keep" are columns that only look like one of the others.
_NAMES = {
    "name": "name|full name|display name|friend|friends|who|contact|contacts|person|people|file as|household"
    "|vollstandiger name|anzeigename|nom complet|imie i nazwisko|nazwisko i imie|nombre completo"
    "|volledige naam|nome completo|nom|naam|nazwa|nome|nombre|names|namen",
    "prefix": "prefix|name prefix|salutation|honorific|anrede|titel|civilite|tytul|tratamiento|aanhef|titolo",
    "given": "given|given name|given names|first name|first names|first|firstname|forename|forenames"
    "|vorname|vornamen|prenom|prenoms|imie|imiona|nombre de pila|voornaam|voornamen|nome di battesimo",
    "additional": "additional name|middle name|middle|middlename|weitere vornamen|zweiter vorname"
    "|deuxieme prenom|drugie imie|segundo nombre|tweede voornaam|secondo nome",
    "family": "family name|family|last name|last|lastname|surname|surnames|nachname|familienname|zuname"
    "|nom de famille|nazwisko|apellido|apellidos|achternaam|familienaam|cognome",
    "suffix": "suffix|name suffix|namenszusatz|suffixe|sufijo|achtervoegsel|suffisso",
    "nickname": "nickname|nick name|nick|short name|known as|spitzname|rufname|surnom|pseudo|ksywa|przydomek"
    "|pseudonim|apodo|mote|bijnaam|roepnaam|soprannome",
    "sort": "sort as|sort name|sortiername",
    "org": "organization|organisation|organization name|company|company name|employer|firma|unternehmen"
    "|societe|entreprise|empresa|bedrijf|azienda|societa|organizacja|organizacion|organisatie|organizzazione",
    "department": "department|organization department|abteilung|service|dzial|departamento|afdeling|reparto",
    "title": "job title|organization title|position|job|occupation|role|beruf|funktion|fonction|poste"
    "|stanowisko|cargo|puesto|functie|beroep|qualifica|mansione|title",
    "address": "address|addresses|postal address|mailing address|full address|anschrift|adresse"
    "|adresse postale|adres|direccion|indirizzo|domicilio|address line|addr|postanschrift|adresszeile",
    "po box": "po box|p o box|post office box|postfach|boite postale|skrytka pocztowa|apartado|postbus"
    "|casella postale",
    "extended": "extended address|address extra|flat|apartment|unit|adresszusatz|complement d adresse"
    "|numer mieszkania|piso|toevoeging|interno",
    "street": "street|street address|road|strasse|strasse und hausnummer|strasse nr|rue|ulica|calle|straat"
    "|via",
    "house number": "house number|house no|hausnummer|hausnr|nr domu|numer domu|huisnummer|numero civico",
    "town": "town|city|city town|town city|place|post town|suburb|ort|stadt|wohnort|ville|commune|miasto"
    "|miejscowosc|ciudad|poblacion|localidad|plaats|woonplaats|stad|citta|comune|locality|localite",
    "region": "state|region|county|province|state province|bundesland|kanton|bundesland kanton|departement"
    "|wojewodztwo|provincia|estado|provincie|regione",
    "postcode": "postcode|post code|postal code|zip|zip code|zipcode|zip postal code|postal zip code|plz"
    "|postleitzahl|code postal|cp|kod|kod pocztowy|codigo postal|cap|codice postale",
    "country": "country|country region|land|land region|staat|pays|pays region|kraj|kraj region|pais|nazione"
    "|paese",
    "phone": "phone|phones|phone number|telephone|telephone number|tel|tel no|tel nr|telefon|telefonnummer"
    "|rufnummer|numer telefonu|telefono|telefoon|telefoonnummer|primary phone|company main phone",
    "mobile": "mobile|mobile phone|mobile number|cell|cell phone|cellphone|handy|handynummer"
    "|mobil|mobiltelefon|mobilnummer|portable|tel portable|telephone portable|komorka|telefon komorkowy|movil"
    "|telefono movil|mobiel|mobiele telefoon|cellulare|telefono cellulare",
    "fax": "fax|fax number|faxnummer|telecopie|faks",
    "email": "email|e mail|mail|emails|email address|e mail address|mail address|e mail adresse|email adresse"
    "|mailadresse|courriel|adresse e mail|adresse mail|adres e mail|correo|correo electronico"
    "|direccion de correo electronico|e mailadres|emailadres|posta elettronica|indirizzo e mail",
    "url": "url|web|website|web site|web page|webpage|homepage|webseite|internetseite|site web|page web"
    "|strona www|strona internetowa|pagina web|sitio web|webpagina|sito web|personal web page",
    "birthday": "birthday|birth date|birthdate|date of birth|born|dob|bday|geburtstag|geburtsdatum|geb"
    "|geboren|geb datum|anniversaire|date de naissance|urodziny|data urodzenia|cumpleanos|fecha de nacimiento"
    "|nacimiento|verjaardag|geboortedatum|compleanno|data di nascita",
    "anniversary": "anniversary|wedding anniversary|wedding|wedding day|wedding date|jahrestag|hochzeitstag"
    "|hochzeit|anniversaire de mariage|rocznica|rocznica slubu|aniversario|aniversario de boda|trouwdag"
    "|trouwdatum|anniversario|anniversario di matrimonio",
    "died": "died|date of death|death|gestorben|todestag|sterbedatum|deces|date de deces|data smierci"
    "|fallecimiento|overleden|data di morte",
    "partner": "partner|partner name|partners|lebensgefahrte|lebenspartner|partenaire|compagnon|compagne"
    "|pareja|partnerka|compagno|compagna",
    "spouse": "spouse|husband|wife|husband wife|ehepartner|ehegatte|ehefrau|ehemann|conjoint|conjointe|mari"
    "|epoux|epouse|malzonek|maz|zona|conyuge|esposo|esposa|marido|echtgenoot|echtgenote|coniuge|marito|moglie",
    "children": "children|kids|kid|child|kinder|kind|enfants|enfant|dzieci|dziecko|hijos|ninos|kinderen|figli"
    "|bambini",
    "tag": "tag|tags|group|groups|group membership|labels|categories|category|kategorien|kategorie|gruppe"
    "|gruppen|groupe|groupes|categories|grupa|grupy|etykiety|grupo|grupos|categorias|etiquetas|groep|groepen"
    "|categorieen|gruppo|gruppi|categorie",
    "note": "note|notes|comment|comments|remarks|remark|notiz|notizen|bemerkung|bemerkungen|anmerkung"
    "|anmerkungen|kommentar|remarque|remarques|commentaire|commentaires|notatki|uwagi|notas|observaciones"
    "|comentarios|notities|opmerkingen|opmerking|osservazioni|commenti",
    "language": "language|sprache|langue|jezyk|idioma|taal|lingua",
    "uid": "uid",
    "keep": "initials|yomi name|given name yomi|additional name yomi|family name yomi|location|photo|keywords"
    "|e mail type|e mail display name|priority|gender|account|mileage|profession|hobby|hobbys"
    "|internet free busy|maiden name|country code|company yomi|file",
}

FIELD_OF: dict[str, str] = {}
for _field, _words in _NAMES.items():
    for _word in _words.split("|"):
        FIELD_OF.setdefault(_word, _field)

# Words beside the others that say which of several: a place, or a kind of phone.
_PLACES = {
    "home": "home private privat privater private personal perso personnel domicile domowy domowa domu"
    " prywatny prywatna particular casa prive thuis privado abitazione",
    "work": "work business office geschaftlich geschaftliche dienstlich firma buro bureau professionnel"
    " professionnelle sluzbowy sluzbowa praca trabajo oficina werk zakelijk lavoro ufficio",
    "other": "other weitere weiterer weiteres weiteren autre inny inna otro otra overig overige altro altra",
}
PLACE_OF = {word: place for place, words in _PLACES.items() for word in words.split()}
PLACES = tuple(_PLACES)

# What Google's columns "Phone 1 - Value" and so on are, by the two parts of the name.
NUMBERED = {
    "address": {
        "label": "address label", "type": "address label", "formatted": "address", "street": "street",
        "city": "town", "po box": "po box", "region": "region", "postal code": "postcode",
        "country": "country", "extended address": "extended",
    },
    "phone": {"label": "phone label", "type": "phone label", "value": "phone"},
    "e mail": {"label": "email label", "type": "email label", "value": "email"},
    "website": {"value": "url"},
    "relation": {"label": "relation label", "type": "relation label", "value": "relation"},
    "event": {"label": "event label", "type": "event label", "value": "event"},
    "organization": {"name": "org", "title": "title", "department": "department"},
}  # fmt: skip

# Words of courtesy before a name, which everybody has, and titles, which are earned; by both a column "Title"
# is told from one of professions.
_COURTESY = (
    "mr mrs ms miss mx herr frau hr fr m mme mlle pan pani sr sra srta dhr mevr mw sig sigra madame monsieur"
)
COURTESY = frozenset(_COURTESY.split())
TITLES = COURTESY | {"dr", "prof", "sir", "dame", "lady", "lord", "rev", "me", "dott", "professor", "doctor"}

_MONTHS = (
    "january januar janner jaenner janvier stycznia styczen enero januari gennaio jan janv sty ene gen",
    "february februar fevrier lutego luty febrero februari febbraio feb fev fevr lut",
    "march marz maerz mars marca marzec marzo maart mar mrz mrt",
    "april avril kwietnia kwiecien abril aprile apr avr kwi abr",
    "may mai maja maj mayo mei maggio mag",
    "june juni juin czerwca czerwiec junio giugno jun cze giu",
    "july juli juillet lipca lipiec julio luglio jul juil lip lug",
    "august aout sierpnia sierpien agosto augustus aug sie ago",
    "september septembre wrzesnia wrzesien septiembre settembre sep sept wrz set",
    "october oktober octobre pazdziernika pazdziernik octubre ottobre oct okt paz ott",
    "november novembre listopada listopad noviembre nov lis",
    "december dezember decembre grudnia grudzien diciembre dicembre dec dez gru dic",
)
MONTH_OF = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
