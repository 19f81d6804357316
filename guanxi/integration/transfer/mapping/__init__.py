"""Which column means which field: suggested from names and contents, changed by people, remembered for next time."""
