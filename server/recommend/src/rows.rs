//! A sparse matrix from items to items that keeps the strongest cells of every row.

use std::cmp::Ordering;

use crate::parallel;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell {
    pub item: u32,
    pub weight: f32,
}

/// Every row sorted by item.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    rows: Vec<Vec<Cell>>,
}

impl Rows {
    /// `fill` adds up the cells of one row; the diagonal and what is not positive are dropped, then the `keep`
    /// strongest stay.
    pub fn build(items: usize, keep: usize, fill: impl Fn(u32, &mut Sum) + Sync) -> Self {
        let rows = parallel::chunks(items, |range| {
            let mut sum = Sum::new(items);
            range.map(|item| row(item as u32, keep, &fill, &mut sum)).collect::<Vec<_>>()
        });
        Self { rows: rows.into_iter().flatten().collect() }
    }

    pub fn row(&self, item: u32) -> &[Cell] {
        self.rows.get(item as usize).map_or(&[], Vec::as_slice)
    }

    pub fn get(&self, from: u32, to: u32) -> f32 {
        let row = self.row(from);
        row.binary_search_by_key(&to, |cell| cell.item).map_or(0.0, |place| row[place].weight)
    }

    pub fn into_inner(self) -> Vec<Vec<Cell>> {
        self.rows
    }
}

fn row(item: u32, keep: usize, fill: &impl Fn(u32, &mut Sum), sum: &mut Sum) -> Vec<Cell> {
    fill(item, sum);
    let mut cells = sum.take();
    cells.retain(|cell| cell.item != item && cell.weight > 0.0);
    keep_strongest(&mut cells, keep);
    cells
}

/// Leaves the `keep` strongest cells, sorted by item.
pub(crate) fn keep_strongest(cells: &mut Vec<Cell>, keep: usize) {
    if cells.len() > keep {
        cells.select_nth_unstable_by(keep, stronger);
        cells.truncate(keep);
    }
    cells.sort_unstable_by_key(|cell| cell.item);
}

/// Stronger first; equally strong by lower item.
pub(crate) fn stronger(a: &Cell, b: &Cell) -> Ordering {
    b.weight.total_cmp(&a.weight).then(a.item.cmp(&b.item))
}

/// A dense sum that remembers which places it touched.
pub(crate) struct Sum {
    values: Vec<f32>,
    touched: Vec<u32>,
}

impl Sum {
    fn new(items: usize) -> Self {
        Self { values: vec![0.0; items], touched: Vec::new() }
    }

    pub fn add(&mut self, item: u32, weight: f32) {
        let value = &mut self.values[item as usize];
        if *value == 0.0 {
            self.touched.push(item);
        }
        *value += weight;
    }

    /// Changes every touched value, knowing its item.
    pub fn map(&mut self, change: impl Fn(u32, f32) -> f32) {
        for &item in &self.touched {
            let value = &mut self.values[item as usize];
            *value = change(item, *value);
        }
    }

    fn take(&mut self) -> Vec<Cell> {
        let values = &mut self.values;
        self.touched.drain(..).map(|item| Cell { item, weight: std::mem::take(&mut values[item as usize]) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_keeps_its_strongest_without_itself_and_ties_go_to_the_lower_item() {
        let rows = Rows::build(5, 2, |item, sum| {
            for (other, weight) in [(0, 1.0), (1, 3.0), (2, 3.0), (3, 3.0), (4, -1.0)] {
                sum.add(other, weight);
                sum.add(other, if item == 4 { 1.0 } else { 0.0 });
            }
        });
        assert_eq!(rows.row(0), [Cell { item: 1, weight: 3.0 }, Cell { item: 2, weight: 3.0 }]);
        assert_eq!(rows.row(1), [Cell { item: 2, weight: 3.0 }, Cell { item: 3, weight: 3.0 }]);
        assert_eq!((rows.get(0, 1), rows.get(0, 3), rows.get(9, 0)), (3.0, 0.0, 0.0));
    }
}
