"""Names for codes on the desk's pages."""

from django import template

from ajar.pathway.evaluation.products import Product

register = template.Library()


@register.filter
def product_name(code: str) -> str:
    """The product as the clinic calls it."""
    return Product(code).label
