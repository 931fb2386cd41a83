//! Numbers by lot, the same at each start.

/// Numbers that look like chance (xorshift64*).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The numbers of a seed, others for each number given.
    pub fn of(seed: u64, number: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number.wrapping_add(1).wrapping_mul(0xc2b2_ae3d_27d4_eb4f) | 1);
        // Seeds that are neighbours begin alike.
        for _ in 0..4 {
            dice.below(2);
        }
        dice
    }

    /// The numbers of a seed, others for each text.
    pub fn of_text(seed: u64, text: &str) -> Self {
        // FNV-1a: the same on each machine and with each compiler.
        let number = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self::of(seed, number)
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16) % (end.max(1) as u64)).unwrap_or_default()
    }

    /// Whether something happens that happens so often of a hundred times.
    pub fn is_among(&mut self, of_a_hundred: usize) -> bool {
        self.below(100) < of_a_hundred
    }

    /// One of several.
    pub fn one<T: Copy>(&mut self, of: &[T], without: T) -> T {
        of.get(self.below(of.len())).copied().unwrap_or(without)
    }

    /// Puts things in another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn every_number_is_drawn_about_as_often() {
        for seed in 0..4 {
            let mut counts = [0_usize; 10];
            for number in 0..5_000 {
                let drawn = Dice::of(seed, number).below(10);
                if let Some(count) = counts.get_mut(drawn) {
                    *count += 1;
                }
            }
            assert!(counts.iter().all(|count| (400..600).contains(count)), "{counts:?}");
        }
    }

    #[test]
    fn nothing_is_lost_in_another_order() {
        let mut things: Vec<usize> = (0..20).collect();
        Dice::of(3, 4).shuffle(&mut things);
        assert_ne!(things, (0..20).collect::<Vec<_>>());
        things.sort_unstable();
        assert_eq!(things, (0..20).collect::<Vec<_>>());
    }
}
