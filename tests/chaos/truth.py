"""Whether a film that failed says the true cause."""

from collections.abc import Mapping

from tests.chaos.journal import Journal
from tests.chaos.orders import VENDOR_SENTENCE, Order
from tests.chaos.site import Site
from tests.standin import Call, StandIn

MAX_CRASHES = 3  # WORK_MAX_CRASHED_CLAIMS
# What the stand-in answers, by the failure that it may lead to
REFUSALS = {
    "refused": {"invalid", "disabled"},
    "credits": {"credits"},
    "account": {"authentication"},
}


def falsehood(order: Order, video: Mapping[str, object], site: Site, journal: Journal) -> str:
    """Return what is false about the failure of a film, "" where it is true."""
    failure, message = str(video["failure"]), str(video["message"])
    if not message:
        return "it says nothing"
    if failure == "media":
        return "" if order.kind == "poison" else f"the song is sound: {message}"
    if failure == "died":
        killed = journal.broken_off[order.video]
        return "" if killed >= MAX_CRASHES else f"{killed} of its workers were killed: {message}"
    if order.kind not in site.vendors:
        return f"{failure}: {message}"
    vendor = site.vendors[order.kind]
    if failure == "vendor":
        return "" if VENDOR_SENTENCE in message else f"its vendor did not say so: {message}"
    kinds = {kind for call, kind in vendor.broken_calls if _is_about(call, order)}
    if failure == "unknown":
        is_lost = bool(kinds)
        says_lost = "gave no clear answer" in message
        if says_lost:
            return "" if is_lost else f"its vendor answered each order: {message}"
        return "" if journal.broken_off[order.video] else f"no worker was killed: {message}"
    if failure in REFUSALS and kinds & REFUSALS[failure]:
        return ""
    return f"{failure}: {message}"


def second_orders(vendor: StandIn) -> list[str]:
    """Return the songs of which a vendor has more than one film, which all are paid for."""
    songs = [film.music_id for film in vendor.films.values()]
    return [
        f"{song} was ordered twice of {vendor.vendor}" for song in {*songs} if songs.count(song) > 1
    ]


def _is_about(call: Call, order: Order) -> bool:
    """Return whether a call placed the order."""
    fields = call.json.get("input") if isinstance(call.json.get("input"), dict) else call.json
    return order.body["taskId"] in {fields.get("taskId"), fields.get("task_id")}
