"""What is entered about people and offices."""
