//! The rows of one layer's modules: who uses others stands above them, so that arrows go down.

use std::collections::{BTreeMap, BTreeSet};

/// Rows from the top. `uses` are pairs of names, the one that uses first; where several use each other in a circle, one of them stands
/// above the others.
pub(super) fn of<'a>(names: Vec<&'a str>, uses: &BTreeSet<(&'a str, &'a str)>) -> Vec<Vec<&'a str>> {
    let mut heights = BTreeMap::new();
    let mut levels: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for name in names {
        levels.entry(height(name, uses, &mut heights).unwrap_or(0)).or_default().push(name);
    }
    let mut rows: Vec<_> = levels.into_values().rev().collect();
    // How far to the right a box is, from 0 to 1.
    let mut across: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &mut rows {
        let wanted = |name: &str| {
            let users = uses.iter().filter(|(_, to)| *to == name);
            let users: Vec<f64> = users.filter_map(|(from, _)| across.get(from).copied()).collect();
            if users.is_empty() { 1.0 } else { users.iter().sum::<f64>() / users.len() as f64 }
        };
        row.sort_by(|a, b| wanted(a).total_cmp(&wanted(b)));
        let count = row.len() as f64;
        across.extend(row.iter().enumerate().map(|(at, name)| (*name, (at as f64 + 0.5) / count)));
    }
    rows
}

/// The longest way down from here. `None` is one whose way down is being looked for, so that a circle ends.
fn height<'a>(
    name: &'a str,
    uses: &BTreeSet<(&'a str, &'a str)>,
    heights: &mut BTreeMap<&'a str, Option<usize>>,
) -> Option<usize> {
    if let Some(known) = heights.get(name) {
        return *known;
    }
    heights.insert(name, None);
    let below = uses.iter().filter(|(from, _)| *from == name);
    let highest = below.filter_map(|(_, to)| Some(height(to, uses, heights)? + 1)).max();
    heights.insert(name, Some(highest.unwrap_or(0)));
    heights[name]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_uses_others_stands_above_them_and_near_them() {
        let names = vec!["email", "ids", "money", "order", "user"];
        let uses = [("order", "money"), ("order", "ids"), ("user", "email"), ("user", "ids")].into();
        assert_eq!(of(names, &uses), [vec!["order", "user"], vec!["money", "ids", "email"]]);
        assert_eq!(of(vec!["a", "b"], &BTreeSet::new()), [vec!["a", "b"]]);
        assert_eq!(
            of(vec!["a", "b", "c"], &[("a", "b"), ("b", "c"), ("a", "c")].into()),
            [vec!["a"], vec!["b"], vec!["c"]]
        );
    }

    #[test]
    fn a_circle_comes_to_an_end() {
        let rows = of(vec!["a", "b", "c"], &[("a", "b"), ("b", "c"), ("c", "a")].into());
        assert_eq!(rows, [vec!["a"], vec!["b"], vec!["c"]]);
    }
}
