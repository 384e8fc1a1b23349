"""How the posts of twelve countries write an address, as data: the postcode, the order, the names of regions.

Names and short forms of regions are libaddressinput's (CC BY 4.0), British counties the former postal ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field

from relcard.domain.text import fold

# SHORT:NAME, and a bare name where nobody shortens it.
_REGIONS = {
    "US": (
        "AL:Alabama|AK:Alaska|AS:American Samoa|AZ:Arizona|AR:Arkansas|AA:Armed Forces (AA)|"
        "AE:Armed Forces (AE)|AP:Armed Forces (AP)|CA:California|CO:Colorado|CT:Connecticut|"
        "DE:Delaware|DC:District of Columbia|FL:Florida|GA:Georgia|GU:Guam|HI:Hawaii|ID:Idaho|"
        "IL:Illinois|IN:Indiana|IA:Iowa|KS:Kansas|KY:Kentucky|LA:Louisiana|ME:Maine|"
        "MH:Marshall Islands|MD:Maryland|MA:Massachusetts|MI:Michigan|FM:Micronesia|MN:Minnesota|"
        "MS:Mississippi|MO:Missouri|MT:Montana|NE:Nebraska|NV:Nevada|NH:New Hampshire|NJ:New Jersey|"
        "NM:New Mexico|NY:New York|NC:North Carolina|ND:North Dakota|MP:Northern Mariana Islands|"
        "OH:Ohio|OK:Oklahoma|OR:Oregon|PW:Palau|PA:Pennsylvania|PR:Puerto Rico|RI:Rhode Island|"
        "SC:South Carolina|SD:South Dakota|TN:Tennessee|TX:Texas|UT:Utah|VT:Vermont|"
        "VI:Virgin Islands|VA:Virginia|WA:Washington|WV:West Virginia|WI:Wisconsin|WY:Wyoming"
    ),
    "CA": (
        "AB:Alberta|BC:British Columbia|BC:Colombie-Britannique|MB:Manitoba|NB:New Brunswick|"
        "NB:Nouveau-Brunswick|NL:Newfoundland and Labrador|NL:Terre-Neuve-et-Labrador|"
        "NT:Northwest Territories|NT:Territoires du Nord-Ouest|NS:Nouvelle-Écosse|NS:Nova Scotia|"
        "NU:Nunavut|ON:Ontario|PE:Prince Edward Island|PE:Île-du-Prince-Édouard|QC:Quebec|QC:Québec|"
        "SK:Saskatchewan|YT:Yukon"
    ),
    "AU": (
        "ACT:Australian Capital Territory|JBT:Jervis Bay Territory|NSW:New South Wales|"
        "NT:Northern Territory|QLD:Queensland|SA:South Australia|TAS:Tasmania|VIC:Victoria|"
        "WA:Western Australia"
    ),
    "IT": (
        "AG:Agrigento|AL:Alessandria|AN:Ancona|AO:Aosta|AR:Arezzo|AP:Ascoli Piceno|AT:Asti|"
        "AV:Avellino|BA:Bari|BT:Barletta-Andria-Trani|BL:Belluno|BN:Benevento|BG:Bergamo|BI:Biella|"
        "BO:Bologna|BZ:Bolzano|BS:Brescia|BR:Brindisi|CA:Cagliari|CL:Caltanissetta|CB:Campobasso|"
        "CE:Caserta|CT:Catania|CZ:Catanzaro|CH:Chieti|CO:Como|CS:Cosenza|CR:Cremona|KR:Crotone|"
        "CN:Cuneo|EN:Enna|FM:Fermo|FE:Ferrara|FI:Firenze|FG:Foggia|FC:Forlì-Cesena|FR:Frosinone|"
        "GE:Genova|GO:Gorizia|GR:Grosseto|IM:Imperia|IS:Isernia|AQ:L'Aquila|SP:La Spezia|LT:Latina|"
        "LE:Lecce|LC:Lecco|LI:Livorno|LO:Lodi|LU:Lucca|MC:Macerata|MN:Mantova|MS:Massa-Carrara|"
        "MT:Matera|ME:Messina|MI:Milano|MO:Modena|MB:Monza e Brianza|NA:Napoli|NO:Novara|NU:Nuoro|"
        "OR:Oristano|PD:Padova|PA:Palermo|PR:Parma|PV:Pavia|PG:Perugia|PU:Pesaro e Urbino|PE:Pescara|"
        "PC:Piacenza|PI:Pisa|PT:Pistoia|PN:Pordenone|PZ:Potenza|PO:Prato|RG:Ragusa|RA:Ravenna|"
        "RC:Reggio Calabria|RE:Reggio Emilia|RI:Rieti|RN:Rimini|RM:Roma|RO:Rovigo|SA:Salerno|"
        "SS:Sassari|SV:Savona|SI:Siena|SR:Siracusa|SO:Sondrio|SU:Sud Sardegna|TA:Taranto|TE:Teramo|"
        "TR:Terni|TO:Torino|TP:Trapani|TN:Trento|TV:Treviso|TS:Trieste|UD:Udine|VA:Varese|VE:Venezia|"
        "VB:Verbano-Cusio-Ossola|VC:Vercelli|VR:Verona|VV:Vibo Valentia|VI:Vicenza|VT:Viterbo"
    ),
    "ES": (
        "VI:Araba|VI:Álava|AB:Albacete|A:Alacant|A:Alicante|AL:Almeria|AL:Almería|O:Asturias|"
        "AV:Àvila|AV:Ávila|BA:Badajoz|BA:Badaxoz|B:Barcelona|BU:Burgos|CC:Cáceres|CA:Cadis|CA:Cádiz|"
        "S:Cantabria|CS:Castelló|CS:Castellón|CE:Ceuta|CR:Cidade Real|CR:Ciudad Real|CO:Córdoba|"
        "CO:Kordoba|CU:Cuenca|GI:Girona|GI:Xirona|GR:Granada|GU:Guadalajara|SS:Gipuzkoa|SS:Guipúscoa|"
        "SS:Guipúzcoa|H:Huelva|HU:Huesca|PM:Illas Baleares|PM:Illes Balears|PM:Islas Baleares|J:Jaén|"
        "J:Xaén|C:A Coruña|C:Coruña|C:La Corunya|C:La Coruña|LO:La Rioja|GC:As Palmas|GC:Las Palmas|"
        "LE:León|L:Lleida|L:Lérida|LU:Lugo|M:Madrid|MA:Málaga|ML:Melilla|MU:Murcia|MU:Murtzia|"
        "NA:Nafarroa|NA:Navarra|OR:Ourense|P:Palencia|P:Palentzia|PO:Pontevedra|SA:Salamanca|"
        "TF:Santa Cruz Tenerifekoa|TF:Santa Cruz de Tenerife|SG:Segovia|SE:Sevilla|SO:Soria|"
        "T:Tarragona|TE:Teruel|TO:Toledo|V:Valencia|V:Valentzia|V:València|VA:Valladolid|BI:Biscaia|"
        "BI:Bizkaia|BI:Vizcaya|ZA:Zamora|Z:Zaragoza"
    ),
    "GB": (
        ":Bedfordshire|:Berkshire|:Buckinghamshire|:Cambridgeshire|:Cheshire|:Cornwall|:Cumbria|"
        ":Derbyshire|:Devon|:Dorset|:County Durham|:Co. Durham|:East Sussex|:West Sussex|:Sussex|"
        ":Essex|:Gloucestershire|:Hampshire|:Hants|:Herefordshire|:Hertfordshire|:Herts|"
        ":Huntingdonshire|:Kent|:Lancashire|:Lancs|:Leicestershire|:Lincolnshire|:Lincs|:Merseyside|"
        ":Greater Manchester|:Middlesex|:Middx|:Norfolk|:Northamptonshire|:Northants|:Northumberland|"
        ":Nottinghamshire|:Notts|:Oxfordshire|:Oxon|:Rutland|:Shropshire|:Somerset|:Staffordshire|"
        ":Staffs|:Suffolk|:Surrey|:Tyne and Wear|:Warwickshire|:West Midlands|:Isle of Wight|"
        ":Wiltshire|:Wilts|:Worcestershire|:Worcs|:North Yorkshire|:South Yorkshire|:West Yorkshire|"
        ":East Yorkshire|:Yorkshire|:Aberdeenshire|:Angus|:Argyll|:Ayrshire|:Dumfriesshire|"
        ":East Lothian|:West Lothian|:Midlothian|:Fife|:Inverness-shire|:Lanarkshire|:Perthshire|"
        ":Renfrewshire|:Roxburghshire|:Stirlingshire|:Anglesey|:Carmarthenshire|:Ceredigion|:Clwyd|"
        ":Dyfed|:Flintshire|:Glamorgan|:South Glamorgan|:Gwent|:Gwynedd|:Monmouthshire|"
        ":Pembrokeshire|:Powys|:County Antrim|:County Armagh|:County Down|:County Fermanagh|"
        ":County Londonderry|:County Tyrone"
    ),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How one country writes the end of an address.

    `postcode` matches a postcode as a word of its own; `first` says that it stands before the town. `regions`
    are the folded names, `short` their short forms. `alone` says that the end tells the country by itself.
    """

    code: str
    postcode: re.Pattern[str]
    first: bool
    alone: bool = True
    regions: frozenset[str] = field(default_factory=frozenset)
    short: frozenset[str] = field(default_factory=frozenset)


