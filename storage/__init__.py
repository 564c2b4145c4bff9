"""What is kept and for how long: the only package that speaks SQL; it decides nothing in a conversation."""
