"""Ways in and out for people: one module per channel; they hold no conversation."""
