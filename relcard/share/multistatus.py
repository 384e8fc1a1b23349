"""The XML of WebDAV (RFC 4918 section 13): what a server says of several resources at once.

Read with expat alone. A document type is refused before anything of it is taken: none of WebDAV has one, and
entities that grow without end are defined there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple
from urllib.parse import unquote
from urllib.parse import urlsplit
from xml.etree.ElementTree import TreeBuilder
from xml.parsers import expat

from relcard.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

DAV = "{DAV:}"
_DEEPEST = 50  # elements in one another; an answer has about seven


class BrokenXmlError(ServerError):
    """An answer is no whole XML: one bad letter in one of many resources is enough."""


class Resource(NamedTuple):
    """One resource of an answer: where it is, and of its properties those that it has, by qualified name.

    `status` is that of the resource as a whole where the server gives it one, else 200.
    """

    href: str
    status: int
    properties: Mapping[str, Element]

    @property
    def path(self) -> str:
        """Where it is on its server, with every letter as it is: two ways to quote one path are equal."""
        return unquote(urlsplit(self.href).path)

    def text(self, name: str) -> str:
        """Return what a property says, "" where it has none."""
        element = self.properties.get(name)
        return (element.text or "").strip() if element is not None else ""

    def hrefs(self, name: str) -> list[str]:
        """Return the addresses in a property."""
        element = self.properties.get(name)
        inside = element.iter(f"{DAV}href") if element is not None else ()
        return [href for element in inside if (href := (element.text or "").strip())]

    def is_a(self, kind: str) -> bool:
        """Whether its type is one of those: a collection, an address book."""
        kinds = self.properties.get(f"{DAV}resourcetype")
        return kinds is not None and kinds.find(kind) is not None


def read_multistatus(body: bytes) -> list[Resource]:
    """Return the resources of a 207 answer. Raises `ServerError` for what is no whole answer of WebDAV."""
    root = _read(body)
    if root.tag != f"{DAV}multistatus":
        raise ServerError("The answer is no list of WebDAV.", hint=_NO_DAV)
    return [_resource(response) for response in root.iter(f"{DAV}response")]


def _resource(response: Element) -> Resource:
    properties = {
        element.tag: element
        for part in response.findall(f"{DAV}propstat")
        if _status(part) == _OK
        for element in part.iterfind(f"{DAV}prop/*")
    }
    return Resource((response.findtext(f"{DAV}href") or "").strip(), _status(response), properties)


_OK = 200
_NO_DAV = "Nothing was changed. Is that the address of CardDAV or WebDAV, and are you past a hotel's page?"


def _status(element: Element) -> int:
    """Return the number in "HTTP/1.1 404 Not Found", 200 where there is none."""
    words = (element.findtext(f"{DAV}status") or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isdecimal() else _OK


def _read(body: bytes) -> Element:
    """Return the root of a document, its names qualified as {namespace}name."""
    tree = TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise ServerError(
                "The answer is no list of WebDAV: its elements stand in one another without end."
            )
        tree.start(_qualified(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        tree.end(_qualified(name))

    def refuse(*_: object) -> None:
        raise ServerError("The answer has a document type, which no list of WebDAV has: it is not read.")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = tree.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise BrokenXmlError(f"The answer is no whole XML ({error}).", hint=_NO_DAV) from error
    root: Element = tree.close()
    return root


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name
