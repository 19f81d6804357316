"""`{% load insight %}`: words of insight in templates."""

from django import template

from guanxi.insight.words import method_name

register = template.Library()
register.filter("method", method_name)
