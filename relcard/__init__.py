"""relcard remembers the people you care about; you write."""

from __future__ import annotations

__version__ = "0.1.0"
