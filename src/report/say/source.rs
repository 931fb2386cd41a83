//! What a record's sources are called.

use super::Speech;
use crate::report::record::{Missing, Source, SourceKind, Way};
use crate::words::Text;

impl Speech<'_> {
    pub fn what(self, what: SourceKind) -> String {
        self.key(match what {
            SourceKind::Flow => "source_flow",
            SourceKind::FlowBeforeSave => "source_before_save",
            SourceKind::Designer => "source_designer",
            SourceKind::DesignerUnsaved => "record_designer_unsaved",
            SourceKind::Picker => "source_picker",
            SourceKind::Environment => "source_environment",
            SourceKind::Listed => "source_listed",
            SourceKind::Connections => "record_connections",
            SourceKind::Package => "record_package",
        })
    }

    pub fn by(self, source: &Source) -> String {
        let at = source.at.map(|at| self.time(at)).unwrap_or_default();
        match source.by {
            Way::Page => self.say(&Text::new("source_seen").with(at)),
            Way::Asked => self.say(&Text::new("source_asked").with(at)),
            Way::File => self.key("record_from_file"),
        }
    }

    /// Why something isn't there.
    pub fn lack(self, missing: &Missing) -> String {
        let said = match (missing.status, &missing.code) {
            (None, _) => self.key("source_not_read"),
            (Some(0), Some(code)) => self.say(&Text::new("record_no_answer_because").with(code.clone())),
            (Some(0), None) => self.key("trouble_no_answer"),
            (Some(status), Some(code)) => self.say(&Text::new("record_answered_because").with(status.to_string()).with(code.clone())),
            (Some(status), None) => self.say(&Text::new("trouble_status").with(status.to_string())),
        };
        match missing.at {
            Some(at) => format!("{said} ({})", self.time(at)),
            None => said,
        }
    }
}
