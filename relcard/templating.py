"""Templates: the printed words of a greeting card, by occasion and language. The home of Jinja.

A template knows eight things and nothing else (`TemplateContext`), so no name, note, fact or past line can
come out of it. Its language is a small part of Jinja: words, conditions and a handful of filters. What could
fetch something, call something or grow without bound is refused with file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING
from typing import Literal
from typing import final
from typing import get_args

from relcard.domain.seasons.draft import Printed
from relcard.errors import TemplateError
from relcard.files import packaged_templates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment
    from jinja2 import nodes

Number = Literal["one", "several"]
Formality = Literal["informal", "formal"]
ToneWord = Literal["plain", "warm"]

LONGEST = 2_000  # characters a template may print; a greeting has sixty
_LARGEST = 50_000  # characters a template file may have
_NEUTRAL = "season"  # the greeting that fits when an occasion has none of its own
_LAST_RESORT = "en"
_BUILTIN = "builtin"
_SUFFIX = ".txt.j2"
_NAME = re.compile(r"(?P<occasion>[a-z][a-z0-9-]*)\.(?P<language>[a-z]{2,3}(?:-[a-z0-9]+)*)\.txt\.j2")
_BLOCKS = ("front", "inside")
_FILTERS = frozenset({"capitalize", "lower", "trim", "upper"})
# Everything a greeting needs. There is no loop, no assignment, no macro, no call and no attribute: without
# them a template cannot grow beyond its own file or reach anything that is not in its context.
_ALLOWED = frozenset(
    (
        *("Template", "Block", "Extends", "Output", "TemplateData", "Const", "Name", "If", "CondExpr"),
        *("Compare", "Operand", "And", "Or", "Not", "Tuple", "List", "Filter", "Add", "Sub", "Concat"),
    )
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateContext:
    """Everything a template knows. `salutation` is "" unless the user asked for it in print.

    `number` says whether one or several are greeted, `formality` whether du or Sie is meant (in languages
    that care), `year` is the year of the occasion.
    """

    occasion: str
    language: str
    year: int
    tone: ToneWord = "plain"
    number: Number = "several"
    formality: Formality = "informal"
    salutation: str = ""

    def __post_init__(self) -> None:
        for key, allowed in _CHOICES.items():
            if getattr(self, key) not in allowed:
                raise TemplateError(
                    f'A template\'s {key} is {" or ".join(allowed)}, not "{getattr(self, key)}".',
                    hint=f"Pass one of: {', '.join(allowed)}.",
                )

    @property
    def next_year(self) -> int:
        """The year a Christmas card wishes well for."""
        return self.year + 1

    @classmethod
    def of(cls, values: Mapping[str, object]) -> TemplateContext:
        """Build a context from a mapping. Raises `TemplateError` on any key but the allowed ones."""
        for key in values:
            if key not in KEYS:
                raise _unknown("A template cannot be given", key)
        given = {key: value for key, value in values.items() if key != "next_year"}
        try:
            context = cls(**given)  # type: ignore[arg-type]
        except TypeError as error:
            raise TemplateError(
                "A template needs at least occasion, language and year.", hint=_allowed_keys()
            ) from error
        if values.get("next_year", context.next_year) != context.next_year:
            raise TemplateError("next_year is the year after year.", hint="Leave next_year out.")
        return context

    def as_mapping(self) -> dict[str, object]:
        """Return what the template sees, under exactly the keys of `KEYS`."""
        return {key: getattr(self, key) for key in KEYS}


_CHOICES: dict[str, tuple[str, ...]] = {
    "tone": get_args(ToneWord),
    "number": get_args(Number),
    "formality": get_args(Formality),
}
KEYS = ("occasion", "language", "tone", "year", "next_year", "number", "formality", "salutation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template that was found: its name, what it is for, and the file it stands in."""

    name: str
    occasion: str
    language: str
    path: Path

    @property
    def is_packaged(self) -> bool:
        """Whether it came with relcard, and not from a folder of the user's."""
        return self.path.parent == packaged_folder()


