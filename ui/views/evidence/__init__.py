"""The evidence list on the screen."""
