"""One module a form of output; none computes a verdict."""
