//! Columns of a table that have no meaning here, carried through.

use std::fmt;
use std::sync::Arc;

use super::Text;

/// Stands between cells: no text has it.
const END: char = '\u{1f}';

/// Names and values of columns, in the order of the table; those without a value are not there.
///
/// Long tables have many such columns. The names are shared by all records, and the values are one text.
#[derive(Clone, Default)]
pub struct Extra {
    /// None where there are no values: threads that count how often they share an empty list wait for each other.
    names: Option<Arc<[Text]>>,
    /// As many cells as names, with an end between.
    cells: Box<str>,
}

impl Extra {
    /// The cells below these names, in their order; empty ones are no values.
    pub fn new<'a>(names: &Arc<[Text]>, cells: impl Iterator<Item = &'a str> + Clone) -> Extra {
        let room = cells.clone().map(|cell| cell.len() + 1).sum();
        if room == names.len() {
            return Extra::default();
        }
        let mut all = String::with_capacity(room);
        for (i, cell) in cells.enumerate() {
            if i > 0 {
                all.push(END);
            }
            if cell.contains(END) {
                all.push_str(&cell.replace(END, " "));
            } else {
                all.push_str(cell);
            }
        }
        Extra {
            names: Some(Arc::clone(names)),
            cells: all.into(),
        }
    }

    /// Each name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let cells = self.cells.split(END);
        let names = self.names.iter().flat_map(|names| names.iter());
        let all = names.map(|name| &**name).zip(cells);
        all.filter(|(_, cell)| !cell.is_empty())
    }

    /// The value of a column.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Extra {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(columns: I) -> Extra {
        let (names, cells): (Vec<Text>, Vec<&str>) = columns
            .into_iter()
            .map(|(name, cell)| (name.into(), cell))
            .unzip();
        Extra::new(&names.into(), cells.iter().copied())
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Extra) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_value_is_there() {
        let extra = Extra::from_iter([("a", "1"), ("b", ""), ("c", "x\u{1f}y"), ("d", "")]);
        assert_eq!(extra.iter().collect::<Vec<_>>(), [("a", "1"), ("c", "x y")]);
        assert_eq!((extra.get("a"), extra.get("b")), (Some("1"), None));
        let empty = Extra::from_iter([("a", "")]);
        assert_eq!(empty.iter().count(), 0);
        assert_eq!(empty, Extra::default());
    }
}
