"""The fast form of U1: many people at once, compiled. `ajar.pharmacology.u1` is the readable form, its
judge.
"""
