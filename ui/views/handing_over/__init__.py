"""The page Hand over on the screen."""
