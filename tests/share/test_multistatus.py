"""The XML of WebDAV: read by namespace, and refused where it is hostile or half."""

from __future__ import annotations

import pytest

from relcard.errors import ServerError
from relcard.share.multistatus import DAV
from relcard.share.multistatus import BrokenXmlError
from relcard.share.multistatus import read_multistatus

ONE = (
    b'<?xml version="1.0"?><x:multistatus xmlns:x="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">'
    b"<x:response><x:href> /a%20b/%C3%B6.vcf </x:href><x:propstat><x:prop>"
    b"<x:resourcetype><x:collection/><c:addressbook/></x:resourcetype><x:displayname>Freunde &amp; ich</x:displayname>"
    b"</x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat>"
    b"<x:propstat><x:prop><x:getetag>gone</x:getetag></x:prop><x:status>HTTP/1.1 404 Not Found</x:status></x:propstat>"
    b"</x:response><x:response><x:href>/b</x:href><x:status>HTTP/1.1 507 Full</x:status></x:response></x:multistatus>"
)


def test_resources_come_with_the_properties_they_have() -> None:
    """Prefixes are the server's own; a property that answers 404 is none, and a resource may have a status."""
    first, second = read_multistatus(ONE)
    assert (first.path, first.status, first.text(f"{DAV}displayname")) == ("/a b/ö.vcf", 200, "Freunde & ich")
    assert first.is_a(f"{DAV}collection")
    assert not first.is_a(f"{DAV}principal")
    assert first.text(f"{DAV}getetag") == ""
    assert (second.href, second.status, second.hrefs(f"{DAV}owner")) == ("/b", 507, [])


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (BOMB, "document type"),
        (b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>', "document type"),
        (b"<x>" * 60, "without end"),
        (b"<html><body>Welcome to the hotel</body></html>", "no list of WebDAV"),
        (ONE[:200], "no whole XML"),
        (ONE.replace(b"Freunde", b"Fr\0unde"), "no whole XML"),
        (ONE.replace(b"Freunde", b"Fr\xe4unde"), "no whole XML"),
        (b"", "no whole XML"),
        (b"not XML at all", "no whole XML"),
        (b'<x:multistatus xmlns:x="DAV">' + b"</x:multistatus>", "no list of WebDAV"),
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(body: bytes, sentence: str) -> None:
    """A bomb, a page of a hotel, half an answer, a letter that XML has not: each is named."""
    with pytest.raises(ServerError, match=sentence) as refused:
        read_multistatus(body)
    assert isinstance(refused.value, BrokenXmlError) == (sentence == "no whole XML")
