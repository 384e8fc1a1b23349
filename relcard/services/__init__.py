"""One journey a module, one public function of its name; a service exists only where siblings meet."""

from __future__ import annotations
