//! A tree of XML elements, written with two spaces a level, attributes in the order in which they were given.

use std::fmt;

/// An element: attributes, then either text or children.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    /// With an attribute.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// With a child.
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// With some children.
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// With text instead of children.
    pub fn text(mut self, text: impl fmt::Display) -> Self {
        self.text = text.to_string();
        self
    }

    fn write(&self, f: &mut fmt::Formatter, depth: usize) -> fmt::Result {
        let indent = 2 * depth;
        write!(f, "{:indent$}<{}", "", self.name)?;
        for (name, value) in &self.attributes {
            write!(f, " {name}=\"{}\"", Escaped(value))?;
        }
        if self.children.is_empty() {
            return match self.text.as_str() {
                "" => writeln!(f, "/>"),
                text => writeln!(f, ">{}</{}>", Escaped(text), self.name),
            };
        }
        writeln!(f, ">")?;
        for child in &self.children {
            child.write(f, depth + 1)?;
        }
        writeln!(f, "{:indent$}</{}>", "", self.name)
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.write(f, 0)
    }
}

/// Text as it stands in XML. Characters that XML cannot hold, escaped or not, are left away.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                // In an attribute white space would be read as blanks.
                '\n' => f.write_str("&#10;")?,
                '\t' => f.write_str("&#9;")?,
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let value = "a \"b\" < c & d\n\u{1}إدلب";
        let tree = Element::new("a")
            .with("x", value)
            .child(Element::new("b").text(value))
            .child(Element::new("c"));
        let text = tree.to_string();
        let read = roxmltree::Document::parse(&text).unwrap();
        let root = read.root_element();
        let told = "a \"b\" < c & d\nإدلب";
        assert_eq!(root.attribute("x"), Some(told));
        let b = root.children().find(|node| node.has_tag_name("b")).unwrap();
        assert_eq!(b.text(), Some(told));
        assert!(text.ends_with("  <c/>\n</a>\n"), "{text}");
    }
}
