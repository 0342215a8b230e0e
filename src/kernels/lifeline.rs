//! Points of a life: its heights and depths, the largest rise and fall, the mean of each stage.

use super::rounding::decimals;
use serde::{Deserialize, Serialize};

/// A point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Age.
    pub x: f64,
    /// How content one was.
    pub y: f64,
    /// What it was about.
    pub category: String,
    /// Whether it lies ahead.
    pub future: bool,
}

/// The points and how far one has to stand out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The points as they were written.
    pub points: Vec<Point>,
    /// How far a height stands above its neighbours.
    pub prominence: f64,
}

/// From one point to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Its beginning, by the place in `order`.
    pub from: usize,
    /// Its end.
    pub to: usize,
    /// By how much it rises.
    pub by: f64,
}

/// Ten years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// The age it begins with.
    pub from: f64,
    /// The mean of its points.
    pub mean: f64,
    /// How many they are.
    pub points: usize,
}

/// What rises have in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lift {
    /// What it was about.
    pub category: String,
    /// How many rises lead to it.
    pub rises: usize,
}

/// What the points say. Places are those in `order`; what lies ahead is left out of all but the order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lifeline {
    /// The points by age, as their places in the input.
    pub order: Vec<usize>,
    /// Heights.
    pub peaks: Vec<usize>,
    /// Depths.
    pub valleys: Vec<usize>,
    /// All that rose, by age.
    pub rises: Vec<Step>,
    /// All that fell, by age.
    pub falls: Vec<Step>,
    /// The largest rise.
    pub rise: Option<Step>,
    /// The largest fall.
    pub fall: Option<Step>,
    /// Tens of years with points.
    pub stages: Vec<Stage>,
    /// What the points after a rise were about, the most frequent first.
    pub lifts: Vec<Lift>,
}

/// Reads the line.
#[must_use]
pub fn lifeline(input: &Input) -> Lifeline {
    let mut order: Vec<usize> = (0..input.points.len()).collect();
    order.sort_by(|a, b| input.points[*a].x.total_cmp(&input.points[*b].x));
    // What lies ahead may stand before what does not, where somebody wrote it so: places are looked up, never counted
    let behind: Vec<usize> = (0..order.len()).filter(|place| !input.points[order[*place]].future).collect();
    let past: Vec<&Point> = behind.iter().map(|place| &input.points[order[*place]]).collect();
    let stands_out = |at: usize, sign: f64| {
        let beside = |other: Option<&&Point>| other.is_none_or(|other| sign * (past[at].y - other.y) >= input.prominence);
        past.len() > 1 && beside(at.checked_sub(1).and_then(|before| past.get(before))) && beside(past.get(at + 1))
    };
    let steps: Vec<Step> = (1..past.len()).map(|at| Step { from: at - 1, to: at, by: decimals(past[at].y - past[at - 1].y, 2) }).collect();
    let mut rise: Option<&Step> = None;
    let mut fall: Option<&Step> = None;
    for step in &steps {
        if step.by > 0.0 && rise.is_none_or(|most| step.by > most.by) {
            rise = Some(step);
        }
        if step.by < 0.0 && fall.is_none_or(|most| step.by < most.by) {
            fall = Some(step);
        }
    }
    let mut stages: Vec<Stage> = Vec::new();
    for point in &past {
        let from = (point.x / 10.0).floor() * 10.0;
        match stages.last_mut().filter(|stage| stage.from == from) {
            Some(stage) => {
                stage.mean += point.y;
                stage.points += 1;
            }
            None => stages.push(Stage { from, mean: point.y, points: 1 }),
        }
    }
    for stage in &mut stages {
        stage.mean = decimals(stage.mean / stage.points as f64, 0);
    }
    let mut lifts: Vec<Lift> = Vec::new();
    for step in steps.iter().filter(|step| step.by > 0.0) {
        let category = &past[step.to].category;
        if category.is_empty() {
            continue;
        }
        match lifts.iter_mut().find(|lift| lift.category == *category) {
            Some(lift) => lift.rises += 1,
            None => lifts.push(Lift { category: category.clone(), rises: 1 }),
        }
    }
    lifts.sort_by_key(|lift| std::cmp::Reverse(lift.rises));
    let places = |sign: f64| (0..past.len()).filter(|at| stands_out(*at, sign)).map(|at| behind[at]).collect();
    let in_order = |step: &Step| Step { from: behind[step.from], to: behind[step.to], by: step.by };
    let [rises, falls] = [1.0, -1.0].map(|sign| steps.iter().filter(|step| sign * step.by > 0.0).map(in_order).collect());
    Lifeline {
        rises,
        falls,
        peaks: places(1.0),
        valleys: places(-1.0),
        rise: rise.map(in_order),
        fall: fall.map(in_order),
        stages,
        lifts,
        order,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_lesson() {
        let rows = [(16.0, 60.0, "s"), (19.0, -30.0, "s"), (22.0, 70.0, "s"), (24.0, -40.0, "w"), (27.0, 55.0, "w"), (31.0, -10.0, "w")];
        let points = rows.iter().map(|(x, y, c)| Point { x: *x, y: *y, category: (*c).to_owned(), future: false }).collect();
        let line = lifeline(&Input { points, prominence: 10.0 });
        assert_eq!((line.peaks, line.valleys), (vec![0, 2, 4], vec![1, 3, 5]));
        assert_eq!((line.rise, line.fall), (Some(Step { from: 1, to: 2, by: 100.0 }), Some(Step { from: 2, to: 3, by: -110.0 })));
        assert_eq!((line.rises.len(), line.falls.len()), (2, 3));
        assert_eq!(line.stages.iter().map(|stage| stage.mean).collect::<Vec<_>>(), [15.0, 28.0, -10.0]);
    }
}
