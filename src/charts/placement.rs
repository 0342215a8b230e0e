//! Places for labels beside points, so that no label covers a point or another label. Greedy and without chance: points
//! with the least room first, the nearest free place for each.

/// An upright box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Box2 {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Box2 {
    /// Whether two boxes share any room.
    #[must_use]
    pub(super) fn meets(&self, other: &Box2) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether it lies inside another.
    #[must_use]
    pub(super) fn inside(&self, other: &Box2) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }

    /// How far a point lies from it; 0 inside.
    #[must_use]
    pub(super) fn distance(&self, (x, y): (f64, f64)) -> f64 {
        let (across, down) = (x - x.clamp(self.left, self.right), y - y.clamp(self.top, self.bottom));
        (across * across + down * down).sqrt()
    }

    /// The box around a point.
    #[must_use]
    pub(super) fn around(x: f64, y: f64, radius: f64) -> Box2 {
        Box2 { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }
}

/// Places in the order in which they read best: right, left, above, below, above and below to one side, then the corners.
/// Across and down: −1, 0, 1; with `0` across, how far the label slides to a side, in halves of its width.
const PLACES: [(f64, f64, f64); 12] = [
    (1.0, 0.0, 0.0),
    (-1.0, 0.0, 0.0),
    (0.0, -1.0, 0.0),
    (0.0, 1.0, 0.0),
    (0.0, -1.0, 0.8),
    (0.0, -1.0, -0.8),
    (0.0, 1.0, 0.8),
    (0.0, 1.0, -0.8),
    (1.0, -1.0, 0.0),
    (1.0, 1.0, 0.0),
    (-1.0, -1.0, 0.0),
    (-1.0, 1.0, 0.0),
];

/// What a label looks for.
pub(super) struct Wish<'a> {
    /// The point it belongs to.
    pub point: (f64, f64),
    /// Its width and height.
    pub size: (f64, f64),
    /// Radius of the point.
    pub dot: f64,
    /// How far from the point it may stand.
    pub reach: f64,
    /// Points that must be clearly farther from the label than its own, so that nobody takes it for theirs.
    pub others: &'a [(f64, f64)],
}

/// A free place inside `room`, none of `taken` touched; the distance from the point grows up to the reach.
#[must_use]
pub(super) fn place(wish: &Wish<'_>, room: &Box2, taken: &[Box2]) -> Option<Box2> {
    let Wish { point, size, dot, reach, others } = *wish;
    let mut distance = dot + 4.0;
    while distance <= reach {
        for (across, down, slide) in PLACES {
            let slant = if across != 0.0 && down != 0.0 { 0.7 } else { 1.0 };
            let x = point.0 + across * distance * slant;
            let y = point.1 + down * distance * slant;
            let left = if across > 0.0 {
                x
            } else if across < 0.0 {
                x - size.0
            } else {
                x - size.0 / 2.0 * (1.0 - slide)
            };
            let top = if down > 0.0 {
                y
            } else if down < 0.0 {
                y - size.1
            } else {
                y - size.1 / 2.0
            };
            let candidate = Box2 { left, top, right: left + size.0, bottom: top + size.1 };
            let own = candidate.distance(point) + 4.0;
            let clear = others.iter().all(|other| *other == point || candidate.distance(*other) >= own);
            if clear && candidate.inside(room) && !taken.iter().any(|other| candidate.meets(other)) {
                return Some(candidate);
            }
        }
        distance += if distance < 40.0 { 4.0 } else { 10.0 };
    }
    None
}

/// The order in which to place labels: points with most neighbours first, then as they come.
#[must_use]
pub(super) fn order(points: &[(f64, f64)]) -> Vec<usize> {
    let near = |index: usize| {
        points.iter().filter(|other| (other.0 - points[index].0).abs() < 90.0 && (other.1 - points[index].1).abs() < 30.0).count()
    };
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|index| (usize::MAX - near(*index), *index));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_meet() {
        let room = Box2 { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 };
        let points: Vec<(f64, f64)> =
            (0..30_u8).map(|index| (50.0 + f64::from(index % 6) * 12.0, 40.0 + f64::from(index / 6) * 9.0)).collect();
        let mut taken: Vec<Box2> = points.iter().map(|(x, y)| Box2::around(*x, *y, 6.0)).collect();
        for index in order(&points) {
            if let Some(found) =
                place(&Wish { point: points[index], size: (40.0, 16.0), dot: 6.0, reach: 300.0, others: &[] }, &room, &taken)
            {
                assert!(found.inside(&room) && !taken.iter().any(|other| found.meets(other)));
                taken.push(found);
            }
        }
        assert!(taken.len() > 50, "most labels find a place: {}", taken.len());
    }
}
