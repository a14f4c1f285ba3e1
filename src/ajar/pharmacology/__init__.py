"""What ketamine does in a person, in numbers.

No web, no database, no clock, no files but its own tables, no unseeded chance.
"""
