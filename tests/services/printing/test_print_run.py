"""Why somebody is not on the paper."""

from __future__ import annotations

import pytest

from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why


@pytest.mark.parametrize("why", Why)
def test_only_who_is_left_out_by_choice_is_not_missing(why: Why) -> None:
    """The words of a reason, whatever they are, decide nothing."""
    assert Skipped("Ann", "write it by hand", why).is_missing is (why is not Why.BY_HAND)
    assert Skipped("Ann", "refused", why).is_missing is (why is not Why.BY_HAND)
