"""Ways in and out: spreadsheets, and other directories of help."""
