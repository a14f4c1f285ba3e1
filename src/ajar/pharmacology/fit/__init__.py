"""This person: what a few readings, scores and perhaps a blood level say about parameters of U1."""
