"""What Kakehashi costs: one script for each figure, always beside a named baseline of the same run.

Machines differ and are noisy, so a figure is a ratio of medians or a number of queries, never a
time alone.  `python3 run.py bench` runs all of them; `python3 run.py bench pages` some.
"""
