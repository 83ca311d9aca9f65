"""The visit on the screen."""
