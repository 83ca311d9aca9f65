"""Find or do anything (ux 2.0.10), without a screen: what can be found, how it is matched, what is shown."""
