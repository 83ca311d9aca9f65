"""The protocol, imported by the laptop and by the central store."""
