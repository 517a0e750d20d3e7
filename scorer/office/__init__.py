"""Building blocks of office files: archives, XML, the paper of official documents, sheets, templates."""
