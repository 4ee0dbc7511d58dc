"""How people come: who is expected with which wave, and who has arrived."""
