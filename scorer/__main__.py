"""``python -m scorer`` is the same program as ``fazhi``."""

from scorer.cli.main import main

if __name__ == "__main__":
    main()
