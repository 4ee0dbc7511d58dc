"""How people apply: the application through a mission, its papers, and references.

Nothing sealed (health, criminal history and their papers) is stored here before sealing exists.
"""
