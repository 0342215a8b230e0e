//! Three circles whose lines are joined by hand: what is joined belongs together, and lies where its circles overlap.

use serde::{Deserialize, Serialize};

/// The lines of the three circles and the joins between them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The circle of each line, 0 to 2.
    pub lines: Vec<usize>,
    /// Pairs of lines that are joined, by their place in `lines`.
    pub links: Vec<(usize, usize)>,
}

/// One of the seven parts that three circles make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Region {
    /// Its circles.
    pub circles: Vec<usize>,
    /// What lies in it: groups of lines that are joined.
    pub groups: Vec<Vec<usize>>,
}

/// The seven regions: all three, the pairs, each alone.
pub const REGIONS: [&[usize]; 7] = [&[0, 1, 2], &[0, 1], &[0, 2], &[1, 2], &[0], &[1], &[2]];

/// Sorts the lines into the seven regions.
#[must_use]
pub fn overlap(input: &Input) -> Vec<Region> {
    let count = input.lines.len();
    let mut group: Vec<usize> = (0..count).collect();
    for &(a, b) in &input.links {
        let (Some(&one), Some(&other)) = (group.get(a), group.get(b)) else { continue };
        let (low, high) = (one.min(other), one.max(other));
        for name in &mut group {
            if *name == high {
                *name = low;
            }
        }
    }
    let mut regions: Vec<Region> = REGIONS.iter().map(|circles| Region { circles: circles.to_vec(), groups: Vec::new() }).collect();
    for first in (0..count).filter(|line| group[*line] == *line) {
        let members: Vec<usize> = (0..count).filter(|line| group[*line] == first).collect();
        let circles: Vec<usize> = (0..3).filter(|circle| members.iter().any(|line| input.lines[*line] == *circle)).collect();
        if let Some(region) = regions.iter_mut().find(|region| region.circles == circles) {
            region.groups.push(members);
        }
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_lines_lie_where_their_circles_overlap() {
        // The example of the lesson: teaching the young, drawing it, looking after newcomers belong together
        let input = Input { lines: vec![0, 0, 0, 1, 1, 1, 2, 2, 2], links: vec![(3, 1), (8, 1), (6, 3), (99, 1)] };
        let regions = overlap(&input);
        let groups: Vec<Vec<Vec<usize>>> = regions.into_iter().map(|region| region.groups).collect();
        let none = Vec::<Vec<usize>>::new;
        assert_eq!(groups, [vec![vec![1, 3, 6, 8]], none(), none(), none(), vec![vec![0], vec![2]], vec![vec![4], vec![5]], vec![vec![7]]]);
    }
}
