"""One trial: orders and faults for some time, then peace, then the invariants."""

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tests.chaos import inside, truth
from tests.chaos.faults import Context, Fault, faults_of
from tests.chaos.journal import Journal
from tests.chaos.orders import Person, make_vendor_films
from tests.chaos.site import Site

ORDERS_A_FAULT = 0.2


def outcome_of(video: Mapping[str, object] | None) -> str:
    """Return what became of an order, in a word."""
    if video is None:
        return "not taken"
    return str(video["failure"] or ("film" if video["film"] else video["status"]))


HURRY_INTERVAL = 10.0  # seconds


class Trial:
    """Puts a site to the test."""

    def __init__(
        self, site: Site, *, seed: int, seconds: float, faults: int | None, settling: float
    ) -> None:
        self.site, self.seed, self.seconds, self.settling = site, seed, seconds, settling
        self.faults = faults or max(5, round(seconds / 2.5))
        self.journal = Journal()
        self.problems: list[str] = []
        self._busy: set[str] = set()
        self._acting: list[threading.Thread] = []
        self._context = Context(site, random.Random(seed + 1), self.journal, inside.held)

    def run(self) -> list[str]:
        """Run it, print what happened, and return what is wrong."""
        key, tracks = inside.make_person()
        self.person = Person(self.site, key, tracks)
        is_over = threading.Event()
        vendors = threading.Thread(
            target=make_vendor_films, args=(self.site, random.Random(self.seed + 2), is_over)
        )
        vendors.start()
        try:
            self._wait_until_up()
            self._do_faults()
            self._settle()
        finally:
            is_over.set()
            vendors.join()
        self._check()
        self._print()
        return self.problems

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + 60
        while not self.site.stack.is_up() and time.monotonic() < deadline:
            time.sleep(0.2)

    def _do_faults(self) -> None:
        """Begin a fault at each step, unless its target is broken already; and order films."""
        chooser, interval = random.Random(self.seed), self.seconds / self.faults
        kinds = faults_of(self.site.stack_name)
        began, debt = time.monotonic(), 0.0
        for step in range(self.faults):
            time.sleep(max(0.0, began + step * interval - time.monotonic()))
            fault = chooser.choices(kinds, weights=[each.weight for each in kinds])[0]
            while fault.target in self._busy:
                fault = chooser.choices(kinds, weights=[each.weight for each in kinds])[0]
            self._begin(fault)
            debt += ORDERS_A_FAULT
            while debt >= 1:
                debt -= 1
                self.person.order(chooser)
        for thread in self._acting:
            thread.join(60)

    def _begin(self, fault: Fault) -> None:
        self._busy.add(fault.target)

        def act() -> None:
            try:
                detail = fault.act(self._context)
                self.journal.record(fault.name, detail)
            except Exception as error:
                self.problems.append(f"The fault {fault.name} broke: {error!r}")
            finally:
                self._busy.discard(fault.target)

        thread = threading.Thread(target=act)
        self._acting.append(thread)
        thread.start()

    def _settle(self) -> None:
        """Wait until all that was ordered is done, or nothing was for ``settling`` seconds."""
        for vendor in self.site.vendors.values():
            vendor.failures.clear()
            vendor.lost_responses.clear()
        self.ended_after = time.monotonic()
        deadline, hurried, fewest = self.ended_after + self.settling, 0.0, 10**6
        self.person.wait(self.settling)
        while (left := inside.unfinished()) and time.monotonic() < deadline:
            if len(left) < fewest:
                fewest, deadline = len(left), time.monotonic() + self.settling
            if time.monotonic() - hurried > HURRY_INTERVAL:
                hurried = time.monotonic()
                inside.hurry()
            time.sleep(1)
        self.settled = time.monotonic() - self.ended_after
        self.problems += [f"Not done after {self.settled:.0f} s: {each}" for each in left]

    def _check(self) -> None:
        self.videos = inside.videos()
        self._check_orders()
        for vendor in self.site.vendors.values():
            self.problems += truth.second_orders(vendor)
        self.problems += [f"Process {each} lives on" for each in self.site.stop()]
        self.swept = len(inside.left_behind()) + len(inside.file_problems())
        inside.make_older()
        self.site.tidy()
        self.problems += [f"Left behind: {each}" for each in inside.left_behind()]
        self.problems += inside.file_problems() + inside.row_problems()

    def _check_orders(self) -> None:
        by_author = Counter(str(video["author"]) for video in self.videos.values())
        for order in self.person.orders:
            name = f"Order {order.number} ({order.kind}, {order.video})"
            count = by_author[str(order.body["author"])]
            if count != 1:
                self.problems.append(f"{name} has {count} rows: {order.refusals[-3:]}")
            video = self.videos.get(order.video)
            if video is None:
                self.problems.append(f"{name} was not taken: {order.refusals[-3:]}")
            elif video["failure"]:
                if false := truth.falsehood(order, video, self.site, self.journal):
                    self.problems.append(f"{name} failed with an untrue cause: {false}")
            elif order.kind == "poison":
                self.problems.append(f"{name}: a film of a song that cannot be read")
            elif not video["pictures"]:
                self.problems.append(f"{name} has no small pictures")
        calls = Counter(call.path.rpartition("n=")[2] for call in self.site.receiver.calls)
        self.problems += [
            f"Nobody was told of order {order.number}"
            for order in self.person.orders
            if not calls[str(order.number)]
        ]

    def _print(self) -> None:
        outcomes = Counter(
            f"{order.kind}: {outcome_of(self.videos.get(order.video))}"
            for order in self.person.orders
        )
        print(f"\n{self.site.stack_name}: seed {self.seed}, {self.journal.total} faults")
        for name, count in sorted(self.journal.counts.items()):
            print(f"  {count:4}  {name}")
        print(f"{len(self.person.orders)} orders; all done after {self.settled:.0f} s of peace")
        for name, count in sorted(outcomes.items()):
            print(f"  {count:4}  {name}")
        print(f"The housekeeping took away {self.swept} files and folders of killed processes")
        print("\n".join([f"{len(self.problems)} problems", *self.problems]), flush=True)

    def write(self, folder: Path) -> None:
        """Write what happened, for whoever looks for the cause of a problem."""
        (folder / "faults.txt").write_text("\n".join(self.journal.lines))
        inside.dump(folder / "videos.json")
        orders = [
            f"{o.number} {o.kind} {o.video} {o.sent} {o.refusals}" for o in self.person.orders
        ]
        (folder / "orders.txt").write_text("\n".join(orders))
