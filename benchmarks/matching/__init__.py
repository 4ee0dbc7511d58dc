"""The engine's figures: invented markets, rivals, one run each."""
