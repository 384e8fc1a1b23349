"""What a page refuses, each with its status and the words that say so in the language of the device."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class RefusalError(Exception):
    """A request that gets a calm page instead of what it asked for.

    `key` names the sentence among the words of the page, `reason` is what else can be said. `again` are the
    fields of a form that may be sent once more as it is.
    """

    def __init__(
        self, status: int, key: str, *, reason: str = "", again: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.reason = reason
        self.again = again


class DoneBeforeError(Exception):
    """A form was sent again that has made a step of the history."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step


class ChangedSinceError(Exception):
    """What a form speaks of was changed after the form was shown; `revision` is that of what stands now."""

    def __init__(self, *, yours: str, theirs: str, revision: str) -> None:
        super().__init__()
        self.yours = yours
        self.theirs = theirs
        self.revision = revision
