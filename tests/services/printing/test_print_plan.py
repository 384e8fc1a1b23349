"""What preflight finds, as a value."""

from __future__ import annotations

from relcard.services.printing.print_plan import PreflightRemark
from relcard.services.printing.print_plan import PreflightReport
from relcard.services.printing.print_plan import RemarkKind


def test_a_household_of_two_remarks_wants_one_look() -> None:
    """Households are counted, not remarks; what concerns all of them is nobody's."""
    remarks = (
        PreflightRemark(kind=RemarkKind.FONT, who="Ann", reason="no letters", household=1),
        PreflightRemark(kind=RemarkKind.SIZE, who="Ann", reason="too long", household=1),
        PreflightRemark(kind=RemarkKind.ASK, who="Tom", reason="no address", household=2),
        PreflightRemark(kind=RemarkKind.MATERIAL, who="card A6", reason="slides"),
    )
    assert PreflightReport(remarks=remarks, notes=()).look == 2
    assert PreflightReport(remarks=remarks[3:], notes=()).look == 0
