"""The views of escalations."""
