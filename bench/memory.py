"""Peak memory of the server after a number of interviews."""

import argparse
import itertools

from bench.server import Caller, Instance
from bench.turn import ANSWERS, begin


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--interviews", type=int, default=100)


def run(given: argparse.Namespace) -> None:
    instance = Instance()
    ours = instance.process("interviewrelay", "serve", port=instance.port)
    try:
        caller = Caller(instance.port)
        at_rest = ours.memory_mib("VmRSS")
        turns = 0
        for _ in range(given.interviews):
            path, number = begin(caller, instance)
            for text in itertools.cycle(ANSWERS):
                status, reply = caller.call(
                    "POST", f"{path}/turns", {"number": number, "text": text}
                )
                if status != 201:
                    raise RuntimeError(f"a turn was answered {status}: {reply}")
                turns += 1
                if reply["turn"] is None:
                    break
                number = reply["next_number"]
        peak, now = ours.memory_mib("VmHWM"), ours.memory_mib("VmRSS")
        print(
            f"at rest {at_rest:.0f} MiB; after {given.interviews} interviews ({turns} turns): ",
            end="",
        )
        print(f"peak {peak:.0f} MiB, resident {now:.0f} MiB")
    finally:
        ours.close()
        instance.close()
