"""Restricted disclosures: what the page shows and does, while its box is open."""
