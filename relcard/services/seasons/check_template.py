"""What `print cards` would refuse of a template, found before the season."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from relcard.domain.occasions import Mood
from relcard.domain.occasions import known_occasion
from relcard.domain.people.circle import Circle
from relcard.domain.printing.room import room_for
from relcard.domain.seasons.tone import Reader
from relcard.domain.seasons.tone import tone_for
from relcard.domain.text import quoted
from relcard.errors import InkContractError
from relcard.errors import RelcardError
from relcard.paper.documents.cards import CardFace
from relcard.paper.fronts.design_library import design_for
from relcard.services.seasons.draft_cards import check_face
from relcard.templating import rendering

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from relcard.domain.people.circle import CircleRule
    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.room import Hand
    from relcard.domain.printing.room import Room
    from relcard.domain.seasons.draft import Printed
    from relcard.domain.seasons.tone import Remark
    from relcard.templating.templates import TemplateContext


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCards:
    """The cards a template is held against: as the settings have them."""

    size: CardSize
    hand: Hand
    circles: Mapping[Circle, CircleRule]
    folders: tuple[Path, ...] = ()  # of the user's own templates and designs
    sender_names: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()  # rules of tone that say nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateReading:
    """What a template prints in one tone, for one or several, and what wants a second look there."""

    context: TemplateContext
    printed: Printed
    remarks: tuple[Remark, ...]


def check_template(path: Path, cards: OnCards) -> list[TemplateReading]:
    """Return what a template file prints for each tone, number and formality.

    Raises what `print cards` would, with the file and the circle in front of the message: `TemplateError` for
    what no template may hold, `InkContractError` for a signature or too many words, and the paper's own.
    """
    readings = []
    rooms = _rooms(cards)
    for context, printed in rendering.check_template(path, cards.folders):
        remarks: dict[Remark, None] = {}
        for circle, careful in _greeted_in(context, rooms):
            try:
                face = _face(printed, context, rooms[circle], cards, careful=careful)
                reader = Reader(
                    language=context.language,
                    sender_names=cards.sender_names,
                    template=printed,
                    careful=careful,
                    off=cards.off,
                )
                remarked = check_face(face, reader)
            except RelcardError as error:
                error.message = f"{path}, for {circle.value}: {error.message}"
                error.hint = f"Change it, then: relcard template check {quoted(str(path))}"
                raise
            remarks |= dict.fromkeys(remarked)
        readings.append(TemplateReading(context=context, printed=printed, remarks=tuple(remarks)))
    return readings


def _rooms(cards: OnCards) -> dict[Circle, Room]:
    """Return the room of each circle this size of card can serve, the widest first.

    One it cannot serve gets no such card whatever the words are. Raises `InkContractError` if it serves none.
    """
    rooms = {}
    unserved: InkContractError | None = None
    for circle in (Circle.WIDE, Circle.FRIEND, Circle.CLOSE, Circle.INNER):
        try:
            rooms[circle] = room_for(cards.size, cards.circles[circle], cards.hand)
        except InkContractError as error:
            unserved = error
    if unserved and not rooms:
        raise unserved
    return rooms


def _greeted_in(context: TemplateContext, circles: Iterable[Circle]) -> Iterator[tuple[Circle, bool]]:
    """Yield the circles that get words of a tone, and whether nothing jolly fits them, in a careful year."""
    known = known_occasion(context.occasion)
    is_grave = known is not None and known.mood is Mood.GRAVE
    for circle, careful in product(circles, (False, True)):
        if tone_for(circle, careful=careful).value == context.tone:
            yield circle, careful or is_grave


def _face(
    printed: Printed, context: TemplateContext, room: Room, cards: OnCards, *, careful: bool
) -> CardFace:
    words = printed.front_only if room.is_whole_inside else printed
    return CardFace(
        who="",
        front=words.front,
        inside=words.inside,
        design=design_for(context.occasion, careful=careful, folders=cards.folders),
        room=room,
        size=cards.size,
    )
