"""How closely the company keeps up each relationship, and whether it keeps to that."""
