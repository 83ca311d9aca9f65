"""The page Interview guides."""
