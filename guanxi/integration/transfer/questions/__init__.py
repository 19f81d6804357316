"""Questions put to tables: can the outcome in one column be told from the others, and how well?"""
