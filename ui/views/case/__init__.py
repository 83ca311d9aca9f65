"""The page of a case on the screen."""
