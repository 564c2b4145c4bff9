"""The pages people see in a browser; the newcomer's chat itself is a channel."""
