"""The local page for people who use no terminal; it holds no logic of its own."""
