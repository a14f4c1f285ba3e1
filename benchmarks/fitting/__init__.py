"""How the numbers of the models were fitted: scripts that fit again, and change nothing."""
