"""An invented programme year, made by running the same actions as the buttons."""
