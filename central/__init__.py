"""The central store: keeps every revision that laptops hand in, numbers it, signs for it, and shows it to the team."""
