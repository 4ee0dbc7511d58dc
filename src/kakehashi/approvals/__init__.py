"""The approval route inside an office (決裁): drafted, stamped by the chief, approved by the head.

An office says by dated rows which kinds of act need it; one without a route works as before.  It
stands beside the councils: they decide together, an office decides what leaves it.
"""
