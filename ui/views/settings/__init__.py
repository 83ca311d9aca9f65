"""Settings on the screen (ux S14)."""
