"""QR codes as the modules they are made of (ISO/IEC 18004); ReportLab reckons them."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.barcode import qrencoder


def qr_modules(text: str) -> list[list[bool]]:
    """Return the rows of a QR code of a text, True where it is dark, without its quiet zone."""
    code: Any = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = range(code.getModuleCount())
    return [[bool(code.isDark(row, column)) for column in size] for row in size]
