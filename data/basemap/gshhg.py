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
    """The river segments as a graph: routes along it are the named rivers."""

    def __init__(self, segments):
        self.segments = [s for s in segments if len(s[1]) > 1]
        self.ends = {}
        for number, (_, line) in enumerate(self.segments):
            for end in (line[0], line[-1]):
                self.ends.setdefault(self.node(end), []).append(number)

    @staticmethod
    def node(point):
        # segments of neighbouring bins meet to within rounding
        return (round(point[0] * 2000), round(point[1] * 2000))

    def nearest(self, point):
        def distance(number):
            line = self.segments[number][1]
            return min((math.dist(point, p), k) for k, p in enumerate(line))

        best = min(range(len(self.segments)), key=lambda n: (distance(n), n))
        return best, distance(best)

    def route(self, waypoints):
        """Segment numbers of the shortest way through the waypoints."""
        numbers = []
        for a, b in zip(waypoints, waypoints[1:]):
            for number in self.shortest(self.nearest(a)[0], self.nearest(b)[0]):
                if number not in numbers:
                    numbers.append(number)
        return numbers

    def shortest(self, start, goal):
        queue, came = [(0.0, start, -1)], {}
        while queue:
            cost, number, before = heapq.heappop(queue)
            if number in came:
                continue
            came[number] = before
            if number == goal:
                way = [number]
                while came[way[-1]] >= 0:
                    way.append(came[way[-1]])
                return way[::-1]
            line = self.segments[number][1]
            length = sum(math.dist(p, q) for p, q in zip(line, line[1:]))
            for end in (line[0], line[-1]):
                for other in self.ends[self.node(end)]:
                    if other not in came:
                        heapq.heappush(queue, (cost + length, other, number))
        raise SystemExit(f"no way from segment {start} to {goal}")


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
