"""Who is where: the programme of a day as streams or assessors side by side."""
