"""What help exists and whom it fits: pure functions over values, without a clock, a network or a database."""
