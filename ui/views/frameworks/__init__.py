"""The frameworks of an assessment on the screen."""
