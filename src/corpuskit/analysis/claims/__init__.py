"""Claims, repeated in other ways."""
