"""English."""

from __future__ import annotations

from relcard.domain.languages import WITHOUT
from relcard.domain.languages import ColumnNames
from relcard.domain.languages import Language

LANGUAGE = Language(
    code="en",
    and_="and",
    and_before=WITHOUT,
    family="The {} Family",
    and_family="{} and family",
    family_joined=False,
    dear="Dear {}",
    dear_several="Dear {}",
    dear_pair=WITHOUT,
    dear_family="Dear {}",
    surname_in_plural=True,
    formal="Dear {}",
    formal_several="Dear {}",
    formal_pair=WITHOUT,
    formal_family="Dear {} family",
    formal_titled=WITHOUT,
    ranks=WITHOUT,
    title_begins_large=True,
    twins=("the twins", "the twins"),
    dear_twins=WITHOUT,
    couple_is_family=False,
    organisation="To all at {}",
    end=",",
    women="mrs ms miss",
    men="mr mister",
    anybody="mx",
    titles="dr doctor prof professor sir dame lady lord rev fr capt aunt auntie uncle grandma grandpa granny",
    family_words=("the", "family"),
    closings=(
        r"(?:with )?(?:all |much |lots of |warmest |deepest )?(?:my |our )?love(?: from)?",
        r"(?:with )?(?:kind|kindest|best|warm|warmest) regards|regards|lots of hugs|hugs and kisses",
        r"yours(?: sincerely| faithfully| truly| ever)?|(?:most )?sincerely(?: yours)?|fondly|affectionately|x{2,}|xoxo",
    ),
    weak_closings=(
        r"all the best|best(?: wishes)?|cheers|warmly|from(?: all)?|the family",
        r"your (?:\w+ )?(?:friends?|neighbours?|family|aunt|uncle|cousins?|parents|grandparents|sister|brother|goddaughter|godson)",
        r"with (?:affection|warmth)|hugs|kisses|blessings|god bless(?: you)?",
    ),
    wished_by=(
        r"(?:love|hugs|kisses) from|(?:greetings|wishes) from (?:the|all the)|is the wish of",
        r"(?:christmas|new year|birthday|holidays|easter) from the",
    ),
    family_lines=(r"the {}s",),
    offices=(
        r"\bfrom the (?:offices?|desks?) of\b",
        r"\bon behalf of\b",
        r"\bfrom (?:us )?all (?:of us|at)\b",
    ),
    before_names=("from", "the", "your", "family", "all", "us", "both"),
    wishes="christmas xmas noel advent easter new year years eve holiday holidays season seasons birthday day days"
    " peace joy hope love light laughter happiness health luck faith grace blessing blessings cheer goodwill"
    " happy merry god lord jesus christ heaven winter spring bethlehem january december warmth wishes greetings",
    nouns_begin_large=False,
    openings=(r"(?:my )?dear(?:est)?|hello|hi",),
    sent_to_hundreds=(
        r"\bfinds? you (?:well|all)\b|\byou and (?:yours|your (?:family|loved ones))\b",
        r"\bvalued\b|\bnear and dear\b",
        r"\banother year has\b|\bwhere (?:did|does|has) the (?:year|time)\b",
        r"\bthank you for your (?:business|custom)\b",
    ),
    ask_where="A card is waiting here, the paper kind.\nWhere should it go these days?",
    ask_still="A card is waiting here, the paper kind.\nIs this still the right address?",
    columns=ColumnNames(
        name="name|full name|display name|friend|friends|who|contact|contacts|person|people|file as|household"
        "|names",
        given="given|given name|given names|first name|first names|first|firstname|forename|forenames",
        family="family name|family|last name|last|lastname|surname|surnames",
        email="email|e mail|mail|emails|email address|e mail address|mail address",
        phone="phone|phones|phone number|telephone|telephone number|tel|tel no|primary phone"
        "|company main phone",
        mobile="mobile|mobile phone|mobile number|cell|cell phone|cellphone",
        street="street|street address|road",
        town="town|city|city town|town city|place|post town|suburb|locality",
        postcode="postcode|post code|postal code|zip|zip code|zipcode|zip postal code|postal zip code",
        country="country|country region",
        birthday="birthday|birth date|birthdate|date of birth|born|dob|bday",
        note="note|notes|comment|comments|remarks|remark",
        language="language",
        tag="tag|tags|group|groups|group membership|labels|categories|category",
        others={
            "prefix": "prefix|name prefix|salutation|honorific",
            "additional": "additional name|middle name|middle|middlename",
            "suffix": "suffix|name suffix",
            "nickname": "nickname|nick name|nick|short name|known as",
            "sort": "sort as|sort name",
            "org": "organization|organisation|organization name|company|company name|employer",
            "department": "department|organization department",
            "title": "job title|organization title|position|job|occupation|role|title",
            "address": "address|addresses|postal address|mailing address|full address|address line|addr",
            "po box": "po box|p o box|post office box",
            "extended": "extended address|address extra|flat|apartment|unit",
            "house number": "house number|house no",
            "region": "state|region|county|province|state province",
            "fax": "fax|fax number",
            "url": "url|web|website|web site|web page|webpage|homepage|personal web page",
            "anniversary": "anniversary|wedding anniversary|wedding|wedding day|wedding date",
            "died": "died|date of death|death",
            "partner": "partner|partner name|partners",
            "spouse": "spouse|husband|wife|husband wife",
            "children": "children|kids|kid|child",
            "uid": "uid",
            # Columns that only look like one of the others.
            "keep": "initials|yomi name|given name yomi|additional name yomi|family name yomi|location|photo"
            "|keywords|e mail type|e mail display name|priority|gender|account|mileage|profession|hobby|hobbys"
            "|internet free busy|maiden name|country code|company yomi|file",
        },
        home="home private personal",
        work="work business office",
        other="other",
        unclear={"name": "family"},
    ),
    months=(
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
        "august aug", "september sep sept", "october oct", "november nov", "december dec",
    ),
    date_words="of the st nd rd th",
)  # fmt: skip
