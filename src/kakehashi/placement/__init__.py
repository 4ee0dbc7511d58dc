"""How people and places find each other: requests, market, run, notices.

The engine in `kakehashi.matching` decides; this part turns people, requests and rules into a
market, and a plan into notices.
"""
