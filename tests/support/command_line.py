"""A user at the command line: commands in this process, each with the store, the day and the words it said."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from relcard.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

DAY = "2026-11-20"


@dataclass(frozen=True, slots=True)
class Result:
    """What a command said and the code it ended with."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output; anything else there fails."""
        found = json.loads(self.raw.decode("utf-8"))
        assert isinstance(found, dict)
        assert found["version"] == 1
        return found


class Screen(io.TextIOWrapper):
    """A stream that keeps every byte written to it."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        super().__init__(self._bytes, encoding="utf-8", write_through=True)

    def seen(self) -> bytes:
        self.flush()
        return self._bytes.getvalue()


@dataclass(frozen=True, slots=True)
class Runner:
    """Gives commands to one store on one day."""

    store: Path
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *words: str, stdin: bytes = b"", today: str = DAY) -> Result:
        return self.bare("--store", str(self.store), "--today", today, *words, stdin=stdin)

    def done(self, *words: str, today: str = DAY) -> Result:
        """Give a command that must succeed."""
        result = self(*words, today=today)
        assert result.code == 0, result.err
        return result

    def bare(self, *words: str, stdin: bytes = b"") -> Result:
        """Give a command without --store and --today."""
        out, err = Screen(), Screen()
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with redirect_stdout(out), redirect_stderr(err):
            code = main.run(words)
        raw = out.seen()
        return Result(code, raw.decode(errors="replace"), err.seen().decode(), raw)

    def process(self, *words: str, env: Mapping[str, str] | None = None, limit: int | None = None) -> Result:
        """Give a command to a process of its own; `limit` is the largest file, in bytes, it may write."""

        def small_files() -> None:
            import resource

            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        # With no room left, half a module would stay in __pycache__ for all who come after.
        whole = {} if limit is None else {"PYTHONDONTWRITEBYTECODE": "1"}
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("RELCARD", "LC_", "LANG"))
        }
        done = subprocess.run(
            [sys.executable, "-m", "relcard", *words],
            check=False,
            capture_output=True,
            env={**kept, **whole, "RELCARD_FONTS": "packaged", **(env or {})},
            preexec_fn=small_files,
        )
        return Result(
            done.returncode,
            done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"),
            done.stdout,
        )

    @property
    def bytes(self) -> bytes:
        """The store as it lies on the disk."""
        return self.store.read_bytes()


# Makes ready whose command line it is, by what is done then: anew the first time, from a copy from then on.
Once = Callable[[Runner, Callable[[Runner], object]], Runner]


def vcard(name: str, *lines: str, uid: str = "") -> bytes:
    """Return a small vCard of "Given Family"."""
    given, _, family = name.rpartition(" ")
    body = [f"FN:{name}", f"N:{family};{given};;;", *([f"UID:{uid}"] if uid else []), *lines]
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *body, "END:VCARD", ""]).encode()


def keys_of(objects: Iterable[Mapping[str, object]]) -> set[str]:
    """Return the keys that each of some objects has; they must all have the same."""
    (keys,) = {frozenset(row) for row in objects}
    return set(keys)
