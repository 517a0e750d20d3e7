"""YAML packs, checked, merged and compiled."""
