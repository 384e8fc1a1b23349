"""Drafts: a few printed words, the room kept for the pen, and the crib beside it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from relcard.domain.feasts import FEASTS
from relcard.domain.languages import language_code
from relcard.domain.occasions import Mood
from relcard.domain.occasions import find_occasion
from relcard.domain.people.circle import Circle
from relcard.domain.people.names import written_name
from relcard.domain.printing.room import room_for
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.draft import check_printed
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import advance
from relcard.domain.seasons.tone import Reader
from relcard.domain.seasons.tone import check_tone
from relcard.domain.seasons.tone import tone_for
from relcard.domain.seasons.variants import Choice
from relcard.domain.seasons.variants import choose_words
from relcard.errors import RelcardError
from relcard.errors import UsageError
from relcard.services.seasons.gather_crib import gather_crib
from relcard.services.seasons.read_before import read_before
from relcard.store import seasons
from relcard.store.relations import between_households
from relcard.templating.templates import TemplateContext
from relcard.templating.templates import find_template
from relcard.templating.templates import language_of_words
from relcard.templating.templates import occasions_with_words
from relcard.templating.templates import words_instead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.room import Hand
    from relcard.domain.printing.room import Room
    from relcard.domain.seasons.tone import Remark
    from relcard.domain.seasons.tone.repeats import Before
    from relcard.paper.documents.cards import CardFace
    from relcard.paper.fronts.design import Design
    from relcard.paper.fronts.photos import Photo
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.gather_crib import Remarks
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

# The circles whose salutation may stand in type when asked for; for the near ones it is always ink.
_PRINTED_SALUTATION = (Circle.FRIEND, Circle.WIDE, Circle.NONE)

Rendered = dict[TemplateContext, tuple[Printed, ...]]  # all a template offers for one kind of card
_Fit = dict[
    tuple[tuple[Printed, ...], "Room"], tuple[Printed, ...]
]  # of that, what one room leaves space for


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is drafted, for whom it is the same: the occasion, the card, the hand."""

    occasion: str
    on: date  # day of the occasion
    size: CardSize
    hand: Hand
    folders: tuple[Path, ...] = ()  # of the user's own templates
    sender_names: tuple[str, ...] = ()  # of who sends the cards: a name in type is a signature
    print_salutation: bool = False
    cheer: bool = False  # a clear yes to cheerful words, for this run, in a careful year too
    off: frozenset[str] = frozenset()  # rules of tone that say nothing
    design: Design | None = None  # None for the one the occasion gets
    photo: Photo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One household's card as it will be, and what lies beside it."""

    recipient: Recipient
    printed: Printed
    room: Room
    crib: Remarks
    edited: bool
    remarks: tuple[Remark, ...] = ()
    instead: str = ""  # what the words are printed in place of, "" where they are as asked


@dataclass(frozen=True, slots=True)
class Refused:
    """A household whose card would break the contract, and how."""

    household: HouseholdView
    error: RelcardError


@dataclass(frozen=True, slots=True)
class DraftRun:
    """What was drafted and what was refused."""

    drafts: tuple[Draft, ...]
    refused: tuple[Refused, ...]


def draft_cards(
    db: Connection,
    recipients: Sequence[Recipient],
    wanted: Wanted,
    *,
    checked: bool = True,
    with_crib: bool = True,
) -> DraftRun:
    """Draft a card for each recipient; nothing of it is kept, see `keep_draft`.

    The room is computed before a word is looked at. Words that a person wrote are never replaced; words
    that would eat the room are refused. Without `checked` they are as they stand: to be mended. For paper
    they come without the crib. Raises `NotFoundError` for an occasion without words in any language.
    """
    check_has_words(wanted)
    edited = [recipient for recipient in recipients if recipient.row and recipient.row.edited]
    before = read_before(db, edited)
    cribs = cribs_of(db, recipients, wanted) if with_crib else {}
    drafts: list[Draft] = []
    refused: list[Refused] = []
    rendered: Rendered = {}
    fitting: _Fit = {}
    offered: dict[int, tuple[Printed, ...]] = {}
    for recipient in recipients:
        try:
            offered[recipient.household.id] = _offered(recipient, wanted, rendered, fitting)
        except RelcardError as error:
            refused.append(Refused(recipient.household, error))
    chosen = _choose(db, recipients, offered, wanted)
    for recipient in recipients:
        view = recipient.household
        if view.id not in offered:
            continue
        try:
            draft = _draft(recipient, chosen[view.id], wanted, cribs.get(view.id, ()))
            if checked:
                read = before.get(view.id, ())
                draft = replace(draft, remarks=check_words(recipient, draft.printed, wanted, rendered, read))
            drafts.append(draft)
        except RelcardError as error:
            refused.append(Refused(view, error))
    return DraftRun(tuple(drafts), tuple(refused))


