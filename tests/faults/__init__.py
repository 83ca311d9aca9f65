"""The fault campaign: kill -9, power cuts and bad networks against the real program."""
