"""How missions choose: screening, interviews, and results released all at once."""
