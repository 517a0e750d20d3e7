"""``python -m scorer`` is the same program as ``fazhi``."""

from scorer.cli.main import console

if __name__ == "__main__":
    console()
