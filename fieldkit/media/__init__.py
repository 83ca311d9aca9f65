"""Files from outside: what they are, what they give away, and how they look. Nothing in them is ever run."""
