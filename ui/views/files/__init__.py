"""The files page: the list, what is chosen, a file looked at with black boxes over it."""
