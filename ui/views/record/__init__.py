"""Record review on the screen."""
