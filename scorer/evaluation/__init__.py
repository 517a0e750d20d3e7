"""How well a pack judges: its own tests, and agreement with labels that experts gave."""
