"""Completion in the shell: what each word of a command may be. It only reads, and never complains."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem
from click.shell_completion import _resolve_context
from click.shell_completion import _resolve_incomplete

from relcard.cli.chapters import CHAPTERS
from relcard.cli.shells import SHELLS
from relcard.domain.feasts import FEASTS
from relcard.domain.occasions import OCCASIONS
from relcard.domain.people.circle import Circle
from relcard.domain.people.correspondence import CHANNELS
from relcard.domain.printing.card_size import SIZES
from relcard.domain.text import fold
from relcard.store.file import completions

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from relcard.store.file.database import Connection

    Item = CompletionItem[str]

VARIABLE = "_RELCARD_COMPLETE"  # set by the script while it asks: bash_complete, zsh_complete, fish_complete
_REMINDERS = 60  # days ahead, as done and snooze look
_HOUSEHOLD = re.compile(r"[hH]\d+\Z")


@click.command(short_help="Print the completion script of your shell.")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script with which your shell completes commands, options and names.

    \b
    bash: eval "$(relcard completion bash)"   in ~/.bashrc
    zsh:  eval "$(relcard completion zsh)"
          in ~/.zshrc, after compinit
    fish: relcard completion fish >
            ~/.config/fish/completions/relcard.fish

    A new shell completes then.
    """  # noqa: D301  click's mark for lines that stay as they are
    script = SHELLS[shell](ctx.find_root().command, {}, "relcard", VARIABLE).source()
    click.echo(script.encode(), nl=False)


def answer(cli: click.Command, *, clock: Callable[[str | None], date]) -> int:
    """Answer the shell that asks through the environment. Whatever goes wrong, it is told nothing."""
    shell, _, what = os.environ.get(VARIABLE, "").partition("_")
    if shell not in SHELLS:
        return 1
    asked = SHELLS[shell](cli, {}, "relcard", VARIABLE)
    try:
        if what == "source":
            click.echo(asked.source().encode(), nl=False)
        else:
            args, incomplete = asked.get_completion_args()
            option, equals, _ = incomplete.partition("=")
            items = Completer(shell, clock).complete(cli, args, incomplete)
            if equals and option.startswith("--"):  # the shell takes the option and its value for one word
                items = [CompletionItem(f"{option}={item.value}", item.type, item.help) for item in items]
            click.echo("\n".join(map(asked.format_completion, items)).encode())
    except Exception:  # noqa: BLE001  a message would land in the middle of what is being typed
        return 0
    return 0


