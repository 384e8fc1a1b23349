"""What the rules of tone say, on the terminal and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.domain.seasons.tone.rules import RULES
from relcard.domain.seasons.tone.rules import example_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from relcard.domain.seasons.tone import Remark
    from relcard.domain.seasons.tone.rules import Rule
    from relcard.services.seasons.draft_cards import DraftRun


def in_words(remark: Remark) -> str:
    """Return a remark as it is said beside the words it speaks of."""
    return f"a second look ({remark.rule}): “{remark.line}” {remark.reason}"


def say_remarks(remarks: Iterable[Remark]) -> None:
    """Say beneath some words what wants a second look there."""
    for remark in remarks:
        for line in output.wrap(in_words(remark), output.terminal_width() - 4):
            output.say(output.dim(f"    {line}"))


def as_dict(remark: Remark) -> output.Json:
    """Return a remark for scripts."""
    return {"rule": remark.rule, "line": remark.line, "reason": remark.reason}


def as_dicts(run: DraftRun) -> list[output.Json]:
    """Return what is said of each draft, for scripts; a refusal has no rule and no line."""
    told = [
        {
            "household": f"h{draft.recipient.household.id}",
            "addressee": draft.recipient.household.addressee,
            **as_dict(remark),
            "refused": False,
        }
        for draft in run.drafts
        for remark in draft.remarks
    ]
    refused = [
        {
            "household": f"h{each.household.id}",
            "addressee": each.household.addressee,
            "rule": None,
            "line": None,
            "reason": each.error.message,
            "refused": True,
        }
        for each in run.refused
    ]
    return [*told, *refused]


def say_run(run: DraftRun) -> None:
    """Say what wants a second look in the drafts of a season: each line once, with whose card it is on."""
    said: dict[str, list[str]] = {}
    for words, household in _told(run):
        said.setdefault(words, []).append(household)
    whose: dict[tuple[str, ...], list[str]] = {}
    for words, households in said.items():
        whose.setdefault(tuple(households), []).append(words)
    for together, several in whose.items():
        output.say(f"  {output.bold(output.clean(output.some_names(together)))}")
        for words in several:
            for line in output.wrap(words, output.terminal_width() - 4):
                output.say(f"    {line}")
    number = len(run.drafts) + len(run.refused)
    unlike = len(run.refused) + sum(bool(draft.remarks) for draft in run.drafts)
    drafts = output.plural(number, "draft")
    if unlike:
        wants = "wants" if unlike == 1 else "want"
        output.say(
            f"  {unlike} of {drafts} {wants} a second look   {output.accent('relcard draft edit WHO')}"
        )
    else:
        output.say(f"  {drafts}: nothing here sounds processed")


def _told(run: DraftRun) -> Iterator[tuple[str, str]]:
    """Yield what is said, and of whose card."""
    for draft in run.drafts:
        for remark in draft.remarks:
            yield in_words(remark), draft.recipient.household.addressee
    for refused in run.refused:
        yield f"not printed: {refused.error.message}", refused.household.addressee


def say_rules(off: frozenset[str], language: str, *, as_json: bool) -> None:
    """Say every rule of tone with its reason and an example, of a language (BCP 47) where it has one."""
    if as_json:
        output.say_json(
            "rules",
            [
                {
                    "rule": rule.name,
                    "reason": rule.reason,
                    "example": example_of(rule, language),
                    "refuses": rule.refuses,
                    "may_be_off": not rule.is_law,
                    "off": rule.name in off,
                }
                for rule in RULES
            ],
        )
        return
    for heading, refuses in (("never printed", True), ("a second look", False)):
        output.say(output.dim(f"  {heading.upper()}"))
        for rule in RULES:
            if rule.refuses is refuses:
                _say_rule(rule, example_of(rule, language), is_off=rule.name in off)
    output.say()
    output.say_wrapped("Switch one off: relcard settings set tone.off boast, or for one run --allow boast")


_NO_LINE = ("again", "length")  # their example says what such a line would be
_NAME = max(len(rule.name) for rule in RULES) + 2  # columns


def _say_rule(rule: Rule, example: str, *, is_off: bool) -> None:
    """Say one rule: beside its name the reason, beneath that a line it speaks of."""
    reason = f"off: {rule.reason}" if is_off else rule.reason
    example = example if rule.name in _NO_LINE else f"“{example}”"
    columns = output.terminal_width() - 4 - _NAME
    first, *rest = output.wrap(reason, columns)
    output.say(f"  {output.pad(rule.name, _NAME)}{first}")
    for line in (*rest, *map(output.dim, output.wrap(example, columns))):
        output.say(f"  {' ' * _NAME}{line}")
