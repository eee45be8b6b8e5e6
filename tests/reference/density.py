#!/usr/bin/env python3
"""Makes density_events.csv and density_8km.csv: events on a plane, and their density at some places.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python tests/reference/density.py

density_events.csv  x,y in km
density_8km.csv     x,y in km, density: events per 100 km2 with a Gaussian kernel of 8 km
"""
import os
import numpy as np
from sklearn.neighbors import KernelDensity

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(8)
towns = rng.uniform([-180, -110], [180, 110], (25, 2))
events = np.vstack([towns[rng.integers(0, 25, 300)] + rng.normal(0, 6, (300, 2)), rng.uniform([-200, -120], [200, 120], (60, 2))])
events = np.round(events, 3)
at = np.round(np.vstack([events[::6] + rng.normal(0, 4, (60, 2)), rng.uniform([-190, -115], [190, 115], (60, 2))]), 3)
kde = KernelDensity(bandwidth=8.0, kernel="gaussian", rtol=0, atol=0).fit(events)
value = np.exp(kde.score_samples(at)) * len(events) * 100


def write(name, head, rows, form):
    with open(os.path.join(here, name), "w", newline="\n") as f:
        f.write(head + "\n")
        f.writelines(form.format(*row) + "\n" for row in rows)


write("density_events.csv", "x,y", events, "{:.3f},{:.3f}")
write("density_8km.csv", "x,y,density", np.column_stack([at, value]), "{:.3f},{:.3f},{:.6e}")
