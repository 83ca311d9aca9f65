"""Shell of the desktop app."""
