"""How a conversation goes: pure functions over values, without a clock, a network or a database."""
