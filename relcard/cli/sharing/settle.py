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
from relcard.services.sharing.settle import answer_question
from relcard.services.sharing.settle import read_questions
from relcard.share.current import sharing_of
from relcard.store.file.database import session

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.services.sharing.settle import Question
    from relcard.services.sharing.settle import Side
    from relcard.store.file.database import Connection

_KEYS = {"k": "keep", "t": "take", "b": "both"}
_NOTHING = "  Nothing differs between the laptops."
_SAID = {"keep": "stays", "take": "taken", "both": "both stand"}


@click.command("settle", short_help="Look at what both laptops changed.")
@click.argument("question", metavar="[ID]", required=False)
@click.argument("answer", metavar="[keep|take|both]", type=click.Choice(tuple(ANSWERS)), required=False)
@click.option("--list", "lists", is_flag=True, help="Only show them; ask nothing.")
@params.as_json
@pass_desk
def settle(desk: Desk, question: str | None, answer: str | None, lists: bool, as_json: bool) -> None:
    """Go through what both laptops changed apart, one by one: what stands, and what the other one wrote.

    keep lets stand what stands, take puts the other in its place (undo puts back what stood), both joins two
    texts. The answer goes to the other laptop, and nothing waits for it. With ID, as --list shows them, and
    an answer, nobody is asked.
    """
    if (question is None) != (answer is None):
        raise UsageError("An answer goes with what it answers.", hint="relcard share settle ID keep")
    with session(desk.store) as db:
        sharing_of(db)
        if question is not None and answer is not None:
            answered = answer_question(db, question, answer, desk.today)
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

    What a settled question was cannot be asked again, so answers are written when the sitting ends, however
    it ends: until then u takes the last one back.
    """
    questions = read_questions(db)
    answers: list[str] = []  # of the questions up to here; "" for later
    try:
        while len(answers) < len(questions):
            question = questions[len(answers)]
            output.say()
            _say_question(question, f"{len(answers) + 1} of {len(questions)}")
            keys = [f"{answer[0]} {answer}" for answer in question.choices]
            output.say(output.dim(f"    {' · '.join(keys)} · l later · u undo · q stop"))
            said = ask().strip().lower()
            if said == "q":
                break
            if said == "u" and answers:
                answers.pop()
            elif said == "l" or _KEYS.get(said) in question.choices:
                answers.append(_KEYS.get(said, ""))
            else:
                output.say("  One of the keys, please." if said != "u" else "  Nothing was said here yet.")
    finally:
        _write(db, zip(questions, answers, strict=False), today)
    settled = len([answer for answer in answers if answer])
    later = f" · {len(questions) - settled} for later" if settled < len(questions) else ""
    output.say(f"  {settled} settled{later}" if questions else _NOTHING)


def _write(db: Connection, answered: Iterable[tuple[Question, str]], today: date) -> None:
    for question, answer in answered:
        try:
            if answer:
                answer_question(db, question.id, answer, today)
        except (NotFoundError, UsageError) as error:  # by an answer before it, or of a house that is lived in
            output.say(f"  {output.clean(question.who)}: {error.message}", err=True)


def _say_question(question: Question, beside: str) -> None:
    who = f"{question.who}: " if question.who else ""
    output.say(f"  {output.bold(output.clean(who + question.what))}{output.dim(f'  {beside}')}")
    _say_side("stands", question.stands)
    for side in question.beside:
        _say_side("other", side)
    if question.before:
        _say_text("before", question.before)


def _say_side(label: str, side: Side) -> None:
    laptop = f"   ({side.laptop})" if side.laptop else ""
    _say_text(label, f"{side.text or 'nothing'}{laptop}")


def _say_text(label: str, text: str) -> None:
    lines = output.wrap(text, output.terminal_width() - 13)
    for number, line in enumerate(lines):
        output.say(f"    {label if not number else '':<8} {output.clean(line)}")


def _tell(desk: Desk, question: Question, answer: str, *, as_json: bool) -> None:
    if as_json:
        output.say_json("questions", [{**_as_json(question), "answer": answer}])
    elif not desk.quiet:
        side = question.beside[0] if answer == "take" else question.stands
        text = "" if answer == "both" else f" {side.text}"
        who = f"{question.who}: " if question.who else ""
        output.say(f"  {output.clean(f'{who}{question.what}: {_SAID[answer]}{text}')}")


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
