"""Scores on the screen."""
