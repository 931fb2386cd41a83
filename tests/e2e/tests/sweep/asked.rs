//! What was asked of the services, told by the portal's log.

use std::collections::BTreeMap;

use connection_lens_e2e::{Failure, Outcome, Stage, wait_for};
use practice_portal::{Portal, Request};
use serde_json::json;

use crate::planted;

/// What was asked for, by the flows' ids and with the answers' statuses in their order.
#[derive(Debug, Default)]
pub struct Asked {
    pub flows: BTreeMap<String, Vec<u16>>,
    pub pickers: BTreeMap<String, Vec<u16>>,
    pub lists: usize,
    pub connections: usize,
    pub others: Vec<String>,
    pub most_at_once: usize,
}

impl Asked {
    /// Since the log was cleared.
    pub fn of(portal: &Portal) -> Self {
        let mut asked = Self::default();
        let is_ours = |request: &Request| request.method != "OPTIONS" && request.host.ends_with(".environment.api.powerplatform.com");
        for request in portal.log().into_iter().filter(is_ours) {
            asked.most_at_once = asked.most_at_once.max(request.under_way);
            let path = request.path_and_query.split('?').next().unwrap_or_default().to_owned();
            let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
            match parts.as_slice() {
                _ if request.method != "GET" || request.body_len > 0 => asked.others.push(format!("{} {path}", request.method)),
                ["powerautomate", "flows"] => asked.lists += 1,
                ["powerautomate", "flows", id] => asked.flows.entry((*id).to_owned()).or_default().push(request.status),
                ["powerautomate", "flows", id, "connections"] => asked.pickers.entry((*id).to_owned()).or_default().push(request.status),
                ["connectivity", "connections"] => asked.connections += 1,
                _ => asked.others.push(path),
            }
        }
        asked
    }

    /// How many requests there were.
    pub fn requests(&self) -> usize {
        let all = |of: &BTreeMap<String, Vec<u16>>| of.values().map(Vec::len).sum::<usize>();
        all(&self.flows) + all(&self.pickers) + self.lists + self.connections
    }

    /// Whether it was exactly what had to be: every flow once, each page once, no list of a flow's own twice or without need, never more than two at once.
    /// Without `own_list` the signed-in person's list of connections can't be had.
    pub fn is_exact(&self, portal: &Portal, own_list: bool) -> Outcome<()> {
        let (planted, weather) = (portal.planted(), portal.weather());
        let all: BTreeMap<String, Vec<u16>> = planted.iter().map(|flow| (flow.id.clone(), planted::answers(&weather, flow))).collect();
        let differs: Vec<String> = all
            .iter()
            .filter(|(id, wanted)| self.flows.get(*id) != Some(wanted))
            .map(|(id, wanted)| format!("{id}: {wanted:?} wanted, {:?}", self.flows.get(id)))
            .collect();
        let needless: Vec<&String> =
            planted.iter().filter(|flow| self.pickers.contains_key(&flow.id) && !planted::may_ask_for_its_own(flow, own_list)).map(|flow| &flow.id).collect();
        let missing: Vec<&String> =
            planted.iter().filter(|flow| !self.pickers.contains_key(&flow.id) && planted::must_ask_for_its_own(flow)).map(|flow| &flow.id).collect();
        let twice: Vec<&String> = self.pickers.iter().filter(|(_, statuses)| **statuses != [200]).map(|(id, _)| id).collect();
        let is_well =
            differs.is_empty() && self.flows.len() == all.len() && needless.is_empty() && missing.is_empty() && twice.is_empty() && self.others.is_empty();
        if is_well && self.lists == planted::pages(portal) && self.connections == usize::from(own_list) && self.most_at_once <= 2 {
            return Ok(());
        }
        Err(Failure::new(format!(
            "flows: {differs:?} ({} asked for); own lists: needless {needless:?}, missing {missing:?}, twice {twice:?}; pages {} of {}; connections {}; at once {}; others {:?}",
            self.flows.len(),
            self.lists,
            planted::pages(portal),
            self.connections,
            self.most_at_once,
            self.others
        )))
    }
}

/// The portal's own window has used its lists, and what was asked so far is forgotten.
pub async fn begin(stage: &Stage) -> Outcome<()> {
    stage.to_page().await?;
    stage.use_lists().await
}

/// Has the portal list its environments, as somebody who wants to change to another one.
pub async fn list_environments(stage: &Stage) -> Outcome<()> {
    stage.to_page().await?;
    stage.click("details.environment summary").await?;
    let listed = "return document.querySelectorAll('details.environment a').length";
    wait_for("the portal's environments", async || Ok((stage.script(listed, vec![]).await? == json!(3)).then_some(()))).await
}
