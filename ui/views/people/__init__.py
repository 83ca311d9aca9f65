"""People on the screen."""
