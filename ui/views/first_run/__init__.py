"""First run on the screen."""
