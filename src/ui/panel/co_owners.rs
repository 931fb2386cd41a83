//! Who else may edit the flow, and who may run it: nothing of it acts in anybody's name, but a person should have looked.

use super::{Scene, parts};
use crate::model::Account;
use crate::ui::node::{Element, Tag, el};
use crate::ui::person::{Manner, avatar, called};
use crate::ui::{Attr, Icon};
use crate::words::Text;

/// What is known of them, and the way to look.
pub fn list(scene: &Scene) -> Vec<Element> {
    let note = el(Tag::P, "note").with(Text::new("step_people_note"));
    let counts = scene.counts();
    let run_only = (counts.run_only > 0).then(|| parts::notice(Icon::RunOnly, Text::counted("people_may_run", counts.run_only)));
    [Some(note), owners(scene), run_only, parts::to_details(scene)].into_iter().flatten().collect()
}

fn owners(scene: &Scene) -> Option<Element> {
    let directory = scene.sight.directory();
    let owners: Vec<Account> = scene.sight.known.flow_owners.iter().map(|owner| directory.complete(owner)).collect();
    let row = |owner: &Account| {
        let intended = scene.sight.intent.allows_somewhere(owner, &directory);
        let manner = if intended { Manner::Chosen } else { Manner::Plain };
        el(Tag::Li, "co-owner")
            .key(format!("co-owner:{}", owner.address().unwrap_or_default()))
            .with(avatar(Some(owner), manner).class(true, "small"))
            .with(called(owner))
    };
    (!owners.is_empty()).then(|| {
        let words = el(Tag::P, "caption").attr(Attr::Id("co-owners")).with(Text::counted("people_owners", owners.len()));
        el(Tag::Section, "card co-owners").key("co-owners").attr(Attr::LabelledBy("co-owners")).with(words).with(el(Tag::Ul, "").all(owners.iter().map(row)))
    })
}
