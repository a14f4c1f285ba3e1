"""The engine beside its peers, and the figures it promises."""
