"""My data: what is held about me, a copy to take away, what shall be mended, and the notices.

Each part says in its `exports.py` what it holds about people (`kernel.holdings`); nothing of the
parts is known here.
"""
