"""How are words and figures written for, and read from, the people of a country? The only room that knows babel."""
