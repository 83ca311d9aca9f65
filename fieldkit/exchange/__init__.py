"""What comes from other tools and goes to them: spreadsheets and the forms people have in them."""
