//! Which icons there are, and who asks for them.

/// An icon to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Icon {
    /// Where it is kept, from the project's folder.
    pub path: &'static str,
    /// Pixels each way.
    pub size: u32,
    /// Which drawing.
    pub drawing: Drawing,
    /// In which colours.
    pub ground: Ground,
    /// Empty pixels around it.
    pub margin: u32,
}

/// The two drawings.
#[derive(Debug, Clone, Copy)]
pub enum Drawing {
    /// For 16 pixels: thicker, and on their grid.
    Small,
    Large,
}

/// What an icon stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Nobody knows: tones with three to one against white and against Edge's dark toolbar.
    Any,
    Light,
    Dark,
}

const fn icon(path: &'static str, size: u32, drawing: Drawing, ground: Ground) -> Icon {
    Icon { path, size, drawing, ground, margin: 0 }
}

/// All of them.
pub const ICONS: [Icon; 13] = [
    // Chromium's toolbar is 16 pixels high at 100 %, 20 and 24 at the 125 % and 150 % of Windows, 32 at 200 %.
    icon("extension/icons/icon-16.png", 16, Drawing::Small, Ground::Any),
    icon("extension/icons/icon-20.png", 20, Drawing::Small, Ground::Any),
    icon("extension/icons/icon-24.png", 24, Drawing::Small, Ground::Any),
    icon("extension/icons/icon-32.png", 32, Drawing::Large, Ground::Any),
    // The pages where extensions are managed, and those on screens of double density.
    icon("extension/icons/icon-48.png", 48, Drawing::Large, Ground::Any),
    icon("extension/icons/icon-64.png", 64, Drawing::Large, Ground::Any),
    icon("extension/icons/icon-96.png", 96, Drawing::Large, Ground::Any),
    // Chrome's store wants 96 pixels in the middle of 128.
    Icon { margin: 16, ..icon("extension/icons/icon-128.png", 128, Drawing::Large, Ground::Any) },
    // Firefox tells a theme with dark text from one with light text.
    icon("extension/icons/on-light-16.png", 16, Drawing::Small, Ground::Light),
    icon("extension/icons/on-light-32.png", 32, Drawing::Large, Ground::Light),
    icon("extension/icons/on-dark-16.png", 16, Drawing::Small, Ground::Dark),
    icon("extension/icons/on-dark-32.png", 32, Drawing::Large, Ground::Dark),
    // Edge's store: a square of 300. It doesn't ship.
    Icon { margin: 30, ..icon("docs/pictures/store/logo-300.png", 300, Drawing::Large, Ground::Any) },
];
