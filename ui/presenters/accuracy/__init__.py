"""The factual accuracy check, and what follows publishing."""
