"""The program's version, in one place: read by packaging, the command line and every result."""

VERSION = "0.1.0"
