"""Cli of the desktop app."""
