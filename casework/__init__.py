"""What happens after the conversation: pure functions over values, without a clock, network or database."""
