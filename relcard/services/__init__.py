"""One journey a module, one public function of the same name; a service exists only where two siblings meet."""

from __future__ import annotations
