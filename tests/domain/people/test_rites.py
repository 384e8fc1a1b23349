from __future__ import annotations

from relcard.domain.people.rites import Question
from relcard.domain.people.rites import RiteAnswer
from relcard.domain.people.rites import UnansweredError


def test_an_open_question_names_the_options() -> None:
    """Where nobody can be asked, each answer is named as an option, and the exit code says: decide."""
    error = UnansweredError(Question("stays", "Who stays?", (RiteAnswer(1, "Ann stays", '--stays "Ann"'),)))
    assert error.exit_code == 6
    assert error.candidates == ('--stays "Ann"  Ann stays',)
