"""Notices: how a computer tells of the day by itself. Nothing here knows whom it tells of."""
