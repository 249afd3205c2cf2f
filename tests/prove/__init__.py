"""The proof that nothing acknowledged is lost and nothing is wrong: `make prove [LEVEL=push|night|release]`."""
