"""Calendars: what relcard knows of days, as a file that phones and desks read. No connection is opened."""
