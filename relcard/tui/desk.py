"""The full-screen desk: one card at a time, and what lies beside it while it is written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets import Static

from relcard.errors import RelcardError
from relcard.tui import desk_page
from relcard.tui.page_app import Explanation
from relcard.tui.page_app import PageApp
from relcard.tui.page_app import Search

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from relcard.domain.seasons.draft import Printed
    from relcard.services.seasons.desk_sitting import DeskSitting
    from relcard.services.seasons.desk_sitting import Done
    from relcard.services.seasons.draft_cards import Draft
    from relcard.services.seasons.read_season import Recipient


class DeskApp(PageApp):
    """Show the card to write now and keep what is done with it.

    `edit` opens the printed words of a draft in the user's editor, outside the page; None: nothing changed.
    """

    CSS = f"""{PageApp.CSS}
    TypedLine {{ background: transparent; align: left bottom; padding: 0; }}
    TypedLine Vertical {{ height: 5; background: ansi_default; padding: 0 1; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write"),
        Binding("s", "later"),
        Binding("n", "note"),
        Binding("q", "question"),
        Binding("e", "edit"),
        Binding("b", "look_back"),
        Binding("escape", "stop"),
    ]

    def __init__(self, sitting: DeskSitting, *, edit: Callable[[Draft], Printed | None], today: date) -> None:
        super().__init__()
        self._sitting = sitting
        self._edit = edit
        self._today = today
        self._asked = 0  # how many questions this page was asked for

    def parts(self, width: int, page_width: int) -> Mapping[str, Content]:
        """Return what stands on the screen by its place."""
        height = self.size.height - desk_page.ROWS_AROUND
        return {
            "top": desk_page.top(self._sitting, width),
            "bar": desk_page.bar(self._sitting, width),
            "contact": desk_page.card(self._sitting, page_width, height, self._today),
            "counts": desk_page.counts(self._sitting),
            "keys": desk_page.keys(),
        }

    def action_write(self) -> None:
        """Ask for a line of what was written, keep it and the card as written, and show the next one."""
        page = self._sitting.page
        if page is not None:
            self._ask(desk_page.ASK_LINE, self._sitting.write, page.line)

    def action_note(self) -> None:
        """Ask for a note and keep it."""
        if self._sitting.page is not None:
            self._ask(desk_page.ASK_NOTE, self._sitting.note)

    def action_later(self) -> None:
        """Leave the card for later; at the end of a pile, go on."""
        self._go(self._sitting.skip)

    def action_look_back(self) -> None:
        """Show the card before this one."""
        self._go(self._sitting.back)

    def action_question(self) -> None:
        """Tell a question worth asking, each time the next one."""

        def question() -> None:
            page = self._sitting.page
            if page is not None:
                self._told = page.questions[self._asked % len(page.questions)]
                self._asked += 1

        self.kept(question)

    def action_take_back(self) -> None:
        """Take back what was done last and show its card again."""

        def take_back() -> None:
            had_done = self._sitting.done
            done = self._sitting.undo()
            self._asked = 0
            self._told = desk_page.taken_back(done, had_done=bool(had_done))

        self.kept(take_back)

    def action_edit(self) -> None:
        """Let the printed words be edited, outside the page, and keep them."""
        page = self._sitting.page
        if page is None or page.draft is None:
            return
        with self._outside() as is_outside:
            edited = self._edited(page.draft) if is_outside else None
        if isinstance(edited, RelcardError):
            self.push_screen(Explanation(desk_page.refusal(edited)))
            return

        def keep() -> None:
            done = self._sitting.keep_words(edited) if edited else None
            self._told = desk_page.told(done) if done else "The words are as they were."
            if not is_outside:
                self._told = desk_page.no_editor(page)

        self.kept(keep)

    def action_search(self) -> None:
        """Ask for a name and go to its card."""
        search = Search(self._sitting.find, desk_page.found, placeholder="any words of a name or a town")

        def go_to(recipient: Recipient | None) -> None:
            if recipient is not None:
                self._go(lambda: self._sitting.go_to(recipient))

        self.push_screen(search, go_to)

    def action_explain(self) -> None:
        """Show what the keys mean."""
        self.push_screen(Explanation(desk_page.help_page()))

    def _go(self, move: Callable[[], None]) -> None:
        def go() -> None:
            move()
            self._asked, self._told = 0, ""

        self.kept(go)

    def _ask(self, prompt: str, keep: Callable[[str], Done | None], line: str = "") -> None:
        """Ask for one line beneath the page and keep what is made of it."""

        def answered(typed: str | None) -> None:
            def answer() -> None:
                if typed is not None:
                    done = keep(typed)
                    self._asked = 0
                    self._told = (
                        f"{desk_page.told(done)}   u takes it back" if done else desk_page.NOTHING_NEW
                    )

            self.kept(answer)

        self.push_screen(TypedLine(prompt, line), answered)

    @contextmanager
    def _outside(self) -> Iterator[bool]:
        """Give the terminal away for a while; false where it cannot be."""
        try:
            with self.suspend():
                yield True
        except SuspendNotSupported:
            yield False

    def _edited(self, draft: Draft) -> Printed | RelcardError | None:
        """Return what came out of the editor, or why it is refused: only then does the page come back."""
        try:
            return self._edit(draft)
        except RelcardError as error:
            return error
        except KeyboardInterrupt:  # also a window that was closed: what was typed is kept in a file
            self.exit()
            return None


class TypedLine(ModalScreen["str | None"]):
    """One line to type beneath the page; the result is None when the user went back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+c", "leave", priority=True)]

    def __init__(self, prompt: str, line: str) -> None:
        super().__init__()
        self._prompt = prompt
        self._line = line

    def compose(self) -> ComposeResult:
        """Lay out the line to type in."""
        with Vertical():
            yield Static(Content.styled(self._prompt, "bold"))
            yield Input(self._line)
            yield Static("")
            yield Static(Content.styled("enter keeps it · escape goes back", "dim"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the line."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Go back without a line."""
        self.dismiss(None)
