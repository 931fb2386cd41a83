//! A stored sweep that somebody changed: taken back as it is, or set aside; and who follows it knows no more than who reads it anew.

use std::collections::BTreeSet;

use connection_lens::protocol::SweepEvent;
use connection_lens::sweep::{Sweep, keys_of};
use serde_json::{Map, Value, json};

use crate::draw::Draw;
use crate::play::bend;
use crate::sweeping::{KEY, Play, STAGES, go_on};

/// The most keys that a head can name: parts of fifty rows, of a million flows and as many connections, and itself.
const MOST_KEYS: usize = 40_001;

/// After a change a few events show whether it is borne.
const EVENTS: usize = 6;

/// Numbers at which something is full, or turns over.
const EDGES: [f64; 12] = [0.0, 1.0, 2.0, 49.0, 51.0, 255.0, 256.0, 5_001.0, 4_294_967_295.0, 4_294_967_296.0, -1.0, 1e300];

/// Every number inside.
fn numbers<'a>(value: &'a mut Value, found: &mut Vec<&'a mut Value>) {
    match value {
        Value::Number(_) => found.push(value),
        Value::Array(rows) => rows.iter_mut().for_each(|row| numbers(row, found)),
        Value::Object(fields) => fields.values_mut().for_each(|field| numbers(field, found)),
        _ => {}
    }
}

/// Makes one of the numbers inside one at which something is full.
fn stretch(value: &mut Value, draw: &mut Draw) {
    let mut found = Vec::new();
    numbers(value, &mut found);
    if found.is_empty() {
        return;
    }
    let at = (draw.below(256) * 256 + draw.below(256)) % found.len();
    let edge = draw.below(EDGES.len() + 2);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole numbers below 2^53, and -1")]
    let edge = match EDGES.get(edge) {
        Some(edge) if (0.0..1e15).contains(edge) => json!(*edge as u64),
        Some(edge) if *edge < 0.0 => json!(*edge as i64),
        Some(edge) => json!(edge),
        None => json!(u64::MAX - (edge - EDGES.len()) as u64),
    };
    if let Some(number) = found.get_mut(at) {
        **number = edge;
    }
}

/// Changes something that lies under one of the keys, or which keys there are. Tells the key.
fn change(items: &mut Map<String, Value>, draw: &mut Draw) -> String {
    let key = items.keys().nth(draw.below(items.len())).cloned().unwrap_or_default();
    let Some(value) = items.get_mut(&key) else { return key };
    match draw.below(12) {
        0 => drop(items.remove(&key)),
        1 => {
            let value = value.clone();
            let other = format!("{KEY}:{}{}", draw.pick(&["", "c", "+"]), draw.pick(&[0, 1, 2, usize::MAX / 50, usize::MAX / 50 + 1, usize::MAX]));
            items.insert(other.clone(), value);
            return other;
        }
        2 => {
            if let Some(rows) = value.as_array_mut().filter(|rows| !rows.is_empty()) {
                let row = rows[draw.below(rows.len())].clone();
                if draw.once_in(2) { rows.push(row) } else { drop(rows.pop()) }
            }
        }
        3..=6 => stretch(value, draw),
        _ => bend(value, draw),
    }
    key
}

/// Sweeps that were stored, whole or changed. Bytes that begin with `{` are what is stored, as it is.
pub fn swept(bytes: &[u8]) {
    let mut draw = Draw::new(bytes);
    let stage = &STAGES[draw.below(STAGES.len())];
    let (mut items, mut changed) = (stage.items.clone(), BTreeSet::new());
    if bytes.first() == Some(&b'{') {
        let Ok(Value::Object(stored)) = serde_json::from_slice(bytes) else { return };
        changed.extend(stored.keys().cloned());
        items = stored;
        draw = Draw::new(b"");
    } else {
        for _ in 0..=draw.below(3) {
            changed.insert(change(&mut items, &mut draw));
        }
    }
    // Whoever reads it reads what the head names, and nothing else.
    let Some(head) = items.get(KEY) else { return assert_eq!(Sweep::restored(KEY, &items), None) };
    let keys: BTreeSet<String> = keys_of(KEY, head).into_iter().collect();
    assert!(keys.len() <= MOST_KEYS, "so many keys: {}", keys.len());
    let back = Sweep::restored(KEY, &items);
    let mut page = stage.sweep.clone();
    if page.renewed(KEY, &changed, &items).is_some() {
        assert_eq!(Some(&page), back.as_ref(), "who follows knows what who reads anew knows");
    }
    let Some(sweep) = back else { return };
    items.retain(|key, _| keys.contains(key));
    let mut play = Play::stored(sweep, items);
    play.feed(&SweepEvent::Waited { at: draw.time() }, None, b"");
    play.sees();
    go_on(&mut play, &mut draw, EVENTS);
    play.sees();
}
