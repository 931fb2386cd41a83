//! A sweep's papers: read back by readers that aren't ours, they hold the names as they are, and nothing that a name brought.

use connection_lens::model::{AccountPattern, Reading};
use connection_lens::report::{Account, At, English, Left, Mark, Moved, Paper, Swept, SweptFlow, UnusedReference, Who};
use connection_lens::sweep::{Answer, Question, Sight, Sweep, sheet as found};
use serde_json::Value;

use crate::draw::Draw;
use crate::facts;
use crate::papers::{is_formula, name_in, read_markdown, rows_in, rows_of, shown, texts_of};

const MARKS: [Mark; 7] = [Mark::Uses, Mark::LeftOver, Mark::Unreadable, Mark::Unknown, Mark::NotRead, Mark::Done, Mark::Clean];

/// What a sweep over drawn flows found.
fn drawn(bytes: &[u8]) -> Swept {
    let mut draw = Draw::new(bytes);
    let mut sweep = Sweep::default();
    sweep.know(draw.list(4, facts::connection));
    for _ in 0..draw.below(5) {
        let reading = Reading { found: facts::flow(&mut draw), gaps: Vec::new() };
        let flow = if draw.once_in(8) { Err(draw.name()) } else { Ok(&reading) };
        sweep.add(draw.name(), flow, draw.list(2, facts::connection));
    }
    sweep.end(draw.time());
    let intent = facts::intent(&mut draw);
    let pattern = if draw.once_in(8) { AccountPattern::new("svc-**@**.com") } else { facts::patterns(&mut draw).into_iter().next() };
    let question = pattern.map_or(Question::Rules, Question::Account);
    let sight = Sight::new(&sweep, &|_| intent.clone());
    let answer = Answer::new(&sweep, &sight, &question);
    let mut swept = found(&sweep, &sight, &question, &answer, draw.maybe(|draw| At(draw.time())), &|_, _| None);
    swept.flows.iter_mut().for_each(|flow| say_more(flow, &mut draw));
    swept.counts = Swept::counted(&swept.flows);
    swept.environment = draw.maybe(Draw::name);
    let account = |draw: &mut Draw| Account { who: who(draw), flows: draw.below(9), left_over: draw.below(9) };
    swept.accounts.extend(draw.list(2, account));
    swept.unused_references = draw.list(2, |draw| UnusedReference { file: draw.name(), logical_name: draw.name(), connector: draw.maybe(Draw::name) });
    swept
}

fn who(draw: &mut Draw) -> Who {
    Who { address: draw.maybe(Draw::who), name: draw.maybe(Draw::name) }
}

/// What flows of files don't have, and those of an environment do.
fn say_more(flow: &mut SweptFlow, draw: &mut Draw) {
    flow.name = if draw.once_in(4) { draw.maybe(Draw::name) } else { flow.name.take() };
    flow.file = draw.maybe(Draw::name);
    flow.mark = if draw.once_in(4) { draw.pick(&MARKS) } else { flow.mark };
    flow.switched_off = draw.pick(&[None, Some(true), Some(false)]);
    flow.since = draw.pick(&[None, Some(Moved::Fixed), Some(Moved::New), Some(Moved::Unchanged)]);
    flow.trouble = if draw.once_in(3) { Some(draw.name()) } else { flow.trouble.take() };
    flow.modified = draw.maybe(Draw::name);
    let left = |draw: &mut Draw| Left {
        connector: draw.name(),
        sign_in: draw.maybe(who),
        owner: draw.maybe(who),
        meant: draw.once_in(2),
        left_over: draw.once_in(3),
        operations: draw.below(4),
        names: draw.list(3, Draw::name),
        broken: draw.once_in(3),
    };
    flow.runs_on.extend(draw.list(1, left));
}