def _shape(code: str, postcode: str, *, first: bool, alone: bool = True) -> Shape:
    pairs = [pair.split(":") for pair in _REGIONS.get(code, "").split("|") if pair]
    return Shape(
        code=code,
        postcode=re.compile(rf"(?<![\w-])(?:{postcode})(?![\w-])"),
        first=first,
        alone=alone,
        regions=frozenset(fold(name) for _, name in pairs),
        short=frozenset(short for short, _ in pairs if len(short) > 1),
    )


_FIVE, _FOUR = r"\d{5}", r"\d{4}"
_SHAPES = (
    _shape("CA", r"[A-CEGHJ-NPRSTVXYa-ceghj-nprstvxy]\d[A-Za-z][ -]?\d[A-Za-z]\d", first=False),
    _shape("GB", r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}", first=False),
    _shape("NL", r"(?:NL[- ])?[1-9]\d{3} ?[A-Z]{2}", first=True),
    _shape("PL", r"(?:PL[- ])?\d{2}-\d{3}", first=True),
    _shape("US", f"{_FIVE}(?:-{_FOUR})?", first=False),
    _shape("AU", _FOUR, first=False),
    _shape("IT", f"(?:I[- ]|IT[- ])?{_FIVE}", first=True),
    _shape("ES", f"(?:E[- ]|ES[- ])?{_FIVE}", first=True),
    _shape("FR", r"(?:F[- ]|FR[- ])?\d{2} ?\d{3}", first=True, alone=False),
    _shape("DE", f"(?:D[- ]|DE[- ])?{_FIVE}", first=True, alone=False),
    _shape("AT", f"(?:A[- ]|AT[- ])?{_FOUR}", first=True, alone=False),
    _shape("CH", f"(?:CH[- ])?{_FOUR}", first=True, alone=False),
)
SHAPES = {shape.code: shape for shape in _SHAPES}
# Postcode and town of any other country, and of one that nobody names: 111 51 Stockholm.
ANYWHERE = _shape("", r"(?:[A-Z]{1,2}[- ])?(?:\d{3} \d{2}|\d{4,5})", first=True)
