"""Texts: annual summaries, work reports and bulletins read into proposals that a person confirms.

blocks, docx, pdf, web, files: bytes into paragraphs and tables. plain, numbers, times: a text and its numerals.
scene, wording, codes, rates, places, levels, lists, facts: the grammar. entities, statements, tables: what else is in
it.
rows, document, review, printed, suggest: what is proposed, and how it is handed over.
"""
