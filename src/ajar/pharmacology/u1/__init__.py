"""U1: one model of ketamine for every form, from the dose to the weeks after (pharmacology.md 4)."""
