"""What ketamine does in a person, in numbers: no web, no database, no clock, no files, no unseeded chance."""
