"""The drop-in page on the screen."""
