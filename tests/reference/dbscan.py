#!/usr/bin/env python3
"""Makes dbscan_*.csv: points and the labels that scikit-learn gives them.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python tests/reference/dbscan.py

Columns: lon,lat in degrees, label (-1 is noise), core (1 or 0), and where they count day and weight. The file's name
says the distance in kilometres, that in days, and the least number of points.
"""
import os
import numpy as np
from sklearn.cluster import DBSCAN
from sklearn.metrics.pairwise import haversine_distances

here = os.path.dirname(os.path.abspath(__file__))


def write(name, lon, lat, eps_km, min_points):
    lon, lat = np.round(lon, 5), np.round(lat, 5)
    model = DBSCAN(eps=eps_km / 6371.0088, min_samples=min_points, metric="haversine", algorithm="ball_tree")
    model.fit(np.radians(np.column_stack([lat, lon])))
    core = np.zeros(len(lon), dtype=int)
    core[model.core_sample_indices_] = 1
    path = os.path.join(here, f"dbscan_{name}_{eps_km}km_{min_points}.csv")
    with open(path, "w", newline="\n") as f:
        f.write("lon,lat,label,core\n")
        f.writelines(f"{x:.5f},{y:.5f},{l},{c}\n" for x, y, l, c in zip(lon, lat, model.labels_, core))
    print(os.path.basename(path), "clusters", model.labels_.max() + 1, "noise", (model.labels_ < 0).sum())


rng = np.random.default_rng(20200110)

# a country: crowds at town coordinates, scatter around them, and some anywhere
tx, ty = rng.uniform(35.8, 42.2, 90), rng.uniform(32.5, 37.0, 90)
town = rng.choice(90, 2000, p=(w := 1 / (np.arange(90) + 3.0)) / w.sum())
spread = np.where(rng.random(2000) < 0.5, 0.0, rng.uniform(0.01, 0.05, 2000))
far = rng.random(2000) < 0.15
x = np.where(far, rng.uniform(35.8, 42.2, 2000), tx[town] + rng.normal(0, 1, 2000) * spread)
y = np.where(far, rng.uniform(32.5, 37.0, 2000), ty[town] + rng.normal(0, 1, 2000) * spread)
write("country", x, y, 5, 5)

# all sizes of crowd across the antimeridian
x = np.concatenate([rng.normal(180, s, 200) for s in (0.02, 0.1, 0.5)])
y = np.concatenate([rng.normal(-16.8, s, 200) for s in (0.02, 0.1, 0.5)])
x = np.where(x >= 180, x - 360, x)
write("antimeridian", x, y, 3, 4)

# round the north pole, where a degree of longitude is metres
a, r = rng.uniform(-180, 180, 400), np.abs(rng.normal(0, 0.4, 400))
write("pole", a, 90 - r, 6, 6)

# in space and time, each counting as several: near is within 5 km and within 3 days
n = 1500
town = rng.integers(0, 12, n)
x = np.round(rng.uniform(36, 38, 12)[town] + rng.normal(0, 0.03, n), 5)
y = np.round(rng.uniform(35, 36.5, 12)[town] + rng.normal(0, 0.03, n), 5)
day, weight = rng.integers(0, 300, n), rng.integers(1, 4, n)
km = haversine_distances(np.radians(np.column_stack([y, x]))) * 6371.0088
far = np.maximum(km / 5, np.abs(day[:, None] - day[None, :]) / 3)
model = DBSCAN(eps=1, min_samples=9, metric="precomputed").fit(far, sample_weight=weight)
core = np.zeros(n, dtype=int)
core[model.core_sample_indices_] = 1
with open(os.path.join(here, "dbscan_time_5km_3days_9.csv"), "w", newline="\n") as f:
    f.write("lon,lat,label,core,day,weight\n")
    f.writelines(f"{x:.5f},{y:.5f},{l},{c},{d},{w}\n" for x, y, l, c, d, w in zip(x, y, model.labels_, core, day, weight))
print("clusters", model.labels_.max() + 1, "noise", (model.labels_ < 0).sum(), "border", ((model.labels_ >= 0) & (core == 0)).sum())
