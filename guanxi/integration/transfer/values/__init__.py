"""From cells of text to figures, moments and codes, a whole column at a time, as DuckDB expressions."""
