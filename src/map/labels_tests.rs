use proptest::prelude::*;

use super::*;

const FRAME: Rect = Rect {
    x: 0.0,
    y: 0.0,
    w: 400.0,
    h: 300.0,
};

/// Right and left of a point.
fn two_sided(x: f64, y: f64, w: f64, priority: f64) -> Request<'static> {
    let candidate = |x, cost| Candidate {
        boxes: vec![Rect::new(x, y - 6.0, w, 12.0).into()],
        lines: vec![],
        cost,
    };
    Request {
        priority,
        candidates: vec![candidate(x + 3.0, 0.0), candidate(x - 3.0 - w, 0.3)].into(),
        kept: false,
    }
}

#[test]
fn a_lone_name_takes_its_best_place() {
    assert_eq!(
        place(
            &[two_sided(100.0, 100.0, 50.0, 1.0)],
            &Clear::new(&FRAME, &[])
        ),
        [Some(0)]
    );
    assert_eq!(place(&[], &Clear::new(&FRAME, &[])), []);
}

#[test]
fn the_frame_and_obstacles_are_kept_clear() {
    let at_the_edge = two_sided(380.0, 100.0, 50.0, 1.0);
    assert_eq!(
        place(std::slice::from_ref(&at_the_edge), &Clear::new(&FRAME, &[])),
        [Some(1)]
    );
    let legend = Rect::new(300.0, 80.0, 60.0, 40.0).into();
    assert_eq!(
        place(&[at_the_edge], &Clear::new(&FRAME, &[legend])),
        [None]
    );
}

#[test]
fn annealing_finds_room_that_greed_misses() {
    // The first, which comes first, would take the only place of the second.
    let names = [
        two_sided(100.0, 100.0, 44.0, 3.0),
        two_sided(150.0, 100.0, 44.0, 1.0),
    ];
    let wall = [Rect::new(160.0, 95.0, 50.0, 10.0).into()];
    assert_eq!(greedy(&names, &wall).0, [Some(0), None]);
    let placed = place(&names, &Clear::new(&FRAME, &wall));
    assert!(placed.iter().all(Option::is_some), "{placed:?}");
}

#[test]
fn the_more_important_name_stays() {
    let names = [
        two_sided(395.0, 100.0, 60.0, 1.0),
        two_sided(396.0, 102.0, 60.0, 5.0),
    ];
    assert_eq!(place(&names, &Clear::new(&FRAME, &[])), [None, Some(1)]);
}

/// The greedy answer alone, and what it costs.
fn greedy(names: &[Request], obstacles: &[TextBox]) -> (Vec<Option<usize>>, f64) {
    let problem = Problem::new(names, &Clear::new(&FRAME, obstacles));
    let mut state = State::new(&problem);
    state.fill(&problem);
    let chosen = state.chosen.iter();
    let chosen = chosen.map(|c| c.map(|c| problem.candidates[c].index));
    (chosen.collect(), state.energy(&problem))
}

/// What an answer costs, counted apart from the search.
fn cost(names: &[Request], placed: &[Option<usize>]) -> f64 {
    let pairs = names.iter().zip(placed);
    pairs
        .map(|(n, c)| c.map_or(1.0 + n.priority, |c| n.candidates[c].cost))
        .sum()
}

/// A name: its position, size, turn, bend and priority.
type Raw = ((f64, f64), (f64, f64), f64, f64, f64);

fn raw() -> impl Strategy<Value = Raw> {
    (
        (0.0..400.0f64, 0.0..300.0f64),
        (10.0..90.0f64, 6.0..16.0f64),
        prop_oneof![Just(0.0), -80.0..80.0f64],
        prop_oneof![Just(0.0), -6.0..6.0f64],
        0.5..10.0f64,
    )
}

/// Four sides of a point; turned, or of several boxes along a bend.
fn request(&((x, y), (w, h), turn, bend, priority): &Raw) -> Request<'static> {
    let sides = [(0.55, 0.0), (-0.55, 0.0), (0.0, -0.8), (0.0, 0.8)];
    let candidates = sides.iter().enumerate().map(|(i, (dx, dy))| {
        let (x, y) = (x + dx * w, y + dy * h);
        let boxes = if bend == 0.0 {
            vec![TextBox::turned(
                Rect::new(x - w / 2.0, y - h / 2.0, w, h),
                turn,
            )]
        } else {
            let piece = |k: i32| {
                let k = f64::from(k);
                let left = x + (k - 2.5) * w / 5.0;
                let top = y + bend * (k - 2.0).powi(2) / 4.0 - h / 2.0;
                TextBox::turned(Rect::new(left, top, w / 5.0, h), bend * (k - 2.0))
            };
            (0..5).map(piece).collect()
        };
        Candidate {
            boxes,
            lines: vec![],
            cost: 0.2 * i as f64,
        }
    });
    Request {
        priority,
        candidates: candidates.collect::<Vec<_>>().into(),
        kept: false,
    }
}

fn touches(a: &[TextBox], b: &[TextBox]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.overlaps(b)))
}

proptest! {
    #[test]
    fn names_never_overlap_and_stay_inside(
        points in prop::collection::vec(raw(), 0..60),
        wall in (0.0..350.0f64, 0.0..250.0f64, -45.0..45.0f64),
    ) {
        let names: Vec<Request> = points.iter().map(request).collect();
        let obstacle = [TextBox::turned(Rect::new(wall.0, wall.1, 80.0, 50.0), wall.2)];
        let placed = place(&names, &Clear::new(&FRAME, &obstacle));
        prop_assert_eq!(&placed, &place(&names, &Clear::new(&FRAME, &obstacle)));
        let boxes: Vec<&[TextBox]> = names
            .iter()
            .zip(&placed)
            .filter_map(|(n, c)| c.map(|c| n.candidates[c].boxes.as_slice()))
            .collect();
        for (i, a) in boxes.iter().enumerate() {
            prop_assert!(a.iter().all(|b| FRAME.encloses(&b.bounds())));
            prop_assert!(!touches(a, &obstacle));
            prop_assert!(boxes[i + 1..].iter().all(|b| !touches(a, b)));
        }
        // Whatever is left out has no free place.
        for (n, c) in names.iter().zip(&placed) {
            if c.is_none() {
                let blocked = |c: &Candidate| {
                    c.boxes.iter().any(|b| !FRAME.encloses(&b.bounds()))
                        || touches(&c.boxes, &obstacle)
                        || boxes.iter().any(|o| touches(&c.boxes, o))
                };
                prop_assert!(n.candidates.iter().all(blocked));
            }
        }
    }

    #[test]
    fn the_answer_is_never_worse_than_greed(points in prop::collection::vec(raw(), 0..80)) {
        let names: Vec<Request> = points.iter().map(request).collect();
        let (chosen, energy) = greedy(&names, &[]);
        prop_assert!((cost(&names, &chosen) - energy).abs() < 1e-6);
        prop_assert!(cost(&names, &place(&names, &Clear::new(&FRAME, &[]))) <= energy + 1e-6);
    }
}
