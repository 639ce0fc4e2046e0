"""The open loop in SimPy, to be compared with the reference engine: `cargo xtask bench --peers`.

By hand: python3 -m venv target/peers && target/peers/bin/pip install simpy==4.1.2
         target/peers/bin/python tests/peers/open_loop.py

Poisson arrivals at 200 requests a second for 30 simulated minutes, four steps of 5, 25, 50 and 100 % for the canary,
lognormal latency (80 ms, sigma 0.5), 0.2 % errors, a scrape each 5 s into twelve buckets. One process for each request,
as people write it. Prints requests a second of the machine's time.
"""

import bisect
import random
import time

import simpy

RATE = 200.0
SECONDS = 1800.0
SCRAPE = 5.0
BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0]
STEPS = [0.05, 0.25, 0.5, 1.0]
MU = -2.5257286443082556  # ln 0.08


class Counters:
    def __init__(self):
        self.buckets = [0] * (len(BUCKETS) + 1)
        self.failed = 0


def request(env, chance, counters):
    latency = chance.lognormvariate(MU, 0.5)
    yield env.timeout(latency)
    counters.buckets[bisect.bisect_left(BUCKETS, latency)] += 1
    if chance.random() < 0.002:
        counters.failed += 1


def traffic(env, chance, versions):
    while True:
        yield env.timeout(chance.expovariate(RATE))
        share = STEPS[min(int(env.now / SECONDS * len(STEPS)), len(STEPS) - 1)]
        version = versions[1 if chance.random() < share else 0]
        env.process(request(env, chance, version))


def scrapes(env, versions, seen):
    while True:
        yield env.timeout(SCRAPE)
        seen.append([(list(version.buckets), version.failed) for version in versions])


def run(seed):
    env = simpy.Environment()
    versions = [Counters(), Counters()]
    seen = []
    env.process(traffic(env, random.Random(seed), versions))
    env.process(scrapes(env, versions, seen))
    begin = time.perf_counter()
    env.run(until=SECONDS)
    seconds = time.perf_counter() - begin
    return sum(sum(version.buckets) for version in versions) / seconds


if __name__ == "__main__":
    print(f"{max(run(seed) for seed in range(3)):.0f}")
