"""The second reader: a linear classifier of single sentences, learned from sentences that people labelled.

It knows no report and no rule: ``model`` reads the shipped file and scores sentences, ``train`` makes such a file.
"""
