"""Presenters of the desktop app."""
