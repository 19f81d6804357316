"""Guanxi (关系): a CRM in which every touch is remembered once, and every claim about a customer has evidence."""