class Completer:
    """Finds what a word may be: from the store the words before it name, or from what relcard knows."""

    def __init__(self, shell: str, clock: Callable[[str | None], date]) -> None:
        self.shell = shell
        self.clock = clock

    def complete(self, cli: click.Command, args: list[str], incomplete: str) -> list[Item]:
        """Return what the word that begins with `incomplete` may be, behind the words `args`."""
        # click's own two steps, between which it leaves no room to say what a parameter may be.
        ctx = _resolve_context(cli, {}, "relcard", args)
        what, incomplete = _resolve_incomplete(ctx, args, incomplete)
        if isinstance(what, click.Parameter):
            path = ctx.command_path.partition(" ")[2]
            return self._of_parameter(ctx, path, what, incomplete)
        if ctx.parent is None and not incomplete.startswith("-"):
            # From the table, without importing every command to ask it for its help.
            rows = [(name, words) for _, commands in CHAPTERS for name, _, words in commands]
            return [CompletionItem(name, help=words) for name, words in rows if name.startswith(incomplete)]
        return what.shell_complete(ctx, incomplete)

    def _of_parameter(
        self, ctx: click.Context, path: str, what: click.Parameter, incomplete: str
    ) -> list[Item]:
        name = (what.name or "").removeprefix("by_").removeprefix("not_")  # as filters are called
        if name in _FILES or (path, name) in _FILES_OF:
            return [CompletionItem(incomplete, type="file")]
        plain = _WORDS_OF.get((path, name)) or _WORDS.get(name)
        stored = _STORED_OF.get((path, name)) or _STORED.get(name)
        items = _beginning(plain(), incomplete) if plain else []
        if stored is None:
            return items if plain else what.shell_complete(ctx, incomplete)
        if path == "draft show" and not ctx.params.get("who_"):  # which stands for the group itself
            items += _beginning(["edit"], incomplete)
        with completions.looking(_store(ctx)) as db:
            return items + stored(self, ctx, db, incomplete) if db is not None else items

    def who(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete a contact by any word of the name, or a household by its id."""
        if _HOUSEHOLD.match(incomplete):
            return [
                CompletionItem(f"{incomplete[0]}{number}", help=members)
                for number, members in completions.households(db, incomplete[1:])
            ]
        names = {
            one: name
            for name in completions.names(db, fold(incomplete))
            if (one := beginning_so(name, incomplete))
        }
        if len(names) == 1 and self.shell != "fish":  # fish leaves out what does not begin as typed
            return [CompletionItem(name) for name in names.values()]
        return [CompletionItem(name) for name in names]

    def first_who(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete WHO where free words follow, and none of these."""
        return [] if any(ctx.params.values()) else self.who(ctx, db, incomplete)

    def tags(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete a tag in use."""
        return _beginning(completions.tags(db), incomplete)

    def fact_keys(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete the key of a fact."""
        return _beginning(completions.fact_keys(db), incomplete)

    def seasons(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete the name of a season."""
        return _beginning(completions.seasons(db), incomplete)

    def segments(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete the name of a segment."""
        return _beginning(completions.segments(db), incomplete)

    def own_occasions(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete an occasion of the user's own: one that a template in the user's folder has."""
        from relcard.settings import templates_beside  # noqa: PLC0415  6 ms, for one word of many
        from relcard.templating.templates import list_templates  # noqa: PLC0415  16 ms, as above

        own = list_templates([Path(templates_beside(_store(ctx)))])
        return _beginning(
            dict.fromkeys(each.occasion for each in own if each.occasion not in OCCASIONS), incomplete
        )

    def own_stock(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete a sheet of labels the user described."""
        from relcard.store import stocks  # noqa: PLC0415  1 ms

        return _beginning([one.name for one in stocks.every(db)], incomplete)

    def address_books(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete an address book on a server."""
        from relcard.store.sharing import remotes  # noqa: PLC0415  1 ms

        return _beginning([remote.name for remote in remotes.every(db)], incomplete)

    def reminders(self, ctx: click.Context, db: Connection, incomplete: str) -> list[Item]:
        """Complete the id of a reminder that waits."""
        from relcard import settings  # noqa: PLC0415  6 ms, as below
        from relcard.services.reminders.upcoming import upcoming  # noqa: PLC0415  10 ms, for one word of many

        kept = settings.load(settings.path_beside(_store(ctx)))
        today = self.clock(ctx.find_root().params.get("today"))
        reminders = upcoming(db, kept.standpoint(today), days=_REMINDERS)
        return [
            CompletionItem(reminder.id, help=reminder.title)
            for reminder in reminders
            if reminder.id.startswith(incomplete)
        ]


def beginning_so(name: str, typed: str) -> str:
    """Return a name as one goes on typing it: from the word that `typed` begins, in the letters typed; or "".

    Behind "kow", Anna Kowalska is "kowalska Anna"; behind "jor", Jörg Großmann is "jorg Großmann". WHO
    finds both, and a shell never takes back what was typed.
    """
    key = fold(typed) + (" " if typed[-1:].isspace() and typed.strip() else "")
    words = name.split()
    for place in range(len(words)):
        before = (word for word in words[:place] if any(map(str.isalnum, word)))  # no "Ellen Stubbs Hank &"
        turned = " ".join([*words[place:], *before])
        if fold(turned).startswith(key):
            if turned.startswith(typed):
                return turned
            begun = key.strip()
            ends = next(end for end in range(len(turned) + 1) if fold(turned[:end]).startswith(begun))
            within = fold(turned[:ends])[len(begun) :]  # a letter that is two when it is folded: ß, æ
            return typed + within + turned[ends + key.endswith(" ") :]
    return ""


def _store(ctx: click.Context) -> str:
    """Return the store that the words before name, or the environment, or the platform.

    A shell has not yet put in what ~ and $HOME stand for.
    """
    named: str | None = ctx.find_root().params.get("store")
    if named:
        return os.path.expanduser(os.path.expandvars(named))  # noqa: PTH111
    from relcard.settings import default_store  # noqa: PLC0415  6 ms, where no option says it

    return default_store()


def _beginning(words: Iterable[str], incomplete: str) -> list[Item]:
    begins = incomplete.casefold()
    return [CompletionItem(word) for word in words if word.casefold().startswith(begins)]


def _circles() -> list[str]:
    return [circle.value for circle in Circle]


def _stocks() -> list[str]:
    from relcard.paper.stock.known import all_stock  # noqa: PLC0415  16 ms, for one word of many

    return list(dict.fromkeys(one.part for one in all_stock()))


def _envelopes() -> list[str]:
    from relcard.paper.stock.known import all_envelopes  # noqa: PLC0415  16 ms, for one word of many

    return [one.name for one in all_envelopes()]


def _templates() -> list[str]:
    from relcard.templating.templates import list_templates  # noqa: PLC0415  16 ms, for one word of many

    return [one.name.removesuffix(".txt.j2") for one in list_templates([])]


def _settings() -> list[str]:
    from relcard.settings import KEYS  # noqa: PLC0415  6 ms, for one word of many

    return list(KEYS)


def _occasions() -> list[str]:
    return list(OCCASIONS)


def _feasts() -> list[str]:
    return list(FEASTS)


# What a parameter is, by its name in every command, or by the command and its name.
_FILES = frozenset({"path", "source", "file", "files", "pictures", "store", "rescue"})
_FILES_OF = frozenset({("demo", "folder")})
_WORDS: dict[str, Callable[[], list[str]]] = {
    "circle": _circles,
    "now": _circles,
    "channel": lambda: list(CHANNELS),
    "stock": _stocks,
    "size": _envelopes,
    "envelope": _envelopes,
    "card": lambda: list(SIZES),
    "occasion": _occasions,
    "on": lambda: [
        "today",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ],
}
_WORDS_OF: dict[tuple[str, str], Callable[[], list[str]]] = {
    ("season start", "name"): _feasts,
    ("stock show", "name"): _stocks,
    ("template copy", "name"): _templates,
    ("settings set", "key"): _settings,
    ("settings unset", "key"): _settings,
}
_STORED: dict[str, Callable[[Completer, click.Context, Connection, str], list[Item]]] = {
    "who_": Completer.who,
    "tag": Completer.tags,
    "fact": Completer.fact_keys,
    "season": Completer.seasons,
    "received": Completer.seasons,
    "segment": Completer.segments,
    "occasion": Completer.own_occasions,
    "stock": Completer.own_stock,
    "which": Completer.reminders,
}
_STORED_OF = {
    ("fact", "key"): Completer.fact_keys,
    ("note", "words"): Completer.first_who,
    ("segment show", "name"): Completer.segments,
    ("segment cadence", "name"): Completer.segments,
    ("segment drop", "name"): Completer.segments,
    ("stock show", "name"): Completer.own_stock,
    ("stock remove", "name"): Completer.own_stock,
    ("pull remove", "book"): Completer.address_books,
}
