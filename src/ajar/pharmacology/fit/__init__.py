"""This person: what a few readings, scores and perhaps a blood level say about somebody's parameters of U1."""
