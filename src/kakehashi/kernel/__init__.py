"""The grammar every part speaks: lifecycle, policy, sight, trail, letters, outbox, jobs.

No word of the programme is said here: whatever knows an embassy or a participant belongs to a
later folder.
"""
