//! Points and outlines of the page.

/// A point of the page, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pt {
    /// From the left edge.
    pub x: f64,
    /// From the top edge.
    pub y: f64,
}

impl Pt {
    /// Whether both coordinates are finite numbers.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

/// Shorthand for a [`Pt`].
pub const fn pt(x: f64, y: f64) -> Pt {
    Pt { x, y }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Start a sub-path.
    Move(Pt),
    /// A straight line.
    Line(Pt),
    /// A quadratic Bézier curve: control point, end.
    Quad(Pt, Pt),
    /// A cubic Bézier curve: two control points, end.
    Cubic(Pt, Pt, Pt),
    /// Close the sub-path.
    Close,
}

/// An outline of any number of sub-paths; holes by the even-odd rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// In drawing order.
    pub steps: Vec<Step>,
}

impl Path {
    /// A rectangle from its top left corner, width and height.
    pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Self {
        let mut path = Self::line([
            pt(x, y),
            pt(x + width, y),
            pt(x + width, y + height),
            pt(x, y + height),
        ]);
        path.steps.push(Step::Close);
        path
    }

    /// A circle as four cubic curves (to 0.03 % of the radius).
    pub fn circle(centre: Pt, radius: f64) -> Self {
        // Distance of the control points: 4/3 (√2 − 1).
        let k = 0.552_284_749_830_793 * radius;
        let at = |dx: f64, dy: f64| pt(centre.x + dx, centre.y + dy);
        let r = radius;
        Self {
            steps: vec![
                Step::Move(at(r, 0.0)),
                Step::Cubic(at(r, k), at(k, r), at(0.0, r)),
                Step::Cubic(at(-k, r), at(-r, k), at(-r, 0.0)),
                Step::Cubic(at(-r, -k), at(-k, -r), at(0.0, -r)),
                Step::Cubic(at(k, -r), at(r, -k), at(r, 0.0)),
                Step::Close,
            ],
        }
    }

    /// An open line through points.
    pub fn line(points: impl IntoIterator<Item = Pt>) -> Self {
        let mut path = Self::default();
        path.add_line(points);
        path
    }

    /// A closed ring through points; the last may repeat the first.
    pub fn ring(points: impl IntoIterator<Item = Pt>) -> Self {
        let mut path = Self::default();
        path.add_ring(points);
        path
    }

    /// Adds an open line.
    pub fn add_line(&mut self, points: impl IntoIterator<Item = Pt>) {
        let mut points = points.into_iter();
        if let Some(first) = points.next() {
            self.steps.push(Step::Move(first));
            self.steps.extend(points.map(Step::Line));
        }
    }

    /// Adds a closed ring, e.g. a hole.
    pub fn add_ring(&mut self, points: impl IntoIterator<Item = Pt>) {
        let start = self.steps.len();
        self.add_line(points);
        if let (Some(Step::Move(first)), Some(Step::Line(last))) =
            (self.steps.get(start), self.steps.last())
            && first == last
        {
            self.steps.pop();
        }
        if self.steps.len() > start {
            self.steps.push(Step::Close);
        }
    }

    /// If this is one upright rectangle: its top left and bottom right corners.
    pub fn as_rect(&self) -> Option<(Pt, Pt)> {
        let (corners, rest) = self.steps.split_at_checked(4)?;
        let [Step::Move(a), Step::Line(b), Step::Line(c), Step::Line(d)] = corners else {
            return None;
        };
        let closed = match rest {
            [] | [Step::Close] => true,
            [Step::Line(e)] | [Step::Line(e), Step::Close] => e == a,
            _ => false,
        };
        let upright = (a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x)
            || (a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y);
        (closed && upright).then(|| {
            (
                pt(a.x.min(c.x), a.y.min(c.y)),
                pt(a.x.max(c.x), a.y.max(c.y)),
            )
        })
    }

    /// The box around every vertex and control point; `None` if there is none or one is not finite.
    pub fn bounds(&self) -> Option<(Pt, Pt)> {
        let (mut low, mut high) = (pt(f64::MAX, f64::MAX), pt(f64::MIN, f64::MIN));
        let mut add = |p: Pt| {
            low = pt(low.x.min(p.x), low.y.min(p.y));
            high = pt(high.x.max(p.x), high.y.max(p.y));
        };
        for step in &self.steps {
            match *step {
                Step::Move(a) | Step::Line(a) => add(a),
                Step::Quad(a, b) => [a, b].into_iter().for_each(&mut add),
                Step::Cubic(a, b, c) => [a, b, c].into_iter().for_each(&mut add),
                Step::Close => {}
            }
        }
        (low.x <= high.x && self.is_finite()).then_some((low, high))
    }

    /// Whether every coordinate is a finite number.
    pub fn is_finite(&self) -> bool {
        self.steps.iter().all(|step| match *step {
            Step::Move(a) | Step::Line(a) => a.is_finite(),
            Step::Quad(a, b) => a.is_finite() && b.is_finite(),
            Step::Cubic(a, b, c) => a.is_finite() && b.is_finite() && c.is_finite(),
            Step::Close => true,
        })
    }
}