def packaged_folder() -> Path:
    """Return the folder of the templates that came with relcard. Raises `TemplateError` if there is none."""
    folder = packaged_templates()
    if folder is not None:
        return folder
    raise TemplateError(
        "The templates that come with relcard are not beside it.",
        hint="Install relcard again: make install in its folder, or pipx install --force .",
    )


def list_templates(folders: Sequence[Path] = ()) -> list[Template]:
    """Return every template, by occasion and language; the first folder that has a name wins."""
    found: dict[str, Template] = {}
    for folder in (*folders, packaged_folder()):
        for path in folder.glob(f"*{_SUFFIX}") if folder.is_dir() else ():
            named = _NAME.fullmatch(path.name)
            if named:
                template = Template(
                    name=path.name, occasion=named["occasion"], language=named["language"], path=path
                )
                found.setdefault(path.name, template)
    return sorted(found.values(), key=lambda template: (template.occasion, template.language))


def find_template(occasion: str, language: str, folders: Sequence[Path] = ()) -> Template:
    """Return the template for an occasion: in its language, in English, or a neutral one in either.

    "de-AT" is looked for as such, then as "de". Raises `TemplateError` naming the occasions there are.
    """
    known = {(one.occasion, one.language): one for one in list_templates(folders)}
    spoken = language.lower().replace("_", "-")
    languages = (spoken, spoken.split("-")[0], _LAST_RESORT)
    for pair in product((occasion.lower(), _NEUTRAL), languages):
        if pair in known:
            return known[pair]
    raise TemplateError(  # only a packaged folder without season.en comes here, and that is no such folder
        f'No template greets for "{occasion}".',
        hint=f"There are: {', '.join(sorted({one for one, _ in known}))}.",
    )


def render(context: TemplateContext, folders: Sequence[Path] = ()) -> Printed:
    """Return the words the best template for `context` prints. Raises `TemplateError` with file and line."""
    return _render(find_template(context.occasion, context.language, folders), context, folders)


def check_template(path: Path, folders: Sequence[Path] = ()) -> list[tuple[TemplateContext, Printed]]:
    """Return what a template file prints for each tone, number and formality.

    Raises `TemplateError` for the first thing in it that cannot be: with file, line and what is allowed.
    """
    named = _NAME.fullmatch(path.name)
    if not named:
        raise TemplateError(
            f"{path.name} does not say what it is for.",
            hint=f"Call it <occasion>.<language>{_SUFFIX}, as in christmas.en{_SUFFIX}.",
        )
    template = Template(
        name=path.name, occasion=named["occasion"], language=named["language"], path=path.absolute()
    )
    shown = []
    for tone, number, formality in product(get_args(ToneWord), get_args(Number), get_args(Formality)):
        context = TemplateContext(
            occasion=template.occasion,
            language=template.language,
            year=2026,
            tone=tone,
            number=number,
            formality=formality,
        )
        shown.append((context, _render(template, context, (template.path.parent, *folders))))
    return shown


def _render(template: Template, context: TemplateContext, folders: Sequence[Path]) -> Printed:
    import jinja2

    environment = _environment(tuple(folders))
    _check(environment, template.path.name, (), template.path)
    try:
        loaded = environment.get_template(template.name)
        scope = loaded.new_context(context.as_mapping())
        for _ in loaded.root_render_func(scope):  # fills scope.blocks, through a template it extends
            pass
        words = {name: "".join(scope.blocks[name][0](scope)) for name in _BLOCKS}
    except jinja2.TemplateError as error:
        raise TemplateError(f"{template.path}: {error}", hint=_CHECK) from error
    except (TypeError, ValueError, ArithmeticError, RecursionError, SyntaxError) as error:
        raise TemplateError(f"{template.path} cannot be rendered: {error}.", hint=_CHECK) from error
    length = sum(map(len, words.values()))
    if length > LONGEST:
        raise TemplateError(
            f"{template.path} prints {length} characters; a greeting card takes {LONGEST} at most.",
            hint="Say it shorter, and leave the rest to the pen.",
        )
    return Printed(**words)


