//! Our own drawings, on a grid of 20 × 20: strokes in the text's colour. A connector is never shown by a picture from the network.

/// A drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named for what it shows")]
pub enum Icon {
    Add,
    Alert,
    Approval,
    Bin,
    Check,
    Chat,
    Clear,
    Cloud,
    Copy,
    Database,
    Dots,
    Down,
    Eye,
    Highlight,
    Hourglass,
    Info,
    Key,
    Leave,
    Lens,
    Mail,
    Lock,
    Next,
    Note,
    People,
    Person,
    Pencil,
    Question,
    Read,
    RunOnly,
    Save,
    Search,
    Settings,
    Sheet,
    Target,
    Undo,
    Up,
    Warning,
    /// Somebody else: two arrows that change places.
    Change,
    /// A connector without a drawing: its first letter.
    Letter(char),
}

/// A stroke or a filled shape of a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// A path.
    Line(&'static str),
    /// A filled dot: centre and radius.
    Dot(f64, f64, f64),
    /// A letter in the middle.
    Letter(char),
}

impl Icon {
    /// What it is drawn with.
    #[must_use]
    pub fn shapes(self) -> Vec<Shape> {
        use Shape::{Dot, Line};
        match self {
            Self::Add => vec![Line("M10 4v12M4 10h12")],
            Self::Alert => vec![Line("M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z"), Line("M10 6.2v4.6"), Dot(10.0, 13.5, 0.95)],
            Self::Approval => vec![Line("M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z"), Line("m6.8 10.3 2.3 2.3 4.2-4.8")],
            Self::Bin => vec![Line("M3.5 5.5h13M8 5V3.5h4V5M5.2 5.5l.8 11h8l.8-11M8.5 8.5v5M11.5 8.5v5")],
            Self::Check => vec![Line("m4 10.5 4 4 8-9")],
            Self::Change => vec![Line("M3.5 7h12M12.5 4l3 3-3 3"), Line("M16.5 13h-12M7.5 10.2 4.5 13l3 3")],
            Self::Chat => vec![Line("M3.5 5A1.5 1.5 0 0 1 5 3.5h10A1.5 1.5 0 0 1 16.5 5v7a1.5 1.5 0 0 1-1.5 1.5H9L5.5 17v-3.5H5A1.5 1.5 0 0 1 3.5 12z")],
            Self::Clear => vec![Line("M5.5 5.5l9 9M14.5 5.5l-9 9")],
            Self::Cloud => vec![Line("M6 15.5a3.5 3.5 0 0 1-.3-7 4.5 4.5 0 0 1 8.7-.7A3.9 3.9 0 0 1 14 15.5z")],
            Self::Copy => vec![
                Line("M8.5 3H15a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 15 14H8.5A1.5 1.5 0 0 1 7 12.5v-8A1.5 1.5 0 0 1 8.5 3z"),
                Line("M13.5 16.8H6a2.5 2.5 0 0 1-2.5-2.5V6"),
            ],
            Self::Database => vec![
                Line("M16 5.2c0 1.3-2.7 2.4-6 2.4S4 6.5 4 5.2s2.7-2.4 6-2.4 6 1.1 6 2.4z"),
                Line("M4 5.2v9.6c0 1.3 2.7 2.4 6 2.4s6-1.1 6-2.4V5.2M4 10c0 1.3 2.7 2.4 6 2.4s6-1.1 6-2.4"),
            ],
            Self::Dots => vec![Dot(5.0, 10.0, 1.3), Dot(10.0, 10.0, 1.3), Dot(15.0, 10.0, 1.3)],
            Self::Down => vec![Line("m5 7.5 5 5 5-5")],
            Self::Eye => vec![Line("M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5z"), Line("M12.4 10a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0z")],
            Self::Highlight => vec![Line("m11.2 3.5 5.3 5.3-6 4.2-3.5-3.5z"), Line("M7 9.5 5.2 13l1.8 1.8 3.5-1.8M5.5 14.5 3 17h4")],
            Self::Hourglass => vec![Line("M6 3h8M6 17h8M7 3v2.5L10 10l3-4.5V3M7 17v-2.5L10 10l3 4.5V17")],
            Self::Info => vec![Line("M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z"), Line("M10 9.4v4.4"), Dot(10.0, 6.6, 0.95)],
            Self::Key => vec![Line("M10 10a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0z"), Line("M10 10h7.5v3M14 10v2.4")],
            Self::Leave => vec![Line("M8.5 4H5.5A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16h9a1.5 1.5 0 0 0 1.5-1.5v-3M11.5 3.5h5v5M16 4l-6.5 6.5")],
            Self::Lens => {
                vec![Line("m12.8 12.8 4.4 4.4"), Line("M14.5 8.5a6 6 0 1 1-12 0 6 6 0 0 1 12 0z"), Line("M6.5 8.5h4"), Dot(6.0, 8.5, 1.4), Dot(11.0, 8.5, 1.7)]
            }
            Self::Letter(letter) => vec![Shape::Letter(letter)],
            Self::Mail => {
                vec![Line("M4 4.5h12A1.5 1.5 0 0 1 17.5 6v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 14V6A1.5 1.5 0 0 1 4 4.5z"), Line("m3 6 7 5 7-5")]
            }
            Self::Lock => vec![Line("M5.5 9h9a1 1 0 0 1 1 1v5.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zM7 9V6.5a3 3 0 0 1 6 0V9")],
            Self::Note => vec![Line("M4.5 3.5h11v9l-4 4h-7zM11.5 16.5v-4h4M7 7h6M7 10h4")],
            Self::Next => vec![Line("m7.5 5 5 5-5 5")],
            Self::People => vec![
                Line("M9.75 6.5a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 0 1 5.5 0z"),
                Line("M2 15.5c0-3 2.2-4.7 5-4.7 1.6 0 3 .6 3.9 1.5"),
                Line("M12.5 12.5h5M12.5 15.5h3.5"),
            ],
            Self::Person => vec![Line("M13 6.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0z"), Line("M4 16.5c0-3.2 2.6-5 6-5s6 1.8 6 5")],
            Self::Pencil => vec![Line("m4 13.5-.7 3.2 3.2-.7L16 6.5 13.5 4z")],
            Self::Question => vec![Line("M7 7.4a3 3 0 1 1 4.6 2.5c-1 .6-1.6 1.2-1.6 2.4"), Dot(10.0, 15.6, 1.1)],
            Self::Read => vec![Line("M16 10a6 6 0 1 1-1.9-4.4"), Line("M14.5 2.5v3.4h-3.4")],
            Self::RunOnly => vec![
                Line("M10 6.5a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 0 1 5.5 0z"),
                Line("M2.3 15.5c0-3 2.2-4.7 5-4.7 1 0 1.9.2 2.7.6"),
                Line("m13 11 4.5 2.8L13 16.5z"),
            ],
            Self::Save => {
                vec![Line("M3.5 5A1.5 1.5 0 0 1 5 3.5h8.2L16.5 7v8a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15z"), Line("M6.5 3.7v3.8h5.5V3.7M6 16.3v-5h8v5")]
            }
            Self::Search => vec![Line("M14.1 8.8a5.3 5.3 0 1 1-10.6 0 5.3 5.3 0 0 1 10.6 0z"), Line("m12.8 12.8 4.2 4.2")],
            Self::Settings => vec![Line("M3 6h8M15 6h2M3 14h2M9 14h8"), Line("M15 6a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"), Line("M9 14a2 2 0 1 1-4 0 2 2 0 0 1 4 0z")],
            Self::Sheet => vec![
                Line("M4.5 4h11A1.5 1.5 0 0 1 17 5.5v9a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.5v-9A1.5 1.5 0 0 1 4.5 4z"),
                Line("M3 8h14M3 12h14M8 4v12"),
            ],
            Self::Target => vec![Line("M14.75 10a4.75 4.75 0 1 1-9.5 0 4.75 4.75 0 0 1 9.5 0z"), Line("M10 2.5v3M10 14.5v3M2.5 10h3M14.5 10h3")],
            Self::Undo => vec![Line("M4 8h8.5a4 4 0 0 1 0 8H8"), Line("M7 4.5 3.5 8 7 11.5")],
            Self::Up => vec![Line("m5 12.5 5-5 5 5")],
            Self::Warning => vec![Line("M10 3.2 2.6 16.3h14.8z"), Line("M10 8v4"), Dot(10.0, 14.1, 0.9)],
        }
    }
}
