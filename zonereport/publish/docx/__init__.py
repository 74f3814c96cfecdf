"""The document as a Word file that an office edits: styles, fields and native tables on a page of GB/T 9704."""
