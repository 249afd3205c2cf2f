"""Which exit statuses are there? 2 (misused) is click's own."""

REFUSED = 1
DISCREPANCY = 3
INTERRUPTED = 130
ENDED = 128
"""And the number of the signal that asked for it: 143 for TERM, 129 for a terminal that went away."""
