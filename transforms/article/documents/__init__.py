"""Articles in documents: mail, pages kept as one file, Markdown, Word, NITF and NewsML-G2."""
