"""The store: one SQLite file, the truth. SQL stands in this package and nowhere else.

Functions take the connection first. Reading functions leave nothing open; changes happen inside
`journal.step`, which is one transaction and one step that `undo` can take back.
"""

from __future__ import annotations

# The year a card or letter belongs to: one of January is the last year's.
CARD_YEAR = "substr(happened_on, 1, 4) - (substr(happened_on, 6, 2) = '01')"
