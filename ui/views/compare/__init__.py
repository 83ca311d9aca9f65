"""Cases side by side on the screen."""
