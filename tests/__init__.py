"""Tests mirror the source; shared builders and guards live in ``tests.support``."""
