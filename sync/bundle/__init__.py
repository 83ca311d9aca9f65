"""Handing over without a network: the laptop's side of files on a stick, cables, and what team-mates carry."""
