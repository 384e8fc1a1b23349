"""Full-screen pages; loaded only by the commands that show them."""

from __future__ import annotations
