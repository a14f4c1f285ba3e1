"""The engine at a terminal: commands, figures and files around `ajar.pharmacology`, without the clinic."""
