"""Cases side by side, and what evidence each gave."""