def check_has_words(wanted: Wanted) -> None:
    """Refuse an occasion for which nothing can be printed. Raises `NotFoundError`."""
    occasion = find_occasion(wanted.occasion)
    if not {occasion.name, occasion.stand_in} & occasions_with_words(wanted.folders):
        find_template(occasion.name, "en", wanted.folders)


def cribs_of(db: Connection, recipients: Sequence[Recipient], wanted: Wanted) -> dict[int, Remarks]:
    """Return what lies beside the card of each household, by its id."""
    return gather_crib(
        db,
        [recipient.household for recipient in recipients],
        on=wanted.on,
        occasion=wanted.occasion,
        celebrated={recipient.household.id: recipient.celebrated for recipient in recipients},
        own_days={recipient.household.id: greeted_for(recipient, wanted)[1] for recipient in recipients},
    )


def keep_draft(db: Connection, recipient: Recipient, printed: Printed, *, edited: bool) -> None:
    """Keep the words of a recipient's draft and move it on to drafted."""
    row = recipient.row
    assert row is not None  # noqa: S101  only recipients of a season have a draft to keep
    seasons.set_draft(db, row.id, printed.front, printed.inside, edited=edited)
    seasons.set_state(db, row.id, advance(State(row.state), State.DRAFTED).value)


def check_words(
    recipient: Recipient,
    printed: Printed,
    wanted: Wanted,
    rendered: Rendered | None = None,
    before: Sequence[Before] = (),
) -> tuple[Remark, ...]:
    """Refuse words that break the contract: the room, names and signatures in type. Raises `RelcardError`.

    `rendered` holds what was rendered in this run, so that a template is read once; `before` what the people
    of the household have read, for words a person wrote.
    """
    room = room_for(wanted.size, recipient.rule, wanted.hand)
    several = _render(recipient, wanted, {} if rendered is None else rendered)
    # What the template prints for everybody names nobody, whatever they are called: `Reader.template`.
    is_everybodys = any(
        printed.front == words.front and printed.inside in ("", words.inside) for words in several
    )
    return check_face(
        card_face(recipient, printed, room, wanted),
        Reader(
            language=recipient.household.language,
            names=() if is_everybodys else tuple(_names(recipient.household)),
            sender_names=wanted.sender_names,
            salutation=_salutation(recipient, wanted),
            template=_all_of(several, front_only=room.is_whole_inside),
            careful=is_careful(recipient, wanted),
            before=before,
            off=wanted.off,
        ),
        step_for=f"h{recipient.household.id}",
    )


@lru_cache(maxsize=64)
def _all_of(several: tuple[Printed, ...], *, front_only: bool) -> Printed:
    """Return everything that a template may print, as one text."""
    return Printed(
        "\n".join(words.front for words in several),
        "" if front_only else "\n".join(words.inside for words in several),
    )


def check_face(face: CardFace, reader: Reader, *, step_for: str = "") -> tuple[Remark, ...]:
    """Refuse a card whose words break the contract or do not fit; `step_for` is WHO in the next step.

    The one check there is: of drafts, of what is typed into one, and of templates. Raises `RelcardError`.
    """
    from relcard.paper.documents.cards import check_card  # noqa: PLC0415  reportlab: 180 ms of `stamps`

    printed = Printed(face.front, face.inside)
    check_printed(printed, face.room, who=step_for)
    remarks = check_tone(printed, reader)
    check_card(face)
    return tuple(remarks)


def card_face(recipient: Recipient, printed: Printed, room: Room, wanted: Wanted) -> CardFace:
    """Return what the paper needs to know of one card; in a careful year its design is a plain one."""
    from relcard.paper.documents.cards import CardFace  # noqa: PLC0415  reportlab, as above
    from relcard.paper.fronts.design_library import design_for  # noqa: PLC0415  as above

    careful = is_careful(recipient, wanted)
    design = wanted.design
    occasion, _ = greeted_for(recipient, wanted)
    unfit = design and design.occasions and occasion != wanted.occasion and occasion not in design.occasions
    if design is None or unfit or (careful and not design.careful):
        design = design_for(occasion, careful=careful, folders=wanted.folders)
    return CardFace(
        who=recipient.household.addressee,
        front=printed.front,
        inside=printed.inside,
        design=design,
        room=room,
        size=wanted.size,
        photo=wanted.photo if design.layout.takes_photo else None,
        language=language_of_words(occasion, recipient.household.language, wanted.folders),
    )


def greeted_for(recipient: Recipient, wanted: Wanted) -> tuple[str, date]:
    """Return the occasion and its day: in a round of greetings for a feast, the household's own one."""
    if recipient.own_feast is None or wanted.occasion not in FEASTS:
        return wanted.occasion, wanted.on
    return recipient.own_feast.occasion, recipient.own_feast.day


