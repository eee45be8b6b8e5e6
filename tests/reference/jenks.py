#!/usr/bin/env python3
"""Makes jenks.csv: on the first line values, then for 2 to 7 classes the greatest value of each class but the last.

    python3 -m venv venv && venv/bin/pip install jenkspy==0.4.1 numpy==2.4.6
    venv/bin/python tests/reference/jenks.py
"""
import os
import jenkspy
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)
values = np.round(np.concatenate([rng.lognormal(1, 1, 120), rng.normal(30, 3, 40), rng.integers(1, 6, 40)]), 2)
values = values[values > 0]
with open(os.path.join(here, "jenks.csv"), "w", newline="\n") as f:
    f.write(",".join(f"{x:g}" for x in values) + "\n")
    for classes in range(2, 8):
        f.write(",".join(f"{x:g}" for x in jenkspy.jenks_breaks(values, classes)[1:-1]) + "\n")
