"""How records arrive and leave: text to entries and back, pure."""
