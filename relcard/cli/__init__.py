"""The command line: a command parses, calls once and prints."""

from __future__ import annotations
