"""Two laptops over a cable or the site's own network: one shows a code of words, the other types it; no internet."""
