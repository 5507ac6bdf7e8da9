//! Items by the number of the group that each is in: a counting sort into two flat arrays.

/// The items of each of some groups.
pub(super) struct Grouped<T> {
    /// Where the items of each group start, and the total.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    /// From pairs of a group below `count` and an item; the items of a group stay in their order. *O(n + count)* for *n*
    /// items, of which there are fewer than 2^32.
    pub(super) fn of(count: usize, pairs: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for (group, _) in pairs.clone() {
            starts[group + 1] += 1;
        }
        for group in 0..count {
            starts[group + 1] += starts[group];
        }
        let mut next = starts.clone();
        let total = starts[count] as usize;
        let mut items = pairs.clone().next().map_or(Vec::new(), |(_, item)| vec![item; total]);
        for (group, item) in pairs {
            let place = &mut next[group];
            items[*place as usize] = item;
            *place += 1;
        }
        Self { starts, items }
    }

    /// The items of one group.
    pub(super) fn group(&self, number: usize) -> &[T] {
        &self.items[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_group_has_its_items_in_their_order(groups in prop::collection::vec(0_usize..5, 0..40)) {
            let pairs = groups.iter().copied().zip(0..);
            let grouped = Grouped::of(6, pairs.clone());
            for number in 0..6 {
                let own: Vec<usize> = pairs.clone().filter(|&(group, _)| group == number).map(|(_, item)| item).collect();
                prop_assert_eq!(grouped.group(number), own);
            }
        }
    }
}
