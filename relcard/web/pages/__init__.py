"""The pages, a module each with its ROUTES."""

from __future__ import annotations

from relcard.web.pages import desk
from relcard.web.pages import household
from relcard.web.pages import language
from relcard.web.pages import letterbox
from relcard.web.pages import pair
from relcard.web.pages import papers
from relcard.web.pages import people
from relcard.web.pages import picture
from relcard.web.pages import season
from relcard.web.pages import today
from relcard.web.pages import triage
from relcard.web.pages import undo
from relcard.web.pages import years

PAGES = (
    today,
    letterbox,
    picture,
    desk,
    season,
    papers,
    years,
    people,
    triage,
    household,
    pair,
    language,
    undo,
)
