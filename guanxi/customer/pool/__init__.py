"""The public pool (公海): which customers lie in which pool, how long a claim protects, what is hidden before it."""

from guanxi.customer.pool.protection import Protection, first_protection, renewed
from guanxi.customer.pool.scopes import Scope, hidden_in_pools, pools_of, scopes

__all__ = ["Protection", "Scope", "first_protection", "hidden_in_pools", "pools_of", "renewed", "scopes"]
