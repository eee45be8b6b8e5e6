"""Planar topology: polygons that share vertices -> arcs that each stand once, and polygons made of arcs.

Coordinates are integers (degrees * SCALE). A *face* is one polygon feature of the finest tiling; countries and
provinces are unions of faces, so that their borders are the same arcs and cannot drift apart.
"""

import math

SCALE = 100_000


def quantise(ring, move=lambda point: point):
    """A GeoJSON ring -> integer points without the closing one and without repeats, each put through `move`."""
    out = []
    for x, y in (p[:2] for p in ring):
        q = move((round(x * SCALE), round(y * SCALE)))
        if not out or out[-1] != q:
            out.append(q)
    while len(out) > 1 and out[0] == out[-1]:
        out.pop()
    return out


def area2(ring):
    """Twice the signed area; positive is counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))


def inside(point, ring):
    """Even-odd test."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def on_segment(p, a, b, tolerance):
    """Is p within `tolerance` of the inside of the segment a-b?"""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    t = (p[0] - a[0]) * dx + (p[1] - a[1]) * dy
    if not 0 < t < length2:
        return False
    return abs((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) <= tolerance * math.sqrt(length2)


class Topology:
    """Edges with the faces on both sides, then arcs."""

    def __init__(self, faces):
        # faces: list of lists of polygons; a polygon is a list of quantised rings, exterior first
        self.rings = []  # (face, ring), interior on the left
        for face, polygons in enumerate(faces):
            for polygon in polygons:
                for index, ring in enumerate(polygon):
                    if len(ring) < 3 or area2(ring) == 0:
                        continue
                    if (area2(ring) > 0) != (index == 0):
                        ring = ring[::-1]
                    self.rings.append((face, ring))
        self.conflicts = 0
        self._edges()

    def _edges(self):
        self.edges = {}
        self.conflicts = 0
        for face, ring in self.rings:
            for a, b in zip(ring, ring[1:] + ring[:1]):
                key, side = ((a, b), 0) if a < b else ((b, a), 1)
                sides = self.edges.setdefault(key, [None, None])
                if sides[side] is not None:
                    self.conflicts += 1
                sides[side] = face

    def merge_close(self, tolerance):
        """Gives vertices of one-sided edges that lie within `tolerance` of each other one position."""
        loose = sorted({v for (a, b), s in self.edges.items() if s[0] is None or s[1] is None for v in (a, b)})
        cells, move = {}, {}
        for v in loose:
            cell = (v[0] // tolerance, v[1] // tolerance)
            near = [
                w
                for i in (-1, 0, 1)
                for j in (-1, 0, 1)
                for w in cells.get((cell[0] + i, cell[1] + j), ())
                if math.dist(v, w) <= tolerance
            ]
            if near:
                move[v] = min(near, key=lambda w: (math.dist(v, w), w))
            else:
                cells.setdefault(cell, []).append(v)
        self._replace(move)
        return len(move)

    def _replace(self, move):
        rings = []
        for face, ring in self.rings:
            out = []
            for v in ring:
                v = move.get(v, v)
                if not out or out[-1] != v:
                    out.append(v)
            while len(out) > 1 and out[0] == out[-1]:
                out.pop()
            if len(out) >= 3:
                rings.append((face, out))
        self.rings = rings
        self._edges()

    def split_at_touching(self, tolerance, cell=20_000):
        """Where a vertex of one polygon lies on a neighbour's edge, gives that edge the vertex too."""
        loose = [k for k, s in self.edges.items() if s[0] is None or s[1] is None]
        cells = {}
        for v in sorted({v for edge in loose for v in edge}):
            cells.setdefault((v[0] // cell, v[1] // cell), []).append(v)
        insert = {}
        for a, b in loose:
            x0, x1 = sorted((a[0], b[0]))
            y0, y1 = sorted((a[1], b[1]))
            if (x1 - x0) // cell > 50 or (y1 - y0) // cell > 50:
                continue
            hits = [
                v
                for i in range((x0 - tolerance) // cell, (x1 + tolerance) // cell + 1)
                for j in range((y0 - tolerance) // cell, (y1 + tolerance) // cell + 1)
                for v in cells.get((i, j), ())
                if v != a and v != b and on_segment(v, a, b, tolerance)
            ]
            if hits:
                insert[(a, b)] = sorted(hits, key=lambda v: math.dist(a, v))
        rings = []
        for face, ring in self.rings:
            out = []
            for a, b in zip(ring, ring[1:] + ring[:1]):
                out.append(a)
                between = insert.get((min(a, b), max(a, b)), [])
                out.extend(between if a < b else between[::-1])
            rings.append((face, out))
        self.rings = rings
        self._edges()
        return len(insert)

    def drop(self, rings):
        """Removes the given rings (by position)."""
        gone = set(rings)
        self.rings = [r for i, r in enumerate(self.rings) if i not in gone]
        self._edges()

    def build_arcs(self):
        """Cuts the edges into arcs: self.arcs[i] = (points, left face, right face)."""
        star = {}
        for (a, b), (left, right) in self.edges.items():
            if left == right:
                continue
            star.setdefault(a, []).append(b)
            star.setdefault(b, []).append(a)

        def sides(a, b):
            return self.edges[(a, b)] if a < b else self.edges[(b, a)][::-1]

        def is_node(v):
            near = star[v]
            return len(near) != 2 or list(sides(near[0], v)) != list(sides(v, near[1]))

        nodes = {v for v in star if is_node(v)}
        seen, arcs = set(), []

        def walk(a, b):
            points = [a, b]
            seen.add((min(a, b), max(a, b)))
            while points[-1] not in nodes and points[-1] != points[0]:
                v, before = points[-1], points[-2]
                after = star[v][0] if star[v][1] == before else star[v][1]
                seen.add((min(v, after), max(v, after)))
                points.append(after)
            arcs.append((points, *sides(a, b)))

        for v in sorted(nodes):
            for w in sorted(star[v]):
                if (min(v, w), max(v, w)) not in seen:
                    walk(v, w)
        for v in sorted(star):  # rings without a node: islands, enclaves
            for w in sorted(star[v]):
                if (min(v, w), max(v, w)) not in seen:
                    walk(v, w)
        self.arcs = arcs


def path(arcs, ref):
    return arcs[ref][0] if ref >= 0 else arcs[~ref][0][::-1]


def trace(arcs, chosen):
    """Polygons of the union of the chosen faces, each a list of rings, each a list of arc references (TopoJSON's
    convention: ~i is arc i backwards)."""
    starts = {}
    for i, (points, left, right) in enumerate(arcs):
        if points is None:
            continue
        if left in chosen and right not in chosen:
            starts.setdefault(points[0], []).append(i)
        elif right in chosen and left not in chosen:
            starts.setdefault(points[-1], []).append(~i)

    def way(ref):
        return path(arcs, ref)

    def turn(incoming, ref):
        """Clockwise angle from the way back to the way on; the smallest keeps to the same piece of land."""
        before, here, after = way(incoming)[-2], way(incoming)[-1], way(ref)[1]
        back = math.atan2(before[1] - here[1], before[0] - here[0])
        on = math.atan2(after[1] - here[1], after[0] - here[0])
        return (back - on) % (2 * math.pi) or 2 * math.pi

    rings, used = [], set()
    for start in sorted(starts):
        for first in sorted(starts[start]):
            if first in used:
                continue
            walk, ref = [], first
            while ref not in used:
                used.add(ref)
                walk.append(ref)
                options = [r for r in starts.get(way(ref)[-1], ()) if r not in used]
                if not options:
                    break
                ref = min(options, key=lambda r: (turn(ref, r), r))
            rings.extend(cut_at_repeats(walk, way))
    exteriors, holes = [], []
    for ring in rings:
        points = [p for ref in ring for p in way(ref)[:-1]]
        size = area2(points)
        if size > 0:
            exteriors.append((size, ring, points))
        elif size < 0:
            holes.append((ring, points))
    exteriors.sort(key=lambda e: (-e[0], e[1]))
    polygons = [[e[1]] for e in exteriors]
    boxes = [box(e[2]) for e in exteriors]
    for ring, points in holes:
        home = None
        for index in range(len(exteriors) - 1, -1, -1):
            b, p = boxes[index], points[0]
            if b[0] <= p[0] <= b[2] and b[1] <= p[1] <= b[3]:
                own = set(exteriors[index][2])
                loose = [q for q in points if q not in own]
                probe = loose[0] if loose else middle(points)
                if inside(probe, exteriors[index][2]):
                    home = index
                    break
        if home is not None:
            polygons[home].append(ring)
    return polygons


def middle(points):
    return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))


def box(points):
    return (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))


def cut_at_repeats(walk, way):
    """A closed walk that passes a node twice becomes several rings that touch there."""
    rings, stack, at = [], [], {}
    for ref in walk:
        node = way(ref)[0]
        if node in at:
            cut = at[node]
            rings.append(stack[cut:])
            for gone in stack[cut:]:
                at.pop(way(gone)[0], None)
            stack = stack[:cut]
        at[node] = len(stack)
        stack.append(ref)
    if stack:
        rings.append(stack)
    return rings


def simplify(points, tolerance, keep):
    """Douglas-Peucker; `keep(point)` says which points must stay. Closed lines are halved at the farthest point."""
    if len(points) <= 2:
        return points
    fixed = {0, len(points) - 1}
    fixed.update(i for i, p in enumerate(points) if keep(p))
    if points[0] == points[-1]:
        fixed.add(max(range(len(points)), key=lambda i: (math.dist(points[0], points[i]), i)))
    stay = set(fixed)
    order = sorted(fixed)
    stack = list(zip(order, order[1:]))
    squeeze = max(0.05, math.cos(math.radians(points[0][1] / SCALE)))
    while stack:
        i, j = stack.pop()
        if j - i < 2:
            continue
        ax, ay = points[i][0] * squeeze, points[i][1]
        dx, dy = points[j][0] * squeeze - ax, points[j][1] - ay
        length = math.hypot(dx, dy)
        worst, where = -1.0, i
        for k in range(i + 1, j):
            px, py = points[k][0] * squeeze - ax, points[k][1] - ay
            if length > 0:
                t = (px * dx + py * dy) / (length * length)
                d = abs(px * dy - py * dx) / length if 0 <= t <= 1 else min(math.hypot(px, py), math.hypot(px - dx, py - dy))
            else:
                d = math.hypot(px, py)
            if d > worst:
                worst, where = d, k
        if worst > tolerance:
            stay.add(where)
            stack += [(i, where), (where, j)]
    if points[0] == points[-1] and len(stay) < 4:
        return points if len(points) <= 4 else [points[i] for i in sorted(stay | {len(points) // 3, 2 * len(points) // 3})]
    return [points[i] for i in sorted(stay)]
