//! Figure 5: the background is killed a hundred times, at moments drawn by lot, while somebody works. In the end all is as it would have been.
//! (Every single moment of every step is tried in extension/tests/moments.test.js, with the built core and no browser.)

use std::time::{Duration, Instant};

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, measured, wait_for};
use serde_json::{Value, json};

use crate::lot::Lot;
use crate::seed;

const KILLS: usize = 100;

/// A kill comes so many milliseconds after a press, at most: it falls before, into and after what follows from the press.
const MOST: usize = 90;

/// How many operations are to change in the scenario.
const STOPS: usize = 3;

/// What must last: the flow's facts and the person's decisions.
async fn kept(stage: &Stage) -> Outcome<Value> {
    let stored = stage.stored("session").await?;
    let local = stage.stored("local").await?;
    let facts = |doc: &Value| {
        let flow = &doc["flows"][0];
        json!({ "shown": doc["shown"], "saved": flow["saved"], "picker": flow["picker"], "troubles": flow["troubles"], "designer": flow["live"]["designer"], "connections": doc["pools"][0]["connections"] })
    };
    let docs: Vec<Value> = stored
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| key.starts_with("doc:"))
        .filter_map(|(_, state)| serde_json::from_str::<Value>(state.as_str()?).ok())
        .map(|doc| facts(&doc))
        .collect();
    Ok(json!({ "docs": docs, "local": local }))
}

/// What was pressed so far, as it should have come out.
#[derive(Default)]
struct Hand {
    highlight: bool,
    owners: bool,
    at: usize,
}

impl Hand {
    /// Presses one of the bar's buttons by lot; what the bar should say then.
    fn next(&mut self, lot: &mut Lot) -> &'static str {
        match lot.below(4) {
            0 => {
                self.highlight = !self.highlight;
                "Highlight"
            }
            1 => {
                self.owners = !self.owners;
                "Owners"
            }
            2 => {
                self.at = self.at % STOPS + 1;
                "Next"
            }
            _ => {
                self.at = if self.at <= 1 { STOPS } else { self.at - 1 };
                "Previous"
            }
        }
    }

    /// Waits until the bar shows all of it.
    async fn is_shown(&self, stage: &Stage) -> Outcome<()> {
        let at = if self.at == 0 { format!("– / {STOPS}") } else { format!("{} / {STOPS}", self.at) };
        let mut last = None;
        let shown = wait_for("what was pressed", async || {
            last = stage.bar_at_a_look().await?;
            Ok(last
                .as_ref()
                .is_some_and(|(said, highlight, owners)| said.contains(&at) && (*highlight, *owners) == (self.highlight, self.owners))
                .then_some(()))
        });
        shown.await.map_err(|failure| Failure::new(format!("{failure}: {at}, highlight {}, owners {}; it shows {last:?}", self.highlight, self.owners)))
    }
}

pub async fn killed_a_hundred_times_at_random_the_end_is_the_same(browser: Browser) -> Outcome<()> {
    let seed = seed();
    let mut lot = Lot::new(seed);
    println!("seed {seed}: TRUST_SEED={seed} draws the same moments again");
    let stage = Stage::open(Look { heard: true, ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.send(json!({ "kind": "tick", "step": "people", "on": true, "at": 2.0 })).await?;
    stage.send(json!({ "kind": "note", "item": "people", "text": "asked Ben", "at": 3.0 })).await?;
    stage.panel_says("Live from the designer").await?;
    let before = kept(&stage).await?;
    assert!(before["local"].to_string().contains("asked Ben") && before["docs"][0]["saved"].is_object(), "{before}");
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    let start = Instant::now();
    let (mut hand, mut killed, mut presses) = (Hand::default(), 0, 0);
    while killed < KILLS {
        stage.press_bar(hand.next(&mut lot)).await?;
        presses += 1;
        // The one wait that waits for time to pass: the moment itself is what is drawn.
        tokio::time::sleep(Duration::from_millis(lot.below(MOST) as u64)).await;
        killed += usize::from(stage.kill_worker().await?);
        hand.is_shown(&stage).await?;
    }
    let took = start.elapsed();
    stage.open_panel().await?;
    stage.panel_says("Reassign operations").await?;
    assert_eq!(kept(&stage).await?, before, "seed {seed}");
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    measured(5, format!("background killed {killed} times at random during {presses} presses (seed {seed}), {:.0} s: lost 0, doubled 0", took.as_secs_f64()));
    stage.close().await
}
