"""The customer list: what is asked, in which order, which page of it, and how many there are."""
