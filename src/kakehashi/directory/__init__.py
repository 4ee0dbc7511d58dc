"""The ground: people, offices and places, and the seats from which people act.

Every office of the programme is here once, from ministry to town hall.  A person keeps one
account for life; what they may do comes from the seats they hold, with dates.
"""
