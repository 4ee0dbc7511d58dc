"""Kakehashi 架け橋: one place for an international exchange programme, end to end."""
