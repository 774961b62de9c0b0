//! What is certain in a web of "this comes before that": paths without a fork and without a circle. Pure.

use std::collections::{BTreeMap, BTreeSet};

type Edges = BTreeSet<(i64, i64)>;

/// The paths of two or more works, each work in one at most. Of a circle nothing is certain; where two works follow
/// one, or one follows two, neither step is, unless one of them only leaves out what stands between ("sequel to A and B").
pub(super) fn paths(mut edges: Edges) -> Vec<Vec<i64>> {
    open_circles(&mut edges);
    leave_out_shortcuts(&mut edges);
    let (next, before) = (steps(edges.iter().copied()), steps(edges.iter().map(|&(a, b)| (b, a))));
    let one =
        |steps: &BTreeMap<i64, Vec<i64>>, work: i64| steps.get(&work).map_or(0, Vec::len) == 1;
    edges.retain(|&(a, b)| one(&next, a) && one(&before, b));
    let follows: BTreeMap<i64, i64> = edges.iter().copied().collect();
    let later: BTreeSet<i64> = follows.values().copied().collect();
    let first = follows.keys().copied().filter(|work| !later.contains(work));
    first
        .map(|first| std::iter::successors(Some(first), |at| follows.get(at).copied()).collect())
        .collect()
}

fn steps(edges: impl Iterator<Item = (i64, i64)>) -> BTreeMap<i64, Vec<i64>> {
    let mut steps: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (from, to) in edges {
        steps.entry(from).or_default().push(to);
    }
    steps
}

/// Takes out every step that lies on a circle or between two: those that are left when works with no step to them, and
/// works with no step from them, are taken away again and again.
fn open_circles(edges: &mut Edges) {
    let mut left = peeled(edges);
    left = peeled(&left.iter().map(|&(a, b)| (b, a)).collect());
    edges.retain(|&(a, b)| !left.contains(&(b, a)));
}

/// What is left of these steps when works that no step leads to are taken away again and again.
fn peeled(edges: &Edges) -> Edges {
    let next = steps(edges.iter().copied());
    let mut leading: BTreeMap<i64, usize> = BTreeMap::new();
    for (_, to) in edges {
        *leading.entry(*to).or_default() += 1;
    }
    let mut free: Vec<i64> =
        next.keys().copied().filter(|work| !leading.contains_key(work)).collect();
    let mut gone = BTreeSet::new();
    while let Some(work) = free.pop() {
        gone.insert(work);
        for to in next.get(&work).into_iter().flatten() {
            if let Some(count) = leading.get_mut(to) {
                *count -= 1;
                if *count == 0 {
                    free.push(*to);
                }
            }
        }
    }
    edges.iter().copied().filter(|(from, _)| !gone.contains(from)).collect()
}

/// Takes out steps that also exist as a longer way.
fn leave_out_shortcuts(edges: &mut Edges) {
    let next = steps(edges.iter().copied());
    let mut short = Edges::new();
    for (from, all) in next.iter().filter(|(_, all)| all.len() > 1) {
        let mut beyond = BTreeSet::new();
        let mut open: Vec<i64> =
            all.iter().filter_map(|to| next.get(to)).flatten().copied().collect();
        while let Some(work) = open.pop() {
            if beyond.insert(work) {
                open.extend(next.get(&work).into_iter().flatten());
            }
        }
        short.extend(all.iter().filter(|to| beyond.contains(to)).map(|to| (*from, *to)));
    }
    edges.retain(|edge| !short.contains(edge));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(edges: &[(i64, i64)]) -> Vec<Vec<i64>> {
        paths(edges.iter().copied().collect())
    }

    #[test]
    fn steps_chain_whatever_their_order() {
        assert_eq!(of(&[(2, 3), (1, 2), (7, 5)]), [vec![1, 2, 3], vec![7, 5]]);
        assert_eq!(of(&[]), Vec::<Vec<i64>>::new());
    }

    #[test]
    fn a_fork_keeps_what_is_certain_before_and_behind_it() {
        assert_eq!(of(&[(1, 2), (2, 3), (2, 4), (4, 5)]), [vec![1, 2], vec![4, 5]]);
        assert_eq!(of(&[(1, 3), (2, 3), (3, 4)]), [vec![3, 4]]);
    }

    #[test]
    fn a_step_that_only_leaves_one_out_is_no_fork() {
        assert_eq!(of(&[(1, 2), (2, 3), (1, 3)]), [vec![1, 2, 3]]);
        assert_eq!(of(&[(1, 2), (2, 3), (3, 4), (1, 4), (1, 3)]), [vec![1, 2, 3, 4]]);
    }

    #[test]
    fn of_a_circle_nothing_is_certain_but_what_leads_to_it_stays() {
        assert_eq!(of(&[(1, 2), (2, 1)]), Vec::<Vec<i64>>::new());
        assert_eq!(of(&[(8, 9), (9, 1), (1, 2), (2, 3), (3, 1)]), [vec![8, 9, 1]]);
        assert_eq!(of(&[(1, 2), (2, 1), (2, 5), (5, 6)]), [vec![2, 5, 6]]);
        assert_eq!(of(&[(1, 1)]), Vec::<Vec<i64>>::new());
    }

    proptest! {
        #[test]
        fn no_work_stands_twice_and_every_step_was_given(
            edges in prop::collection::btree_set((0_i64..12, 0_i64..12), 0..24)
        ) {
            let found = paths(edges.clone());
            let mut all: Vec<i64> = found.concat();
            all.sort_unstable();
            let count = all.len();
            all.dedup();
            prop_assert_eq!(all.len(), count);
            for path in found {
                prop_assert!(path.len() > 1);
                for step in path.windows(2) {
                    prop_assert!(edges.contains(&(step[0], step[1])));
                }
            }
        }
    }
}
