"""Which pages stand in the navigation: the word among those of the frame, and the path."""

from __future__ import annotations

NAVIGATION = (
    ("today", "/"),
    ("letterbox", "/letterbox"),
    ("desk", "/desk"),
    ("season", "/season"),
    ("people", "/people"),
)
