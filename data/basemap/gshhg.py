"""Rivers and lakes of GSHHG, as GMT's binned netCDF files hold them: segments cut at the edges of 2-degree bins,
coordinates as 16-bit fractions of the bin (see the GMT appendix on coastline files)."""

import heapq
import math

import numpy
from osgeo import gdal

gdal.UseExceptions()


def arrays(path):
    root = gdal.OpenEx(path, gdal.OF_MULTIDIM_RASTER).GetRootGroup()
    return {name: root.OpenMDArray(name).ReadAsArray() for name in root.GetMDArrayNames()}


def bins(data, starts, counts):
    """(bin's south-west corner, segment numbers) of each bin."""
    width = int(data["Bin_size_in_minutes"][0]) / 60
    columns = int(data["N_bins_in_360_longitude_range"][0])
    for number, (start, count) in enumerate(zip(data[starts], data[counts])):
        row, column = divmod(number, columns)
        west = column * width
        yield (west - 360 if west >= 180 else west, 90 - width * (row + 1)), range(int(start), int(start) + int(count)), width


def points(data, first, count, corner, width):
    part = slice(int(first), int(first) + int(count))
    x = data["Relative_longitude_from_SW_corner_of_bin"][part].astype(numpy.uint16) / 65535 * width + corner[0]
    y = data["Relative_latitude_from_SW_corner_of_bin"][part].astype(numpy.uint16) / 65535 * width + corner[1]
    return [(round(float(a), 5), round(float(b), 5)) for a, b in zip(x, y)]


def read_rivers(path):
    """(level, points) of every segment. Level 1 is a main river, 2-4 lesser ones, 5-7 intermittent, 8-10 canals."""
    data = arrays(path)
    out = []
    for corner, segments, width in bins(data, "Id_of_first_segment_in_a_bin", "N_segments_in_a_bin"):
        for s in segments:
            count = int(data["N_points_for_a_segment"][s]) & 0xFFFF
            line = points(data, data["Id_of_first_point_in_a_segment"][s], count, corner, width)
            out.append((int(data["Hierarchial_level_of_a_segment"][s]), line))
    return out


def read_lakes(path):
    """(km2, rings) of every lake: outer ring, then its islands."""
    data = arrays(path)
    pieces, level_of = {}, {}
    for corner, segments, width in bins(data, "Id_of_first_segment_in_a_bin", "N_segments_in_a_bin"):
        for s in segments:
            code = int(data["Embedded_npts_levels_exit_entry_for_a_segment"][s]) & 0xFFFFFFFF
            level = (code >> 6) & 7
            if level not in (2, 3):
                continue
            polygon = int(data["Id_of_GSHHS_ID"][s])
            line = points(data, data["Id_of_first_point_in_a_segment"][s], code >> 9, corner, width)
            pieces.setdefault(polygon, []).append(line)
            level_of[polygon] = level
    lakes = {}
    for polygon in sorted(pieces):
        ring = closed(pieces[polygon])
        if ring is None:
            continue
        if level_of[polygon] == 2:
            lakes.setdefault(polygon, [0, None, []])
            lakes[polygon][0] = float(data["The_km_squared_area_of_polygons"][polygon])
            lakes[polygon][1] = ring
        else:
            parent = int(data["Id_of_parent_polygons"][polygon])
            lakes.setdefault(parent, [0, None, []])[2].append(ring)
    return [(lake[0], [lake[1], *lake[2]]) for _, lake in sorted(lakes.items()) if lake[1]]


def closed(lines):
    """One ring of pieces that meet at their ends (to 0.0003 degrees); None where they do not close."""
    todo = [list(line) for line in lines if len(line) > 1]
    if not todo:
        return None
    ring = todo.pop(0)
    while todo:
        end = ring[-1]
        best = min(range(len(todo)), key=lambda i: min(math.dist(end, todo[i][0]), math.dist(end, todo[i][-1])))
        line = todo.pop(best)
        if math.dist(end, line[-1]) < math.dist(end, line[0]):
            line.reverse()
        if math.dist(end, line[0]) > 0.0003:
            return None
        ring.extend(line[1:])
    if math.dist(ring[0], ring[-1]) > 0.0003 or len(ring) < 4:
        return None
    ring[-1] = ring[0]
    return ring


