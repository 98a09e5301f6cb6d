"""What is asked about people and offices."""
