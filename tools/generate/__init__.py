"""The reference pages in docs/reference/, written from the objects that the program itself uses."""
