"""The case list: what is on it, how it got there, and which of it is the sample."""
