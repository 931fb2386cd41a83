//! A drawing, as pixels.

use std::fs;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::list::{Drawing, Ground, Icon};
use crate::root;

/// The two tones of the drawings, and what they become on a ground that is known.
const TONES: [[&str; 3]; 2] = [["#2886de", "#0f6cbd", "#62abf5"], ["#d2632a", "#bc4b09", "#faa06b"]];

/// The icon as it is kept.
pub fn png(icon: Icon) -> Result<Vec<u8>, String> {
    drawn(icon)?.encode_png().map_err(|error| error.to_string())
}

#[expect(clippy::cast_precision_loss, reason = "some hundred pixels")]
fn drawn(icon: Icon) -> Result<Pixmap, String> {
    let name = match icon.drawing {
        Drawing::Small => "icon-16.svg",
        Drawing::Large => "icon.svg",
    };
    let mut text = fs::read_to_string(root().join("extension/icons").join(name)).map_err(|error| format!("{name}: {error}"))?;
    for [any, light, dark] in TONES {
        text = match icon.ground {
            Ground::Any => text,
            Ground::Light => text.replace(any, light),
            Ground::Dark => text.replace(any, dark),
        };
    }
    let tree = Tree::from_str(&text, &Options::default()).map_err(|error| format!("{name}: {error}"))?;
    let mut pixels = Pixmap::new(icon.size, icon.size).ok_or("an icon without a size")?;
    let scale = (icon.size - 2 * icon.margin) as f32 / tree.size().width();
    let margin = icon.margin as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale).post_translate(margin, margin), &mut pixels.as_mut());
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::ICONS;

    /// Processors may round differently.
    const ROUNDING: u8 = 2;

    #[test]
    fn the_icons_are_those_of_the_drawings() {
        for icon in ICONS {
            let kept = Pixmap::load_png(root().join(icon.path)).unwrap_or_else(|error| panic!("{}: {error}: run `cargo xtask icons`", icon.path));
            let drawn = drawn(icon).expect("a drawing");
            let most = kept.data().iter().zip(drawn.data()).map(|(kept, drawn)| kept.abs_diff(*drawn)).max();
            assert_eq!((kept.width(), kept.height()), (icon.size, icon.size), "{}", icon.path);
            assert!(most.is_some_and(|most| most <= ROUNDING), "{} is not its drawing any more: run `cargo xtask icons`", icon.path);
        }
    }

    /// Who draws in another tone gets icons that a theme doesn't change.
    #[test]
    fn a_ground_changes_both_tones() {
        for name in ["icon.svg", "icon-16.svg"] {
            let text = fs::read_to_string(root().join("extension/icons").join(name)).expect("a drawing");
            assert!(TONES.iter().all(|[any, ..]| text.contains(any)), "{name}");
            let known = |colour: &str| TONES.iter().any(|[any, ..]| any.trim_start_matches('#') == colour);
            assert!(text.split('#').skip(1).filter_map(|rest| rest.get(..6)).all(known), "{name}");
        }
    }
}
