"""Handing in, on the screen."""
