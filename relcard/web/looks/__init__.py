"""How the page looks: templates that Jinja fills, and files that are served as they are."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment
from jinja2 import FileSystemLoader
from jinja2 import StrictUndefined

from relcard.domain.languages.page import CODES
from relcard.domain.languages.page import page_language

# The word of each page among those of the frame, and its path.
NAVIGATION = (
    ("today", "/"),
    ("letterbox", "/letterbox"),
    ("desk", "/desk"),
    ("season", "/season"),
    ("people", "/people"),
)
_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


class Still(NamedTuple):
    """A file that is served as it is."""

    data: bytes
    type: str


class Looks:
    """The templates, read once, and the still files by the names they are served under."""

    def __init__(self) -> None:
        files = {path.name: path for path in sorted((_HERE / "static").iterdir()) if path.suffix in _TYPES}
        self.stills = {name: Still(path.read_bytes(), _TYPES[path.suffix]) for name, path in files.items()}
        versions = {name: sha256(still.data).hexdigest()[:12] for name, still in self.stills.items()}
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals.update(
            still=lambda name: f"/still/{name}?v={versions[name]}",
            navigation=NAVIGATION,
            languages=[(code, page_language(code).name) for code in CODES],
        )

    def draw(self, template: str, **context: object) -> str:
        """Return a page in HTML."""
        return self._templates.get_template(template).render(context)
