"""What the words mean: values and rules, standard library only; no clock, file, network or environment."""

from __future__ import annotations
