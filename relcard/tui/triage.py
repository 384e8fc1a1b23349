"""The full-screen pass: one contact on a calm page, one key for an answer. Made for 80x24 and a slow line."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

from textual.app import App
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets import Static

from relcard.domain.people.circle import Circle
from relcard.tui import triage_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key
    from textual.events import Resize

    from relcard.domain.importing.triage import TriageCandidate
    from relcard.services.importing.triage_sitting import Sitting

_MARGINS = 4  # columns beside the page


class TriageApp(App[None]):
    """Show who waits and keep each answer."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { padding: 0 1; }
    ModalScreen { background: ansi_default; padding: 1 2; }
    Static { width: 100%; }
    #top, #bar, #said, #counts { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    #page { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    #said { color: ansi_cyan; }
    #keys { height: auto; }
    Input { height: 1; border: none; padding: 0; background: ansi_default; }
    Input:focus { border: none; }
    #found { height: 1fr; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"answer('{circle.value}')") for key, circle in triage_page.KEYS.items()),
        Binding("l,space", "later"),
        Binding("u", "take_back"),
        Binding("h", "household"),
        Binding("slash", "search"),
        Binding("question_mark", "explain"),
        Binding("down", "scroll_page(1)"),
        Binding("up", "scroll_page(-1)"),
        Binding("pagedown", "scroll_page(8)"),
        Binding("pageup", "scroll_page(-8)"),
        Binding("q,ctrl+c", "stop"),
    ]

    def __init__(self, sitting: Sitting, *, today: date) -> None:
        super().__init__(ansi_color=True)
        self._sitting = sitting
        self._today = today
        self._household = False
        self._told = ""
        self._columns = 80
        self._fault: Exception | None = None
        self.theme = "ansi-dark"  # the terminal's own colours, whether light or dark

    def keep_to_the_end(self) -> None:
        """Run until the user stops; what went wrong on the way is raised here, with the terminal restored."""
        self.run(mouse=False)  # the terminal keeps its own way of marking text
        if self._fault is not None:
            raise self._fault

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Static(id="top")
        yield Static(id="bar")
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="contact")
        yield Static(id="said")
        yield Static(id="counts")
        yield Static(id="keys")

    def on_resize(self, event: Resize) -> None:
        """Lay the words out for the width there is, the first time and whenever it changes."""
        self._columns = event.size.width
        self._kept(lambda: None)

    def action_answer(self, circle: str) -> None:
        """Keep the answer and show the next contact."""

        def answer() -> None:
            given = self._sitting.answer(Circle(circle), household=self._household)
            self._told = f"{triage_page.answered(given)}   u takes it back" if given else ""
            self._household = False

        self._kept(answer)

    def action_later(self) -> None:
        """Put the contact off; at the end, go through those that were put off."""

        def later() -> None:
            given = self._sitting.later()
            self._told = triage_page.answered(given) if given else ""
            self._household = False
            if given is None:
                self._sitting.again()

        self._kept(later)

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

        self._kept(take_back)

    def action_household(self) -> None:
        """Let the next answer be for the whole household, or no longer."""

        def household() -> None:
            others = self._sitting.open_housemates()
            self._household = bool(others) and not self._household
            if self._household:
                self._told = triage_page.for_household(others)
            else:
                self._told = "" if others else "Nobody else of this household waits."

        self._kept(household)

    def action_search(self) -> None:
        """Ask for a name and go there."""
        self.push_screen(Search(self._sitting), self._go_to)

    def action_explain(self) -> None:
        """Show what the keys mean."""
        self.push_screen(Explanation())

    def action_scroll_page(self, lines: int) -> None:
        """Move a page that is longer than the screen."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_stop(self) -> None:
        """End the sitting; everything said is already kept."""
        self.exit()

    def _go_to(self, contact_id: int | None) -> None:
        def go() -> None:
            if contact_id is not None:
                self._sitting.go_to(contact_id)
                self._household, self._told = False, ""

        self._kept(go)

    def _kept(self, deed: Callable[[], None]) -> None:
        """Do something with the sitting and show where it stands.

        A fault ends the app here: its own report would write names and notes on the terminal.
        """
        try:
            deed()
            self._show()
        except Exception as error:  # noqa: BLE001  raised again by keep_to_the_end
            self._fault = error
            self.exit()

    def _show(self) -> None:
        width = self._columns - 2  # without the margins of the screen
        sitting, page = self._sitting, self.screen_stack[0]
        contact = page.query_one("#page", VerticalScroll)
        contact.scroll_home(animate=False)
        for place, content in (
            ("top", triage_page.top(sitting, width)),
            ("bar", triage_page.bar(sitting, width)),
            ("contact", triage_page.contact(sitting, width - _MARGINS, self._today)),
            ("said", Content(self._told)),
            ("counts", triage_page.counts(sitting)),
            ("keys", triage_page.keys(household=self._household)),
        ):
            page.query_one(f"#{place}", Static).update(content)


class Search(ModalScreen[int | None]):
    """Find a contact of this sitting by any words; the result is its id, None without a choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", priority=True),
        Binding("down", "move(1)", priority=True),
        Binding("up", "move(-1)", priority=True),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._found: list[TriageCandidate] = []
        self._marked = 0

    def compose(self) -> ComposeResult:
        """Lay out the line to type in and what is found."""
        yield Static(Content.styled("Go to", "bold"))
        yield Input(placeholder="any words of a name, a town or an organisation")
        yield Static(id="found")
        yield Static(Content.styled("up and down choose · enter goes there · escape goes back", "dim"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find again with each letter."""
        self._found = self._sitting.find(event.value)
        self._marked = 0
        self._show()

    def on_input_submitted(self) -> None:
        """Go to the contact that is marked."""
        if self._found:
            self.dismiss(self._found[self._marked].contact_id)

    def action_move(self, lines: int) -> None:
        """Mark the next one, or the one before."""
        if self._found:
            self._marked = (self._marked + lines) % len(self._found)
            self._show()

    def action_leave(self) -> None:
        """Go back without a choice."""
        self.dismiss(None)

    def _show(self) -> None:
        place = self.query_one("#found", Static)
        place.update(triage_page.found(self._sitting, self._found, self._marked, place.size))


class Explanation(ModalScreen[None]):
    """The page of keys and their meaning."""

    def compose(self) -> ComposeResult:
        """Show the page."""
        yield Static(triage_page.help_page())

    def on_key(self, event: Key) -> None:
        """Go back with any key."""
        event.stop()
        self.dismiss(None)
