"""The coverage matrix on the screen."""