class Network:
    """The river segments as a graph of their points: routes along it are the named rivers.

    A tributary's end need not be a point of the river that it meets, and bins meet to within rounding only: ends are
    tied to the points of other segments within REACH degrees, at thrice the length, so that a route follows the water.
    """

    REACH = 0.03

    def __init__(self, segments):
        self.lines = [line for _, line in segments if len(line) > 1]
        self.points = [p for line in self.lines for p in line]
        self.owner = [i for i, line in enumerate(self.lines) for _ in line]
        self.links = [[] for _ in self.points]
        self.cells = {}
        for n, p in enumerate(self.points):
            self.cells.setdefault(self.cell(p), []).append(n)
        first = 0
        for line in self.lines:
            for n in range(first, first + len(line) - 1):
                self.link(n, n + 1, 1)
            for end in (first, first + len(line) - 1):
                for other in self.around(self.points[end]):
                    if self.owner[other] != self.owner[end]:
                        self.link(end, other, 3)
            first += len(line)

    def cell(self, point):
        return (math.floor(point[0] / self.REACH), math.floor(point[1] / self.REACH))

    def around(self, point):
        x, y = self.cell(point)
        near = [n for i in (-1, 0, 1) for j in (-1, 0, 1) for n in self.cells.get((x + i, y + j), ())]
        return [n for n in near if math.dist(self.points[n], point) <= self.REACH]

    def link(self, a, b, weight):
        length = weight * math.dist(self.points[a], self.points[b])
        self.links[a].append((length, b))
        self.links[b].append((length, a))

    def nearest(self, point):
        return min(range(len(self.points)), key=lambda n: (math.dist(point, self.points[n]), n))

    def route(self, waypoints):
        """Point numbers along the water through the waypoints."""
        stops = [self.nearest(w) for w in waypoints]
        way = stops[:1]
        for a, b in zip(stops, stops[1:]):
            way += self.shortest(a, b)[1:]
        return way

    def shortest(self, start, goal):
        queue, came = [(0.0, start, start)], {}
        while queue:
            cost, here, before = heapq.heappop(queue)
            if here in came:
                continue
            came[here] = before
            if here == goal:
                way = [goal]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            for length, other in self.links[here]:
                if other not in came:
                    heapq.heappush(queue, (cost + length, other, here))
        raise SystemExit(f"no water from {self.points[start]} to {self.points[goal]}")

    def rest(self, used):
        """What of the segments no route went along: (segment, points)."""
        taken = {(min(a, b), max(a, b)) for a, b in used}
        out, first = [], 0
        for i, line in enumerate(self.lines):
            piece = []
            for n in range(first, first + len(line) - 1):
                if (n, n + 1) in taken:
                    if len(piece) > 1:
                        out.append((i, piece))
                    piece = []
                else:
                    piece = piece or [self.points[n]]
                    piece.append(self.points[n + 1])
            if len(piece) > 1:
                out.append((i, piece))
            first += len(line)
        return out


def joined(lines, tolerance=0.0006):
    """Lines end to end as far as they go without a fork."""
    lines = [list(line) for line in lines]
    node = lambda p: (round(p[0] / tolerance), round(p[1] / tolerance))
    ends = {}
    for i, line in enumerate(lines):
        for p in (line[0], line[-1]):
            ends.setdefault(node(p), []).append(i)
    used, out = set(), []
    order = sorted(range(len(lines)), key=lambda i: (min(len(ends[node(lines[i][0])]), len(ends[node(lines[i][-1])])) != 1, i))
    for i in order:
        if i in used:
            continue
        used.add(i)
        line = lines[i]
        for _ in range(2):
            while True:
                near = ends.get(node(line[-1]), [])
                after = [j for j in near if j not in used]
                if len(near) != 2 or len(after) != 1:
                    break
                used.add(after[0])
                other = lines[after[0]]
                if math.dist(line[-1], other[0]) > math.dist(line[-1], other[-1]):
                    other = other[::-1]
                line = line + other[1:]
            line = line[::-1]
        out.append(line)
    return out
