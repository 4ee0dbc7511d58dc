"""The councils and special committees that decide together: who sits on them, and their resolutions.

A resolution names what it decides by its key in the trail, so earlier and later parts alike
can ask whether theirs has been decided.
"""
