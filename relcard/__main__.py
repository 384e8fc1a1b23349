"""`python -m relcard`."""

from __future__ import annotations

from relcard.cli.main import main

if __name__ == "__main__":
    main()
