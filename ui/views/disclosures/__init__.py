"""Restricted disclosures on the screen."""
