"""The installation: which extras are there, and the command that brings more into this very environment."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

# What each extra brings, as in pyproject.toml: the package, and the module that shows it is there.
EXTRAS: dict[str, dict[str, str]] = {
    "scripts": {
        "pylopdf-fonts-ar": "pylopdf_fonts_ar",
        "pylopdf-fonts-he": "pylopdf_fonts_he",
        "pylopdf-fonts-th": "pylopdf_fonts_th",
    },
    "cjk": {
        "pylopdf-fonts-jp": "pylopdf_fonts_jp",
        "pylopdf-fonts-ko": "pylopdf_fonts_ko",
        "pylopdf-fonts-zh-cn": "pylopdf_fonts_zh_cn",
        "pylopdf-fonts-zh-tw": "pylopdf_fonts_zh_tw",
    },
    "tui": {"textual": "textual"},
    "sheets": {"python-calamine": "python_calamine"},
    "photos": {"pi-heif": "pi_heif"},
    "holidays": {"holidays": "holidays"},
    "notify": {"apprise": "apprise"},
    "share": {"pyrage": "pyrage"},
    "page": {"starlette": "starlette", "uvicorn": "uvicorn", "python-multipart": "python_multipart"},
}
ABOUT = {
    "scripts": "Arabic, Hebrew and Thai on paper",
    "cjk": "Chinese, Japanese and Korean on paper",
    "tui": "the full-screen pages",
    "sheets": "spreadsheets as .xlsx and .ods",
    "photos": "pictures as a phone has them (HEIC)",
    "holidays": "public holidays of any country",
    "notify": "the notice of the day by mail, ntfy and others",
    "share": "one list on two laptops, sealed",
    "page": "the page at home, for tablet and phone",
}


def has_extra(name: str) -> bool:
    """Whether everything that an extra brings is in this environment; nothing of it is loaded."""
    return all(find_spec(module) is not None for module in EXTRAS[name].values())


def bring_extra(name: str) -> str:
    """Return the command that brings an extra into this environment."""
    return bring(*EXTRAS[name])


def bring(*packages: str) -> str:
    """Return the command that installs packages of the index where this relcard will find them.

    An index need not know relcard itself, so the packages are named, and the interpreter that runs now: `pip`
    alone may be another Python's. What pipx and uv keep is changed through them, as their own pages ask.
    """
    import shlex  # noqa: PLC0415  1 ms in all that prints, for a hint alone

    environment = Path(sys.prefix)
    words = shlex.join(packages)
    if (environment / "pipx_metadata.json").exists():
        return f"pipx inject {environment.name} {words}"
    if (environment / "uv-receipt.toml").exists():
        return f"uv pip install --python {shlex.quote(sys.executable)} {words}"
    return f"{shlex.quote(sys.executable)} -m pip install {_past_the_system()}{words}"


def _past_the_system() -> str:
    """Return what pip must be told where the system manages this Python (PEP 668) and relcard lives in it."""
    if sys.prefix != sys.base_prefix:
        return ""
    import sysconfig  # noqa: PLC0415  1 ms, likewise

    managed = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    return "--break-system-packages " if managed else ""
