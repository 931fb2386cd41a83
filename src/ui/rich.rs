//! A sentence in pieces: what stands out, and which parts are somebody's name. Names can't bring marks of their own.

use crate::words::Text;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub words: String,
    /// Whether it stands out.
    pub strong: bool,
    /// Whether it is a part that was put in, with a direction of writing of its own.
    pub is_part: bool,
}

/// Stands for a part while the sentence is taken apart: the first of Unicode's private characters.
const FIRST_PART: u32 = 0xE000;

/// Takes a sentence apart; `say` gives it in the reader's language.
#[must_use]
pub fn pieces(text: &Text, say: impl Fn(&Text) -> String) -> Vec<Piece> {
    let parts = text.args.len();
    let stand_ins = (FIRST_PART..).take(parts).filter_map(char::from_u32).map(String::from).collect();
    let template = say(&Text { args: stand_ins, ..text.clone() });
    let mut pieces: Vec<Piece> = Vec::new();
    let mut strong = false;
    let mut rest = template.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '*' && rest.peek() == Some(&'*') {
            rest.next();
            strong = !strong;
        } else if let Some(part) = (c as u32).checked_sub(FIRST_PART).and_then(|place| text.args.get(place as usize)) {
            let is_part = !part.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '’' | '\u{a0}' | '\u{202f}'));
            pieces.push(Piece { words: part.clone(), strong, is_part });
        } else {
            match pieces.last_mut() {
                Some(last) if !last.is_part && last.strong == strong => last.words.push(c),
                _ => pieces.push(Piece { words: c.to_string(), strong, is_part: false }),
            }
        }
    }
    pieces
}

/// The sentence as one string, for places that hold nothing else. A part is set apart by Unicode's own marks where it is written in another direction than the sentence.
#[must_use]
pub fn plain(text: &Text, say: impl Fn(&Text) -> String) -> String {
    let pieces = pieces(text, say);
    let is_from_right = |c: char| matches!(c, '\u{590}'..='\u{8ff}');
    let sentence = pieces.iter().any(|piece| !piece.is_part && piece.words.chars().any(is_from_right));
    let set_apart = |piece: Piece| {
        let turns = piece.words.chars().any(|c| if sentence { c.is_alphabetic() } else { c >= '\u{590}' });
        if piece.is_part && turns { format!("\u{2068}{}\u{2069}", piece.words) } else { piece.words }
    };
    pieces.into_iter().map(set_apart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_apart(template: &str, args: &[&str]) -> Vec<(String, bool, bool)> {
        let text = args.iter().fold(Text::new("any"), |text, arg| text.with(*arg));
        let say = |text: &Text| text.args.iter().enumerate().fold(template.to_owned(), |said, (place, arg)| said.replace(&format!("${}", place + 1), arg));
        pieces(&text, say).into_iter().map(|piece| (piece.words, piece.strong, piece.is_part)).collect()
    }

    #[test]
    fn marks_stand_out_and_parts_are_told_apart() {
        let found = taken_apart("Open one, **Change**, pick **$1**.", &["svc@contoso.com"]);
        let wanted = [("Open one, ", false, false), ("Change", true, false), (", pick ", false, false), ("svc@contoso.com", true, true), (".", false, false)];
        assert_eq!(found, wanted.map(|(words, strong, part)| (words.to_owned(), strong, part)));
    }

    #[test]
    fn parts_do_not_turn_a_sentence_round() {
        let said = |template: &'static str, part: &str| plain(&Text::new("any").with(part), |text| template.replace("$1", &text.args[0]));
        assert_eq!(said("Owned by $1", "Ana"), "Owned by Ana");
        assert_eq!(said("Owned by $1", "رنا"), "Owned by \u{2068}رنا\u{2069}");
        assert_eq!(said("المالك: $1", "svc@c.com"), "المالك: \u{2068}svc@c.com\u{2069}");
    }

    #[test]
    fn a_name_brings_no_marks_and_no_parts_of_its_own() {
        let found = taken_apart("By $1 and $2", &["**loud** $2", "\u{E000}"]);
        assert_eq!(found.iter().map(|(words, ..)| words.as_str()).collect::<Vec<_>>(), ["By ", "**loud** $2", " and ", "\u{E000}"]);
        assert!(found.iter().all(|(_, strong, _)| !strong));
    }
}
