"""Documents: PDF, RTF, Word, OpenDocument."""
