"""Settings, the root URL map and the `kakehashi` command."""
