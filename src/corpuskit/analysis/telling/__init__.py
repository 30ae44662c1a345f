"""How a number came about, in words."""
