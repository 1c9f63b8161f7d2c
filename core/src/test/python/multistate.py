"""Golden values for multi-state models, by 28- to 200-digit arithmetic (mpmath 1.3.0).

    cd core/src/test/python && python3 multistate.py ../resources/golden/multistate

writes models as JSON in the library's format and values.csv: case,quantity,state,s,t,value. Quantities: p (probability of
the state at t), p<i> (the same for someone who enters state i at time s), visits, time (expected time in the state).
Methods: matrix exponentials, one-dimensional integrals in the cumulative hazard as variable (so that no density is
singular), Erlang sojourns as chains of exponential stages, and alternating renewal with gamma times as a series of
incomplete gamma functions. Every integral is computed twice, on one piece and on two, and must agree to 1e-16.
"""
import json
import random
import sys

from mpmath import mp, mpf, exp, expm, gammainc, gamma, matrix, quad

mp.dps = 50
OUT = sys.argv[1]
ROWS = []


def number(x):
    return mp.nstr(x, 20, min_fixed=0, max_fixed=0)


def row(case, quantity, state, s, t, value):
    ROWS.append(f"{case},{quantity},{state},{s!r},{t!r},{number(value)}")


def write(case, model):
    document = {"engraftMultiStateModel": 1, "unit": "months"}
    document.update(model)
    with open(f"{OUT}/{case}.json", "w") as out:
        json.dump(document, out, indent=1)
        out.write("\n")


def law(family, **parameters):
    return {"family": family, **parameters}


def hazard(to, clock, what):
    return {"to": to, "clock": clock, "law": what}


def state(name, transitions=None, fates=None, alive=True):
    made = {"name": name, "alive": alive}
    if transitions:
        made["transitions"] = transitions
    if fates:
        made["fates"] = fates
    return made


def start(name):
    return [{"state": name, "probability": 1}]


def generator(rates):
    n = len(rates)
    q = matrix(n, n)
    for i in range(n):
        for j in range(n):
            if i != j:
                q[i, j] = mpf(rates[i][j])
                q[i, i] -= mpf(rates[i][j])
    return q


def power(q, t):
    """exp(q t) by scaling and squaring with digits to spare."""
    old = mp.dps
    mp.dps = 200
    try:
        scale = max(0, int(mp.ceil(mp.log(max(1, mp.mnorm(q, 1) * t), 2))) + 4)
        p = expm(q * (mpf(t) / mpf(2) ** scale), method="taylor")
        for _ in range(scale):
            p = p * p
        return p
    finally:
        mp.dps = old


def markov_cases():
    random.seed(4)
    for k in range(8):
        n = 2 + k % 4
        rates = [[0.0] * n for _ in range(n)]
        for i in range(n):
            for j in range(n):
                ring = j == (i + 1) % n
                if i != j and (ring or random.random() < 0.5):
                    spread = 4 if k >= 4 else 1
                    rates[i][j] = round(10 ** random.uniform(-spread, 1), 6)
        case = f"markov{k}"
        names = [f"s{i}" for i in range(n)]
        states = []
        for i in range(n):
            ways = [
                hazard(names[j], "forward" if (i + j) % 2 else "reset", law("exponential", rate=rates[i][j]))
                for j in range(n)
                if rates[i][j] > 0
            ]
            states.append(state(names[i], ways))
        write(case, {"start": start("s0"), "states": states})
        q = generator(rates)
        for t in (0.0078125, 0.75, 12.0, 1000.0):
            p = power(q, t)
            for i in range(n):
                for j in range(n):
                    row(case, f"p{i}", names[j], 0.0, t, p[i, j])


def integral(f, upper):
    with mp.workdps(28):
        one = quad(f, [0, upper])
        three = quad(f, [0, upper / 7, upper])
    assert abs(one - three) < mpf(10) ** -16, (one, three)
    return three


def weibull_hazard(shape, scale):
    return lambda t: (mpf(t) / scale) ** shape


def illness_death(case, shapes, scales, clock, extra=None):
    """well -> ill, well -> dead, ill -> dead; extra is one more, forward, hazard of death when ill."""
    print(case, flush=True)
    (k1, k2, k3), (b1, b2, b3) = [[mpf(x) for x in v] for v in (shapes, scales)]
    h1, h2, h3 = weibull_hazard(k1, b1), weibull_hazard(k2, b2), weibull_hazard(k3, b3)
    w = [law("weibull", shape=k, scale=b) for k, b in zip(shapes, scales)]
    ill = [hazard("dead", clock, w[2])]
    later = lambda s, t: 0
    if extra:
        ill.append(hazard("gone", "forward", law("weibull", shape=extra[0], scale=extra[1])))
        h4 = weibull_hazard(mpf(extra[0]), mpf(extra[1]))
        later = lambda s, t: h4(t) - h4(s)
    states = [state("well", [hazard("ill", clock, w[0]), hazard("dead", clock, w[1])]), state("ill", ill), state("dead", alive=False)]
    if extra:
        states.append(state("gone", alive=False))
    write(case, {"start": start("well"), "states": states})

    def stay(s, t):
        own = h3(t - s) if clock == "reset" else h3(t) - h3(s)
        return exp(-own - later(s, t))

    for t in (0.015625, 1.5, 7.0, 30.0):
        t = mpf(t)
        entry = lambda v: b1 * v ** (1 / k1)
        p = integral(lambda v: exp(-v - h2(entry(v))) * stay(entry(v), t), h1(t))
        visits = integral(lambda v: exp(-v - h2(entry(v))), h1(t))
        row(case, "p", "well", 0.0, float(t), exp(-h1(t) - h2(t)))
        row(case, "p", "ill", 0.0, float(t), p)
        row(case, "visits", "ill", 0.0, float(t), visits)
        if clock == "reset" and not extra:
            mean = lambda u: b3 / k3 * gammainc(1 / k3, 0, h3(u))
            time = integral(lambda v: exp(-v - h2(entry(v))) * mean(t - entry(v)), h1(t))
            row(case, "time", "ill", 0.0, float(t), time)
        if clock == "forward":
            s = t / 4
            first = lambda v: b1 * (v + h1(s)) ** (1 / k1)
            p = integral(lambda v: exp(-v - h2(first(v)) + h2(s)) * stay(first(v), t), h1(t) - h1(s))
            row(case, "p0", "ill", float(s), float(t), p)
            row(case, "p1", "ill", float(s), float(t), stay(s, t))


