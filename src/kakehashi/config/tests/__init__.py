"""Tests of sign-in, of the settings, and of what happens around every page."""
