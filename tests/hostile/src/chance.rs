//! Changes by chance that are the same each time: what a fuzzer does, without its compass.

/// Numbers by chance from a seed (xorshift, Marsaglia 2003).
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        // Spread over all bits; never 0, which would stay 0.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below this one.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or_default()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap_or_default()
    }
}

/// An input changed in a few places: a byte another one, one more, cut, lengthened or crossed with another input.
#[must_use]
pub fn changed(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(8) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, chance.byte()),
            2 => bytes.extend_from_slice(&other[chance.below(other.len() + 1)..]),
            3 => drop(bytes.splice(at..at, other.iter().take(chance.below(32)).copied())),
            _ if at < bytes.len() => bytes[at] = chance.byte(),
            _ => {}
        }
    }
    bytes
}
