"""Absence, and the deputies who act meanwhile: one seat, in the absent person's name, for some days.

A deputy has a seat of their own that stands for the absent person's (`Seat.acts_for`).  While they
act from it they have the rights of that seat and no others, and the trail says “B for A”.
"""
