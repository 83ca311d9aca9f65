"""Who is where, on the screen."""
