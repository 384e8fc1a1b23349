"""Ink on paper: stock, imposition, fonts, labels, envelopes, greeting cards and the crib."""
