//! What stands in a table's cell.

use crate::report::clean;

/// A cell.
#[derive(Default)]
pub struct Cell {
    /// Its words; may be empty.
    pub words: String,
    /// What stands below them, smaller.
    pub below: Vec<Line>,
    /// How it is marked.
    pub tone: Option<Tone>,
}

/// A line below a cell's words.
pub enum Line {
    /// A sentence, or a name.
    Words(String),
    /// Several names: each may be written in a direction of its own.
    Names(Vec<String>),
}

/// How a cell is marked. The words say the same.
#[derive(Clone, Copy)]
pub enum Tone {
    Mismatch,
    Intended,
    Unknown,
    RunOnly,
    Broken,
}

impl Cell {
    pub fn plain(words: impl AsRef<str>) -> Self {
        Self { words: clean(words.as_ref()), ..Self::default() }
    }

    pub fn below(mut self, words: impl AsRef<str>) -> Self {
        if !words.as_ref().is_empty() {
            self.below.push(Line::Words(clean(words.as_ref())));
        }
        self
    }

    pub fn names(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let names: Vec<String> = names.into_iter().map(|name| clean(name.as_ref())).collect();
        if !names.is_empty() {
            self.below.push(Line::Names(names));
        }
        self
    }

    pub fn tone(mut self, tone: Option<Tone>) -> Self {
        self.tone = tone;
        self
    }
}
