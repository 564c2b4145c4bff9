"""What volunteers take on, and when they are reminded of it."""
