"""The frameworks of an assessment on the screen and in commands."""
