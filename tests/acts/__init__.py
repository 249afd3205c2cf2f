"""Random acts on a book, and the oracle that knows what it should hold after them."""
