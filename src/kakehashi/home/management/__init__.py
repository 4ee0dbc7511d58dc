"""Doors to the terminal that reach every part."""
