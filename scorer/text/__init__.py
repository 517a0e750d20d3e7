"""Small pure functions on strings."""
