"""Tables of articles: one record, one article."""
