"""A document becomes a report: page, headings, roles, metadata, sentences, shortcomings, statements."""
