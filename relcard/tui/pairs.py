"""The full-screen pass over pairs that look like one contact."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

from textual.binding import Binding

from relcard.services.importing.pair_words import answered
from relcard.tui import pair_page
from relcard.tui.page_app import Explanation
from relcard.tui.page_app import PageApp
from relcard.tui.page_app import Search

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from datetime import date

    from textual.binding import BindingType
    from textual.content import Content

    from relcard.services.importing.find_duplicates import Twins
    from relcard.services.importing.pair_sitting import PairAnswer
    from relcard.services.importing.pair_sitting import PairSitting


class PairsApp(PageApp):
    """Show pair after pair and keep each answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "merge"),
        Binding("n", "not_same"),
        *(Binding(str(number), f"choose({number})") for number in range(1, 10)),
    ]

    def __init__(self, sitting: PairSitting, *, today: date) -> None:
        super().__init__()
        self._sitting = sitting
        self._today = today

    def parts(self, width: int, page_width: int) -> Mapping[str, Content]:
        """Return what stands on the screen by its place."""
        return {
            "contact": pair_page.pair(self._sitting, page_width, self._today),
            "top": pair_page.top(self._sitting, width),
            "bar": pair_page.bar(self._sitting, width),
            "counts": pair_page.counts(self._sitting),
            "keys": pair_page.keys(),
        }

    def action_merge(self) -> None:
        """Make one contact of the two."""
        self._answer(self._sitting.merge)

    def action_not_same(self) -> None:
        """Remember that they are two."""
        self._answer(self._sitting.not_same)

    def action_choose(self, number: int) -> None:
        """Let the other value stand where they differ."""
        self.kept(lambda: self._sitting.choose(number))

    def action_later(self) -> None:
        """Put the pair off; at the end, go through those that were put off."""

        def later() -> None:
            given = self._sitting.later()
            self._told = answered(given) if given else ""
            if given is None:
                self._sitting.again()

        self.kept(later)

    def action_take_back(self) -> None:
        """Take the last answer back and show its pair again."""

        def take_back() -> None:
            given = self._sitting.take_back()
            self._told = (
                f"Taken back: {answered(given)}" if given else "Nothing was said in this sitting yet."
            )

        self.kept(take_back)

    def action_search(self) -> None:
        """Ask for a name and go to its pair."""
        search = Search(self._sitting.find, pair_page.found, placeholder="any words of a name")
        self.push_screen(search, self._go_to)

    def action_explain(self) -> None:
        """Show what the keys mean."""
        self.push_screen(Explanation(pair_page.help_page()))

    def _answer(self, give: Callable[[], PairAnswer | None]) -> None:
        def answer() -> None:
            given = give()
            self._told = f"{answered(given)}   u takes it back" if given else ""

        self.kept(answer)

    def _go_to(self, twins: Twins | None) -> None:
        def go() -> None:
            if twins is not None:
                self._sitting.go_to(twins)
                self._told = ""

        self.kept(go)
