"""The term at a contracting organisation, from the day after arrival."""