_CHECK = "relcard template check FILE shows what a template prints."


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> Environment:
    from jinja2 import ChoiceLoader
    from jinja2 import FileSystemLoader
    from jinja2 import PrefixLoader
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    packaged = FileSystemLoader(packaged_folder())
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(
            [FileSystemLoader(list(folders)), packaged, PrefixLoader({_BUILTIN: packaged})],
        ),
        undefined=StrictUndefined,
        autoescape=False,  # ink on paper: & is &
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()  # range, lipsum, cycler and the like are not for greetings
    return environment


def _check(environment: Environment, name: str, above: tuple[str, ...], path: Path | None = None) -> set[str]:
    """Return the blocks of a template and of those it extends. Raises `TemplateError` for a fault."""
    from jinja2 import TemplateNotFound
    from jinja2 import TemplateSyntaxError
    from jinja2 import meta
    from jinja2 import nodes

    if name in above:
        raise TemplateError(f"{name} extends itself.", hint=f"Extend {_BUILTIN}/{name} instead.")
    assert environment.loader is not None  # noqa: S101  ours always has one
    try:
        source, where, _ = environment.loader.get_source(environment, name)
    except TemplateNotFound as error:
        raise TemplateError(
            f"{above[-1] if above else name} extends {name}, and there is no such template.",
            hint="relcard template list shows what there is.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"Cannot read {path or name}: {error}.", hint="Save it as UTF-8 text.") from error
    where = str(where)
    if len(source) > _LARGEST:
        raise TemplateError(f"{where} is no template: it has {len(source)} characters.", hint=_CHECK)
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{where}:{error.lineno}: {error.message}", hint=_CHECK) from error
    except RecursionError as error:
        raise TemplateError(f"{where} is nested too deeply.", hint=_CHECK) from error
    for node in tree.find_all(nodes.Node):
        _check_node(node, where)
    for node in tree.body:
        if not isinstance(node, (nodes.Block, nodes.Extends)) and not _is_blank(node):
            raise TemplateError(
                f"{where}:{node.lineno}: what stands outside the blocks is not printed.",
                hint="Put it between {% block front %} or {% block inside %} and {% endblock %}.",
            )
    for name_node in tree.find_all(nodes.Name):  # nothing can be bound: ours, or unknown
        if name_node.name not in KEYS:
            raise _unknown(f"{where}:{name_node.lineno}: a template cannot know", name_node.name)
    blocks = {block.name for block in tree.find_all(nodes.Block)}
    for parent in meta.find_referenced_templates(tree):
        if parent is None:
            raise TemplateError(
                f"{where}: what a template extends must be named plainly.",
                hint='As in {% extends "builtin/christmas.en.txt.j2" %}.',
            )
        blocks |= _check(environment, parent, (*above, name))
    if not above:
        for block in _BLOCKS:
            if block not in blocks:
                raise TemplateError(
                    f"{where} has no block {block}.",
                    hint="A template has two: {% block front %} and {% block inside %}.",
                )
    return blocks


def _check_node(node: nodes.Node, where: str) -> None:
    from jinja2 import nodes as n

    kind = type(node).__name__
    if kind not in _ALLOWED:
        raise TemplateError(
            f"{where}:{node.lineno}: {kind.lower()} is not for greetings.",
            hint="A template has words, if, inline if, ~ and the filters of templates/README.md.",
        )
    if isinstance(node, n.Filter) and node.name not in _FILTERS:
        raise TemplateError(
            f"{where}:{node.lineno}: the filter {node.name} is not for greetings.",
            hint=f"There are: {', '.join(sorted(_FILTERS))}.",
        )


def _is_blank(node: nodes.Node) -> bool:
    from jinja2 import nodes as n

    return isinstance(node, n.Output) and all(
        isinstance(part, n.TemplateData) and not part.data.strip() for part in node.nodes
    )


def _unknown(start: str, key: str) -> TemplateError:
    return TemplateError(f'{start} "{key}".', hint=_allowed_keys())


def _allowed_keys() -> str:
    return f"Allowed are only: {', '.join(KEYS)}. What is personal is written by pen."
