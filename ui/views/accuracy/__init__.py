"""The factual accuracy check on the screen."""
