"""Escalations on the screens: the card that opens over everything, the page, their words."""
