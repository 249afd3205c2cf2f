"""The workbench in a browser: who is let in, one process a page, and what goes between the two.

Importing this module loads nothing; `serve` loads what listens.
"""
