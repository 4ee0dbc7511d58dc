"""Accounts: how people come in, stay in and leave.

Where one is signed in, which seats need a second factor, invitations to a seat, what is handed over
when somebody leaves a seat, and what was being typed when a sign-in ended.
"""
