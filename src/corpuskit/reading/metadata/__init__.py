"""Tables that say something about articles, joined to them."""
