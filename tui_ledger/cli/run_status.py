"""Which exit statuses are there? 2 (misused) is click's own."""

REFUSED = 1
DISCREPANCY = 3
INTERRUPTED = 130
