"""Qt of the desktop app."""
