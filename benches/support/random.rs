//! Numbers drawn from a seed, the same on every machine.

/// A linear congruential generator: Knuth's MMIX constants.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    /// Small numbers more often than great ones.
    pub(crate) fn mostly_small(&mut self, bound: usize) -> usize {
        let unit = self.below(1 << 30) as f64 / f64::from(1 << 30);
        ((bound as f64) * unit * unit.sqrt()) as usize
    }
}
