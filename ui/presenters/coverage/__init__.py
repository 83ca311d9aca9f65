"""The coverage matrix (ux S9): where evidence is missing, and what to do about it."""
