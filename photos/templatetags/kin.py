"""Words about the pictures of a lineage."""

from django import template

from photos import lineage

register = template.Library()

register.filter("kin_note", lineage.note)
