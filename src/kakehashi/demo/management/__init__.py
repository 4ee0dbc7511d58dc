"""The demo's door to the terminal."""
