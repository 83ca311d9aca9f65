"""The interview page on the screen."""
