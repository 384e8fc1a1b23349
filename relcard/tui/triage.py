"""The full-screen pass through contacts: one contact on a page, one key for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

from textual.binding import Binding

from relcard.domain.people.circle import Circle
from relcard.tui import triage_page
from relcard.tui.page_app import Explanation
from relcard.tui.page_app import PageApp
from relcard.tui.page_app import Search

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from textual.binding import BindingType
    from textual.content import Content

    from relcard.domain.importing.triage import TriageCandidate
    from relcard.services.importing.triage_sitting import Sitting


class TriageApp(PageApp):
    """Show who waits and keep each answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"answer('{circle.value}')") for key, circle in triage_page.KEYS.items()),
        Binding("h", "household"),
    ]

    def __init__(self, sitting: Sitting, *, today: date) -> None:
        super().__init__()
        self._sitting = sitting
        self._today = today
        self._household = False

    def parts(self, width: int, page_width: int) -> Mapping[str, Content]:
        """Return what stands on the screen by its place."""
        sitting = self._sitting
        return {
            "top": triage_page.top(sitting, width),
            "bar": triage_page.bar(sitting, width),
            "contact": triage_page.contact(sitting, page_width, self._today),
            "counts": triage_page.counts(sitting),
            "keys": triage_page.keys(household=self._household),
        }

    def action_answer(self, circle: str) -> None:
        """Keep the answer and show the next contact."""

        def answer() -> None:
            given = self._sitting.answer(Circle(circle), household=self._household)
            self._told = f"{triage_page.answered(given)}   u takes it back" if given else ""
            self._household = False

        self.kept(answer)

    def action_later(self) -> None:
        """Put the contact off; at the end, go through those that were put off."""

        def later() -> None:
            given = self._sitting.later()
            self._told = triage_page.answered(given) if given else ""
            self._household = False
            if given is None:
                self._sitting.again()

        self.kept(later)

    def action_take_back(self) -> None:
        """Take the last answer back and show its contact again."""

        def take_back() -> None:
            given = self._sitting.take_back()
            self._told = (
                f"Taken back: {triage_page.answered(given)}"
                if given
                else "Nothing was said in this sitting yet."
            )
            self._household = False

        self.kept(take_back)

    def action_household(self) -> None:
        """Let the next answer be for the whole household, or no longer."""

        def household() -> None:
            others = self._sitting.open_housemates()
            self._household = bool(others) and not self._household
            if self._household:
                self._told = triage_page.for_household(others)
            else:
                self._told = "" if others else "Nobody else of this household waits."

        self.kept(household)

    def action_search(self) -> None:
        """Ask for a name and go there."""
        search = Search(
            self._sitting.find,
            lambda found, marked, size: triage_page.found(self._sitting, found, marked, size),
            placeholder="any words of a name, a town or an organisation",
        )
        self.push_screen(search, self._go_to)

    def action_explain(self) -> None:
        """Show what the keys mean."""
        self.push_screen(Explanation(triage_page.help_page()))

    def _go_to(self, candidate: TriageCandidate | None) -> None:
        def go() -> None:
            if candidate is not None:
                self._sitting.go_to(candidate.contact_id)
                self._household, self._told = False, ""

        self.kept(go)
