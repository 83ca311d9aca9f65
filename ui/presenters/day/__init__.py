"""The end-of-day sheet: what the team says of a day, section by section."""
