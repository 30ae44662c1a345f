"""What of a page is no part of the article: named rules, each cut with its reason."""
