"""Ways in and out: what people write in spreadsheets."""
