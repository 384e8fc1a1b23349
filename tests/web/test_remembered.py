from __future__ import annotations

from relcard.web.remembered import Remembered


def test_same_state_is_made_once_and_the_last_two_are_kept() -> None:
    remembered: Remembered[int] = Remembered()
    made: list[int] = []

    def of(state: int) -> int:
        def make() -> int:
            made.append(state)
            return state * 10

        return remembered.of(state, make)

    assert [of(state) for state in (1, 1, 2, 1, 2, 3, 2, 1)] == [10, 10, 20, 10, 20, 30, 20, 10]
    assert made == [1, 2, 3, 1]
