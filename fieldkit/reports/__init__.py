"""Reports in two steps: *compose* turns facts into neutral blocks, *set* turns blocks into PDF, HTML or plain text."""
