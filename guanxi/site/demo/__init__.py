"""The demonstration company: a real wholesaler's lines, with invented people around them."""

from guanxi.site.demo.colleagues import PASSWORD, SHOWN_LOGINS, address
from guanxi.site.demo.loading import load

__all__ = ["PASSWORD", "SHOWN_LOGINS", "address", "load"]