def is_grave(wanted: Wanted) -> bool:
    """Whether nothing jolly fits the occasion, whoever the card is for."""
    return find_occasion(wanted.occasion).mood is Mood.GRAVE


def is_careful(recipient: Recipient, wanted: Wanted) -> bool:
    """Whether nothing jolly fits, in words or on the front: in a careful year, and of a grave occasion."""
    return is_grave(wanted) or (recipient.household.careful and not wanted.cheer)


def _draft(recipient: Recipient, printed: Printed, wanted: Wanted, crib: Remarks) -> Draft:
    edited = recipient.row is not None and recipient.row.edited
    occasion, _ = greeted_for(recipient, wanted)
    return Draft(
        recipient=recipient,
        printed=printed,
        room=room_for(wanted.size, recipient.rule, wanted.hand),
        crib=crib,
        edited=edited,
        instead="" if edited else words_instead(occasion, recipient.household.language, wanted.folders),
    )


def _offered(recipient: Recipient, wanted: Wanted, rendered: Rendered, fitting: _Fit) -> tuple[Printed, ...]:
    """Return the words a household may get; of a card that a person wrote, those alone."""
    if not recipient.household.is_lived_in:
        off = f"Take it off the season: relcard season drop h{recipient.household.id}"
        raise UsageError(
            "Nobody of this household is living.", hint=off if recipient.row else "A card goes to the living."
        )
    room = room_for(wanted.size, recipient.rule, wanted.hand)
    row = recipient.row
    if row is not None and row.edited:
        return (Printed(row.front or "", row.inside or ""),)
    several = _render(recipient, wanted, rendered)
    if (several, room) not in fitting:
        fitting[several, room] = _leaving_room(several, room, wanted)
    return fitting[several, room]


def _leaving_room(several: tuple[Printed, ...], room: Room, wanted: Wanted) -> tuple[Printed, ...]:
    """Return of what a template offers the words that leave the room free; all of them where none do."""
    if room.is_whole_inside:
        return tuple(dict.fromkeys(printed.front_only for printed in several))
    return tuple(printed for printed in several if _has_space(printed, room, wanted)) or several


def _has_space(printed: Printed, room: Room, wanted: Wanted) -> bool:
    from relcard.paper.documents.cards import set_inside  # noqa: PLC0415  reportlab: 180 ms of `stamps`

    try:
        return set_inside(printed.inside, wanted.size, room).height_mm <= room.printable_mm
    except RelcardError:
        return False


def _choose(
    db: Connection,
    recipients: Sequence[Recipient],
    offered: Mapping[int, tuple[Printed, ...]],
    wanted: Wanted,
) -> dict[int, Printed]:
    """Return the words each household gets of those it is offered."""
    kept: dict[int, Printed] = {}
    for season_id in {recipient.row.season_id for recipient in recipients if recipient.row is not None}:
        kept |= {key: Printed(*words) for key, words in seasons.drafted_words(db, season_id).items()}
    last = seasons.last_words(db, wanted.occasion, before=wanted.on.year)
    choices = [
        Choice(
            household=household,
            offered=several,
            kept=kept.get(household),
            last=Printed(*last[household]) if household in last else None,
        )
        for household, several in offered.items()
    ]
    others = {household: words for household, words in kept.items() if household not in offered}
    return choose_words(choices, between_households(db), wanted.on.year, others)


def _render(recipient: Recipient, wanted: Wanted, rendered: Rendered) -> tuple[Printed, ...]:
    """Return what the template offers; most households of a run are all the same to it."""
    view = recipient.household
    occasion, on = greeted_for(recipient, wanted)
    people = [person for person in view.greeted if not person.is_pet]
    context = TemplateContext(
        occasion=occasion,
        language=view.language,
        year=on.year,
        tone=tone_for(view.circle or Circle.WIDE, careful=view.careful and not wanted.cheer).value,
        number="one" if len(people) == 1 and not view.is_organisation else "several",
        formality=view.formality,
        salutation=_salutation(recipient, wanted),
    )
    if context not in rendered:
        from relcard.templating import rendering  # noqa: PLC0415  jinja2, 75 ms: who only selects needs none

        rendered[context] = rendering.render(context, wanted.folders)
    return rendered[context]


def _salutation(recipient: Recipient, wanted: Wanted) -> str:
    view = recipient.household
    allowed = (view.circle or Circle.WIDE) in _PRINTED_SALUTATION
    return view.salutation if wanted.print_salutation and allowed else ""


def _names(view: HouseholdView) -> Iterator[str]:
    for member in view.members:
        yield from (name for name in (member.given, member.family) if len(name) > 1)
    code = language_code(view.language)
    yield from (called for resident in view.greeted if len(called := written_name(resident, code).called) > 1)
