"""The subcommands of `kurze-wege`, one file each; what they need is imported when they run."""
