"""Findings on the screen."""
