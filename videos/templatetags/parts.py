"""The tag around a part of a page that is rendered once, and used again by later pages."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.tag
def part(parser: Parser, token: Token) -> "PartNode":
    """Render what is in ``{% part name %} … {% endpart %}`` unless ``parts`` has it already.

    It must not be a person's own: others get it, too.
    """
    _tag, name = token.split_contents()
    content = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(name, content)


class PartNode(template.Node):
    """Takes a part from ``parts`` in the context, or renders it and puts it there."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        """Return the part."""
        parts: dict[str, SafeString] = context["parts"]
        if self.name not in parts:
            parts[self.name] = self.nodelist.render(context)
        return parts[self.name]
