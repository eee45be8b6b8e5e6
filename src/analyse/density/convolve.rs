//! Convolution of a grid with a Gaussian, along rows and then along columns.
//!
//! Cost: O(cells · reach of the kernel in cells) for each axis.

use rayon::prelude::*;

use super::CUT;

/// Half of the kernel along one axis, from its middle, for a bandwidth in cells (at least 1).
pub(super) fn kernel(sigma: f64) -> Vec<f32> {
    let variance = sigma * sigma - 0.25; // binning adds the quarter
    let reach = (-2.0 * variance * CUT.ln()).sqrt().ceil() as usize;
    let half: Vec<f64> = (0..=reach)
        .map(|i| (-0.5 * (i * i) as f64 / variance).exp())
        .collect();
    let sum = 2.0 * half.iter().sum::<f64>() - half[0];
    half.iter().map(|tap| (tap / sum) as f32).collect()
}

/// Convolves bins with a symmetric kernel along rows, then columns, and multiplies by `scale`. Each cell is summed in a
/// fixed order, so that the number of threads does not show.
pub(super) fn convolve(bins: &[f64], cols: usize, taps: &[f32], scale: f64) -> Vec<f32> {
    let reach = taps.len() - 1;
    let mut along = vec![0f32; bins.len()];
    let used: Vec<bool> = along
        .par_chunks_exact_mut(cols)
        .zip(bins.par_chunks_exact(cols))
        .map_init(
            || vec![0f32; cols + 2 * reach],
            |line, (out, bins)| {
                if bins.iter().all(|&bin| bin == 0.0) {
                    return false;
                }
                for (to, &bin) in line[reach..].iter_mut().zip(bins) {
                    *to = (bin * scale) as f32;
                }
                let pair = |i| (taps[i], &line[reach - i..], &line[reach + i..]);
                blend(
                    out,
                    taps[0],
                    &line[reach..],
                    &(1..=reach).map(pair).collect::<Vec<_>>(),
                );
                true
            },
        )
        .collect();

    let rows = used.len();
    let nothing = vec![0f32; cols];
    let line = |row: usize| {
        if row < rows && used[row] {
            Some(&along[row * cols..(row + 1) * cols])
        } else {
            None
        }
    };
    let mut values = vec![0f32; bins.len()];
    values
        .par_chunks_exact_mut(cols)
        .enumerate()
        .for_each(|(row, out)| {
            let pair = |i: usize| {
                let (below, above) = (row.checked_sub(i).and_then(line), line(row + i));
                below.or(above)?; // two empty rows add nothing
                Some((
                    taps[i],
                    below.unwrap_or(&nothing),
                    above.unwrap_or(&nothing),
                ))
            };
            let pairs: Vec<_> = (1..=reach).filter_map(pair).collect();
            blend(out, taps[0], line(row).unwrap_or(&nothing), &pairs);
        });
    values
}

/// out = tap·middle + Σ tapᵢ·(aᵢ + bᵢ), in blocks whose sums stay in registers. All lines are at least as long as `out`.
fn blend(out: &mut [f32], tap: f32, middle: &[f32], pairs: &[(f32, &[f32], &[f32])]) {
    const BLOCK: usize = 16;
    let whole = out.len() / BLOCK * BLOCK;
    let (blocks, rest) = out.split_at_mut(whole);
    for (at, block) in (0..).step_by(BLOCK).zip(blocks.chunks_exact_mut(BLOCK)) {
        let mut sums = [0f32; BLOCK];
        for (sum, value) in sums.iter_mut().zip(&middle[at..at + BLOCK]) {
            *sum = tap * value;
        }
        for (tap, a, b) in pairs {
            for ((sum, a), b) in sums
                .iter_mut()
                .zip(&a[at..at + BLOCK])
                .zip(&b[at..at + BLOCK])
            {
                *sum += tap * (a + b);
            }
        }
        block.copy_from_slice(&sums);
    }
    for (at, out) in (whole..).zip(rest) {
        *out = pairs.iter().fold(tap * middle[at], |sum, (tap, a, b)| {
            sum + tap * (a[at] + b[at])
        });
    }
}
