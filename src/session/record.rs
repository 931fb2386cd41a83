//! The record of the flow on the page.

use super::{Seen, Sight};
use crate::protocol::Asked;
use crate::report::{At, FlowRow, Missing, Report, Source, SourceKind, Subject, Way, record};

impl Sight<'_> {
    /// The record as things stand, made at this time (milliseconds since 1970).
    #[must_use]
    pub fn report(&self, now: f64) -> Report {
        let flow = self.known.saved;
        record(&Subject {
            made_at: Some(At(now)),
            flow: FlowRow {
                name: flow.and_then(|flow| flow.display_name.clone()),
                id: Some(self.facts.id.clone()),
                environment: Some(self.facts.environment.clone()).filter(|environment| !environment.is_empty()),
                form: flow.map(|flow| flow.form),
                file: self.facts.file.clone(),
                modified: flow.and_then(|flow| flow.modified.clone()),
            },
            sources: self.sources(),
            missing: self.missing(),
            gaps: self.facts.saved.as_ref().map_or(&[], |saved| &saved.gaps),
            intent: &self.intent,
            audit: &self.audit,
            checklist: &self.checklist(),
            decided: &self.record,
            directory: &self.directory(),
        })
    }

    fn seen(&self) -> [(SourceKind, Option<&Seen>); 4] {
        let saved = self.facts.saved.as_ref();
        let flow = if saved.is_some_and(|saved| saved.old) { SourceKind::FlowBeforeSave } else { SourceKind::Flow };
        [
            (flow, saved.map(|saved| &saved.seen)),
            (SourceKind::Picker, self.facts.picker_seen.as_ref()),
            (SourceKind::Environment, self.pool.and_then(|pool| pool.seen.as_ref())),
            (SourceKind::Listed, self.facts.listed_seen.as_ref()),
        ]
    }

    fn sources(&self) -> Vec<Source> {
        let live = self.facts.live.as_ref().filter(|_| self.known.designer.is_some()).map(|live| Source {
            what: if live.designer.unsaved { SourceKind::DesignerUnsaved } else { SourceKind::Designer },
            by: Way::Page,
            at: Some(At(live.at)),
            from: None,
        });
        let read = self.seen().into_iter().filter_map(|(what, seen)| {
            let seen = seen?;
            let by = if seen.asked { Way::Asked } else { Way::Page };
            Some(Source { what, by, at: Some(At(seen.at)), from: Some(seen.source.clone()) })
        });
        live.into_iter().chain(read).collect()
    }

    fn missing(&self) -> Vec<Missing> {
        let unread = self.seen().into_iter().filter(|(_, seen)| seen.is_none());
        let missing = unread.map(|(what, _)| {
            let asked = match what {
                SourceKind::Flow => Some(Asked::Flow),
                SourceKind::Picker => Some(Asked::FlowConnections),
                SourceKind::Environment => Some(Asked::Connections),
                _ => None,
            };
            match asked.and_then(|asked| self.facts.trouble(asked)) {
                Some(trouble) => Missing { what, status: Some(trouble.status), code: trouble.code.clone(), at: Some(At(trouble.at)).filter(|at| at.0 > 0.0) },
                None => Missing { what, status: None, code: None, at: None },
            }
        });
        missing.collect()
    }
}
