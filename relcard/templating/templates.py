"""Templates: the printed words of a greeting card, found by occasion and language.

A template knows eight things and nothing else (`TemplateContext`), so no name, note, fact or past line can
come out of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from itertools import product
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple
from typing import final
from typing import get_args

from relcard.domain.languages import CODES
from relcard.domain.languages import has_words
from relcard.domain.languages import language_code
from relcard.domain.occasions import OCCASIONS
from relcard.domain.occasions import find_occasion
from relcard.errors import NotFoundError
from relcard.errors import TemplateError
from relcard.files import packaged_templates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

Number = Literal["one", "several"]
Formality = Literal["informal", "formal"]
ToneWord = Literal["plain", "warm"]

_LAST_RESORT = "en"
SUFFIX = ".txt.j2"
NAME = re.compile(r"(?P<occasion>[a-z][a-z0-9-]*)\.(?P<language>[a-z]{2,3}(?:-[a-z0-9]+)*)\.txt\.j2")


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
                raise unknown_key("A template cannot be given", key)
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
        """Return the values the template sees, under exactly the keys of `KEYS`."""
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
    by_name: dict[str, Template] = {}
    for template in (*chain(*map(_templates_in, folders)), *_packaged_in(packaged_folder())):
        by_name.setdefault(template.name, template)
    return sorted(by_name.values(), key=lambda template: (template.occasion, template.language))


def _templates_in(folder: Path) -> list[Template]:
    templates = []
    for path in folder.glob(f"*{SUFFIX}") if folder.is_dir() else ():
        named = NAME.fullmatch(path.name)
        if named:
            occasion = find_occasion(named["occasion"]).name
            templates.append(
                Template(name=path.name, occasion=occasion, language=named["language"], path=path)
            )
    return templates


_packaged_in = lru_cache(maxsize=1)(_templates_in)  # nobody writes there; asked a few times for each draft


class TemplateGrid(NamedTuple):
    """Which occasions have words in which languages: the rows and columns, and the template in each place.

    The occasions of the table come first, in its order, then one's own; the languages in the order in which
    the program knows them. A place without a template is a gap.
    """

    occasions: tuple[str, ...]
    languages: tuple[str, ...]
    places: Mapping[tuple[str, str], Template]


def template_grid(folders: Sequence[Path] = ()) -> TemplateGrid:
    """Return every template in its place, and the places that have none."""
    places = {(template.occasion, template.language): template for template in list_templates(folders)}
    occasions = dict.fromkeys((*OCCASIONS, *(occasion for occasion, _ in places)))
    languages = dict.fromkeys((*CODES, *sorted(language for _, language in places)))
    return TemplateGrid(tuple(occasions), tuple(languages), places)


def occasions_with_words(folders: Sequence[Path] = ()) -> frozenset[str]:
    """Return the occasions for which there is a template in any language."""
    return frozenset(template.occasion for template in list_templates(folders))


def find_template(occasion: str, language: str, folders: Sequence[Path] = ()) -> Template:
    """Return the template for an occasion: in its language or in English, else one that may stand in for it.

    "de-AT" is looked for as such, then as "de". What is not as asked is said by `words_instead`. Raises
    `NotFoundError` where nothing fits: words of another occasion are never printed for want of its own.
    """
    known: dict[tuple[str, str], Template] = {}
    for template in list_templates(folders):
        known.setdefault((template.occasion, template.language), template)
    wanted = find_occasion(occasion)
    spoken = _spoken(language)
    for pair in product((wanted.name, wanted.stand_in), (*spoken, _LAST_RESORT)):
        if pair in known:
            return known[pair]
    file = f"{wanted.name}.{spoken[1]}{SUFFIX}"
    there = ", ".join(sorted({named for named, _ in known}))
    raise NotFoundError(
        f"There are no words for {wanted.name}"
        + (f" in {spoken[0]}." if wanted.name in there.split(", ") else "."),
        hint=f"Write {file} in your template folder (relcard template check FILE). There are: {there}.",
    )


@lru_cache(maxsize=64)
def words_instead(occasion: str, language: str, folders: tuple[Path, ...] = ()) -> str:
    """Return which words are printed in place of those asked for, "" where there are these.

    A feast that only falls on another day elsewhere, thanksgiving-ca, has the words of the feast.
    """
    template = find_template(occasion, language, folders)
    spoken = _spoken(language)
    is_asked_for = occasion == template.occasion or occasion.startswith(f"{template.occasion}-")
    if is_asked_for and template.language.split("-")[0] in spoken:
        return ""
    there = f"{template.occasion} in {template.language}"
    return f"no words for {occasion} in {spoken[0]}: those for {there} are printed"


@lru_cache(maxsize=64)
def language_of_words(occasion: str, language: str, folders: tuple[Path, ...] = ()) -> str:
    """Return the language of the words that are printed. Raises `NotFoundError` as `find_template` does."""
    return find_template(occasion, language, folders).language


def _spoken(language: str) -> tuple[str, ...]:
    """Return the names a language's templates may bear: "de-at" and "de", of "no" also "nb"."""
    tag = language.lower().replace("_", "-")
    return (tag, tag.split("-")[0], *([language_code(tag)] if has_words(tag) else []))


def unknown_key(start: str, key: str) -> TemplateError:
    """Return the refusal of a word that no template knows."""
    return TemplateError(f'{start} "{key}".', hint=_allowed_keys())


def _allowed_keys() -> str:
    return f"Allowed are only: {', '.join(KEYS)}. What is personal is written by pen."
