"""Room for the card with the cover, in the looks that show pictures of the creator's own."""

from dataclasses import replace

from videos.render.paint.interfaces import LookContext


def without_card(context: LookContext) -> LookContext:
    """Return the context of a film in which the title takes the place of the card, if its backdrop
    is the cover: nothing needs to be seen twice.
    """
    if context.scene.backdrop:
        return context
    layout = context.layout
    area, card = layout.heading.area, layout.cover
    wider = area._replace(x=card.x, width=area.right - card.x)
    heading = replace(layout.heading, area=wider)
    return replace(context, layout=replace(layout, heading=heading))
