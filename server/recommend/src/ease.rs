//! EASE^R (Steck 2019): the linear item–item model with a closed form, for the most popular items.
//!
//! `P = (XᵀX + λI)⁻¹`, `B = −P / diag(P)` with an empty diagonal. The inverse is dense and costs the cube of the
//! items, so only a head of them takes part; the others simply have no rows.

use crate::interactions::Interactions;
use crate::rows::Rows;

/// At this size one fit takes about two seconds on one core.
pub(crate) const HEAD: usize = 2048;
const KEEP: usize = 200;

pub(crate) fn rows(interactions: &Interactions, lambda: f32, head: usize) -> Rows {
    let items = interactions.items.len();
    let chosen = most_popular(interactions, head);
    let mut places = vec![None; items];
    for (place, &item) in chosen.iter().enumerate() {
        places[item as usize] = Some(place);
    }
    let inverse = inverse(gram(interactions, &places, chosen.len(), lambda), chosen.len());
    let size = chosen.len();
    Rows::build(items, KEEP, |item, sum| {
        let Some(from) = places[item as usize] else { return };
        for (to, &other) in chosen.iter().enumerate().filter(|(to, _)| *to != from) {
            // B[i][j] = −P[i][j] / P[j][j]: how much i speaks for j.
            sum.add(other, -inverse[from * size + to] / inverse[to * size + to]);
        }
    })
}

fn most_popular(interactions: &Interactions, head: usize) -> Vec<u32> {
    let audience = interactions.audience();
    let mut items: Vec<u32> = (0..audience.len() as u32).filter(|item| audience[*item as usize] > 0).collect();
    items.sort_by_key(|item| std::cmp::Reverse(audience[*item as usize]));
    items.truncate(head);
    items
}

fn gram(interactions: &Interactions, places: &[Option<usize>], size: usize, lambda: f32) -> Vec<f32> {
    let mut gram = vec![0.0f32; size * size];
    for events in &interactions.people {
        let known: Vec<(usize, f32)> =
            events.iter().filter_map(|event| Some((places[event.item as usize]?, event.weight))).collect();
        for &(a, weight) in &known {
            let row = &mut gram[a * size..(a + 1) * size];
            for &(b, other) in &known {
                row[b] += weight * other;
            }
        }
    }
    for place in 0..size {
        gram[place * size + place] += lambda.max(1e-3);
    }
    gram
}

/// The inverse of a symmetric positive definite matrix: `A = LLᵀ`, then `A⁻¹ = L⁻ᵀL⁻¹`. Every inner loop runs
/// over consecutive memory.
fn inverse(mut matrix: Vec<f32>, size: usize) -> Vec<f32> {
    factor(&mut matrix, size);
    let lower = lower_inverse(&matrix, size);
    drop(matrix);
    let mut inverse = vec![0.0f32; size * size];
    for (k, row) in lower.chunks_exact(size.max(1)).enumerate() {
        for i in 0..=k {
            add_scaled(&mut inverse[i * size..=i * size + i], &row[..=i], row[i]);
        }
    }
    for i in 0..size {
        for j in 0..i {
            inverse[j * size + i] = inverse[i * size + j];
        }
    }
    inverse
}

fn factor(matrix: &mut [f32], size: usize) {
    for i in 0..size {
        let (above, row) = matrix.split_at_mut(i * size);
        for j in 0..i {
            let other = &above[j * size..j * size + j];
            row[j] = (row[j] - dot(&row[..j], other)) / above[j * size + j];
        }
        // Rounding can push the last bit of a nearly singular matrix below zero.
        row[i] = (row[i] - dot(&row[..i], &row[..i])).max(1e-6).sqrt();
    }
}

fn lower_inverse(factor: &[f32], size: usize) -> Vec<f32> {
    let mut inverse = vec![0.0f32; size * size];
    for i in 0..size {
        let (above, row) = inverse.split_at_mut(i * size);
        let scale = factor[i * size + i].recip();
        for j in 0..i {
            add_scaled(&mut row[..=j], &above[j * size..=j * size + j], -factor[i * size + j] * scale);
        }
        row[i] = scale;
    }
    inverse
}

fn add_scaled(out: &mut [f32], row: &[f32], scale: f32) {
    for (value, other) in out.iter_mut().zip(row) {
        *value += scale * other;
    }
}

/// Eight sums side by side, so that the compiler can use wide registers.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (wide_a, wide_b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = wide_a.remainder().iter().zip(wide_b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in wide_a.zip(wide_b) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_times_the_matrix_is_one() {
        let size = 21;
        let mut matrix = vec![0.0f32; size * size];
        for i in 0..size {
            for j in 0..size {
                matrix[i * size + j] = 1.0 / (1.0 + i.abs_diff(j) as f32) + if i == j { 2.0 } else { 0.0 };
            }
        }
        let inverse = inverse(matrix.clone(), size);
        for i in 0..size {
            for j in 0..size {
                let cell: f32 = (0..size).map(|k| matrix[i * size + k] * inverse[k * size + j]).sum();
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!((cell - expected).abs() < 1e-4, "cell {i},{j} is {cell}");
            }
        }
    }

    #[test]
    fn two_items_have_the_weights_of_the_closed_form() {
        // XᵀX = [[3, 2], [2, 2]], λ = 1: A = [[4, 2], [2, 3]], A⁻¹ = [[3, −2], [−2, 4]] / 8.
        let text = "user,item,value,timestamp\na,x,1,0\na,y,1,0\nb,x,1,0\nb,y,1,0\nc,x,1,0\n";
        let rows = rows(&Interactions::parse(text).unwrap(), 1.0, HEAD);
        assert!((rows.get(0, 1) - 0.5).abs() < 1e-5, "x speaks for y with 2/4");
        assert!((rows.get(1, 0) - 2.0 / 3.0).abs() < 1e-5, "y speaks for x with 2/3");
    }

    #[test]
    fn items_outside_the_head_have_no_rows() {
        let text = "user,item,value,timestamp\na,x,1,0\na,y,1,0\nb,x,1,0\nb,y,1,0\nb,z,1,0\n";
        let rows = rows(&Interactions::parse(text).unwrap(), 1.0, 2);
        assert!(rows.row(2).is_empty());
        assert_eq!(rows.row(0).len(), 1);
    }
}
