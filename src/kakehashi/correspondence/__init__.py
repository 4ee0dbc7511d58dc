"""The correspondence register of each office: what came in, what went out, and what is due.

Numbers run per office, direction and fiscal year, written as the office writes them.  What one
office sends to another of the programme stands in the other's register at once.
"""