def erlang_cycle(case, stages, rates, shares):
    """State i lasts Erlang(stages[i], rates[i]), whatever comes after; shares[i] = {next: probability}."""
    names = [f"s{i}" for i in range(len(stages))]
    states = []
    for i, name in enumerate(names):
        time = law("gamma", shape=stages[i], scale=1 / rates[i])
        fates = [
            {"event": f"to {j}", "to": names[j], "probability": p, "law": time} if j is not None else {"event": "stays", "probability": p}
            for j, p in shares[i].items()
        ]
        states.append(state(name, fates=fates))
    write(case, {"start": start("s0"), "states": states})
    first, index = [], 0
    for i, m in enumerate(stages):
        first.append(index)
        index += m + 1  # the last stage of each is for those who stay
    q = matrix(index, index)
    for i, m in enumerate(stages):
        # The scale in the file is the double nearest to 1 / rate.
        rate = 1 / mpf(1 / rates[i])
        for k in range(m):
            at = first[i] + k
            q[at, at] -= rate
            if k + 1 < m:
                q[at, at + 1] += rate
            else:
                for j, p in shares[i].items():
                    if j is not None:
                        q[at, first[j]] += mpf(p) * rate
                    else:
                        q[at, first[i] + m] += mpf(p) * rate
    for t in (0.25, 2.0, 9.0, 40.0):
        p = power(q, t)
        for i, m in enumerate(stages):
            row(case, "p", names[i], 0.0, t, sum(p[0, first[i] + k] for k in range(m + 1)))


def alternating(case, shape, scale):
    time = law("gamma", shape=shape, scale=scale)
    states = [
        state("on", fates=[{"event": "off", "to": "off", "probability": 1, "law": time}]),
        state("off", fates=[{"event": "on", "to": "on", "probability": 1, "law": time}]),
    ]
    write(case, {"start": start("on"), "states": states})
    for t in (0.0009765625, 0.5, 3.0, 20.0):
        p = mpf(1)
        visits = mpf(0)
        for k in range(1, 2000):
            f = gammainc(k * mpf(shape), 0, mpf(t) / mpf(scale), regularized=True)
            p += -f if k % 2 else f
            visits += f if k % 2 else 0
            if f < mpf(10) ** -40:
                break
        row(case, "p", "on", 0.0, t, p)
        row(case, "visits", "off", 0.0, t, visits)


markov_cases()
illness_death("forward0", (0.7, 1.3, 2.5), (6.0, 12.0, 9.0), "forward")
illness_death("forward1", (0.4, 0.9, 0.6), (3.0, 40.0, 5.0), "forward")
illness_death("forward2", (3.0, 1.0, 5.0), (6.0, 12.0, 10.0), "forward")
illness_death("reset0", (0.7, 1.3, 2.5), (6.0, 12.0, 9.0), "reset")
illness_death("reset1", (0.4, 0.9, 0.6), (3.0, 40.0, 5.0), "reset")
illness_death("reset2", (3.0, 1.0, 5.0), (6.0, 12.0, 2.0), "reset")
illness_death("reset3", (1.5, 0.5, 0.8), (2.0, 7.0, 20.0), "reset")
illness_death("mixed0", (0.7, 1.3, 2.5), (6.0, 12.0, 9.0), "reset", (1.7, 25.0))
illness_death("mixed1", (0.4, 0.9, 0.6), (3.0, 40.0, 5.0), "reset", (0.5, 4.0))
illness_death("mixed2", (1.5, 0.5, 0.8), (2.0, 7.0, 20.0), "reset", (4.0, 11.0))
erlang_cycle("erlang0", [2, 3], [1.5, 0.75], [{1: 1.0}, {0: 1.0}])
erlang_cycle("erlang1", [1, 2, 5], [0.5, 4.0, 2.0], [{1: 0.75, 2: 0.25}, {0: 0.5, 2: 0.5}, {0: 0.25, 1: 0.5, None: 0.25}])
erlang_cycle("erlang2", [8, 1], [4.0, 1.0], [{1: 0.5, 0: 0.25, None: 0.25}, {0: 1.0}])
alternating("alternating0", 0.5, 1.0)
alternating("alternating1", 1.75, 2.0)
alternating("alternating2", 0.25, 0.5)
with open(f"{OUT}/values.csv", "w") as out:
    out.write("case,quantity,state,s,t,value\n" + "\n".join(ROWS) + "\n")
print(len(ROWS), "values")
