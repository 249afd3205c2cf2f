"""Statements as plain values: read from a source of balances, drawn by others."""
