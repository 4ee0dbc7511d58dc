"""The yearbook: one census of one register, its four tables, and the annual change since 1987."""
