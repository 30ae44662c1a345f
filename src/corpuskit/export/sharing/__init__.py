"""Results without the texts: what others need to make every table again."""
