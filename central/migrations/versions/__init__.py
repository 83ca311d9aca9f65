"""One module for each version; a published one never changes."""
