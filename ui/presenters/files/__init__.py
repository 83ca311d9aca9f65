"""The files page: attachments as lists and forms show them."""
