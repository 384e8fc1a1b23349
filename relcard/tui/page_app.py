"""What the full-screen pages share: one calm page and one key for an answer, on 80x24 and a slow line."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING
from typing import ClassVar
from typing import Generic
from typing import TypeVar

from textual.app import App
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key
    from textual.events import Resize
    from textual.geometry import Size

ACCENT = "ansi_cyan"  # the one thing to do
_MARGINS = 4  # columns beside the page
_Found = TypeVar("_Found")


class PageApp(App[None]):
    """A page at a time, and what is told of the last answer beneath it."""

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
        Binding("l,space", "later"),
        Binding("u", "take_back"),
        Binding("slash", "search"),
        Binding("question_mark", "explain"),
        Binding("down", "scroll_page(1)"),
        Binding("up", "scroll_page(-1)"),
        Binding("pagedown", "scroll_page(8)"),
        Binding("pageup", "scroll_page(-8)"),
        Binding("q,ctrl+c", "stop"),
    ]

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self._told = ""
        self._columns = 80
        self._fault: Exception | None = None
        self.theme = "ansi-dark"  # the terminal's own colours, whether light or dark

    @abstractmethod
    def parts(self, width: int, page_width: int) -> Mapping[str, Content]:
        """Return what stands on the screen by its place: top, bar, contact (the page), counts and keys."""

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
        self.kept(lambda: None)

    def action_scroll_page(self, lines: int) -> None:
        """Move a page that is longer than the screen."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_stop(self) -> None:
        """End the sitting; everything said is already kept."""
        self.exit()

    def kept(self, deed: Callable[[], None]) -> None:
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
        screen = self.screen_stack[0]
        screen.query_one("#page", VerticalScroll).scroll_home(animate=False)
        places = {**self.parts(width, width - _MARGINS), "said": Content(self._told)}
        for place, content in places.items():
            screen.query_one(f"#{place}", Static).update(content)


class Search(ModalScreen["_Found | None"], Generic[_Found]):
    """Find something of this sitting by any words; the result is None without a choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", priority=True),
        Binding("down", "move(1)", priority=True),
        Binding("up", "move(-1)", priority=True),
    ]

    def __init__(
        self,
        find: Callable[[str], Sequence[_Found]],
        show: Callable[[Sequence[_Found], int, Size], Content],
        *,
        placeholder: str,
    ) -> None:
        super().__init__()
        self._find = find
        self._show_found = show
        self._placeholder = placeholder
        self._found: Sequence[_Found] = ()
        self._marked = 0

    def compose(self) -> ComposeResult:
        """Lay out the line to type in and what is found."""
        yield Static(Content.styled("Go to", "bold"))
        yield Input(placeholder=self._placeholder)
        yield Static(id="found")
        yield Static(Content.styled("up and down choose · enter goes there · escape goes back", "dim"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find again with each letter."""
        self._found = self._find(event.value)
        self._marked = 0
        self._show()

    def on_input_submitted(self) -> None:
        """Go to what is marked."""
        if self._found:
            self.dismiss(self._found[self._marked])

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
        place.update(self._show_found(self._found, self._marked, place.size))


class Explanation(ModalScreen[None]):
    """The page of keys and their meaning."""

    def __init__(self, page: Content) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Show the page."""
        yield Static(self._page)

    def on_key(self, event: Key) -> None:
        """Go back with any key."""
        event.stop()
        self.dismiss(None)


def page_of_keys(title: str, keys: Sequence[tuple[str, str, str]], notes: Sequence[str]) -> Content:
    """Return the page of keys, each with its word and its meaning, and some sentences beneath."""
    of_key, of_word = (max(len(row[part]) for row in keys) for part in (0, 1))
    lines = [
        Content.assemble((key.ljust(of_key), f"bold {ACCENT}"), f"  {word:<{of_word}}  ", (meaning, "dim"))
        for key, word, meaning in keys
    ]
    head = [Content.styled(title, "bold"), Content("")]
    foot = [Content(""), *map(Content, notes), Content(""), Content.styled("Any key goes back.", "dim")]
    return Content("\n").join([*head, *lines, *foot])


def lines_of_keys(*lines: Sequence[tuple[str, str]]) -> Content:
    """Return the lines of keys, each with its word."""
    return Content("\n").join(
        Content("   ").join(Content.assemble((key, f"bold {ACCENT}"), f" {word}") for key, word in line)
        for line in lines
    )


def bar(done: int, total: int, width: int) -> Content:
    """Return a thin bar of what was said, told by the strokes alone where there are no colours."""
    full = width * done // max(1, total)
    return Content.assemble(("━" * full, ACCENT), ("─" * (width - full), "dim"))


def heading(words: str, right: str, width: int) -> Content:
    """Return the first line: what is asked, and at the right hand how far it is."""
    gap = " " * max(1, width - len(words) - len(right))
    return Content.assemble((words, "bold"), gap, (right, "dim"))


def window(marked: int, count: int, height: int) -> range:
    """Return which of so many lines fit, around the one that is marked."""
    first = max(0, min(marked - height // 2, count - height))
    return range(first, min(count, first + height))
