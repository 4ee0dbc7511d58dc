"""The kernel's doors to the terminal."""
