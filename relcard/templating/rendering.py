"""The words a template prints. The home of Jinja.

The language of templates is a small part of Jinja: words, conditions and a handful of filters. What could
fetch something, call something or grow without bound is refused with file and line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING
from typing import get_args

import jinja2
from jinja2 import TemplateNotFound
from jinja2 import TemplateSyntaxError
from jinja2 import meta
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from relcard.domain.seasons.draft import Printed
from relcard.errors import TemplateError
from relcard.templating.templates import KEYS
from relcard.templating.templates import NAME
from relcard.templating.templates import SUFFIX
from relcard.templating.templates import Formality
from relcard.templating.templates import Number
from relcard.templating.templates import Template
from relcard.templating.templates import TemplateContext
from relcard.templating.templates import ToneWord
from relcard.templating.templates import find_template
from relcard.templating.templates import packaged_folder
from relcard.templating.templates import unknown_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment

LONGEST = 2_000  # characters a template may print; a greeting has sixty
_LARGEST = 50_000  # characters a template file may have
_BUILTIN = "builtin"
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
_CHECK = "relcard template check FILE shows what a template prints."
_OR = re.compile(r"^[ \t]*-- or --[ \t]*$", re.MULTILINE)  # between words of which a card gets one


def render(context: TemplateContext, folders: Sequence[Path] = ()) -> tuple[Printed, ...]:
    """Return the words the best template for `context` offers, of which a card gets one; one at the least.

    Raises `TemplateError` with file and line.
    """
    template = find_template(context.occasion, context.language, folders)
    return _print(_load(template, folders), template, context)


def check_template(path: Path, folders: Sequence[Path] = ()) -> list[tuple[TemplateContext, Printed]]:
    """Return all that a template file prints for each tone, number and formality.

    Raises `TemplateError` for the first thing in it that cannot be: with file, line and what is allowed.
    """
    named = NAME.fullmatch(path.name)
    if not named:
        raise TemplateError(
            f"{path.name} does not say what it is for.",
            hint=f"Call it <occasion>.<language>{SUFFIX}, as in christmas.en{SUFFIX}.",
        )
    template = Template(
        name=path.name, occasion=named["occasion"], language=named["language"], path=path.absolute()
    )
    loaded = _load(template, (template.path.parent, *folders))
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
        shown += [(context, printed) for printed in _print(loaded, template, context)]
    return shown


def _load(template: Template, folders: Sequence[Path]) -> jinja2.Template:
    """Return a template that is allowed to run. Raises `TemplateError` for the first fault in it."""
    environment = _environment(tuple(folders))
    _check(environment, template.path.name, (), template.path)
    try:
        return environment.get_template(template.name)
    except jinja2.TemplateError as error:
        raise TemplateError(f"{template.path}: {error}", hint=_CHECK) from error
    except (RecursionError, SyntaxError) as error:
        raise TemplateError(f"{template.path} cannot be rendered: {error}.", hint=_CHECK) from error


def _print(loaded: jinja2.Template, template: Template, context: TemplateContext) -> tuple[Printed, ...]:
    try:
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
    return _offered(words["front"], words["inside"], context.salutation)


def _offered(front: str, inside: str, salutation: str) -> tuple[Printed, ...]:
    """Return each front with an inside beside it, the shorter row beginning again.

    A salutation stands above the words, unless they have it in a place of their own.
    """
    fronts, insides = _OR.split(front), _OR.split(inside)
    if salutation:
        insides = [words if salutation in words else f"{salutation}\n\n{words.lstrip()}" for words in insides]
    pairs = [
        Printed(fronts[number % len(fronts)], insides[number % len(insides)])
        for number in range(max(len(fronts), len(insides)))
    ]
    return tuple(dict.fromkeys(pairs))


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> Environment:
    packaged = jinja2.FileSystemLoader(packaged_folder())
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(list(folders)), packaged, jinja2.PrefixLoader({_BUILTIN: packaged})],
        ),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # ink on paper: & is &
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()  # range, lipsum, cycler and the like are not for greetings
    return environment


def _check(environment: Environment, name: str, above: tuple[str, ...], path: Path | None = None) -> set[str]:
    """Return the blocks of a template and of those it extends. Raises `TemplateError` for a fault."""
    if name in above:
        raise TemplateError(f"{name} extends itself.", hint=f"Extend {_BUILTIN}/{name} instead.")
    source, where = _read(environment, name, above, path)
    tree = _parse(environment, source, where)
    try:
        _check_tree(tree, where)
    except RecursionError as error:  # a variable of thousands of filters, which were no trouble to read
        raise TemplateError(f"{where} is nested too deeply.", hint=_CHECK) from error
    blocks = {block.name for block in tree.find_all(nodes.Block)}
    for parent in meta.find_referenced_templates(tree):
        if parent is None:
            raise TemplateError(
                f"{where}: what a template extends must be named plainly.",
                hint='As in {% extends "builtin/christmas.en.txt.j2" %}.',
            )
        blocks |= _check(environment, parent, (*above, name))
    missing = [block for block in _BLOCKS if block not in blocks]
    if missing and not above:
        raise TemplateError(
            f"{where} has no block {missing[0]}.",
            hint="A template has two: {% block front %} and {% block inside %}.",
        )
    return blocks


def _read(environment: Environment, name: str, above: tuple[str, ...], path: Path | None) -> tuple[str, str]:
    """Return the source of a template and the file it stands in."""
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
    return source, str(where)


def _parse(environment: Environment, source: str, where: str) -> nodes.Template:
    if len(source) > _LARGEST:
        raise TemplateError(f"{where} is no template: it has {len(source)} characters.", hint=_CHECK)
    try:
        return environment.parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{where}:{error.lineno}: {error.message}", hint=_CHECK) from error
    except RecursionError as error:
        raise TemplateError(f"{where} is nested too deeply.", hint=_CHECK) from error


def _check_tree(tree: nodes.Template, where: str) -> None:
    """Refuse what is not for greetings, what would not be printed, and what a template cannot know."""
    for node in tree.find_all(nodes.Node):
        _check_node(node, where)
    for node in tree.body:
        if not isinstance(node, (nodes.Block, nodes.Extends)) and not _is_blank(node):
            raise TemplateError(
                f"{where}:{node.lineno}: what stands outside the blocks is not printed.",
                hint="Put it between {% block front %} or {% block inside %} and {% endblock %}.",
            )
    for name in tree.find_all(nodes.Name):  # nothing can be bound: ours, or unknown
        if name.name not in KEYS:
            raise unknown_key(f"{where}:{name.lineno}: a template cannot know", name.name)


def _check_node(node: nodes.Node, where: str) -> None:
    kind = type(node).__name__
    if kind not in _ALLOWED:
        raise TemplateError(
            f"{where}:{node.lineno}: {kind.lower()} is not for greetings.",
            hint="A template has words, if, inline if, ~ and the filters of templates/README.md.",
        )
    if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        raise TemplateError(
            f"{where}:{node.lineno}: the filter {node.name} is not for greetings.",
            hint=f"There are: {', '.join(sorted(_FILTERS))}.",
        )


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes
    )
