"""The visit: its programme, what was captured on it, and what is left to do before leaving."""