/// All papers of a sweep.
pub fn sheet(bytes: &[u8]) {
    let swept = drawn(bytes);
    csv(&swept);
    let page = swept.write(Paper::Html, &English);
    let texts = texts_of(&page);
    let rows = swept.flows.len() + swept.accounts.len() + swept.unused_references.len();
    assert_eq!(rows_of(&page), rows, "a row for each flow, account and reference");
    let paper = read_markdown(&swept.write(Paper::Markdown, &English));
    let sections = 2 + usize::from(swept.looked_for.is_some()) + usize::from(!swept.unused_references.is_empty());
    assert_eq!((paper.rows, paper.headings), (rows, 1 + sections), "the same on both papers, and a heading for each section");
    for name in swept.flows.iter().filter_map(|flow| flow.name.as_deref()).map(str::trim).filter(|name| !name.is_empty()) {
        let meant = shown(name);
        assert!(texts.contains(meant.as_bytes()), "the flow's own words: {meant:?}");
        assert!(
            paper.cells.iter().any(|cell| cell.lines().next().unwrap_or_default().trim() == meant.trim()),
            "the flow's own words: {meant:?} in {:?}",
            paper.cells
        );
    }
    if let Some(account) = &swept.looked_for {
        let title = format!("Where {} still is", shown(account));
        assert!(texts.contains(title.as_bytes()), "whom it is about: {title:?}");
    }
    json(&swept);
    text(&swept);
}

/// A row for each thing that a flow runs on, and one for each flow that runs on nothing.
fn csv(swept: &Swept) {
    let rows = rows_in(&swept.write(Paper::Csv, &English));
    assert!(rows.iter().flatten().all(|cell| !is_formula(cell)), "no cell is a formula: {rows:?}");
    let things = swept.flows.iter().flat_map(|flow| {
        let bare = flow.runs_on.is_empty().then_some((flow, None));
        flow.runs_on.iter().map(move |one| (flow, Some(one))).chain(bare)
    });
    let things: Vec<(&SweptFlow, Option<&Left>)> = things.collect();
    assert_eq!(rows.len(), 1 + things.len(), "no row that a name brought");
    for (row, (flow, one)) in rows[1..].iter().zip(things) {
        let text = |value: Option<&String>| value.cloned().unwrap_or_default();
        let [sign_in, owner] = [one.and_then(|one| one.sign_in.as_ref()), one.and_then(|one| one.owner.as_ref())];
        let meant = [
            text(flow.name.as_ref()),
            text(flow.id.as_ref()),
            text(flow.file.as_ref()),
            text(one.map(|one| &one.connector)),
            text(sign_in.and_then(|who| who.address.as_ref())),
            text(sign_in.and_then(|who| who.name.as_ref())),
            text(owner.and_then(|who| who.address.as_ref())),
            text(owner.and_then(|who| who.name.as_ref())),
            one.map(|one| one.names.join("; ")).unwrap_or_default(),
            text(flow.trouble.as_ref()),
            text(flow.modified.as_ref()),
        ];
        let read = [0, 1, 2, 6, 7, 8, 9, 10, 12, 14, 15].map(|column: usize| name_in(&row[column]).to_owned());
        assert_eq!(read, meant, "a flow's own words");
    }
}

fn json(swept: &Swept) {
    let document: Value = serde_json::from_str(&swept.write(Paper::Json, &English)).expect("JSON");
    let flows = document["flows"].as_array().expect("flows");
    assert_eq!((flows.len(), document["counts"]["all"].as_u64()), (swept.flows.len(), Some(swept.flows.len() as u64)));
    for (flow, said) in swept.flows.iter().zip(flows) {
        let one = |said: &Value| said["connector"].as_str().map(str::to_owned);
        let connectors: Vec<Option<String>> = said["runs_on"].as_array().into_iter().flatten().map(one).collect();
        assert_eq!(said["name"].as_str(), flow.name.as_deref(), "the flow's own words");
        assert_eq!(connectors, flow.runs_on.iter().map(|one| Some(one.connector.clone())).collect::<Vec<_>>());
    }
}

/// Nothing that could steer a terminal or turn what stands there, and no line that a name brought.
fn text(swept: &Swept) {
    let text = swept.text();
    assert_eq!(text.replace('\n', ""), shown(&text.replace('\n', "")), "nothing that could steer a terminal");
    let counts = swept.counts;
    let figures = [counts.unknown, counts.unreadable, counts.broken].into_iter().filter(|count| *count > 0).count();
    let told = swept.flows.iter().filter(|flow| flow.mark != Mark::Clean);
    let flows: usize = told.map(|flow| 1 + flow.runs_on.iter().filter(|one| one.meant).count() + usize::from(flow.trouble.is_some())).sum();
    let lists: usize = [swept.accounts.len(), swept.unused_references.len()].into_iter().filter(|rows| *rows > 0).map(|rows| 2 + rows).sum();
    assert_eq!(text.lines().count(), 2 + figures + flows + lists, "no line that a name brought: {text}");
}
