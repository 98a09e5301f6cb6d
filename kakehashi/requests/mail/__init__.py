"""Mail that comes in: where it is fetched, how it is read, whom it is from, what becomes of it."""
