//! What is kept, what the organisation says, and settings as a file.

use connection_lens::audit::Lock;
use connection_lens::session::{Kept, Policy, from_settings_file, settings_file};
use serde_json::{Value, json};

use crate::draw::Draw;
use crate::shapes::{document, odd};

const FLOW: &str = "flow:default-1/f";

fn accounts(draw: &mut Draw) -> Value {
    if draw.once_in(12) { odd(draw, 2) } else { json!(draw.list(2, |draw| if draw.once_in(12) { odd(draw, 1) } else { draw.who().into() })) }
}

fn rule(draw: &mut Draw, alone: &str) -> Value {
    let mut rule = json!({ "accounts": accounts(draw) });
    for (key, value) in [("environment", draw.name().into()), ("connector", draw.name().into()), (alone, draw.once_in(2).into())] {
        if draw.once_in(3) {
            rule[key] = if draw.once_in(6) { odd(draw, 1) } else { value };
        }
    }
    rule
}

fn settings_of(draw: &mut Draw) -> Value {
    json!({ "accounts": accounts(draw), "rules": draw.list(2, |draw| rule(draw, "sign_in_alone")), "sign_in_alone": draw.once_in(2), "extra_requests": odd_flag(draw) })
}

fn odd_flag(draw: &mut Draw) -> Value {
    if draw.once_in(12) { odd(draw, 1) } else { draw.once_in(2).into() }
}

fn record(draw: &mut Draw) -> Value {
    let at = draw.time();
    let item = draw.name();
    json!({
        "accounts": accounts(draw),
        "ticks": { draw.pick(&["people", "connect", "never"]): at },
        "items": { item.as_str(): { "at": at, "of": [draw.name()] } },
        "dismissals": { item.as_str(): { "reason": draw.name(), "at": at } },
        "notes": { item: { "text": draw.name(), "at": at } },
        "past": [{ "at": at, "was": { "step": ["people", at] } }],
        "first_look": { "mismatch": draw.below(3), "leftovers": 0, "at": at, "acting": [{ "who": draw.who(), "names": [draw.name()] }] },
    })
}

fn items(draw: &mut Draw) -> Value {
    let managed = json!({ "intended": draw.list(2, |draw| rule(draw, "signInAlone")), "locked": odd_flag(draw), "extraRequests": odd_flag(draw) });
    let appearance = json!({ "theme": draw.pick(&["system", "dark", "pink"]), "bar": draw.pick(&["top", "nowhere"]) });
    json!({ "settings": settings_of(draw), "managed": if draw.once_in(3) { odd(draw, 2) } else { managed }, "appearance": appearance, FLOW: record(draw), draw.name(): odd(draw, 2) })
}

/// What lies in local storage.
pub fn kept(bytes: &[u8]) {
    let bytes = document(bytes, items);
    let Ok(items) = serde_json::from_slice::<Value>(&bytes) else { return };
    let kept = Kept::from_items(&items);
    let again = serde_json::to_value(&kept.settings).expect("settings are written");
    let back = Kept::from_items(&json!({ "settings": again, FLOW: kept.record(FLOW) }));
    assert_eq!((&back.settings, back.record(FLOW)), (&kept.settings, kept.record(FLOW)), "what is kept is read back");
    let intent = kept.intent("default-1", "f");
    let all = intent.connectors.values().chain([&intent.base]).flat_map(|choice| &choice.accounts);
    assert!(all.clone().all(|pattern| pattern.as_str().chars().any(|c| c != '*' && !c.is_whitespace())), "nobody is intended by nothing, or everybody by `*`");
    let policy = items.get("managed").map(Policy::read).unwrap_or_default();
    assert_eq!(kept.policy, policy);
    strict(&policy);
    for fitting in kept.rules("default-1", "f").fitting("default-1", Some("shared_office365")) {
        assert!(!fitting.accounts.is_empty(), "a rule names somebody");
    }
}

/// What can't be read in a policy makes it strict, and is told in few words.
fn strict(policy: &Policy) {
    if policy.faults.is_empty() {
        assert_ne!(policy.lock, Lock::Everything);
    } else {
        assert_eq!((policy.lock, policy.extra_requests, policy.sign_in_alone), (Lock::Everything, Some(false), Some(false)));
        assert!(policy.faults.iter().all(|fault| fault.chars().count() <= 120), "few words: {:?}", policy.faults);
    }
    assert!(policy.rules.iter().all(|rule| !rule.accounts.is_empty()), "a rule names somebody");
}

/// Settings as a file.
pub fn settings(bytes: &[u8]) {
    let bytes = document(bytes, |draw| {
        let flows = json!({ FLOW: accounts(draw) });
        let mut file = json!({ "format": "connection-lens/settings/1", "settings": settings_of(draw), "flows": flows, "appearance": { "theme": "dark" } });
        if draw.once_in(8) {
            file[draw.name()] = odd(draw, 2);
        }
        file
    });
    let text = String::from_utf8_lossy(&bytes);
    let before = json!({ FLOW: { "ticks": { "people": 7.0 } }, "bar": { "x": 1 } });
    match from_settings_file(&text, &before) {
        Ok(keep) => {
            assert!(keep.keys().all(|key| key == "settings" || key == "appearance" || key.starts_with("flow:")), "only settings are taken: {keep:?}");
            let kept = Value::Object(keep.clone());
            let written = settings_file(&kept);
            let again = from_settings_file(&written, &kept).expect("our own file");
            let (one, other) = (Kept::from_items(&kept), Kept::from_items(&Value::Object(again)));
            assert_eq!((&one.settings, one.intent("default-1", "f")), (&other.settings, other.intent("default-1", "f")), "what is written is read");
        }
        Err(said) => {
            let sentence = said.english();
            assert!(!sentence.starts_with('['), "a sentence: {sentence}");
            assert!(said.args.iter().all(|arg| arg.chars().count() <= 120), "few words: {sentence}");
        }
    }
}
