"""What both laptops changed apart, settled by a person: share settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.sharing.questions import is_terminal
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.sharing.settle import ANSWERS
from relcard.services.sharing.settle import Side
from relcard.services.sharing.settle import answer_question
from relcard.services.sharing.settle import read_questions
from relcard.share.current import sharing_of
from relcard.store.file.database import session

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.services.sharing.settle import Answered
    from relcard.services.sharing.settle import Question
    from relcard.store.file.database import Connection

_KEYS = {"k": "keep", "t": "take", "b": "both"}  # of several others each has its number instead of t
_NOTHING = "  Nothing differs between the laptops."
_SAID = {"keep": "stays", "take": "taken", "both": "both stand"}


@click.command("settle", short_help="Look at what both laptops changed.")
@click.argument("question", metavar="[ID]", required=False)
@click.argument("answer", metavar="[keep|take|both]", type=click.Choice(tuple(ANSWERS)), required=False)
@click.argument("which", metavar="[NUMBER|LAPTOP]", default="")
@click.option("--list", "lists", is_flag=True, help="Only show them; ask nothing.")
@params.as_json
@pass_desk
def settle(
    desk: Desk, question: str | None, answer: str | None, which: str, lists: bool, as_json: bool
) -> None:
    """Go through what both laptops changed apart, one by one: what stands, and what the other one wrote.

    keep lets stand what stands, take puts the other in its place, both joins the texts; undo asks again. The
    answer goes to the other laptop, and nothing waits for it. With ID, as --list shows them, and an answer,
    nobody is asked. Where three laptops wrote, take 2 or take LAPTOP says which of the others.
    """
    if (question is None) != (answer is None):
        raise UsageError("An answer goes with what it answers.", hint="relcard share settle ID keep")
    with session(desk.store) as db:
        sharing_of(db)
        if question is not None and answer is not None:
            answered = answer_question(db, question, answer, desk.today, which=which)
            _tell(desk, answered, answer, as_json=as_json)
        elif as_json or lists or not is_terminal():
            _list(read_questions(db), as_json=as_json)
        else:
            sit(db, desk.today, ask=lambda: click.prompt("    answer", default="l"))


def _list(questions: list[Question], *, as_json: bool) -> None:
    if as_json:
        output.say_json("questions", [_as_json(question) for question in questions])
        return
    for question in questions:
        _say_question(question, question.id)
        output.say()
    if questions:
        output.say(f"  To settle one: {output.accent('relcard share settle ID keep')}, take or both")
    else:
        output.say(_NOTHING)


def sit(db: Connection, today: date, *, ask: Callable[[], str]) -> None:
    """Show one after the other and take each answer that `ask` returns, until q or none is left.

    The answers are written when the sitting ends, however it ends: until then u takes the last one back.
    """
    questions = read_questions(db)
    answers: list[str] = []  # of the questions up to here: a key, "" for later
    try:
        while len(answers) < len(questions):
            question = questions[len(answers)]
            keys = _keys(question)
            output.say()
            _say_question(question, f"{len(answers) + 1} of {len(questions)}")
            output.say()
            words = [*dict.fromkeys(keys.values()), "l later", "u undo", "q stop"]
            output.say(output.dim(f"    {' · '.join(words)}"))
            said = ask().strip().lower()
            if said == "q":
                break
            if said == "u" and answers:
                answers.pop()
            elif said == "l" or said in keys:
                answers.append(said if said in keys else "")
            else:
                output.say(
                    "    One of the keys, please." if said != "u" else "    Nothing was said here yet."
                )
    finally:
        settled = _write(db, zip(questions, answers, strict=False), today)
    output.say()
    left = len(questions) - settled
    undo = f" · to be asked again: {output.accent('relcard undo')}" if settled else ""
    output.say(
        f"  {settled} settled{f' · {left} for later' if left else ''}{undo}" if questions else _NOTHING
    )


def _keys(question: Question) -> dict[str, str]:
    """Return the keys that answer a question, each with its words."""
    keys = {choice[0]: f"{choice[0]} {choice}" for choice in question.choices}
    if _is_numbered(question):
        numbers = [str(number) for number in range(1, len(question.beside) + 1)]
        numbered = dict.fromkeys(numbers, f"{' or '.join(numbers)} take")
        return {"k": keys.pop("k"), **numbered, **{key: words for key, words in keys.items() if key != "t"}}
    return keys


def _is_numbered(question: Question) -> bool:
    """Whether there is more than one that can be taken."""
    return len(question.beside) > 1


def _write(db: Connection, answered: Iterable[tuple[Question, str]], today: date) -> int:
    """Write the answers to some questions, each a key; return how many could be written."""
    settled = 0
    for question, key in answered:
        try:
            if key:
                answer_question(
                    db, question.id, _KEYS.get(key, "take"), today, which=key if key.isdecimal() else ""
                )
                settled += 1
        except (NotFoundError, UsageError) as error:  # by an answer before it, or of a house that is lived in
            output.say(f"  {output.clean(question.who)}: {error.message}", err=True)
    return settled


def _say_question(question: Question, beside: str) -> None:
    output.say(f"  {output.bold(output.clean(_called(question)))}{output.dim(f'  {beside}')}")
    _say_side("stands", question.stands)
    for number, side in enumerate(question.beside, 1):
        _say_side(f"other {number}" if _is_numbered(question) else "other", side)
    if question.before:
        _say_side("before", Side(question.before, ""))


def _called(question: Question) -> str:
    return f"{question.who}: {question.what}" if question.who else question.what


def _say_side(label: str, side: Side) -> None:
    """Say a value, and whose it is beside it, or beneath one that is longer than a line."""
    columns = output.terminal_width() - 13
    lines = output.wrap(side.text or "nothing", columns)
    beside = f"   {output.clean(side.laptop)}" if side.laptop else ""
    for number, line in enumerate(lines):
        is_beside = len(lines) == 1 and output.width(line + beside) <= columns
        output.say(f"    {label if not number else '':<8} {line}{output.dim(beside) if is_beside else ''}")
    if beside and not is_beside:
        output.say(output.dim(f"    {'':<8} {beside.strip()}"))


def _tell(desk: Desk, answered: Answered, answer: str, *, as_json: bool) -> None:
    if as_json:
        output.say_json("questions", [{**_as_json(answered.question), "answer": answer}])
    elif not desk.quiet:
        text = f" {' '.join(answered.side.text.split())}" if answered.side else ""
        output.say(f"  {output.clean(f'{_called(answered.question)}: {_SAID[answer]}{text}')}")


def _as_json(question: Question) -> output.Json:
    return {
        "id": question.id,
        "kind": question.kind,
        "who": question.who,
        "what": question.what,
        "stands": question.stands._asdict(),
        "beside": [side._asdict() for side in question.beside],
        "before": question.before or None,
        "choices": list(question.choices),
    }
