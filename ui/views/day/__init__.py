"""The end-of-day sheet on the screen."""
