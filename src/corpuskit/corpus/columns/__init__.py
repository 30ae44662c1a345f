"""Texts become columns: tokens, sentences, folded forms, the inverted index."""
