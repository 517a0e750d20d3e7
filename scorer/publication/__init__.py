"""What must not go out with a published report: blanks, personal data, organs and laws of the past, slips of the pen.

Nothing here is scored. The words stand in ``rules/publication.yaml``, a kind of file of its own; Python keeps shapes.
"""
