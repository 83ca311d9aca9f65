"""The live log on the screen."""
