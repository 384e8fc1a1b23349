"""Two at once: a form says which state of a row it was made from, and a change on a newer one is not made.

A row's revision is a hash of what was shown of it. It travels in the form beside the row's identifier, and is
compared inside the transaction that makes the change.
"""

from __future__ import annotations

from hashlib import sha256
from hmac import compare_digest

from relcard.web.refusal import ChangedSinceError


def revision(*shown: object) -> str:
    """Return the revision of what is shown: texts, days, numbers or None."""
    return sha256("\0".join(map(repr, shown)).encode()).hexdigest()[:16]


def check(sent: str, *now: object, yours: str, theirs: str) -> None:
    """Raise `ChangedSinceError` where a form was made from another state than that of now.

    `yours` and `theirs` are what the form would write and what stands there, in words.
    """
    current = revision(*now)
    if not compare_digest(sent.encode(), current.encode()):
        raise ChangedSinceError(yours=yours, theirs=theirs, revision=current)
