"""The token in every form (CSRF): what it was made for only this device, and this page, can know.

It is new on each page, a nonce and its HMAC under the secret that the device's cookie bears. So an answer
that is compressed says nothing of the secret, and a form that is sent twice is known by its nonce.
"""

from __future__ import annotations

import hmac
import re
import secrets

_TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})")


def make_token(secret: str) -> str:
    """Return a token for the forms of one page."""
    nonce = secrets.token_hex(16)
    return f"{nonce}.{_sign(secret, nonce)}"


def is_own(token: str, secret: str) -> bool:
    """Whether a form's token was made under a secret; compared in constant time."""
    parts = _TOKEN.fullmatch(token)
    return parts is not None and hmac.compare_digest(parts[2], _sign(secret, parts[1]))


def _sign(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode(), f"form:{nonce}".encode(), "sha256").hexdigest()
