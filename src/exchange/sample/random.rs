//! Random numbers that are the same on every machine and in every version.
//!
//! The generator is xoshiro256++ 1.0 (D. Blackman and S. Vigna, «Scrambled linear pseudorandom number generators», ACM Transactions on
//! Mathematical Software 47, 2021; the code is in the public domain at prng.di.unimi.it). Each thing that is drawn has a stream of its
//! own, whose state is the SHA-256 of the seed and its name, so that a further item or person moves no other draw. Numbers between 0
//! and 1 are the upper 53 bits, moved by half a step so that neither end is met; normal ones come in pairs by Box and Muller (1958), with
//! the functions of `libm`.

use sha2::{Digest, Sha256};
use std::f64::consts::{PI, SQRT_2};

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(super) struct Stream([u64; 4]);

impl Stream {
    /// The stream of this name under this seed.
    pub(super) fn new(seed: u64, name: &[&str]) -> Stream {
        let sum: [u8; 32] = Sha256::digest(format!("shirube sample 1\n{seed}\n{}", name.join("\n"))).into();
        let mut state = [0; 4];
        for (word, bytes) in state.iter_mut().zip(sum.chunks_exact(8)) {
            *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        Stream(state)
    }

    /// The next 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.0;
        let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// A number between 0 and 1, neither of them.
    pub(super) fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A standard normal number.
    pub(super) fn normal(&mut self) -> f64 {
        let (one, other) = (self.uniform(), self.uniform());
        (-2.0 * libm::log(one)).sqrt() * libm::cos(2.0 * PI * other)
    }

    /// A whole number below `end`, each as likely as the others but for less than one in 2^53 / `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((self.uniform() * end as f64) as usize).min(end.saturating_sub(1))
    }

    /// Puts a list in random order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// The probability that a standard normal number is at most `z`.
pub(super) fn below(z: f64) -> f64 {
    libm::erfc(-z / SQRT_2) / 2.0
}

/// The number below which a standard normal one lies with this probability: halved until no number is left between.
pub(super) fn quantile(probability: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if below(middle) < probability { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence_of_the_generator() {
        // The first outputs for the state 1, 2, 3, 4, as in the reference code and the tests of rand_xoshiro
        let mut stream = Stream([1, 2, 3, 4]);
        let first: Vec<u64> = (0..4).map(|_| stream.bits()).collect();
        assert_eq!(first, [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]);
    }

    #[test]
    fn streams_are_apart_and_normal() {
        let draw = |seed, name: &[&str]| Stream::new(seed, name).bits();
        assert_eq!(draw(1, &["a", "b"]), draw(1, &["a", "b"]));
        assert_ne!(draw(1, &["a", "b"]), draw(2, &["a", "b"]));
        assert_ne!(draw(1, &["a", "b"]), draw(1, &["b", "a"]));
        let mut stream = Stream::new(7, &["normal"]);
        let all: Vec<f64> = (0..20_000).map(|_| stream.normal()).collect();
        let mean = all.iter().sum::<f64>() / 20_000.0;
        let variance = all.iter().map(|x| x * x).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12 && quantile(0.5).abs() < 1e-12);
    }
}
