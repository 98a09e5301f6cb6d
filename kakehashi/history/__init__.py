"""What changed, in words: read from the one history that the database keeps of every record."""
