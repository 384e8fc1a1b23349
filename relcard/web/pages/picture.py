"""A picture of a card, by its UUID, for paired devices alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from relcard.errors import FileError
from relcard.store import pictures
from relcard.store.file import picture_folder
from relcard.web.refusal import RefusalError
from relcard.web.routes import shows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.store.pictures import PictureRow
    from relcard.web.visit import Visit


def shown_pictures(rows: Iterable[PictureRow]) -> list[tuple[str, str, int]]:
    """Return the path, the kind and the year of pictures, as pictures.html shows them."""
    return [(f"/pictures/{UUID(bytes=row.uuid)}", row.kind, row.year) for row in rows]


def _show(visit: Visit) -> Response:
    """Answer with the picture, of which a browser keeps nothing, as of any page."""
    try:
        uuid = UUID(visit.request.path_params["uuid"]).bytes
    except ValueError:
        raise RefusalError(404, "not_found") from None
    with visit.reading() as db:
        sha256 = pictures.of_uuid(db, uuid)
    if sha256 is None:
        raise RefusalError(404, "not_found")
    try:
        data = picture_folder.read(visit.house.access.path, sha256)
    except FileError:
        raise RefusalError(404, "no_picture") from None
    return Response(data, media_type="image/jpeg")


ROUTES = (shows("/pictures/{uuid}", _show),)
