#!/usr/bin/env python3
"""Makes bandwidth_cv.txt: the bandwidth in km that leave-one-out likelihood chooses for density_events.csv.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
    venv/bin/python tests/reference/bandwidth.py
"""
import os
import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.neighbors import KernelDensity

here = os.path.dirname(os.path.abspath(__file__))
events = np.loadtxt(os.path.join(here, "density_events.csv"), delimiter=",", skiprows=1)


def score(log):
    kde = lambda rest: KernelDensity(bandwidth=np.exp(log), rtol=0, atol=0).fit(rest)
    return -sum(kde(np.delete(events, i, 0)).score_samples(events[i : i + 1])[0] for i in range(len(events)))


tries = np.log(np.geomspace(0.5, 100, 25))
best = tries[np.argmin([score(log) for log in tries])]
found = minimize_scalar(score, bounds=(best - 0.25, best + 0.25), method="bounded", options={"xatol": 1e-4})
with open(os.path.join(here, "bandwidth_cv.txt"), "w", newline="\n") as f:
    f.write(f"{np.exp(found.x):.4f}\n")
