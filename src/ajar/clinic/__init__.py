"""What the clinic remembers and shows (Django)."""
