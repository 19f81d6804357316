"""Guanxi (关系): a CRM in which every touch is remembered once, every action is tested, every claim has its evidence."""
