//! The record: everything that the audit found and people decided, as plain values. Every paper is written from it; as JSON it is its own schema.

use serde::Serialize;

use super::{At, Subject};
use crate::audit::{Counts, Evidence, Grade, Judged, Leftover, Need, Places, StepId, StepState, Unsaved, Verdict, Why, title};
use crate::model::{Account, AccountPattern, FlowForm, Gap, Health, OperationKind, connector_name};
use crate::words::Words;

/// The schema's name and version. The number changes when a field's meaning does; fields may be added without. See `docs/audit-schema.md`.
pub const SCHEMA: &str = "connection-lens/audit/1";

/// One flow's record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The program and its version.
    pub made_with: String,
    /// When it was made.
    pub made_at: Option<At>,
    /// Which flow.
    pub flow: FlowRow,
    /// Who should stand behind the operations; none: nobody has said.
    pub intended: Vec<AccountPattern>,
    /// The sign-in account alone decides.
    pub sign_in_alone: bool,
    /// What it was made from.
    pub sources: Vec<Source>,
    /// What was wanted and isn't there.
    pub missing: Vec<Missing>,
    /// What in the flow could not be read.
    pub gaps: Vec<Gap>,
    /// The figures as they are now.
    pub counts: Counts,
    /// The figures when the flow was first judged against an intention.
    pub first_look: Option<Before>,
    /// Every operation, in the flow's order.
    pub operations: Vec<OperationRow>,
    /// What nothing uses any more, the surest first; those that somebody dismissed come last.
    pub leftovers: Vec<LeftoverRow>,
    /// The steps of the hand-over, in their order.
    pub checklist: Vec<StepRow>,
    /// The connections that an intended account needs.
    pub needs: Vec<NeedRow>,
    /// Who can tell what isn't known here: the flow's owners, as far as they are known.
    pub who_can_tell: Vec<Who>,
}

impl Report {
    /// How many leftovers are to be removed: suggested, and dismissed by nobody.
    #[must_use]
    pub fn to_remove(&self) -> usize {
        self.leftovers.iter().filter(|row| row.removable && row.dismissed.is_none()).count()
    }
}

/// Which flow.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FlowRow {
    /// Its name.
    pub name: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// The environment's id.
    pub environment: Option<String>,
    /// In which shape it was found.
    pub form: Option<FlowForm>,
    /// The file it was read from; none where it was read in the browser.
    pub file: Option<String>,
    /// When it was last saved, as the service wrote it.
    pub modified: Option<String>,
}

/// Something that was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// What.
    pub what: SourceKind,
    /// By which way.
    pub by: Way,
    /// When.
    pub at: Option<At>,
    /// The address with every id replaced, or the file's name.
    pub from: Option<String>,
}

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// The flow as saved.
    Flow,
    /// The flow as it was before the last save.
    FlowBeforeSave,
    /// The designer, with changes that aren't saved.
    DesignerUnsaved,
    /// The designer.
    Designer,
    /// The designer's list of connections for this flow.
    Picker,
    /// The environment's connections.
    Environment,
    /// The flow's connections pane.
    Listed,
    /// A list of connections that somebody gave.
    Connections,
    /// What an export package says of its connections.
    Package,
}

/// How something came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Power Automate loaded or held it.
    Page,
    /// It was asked for.
    Asked,
    /// From a file.
    File,
}

/// Something that was wanted and isn't there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    /// What.
    pub what: SourceKind,
    /// The status of the answer; 0: no answer; none where nothing was tried.
    pub status: Option<u16>,
    /// The service's own code, or what kept the request from being made.
    pub code: Option<String>,
    /// When it was tried.
    pub at: Option<At>,
}

/// The figures at the first look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Before {
    /// Operations to change.
    pub mismatch: usize,
    /// Leftovers that were counted.
    pub leftovers: usize,
    /// When.
    pub at: At,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The mail address, UPN or object id to know them by.
    pub address: Option<String>,
    /// The name people know them by.
    pub name: Option<String>,
}

/// What is said of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same as in the audit's verdict")]
pub enum Said {
    AsIntended,
    Mismatch,
    Unknown,
    RunOnly,
    NoConnection,
}

/// Which account of a mismatch is not an intended one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Differs {
    /// The sign-in account.
    pub sign_in: bool,
    /// The owner.
    pub owner: bool,
}

/// Whether a connection works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same as in the model's health")]
pub enum HealthWord {
    Connected,
    Broken,
    Unknown,
}

/// What an operation or a leftover runs on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunsOn {
    /// The reference's key.
    pub reference: Option<String>,
    /// The connector's id.
    pub connector: Option<String>,
    /// The connector's name as people know it.
    pub connector_name: Option<String>,
    /// The connection's id.
    pub connection: Option<String>,
    /// The connection's label.
    pub label: Option<String>,
    /// The account it acts as.
    pub sign_in: Option<Who>,
    /// Who created the connection.
    pub owner: Option<Who>,
    /// Whether it works; none where the connection isn't known.
    pub health: Option<HealthWord>,
    /// The service's own code for what is wrong with it.
    pub health_code: Option<String>,
}

/// An operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OperationRow {
    /// Its key in the definition.
    pub name: String,
    /// Trigger or action.
    pub kind: OperationKind,
    /// `OpenApiConnection`, `If`, …
    #[serde(rename = "type")]
    pub type_name: String,
    /// The names of what encloses it, outermost first.
    pub path: Vec<String>,
    /// Which branch of the innermost enclosing action.
    pub branch: String,
    /// What it runs on.
    #[serde(flatten)]
    pub runs_on: RunsOn,
    /// What is said of it.
    pub verdict: Said,
    /// Which account differs, for a mismatch.
    pub differs: Option<Differs>,
    /// Why nothing can be said, where that is so.
    pub why: Option<Why>,
    /// Whether it differs from the saved flow.
    pub unsaved: Unsaved,
    /// Its name as people see it.
    #[serde(skip)]
    pub title: String,
    /// What encloses it, in words.
    #[serde(skip)]
    pub place: Vec<Words>,
}

/// A leftover.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftoverRow {
    /// Its stable identity.
    pub id: String,
    /// What it is.
    #[serde(flatten)]
    pub runs_on: RunsOn,
    /// How sure it is.
    pub grade: Grade,
    /// Everything that speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
    /// Whether its removal is suggested: sure enough, and nothing would break.
    pub removable: bool,
    /// Operations that run on the same connection: removing it would break them.
    pub connection_used_by: Vec<String>,
    /// Why it stays, where somebody says so.
    pub dismissed: Option<Dismissed>,
}

/// Why something stays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dismissed {
    /// In the person's own words; may be empty.
    pub reason: String,
    /// When.
    pub at: At,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same as in the checklist's state")]
pub enum StateWord {
    Verified,
    ByHand,
    Open,
    Waiting,
    Later,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StepRow {
    /// Which.
    pub id: StepId,
    /// How far it is.
    pub state: StateWord,
    /// When it was ticked by hand.
    pub at: Option<At>,
}

/// A connection that an intended account needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedRow {
    /// The connector's id.
    pub connector: String,
    /// The connector's name as people know it.
    pub connector_name: String,
    /// How many working ones are visible.
    pub ready: usize,
    /// How many are there and don't work.
    pub broken: usize,
}

/// Makes the record of a flow.
#[must_use]
pub fn record(subject: &Subject) -> Report {
    let audit = subject.audit;
    let places = Places::new(&audit.operations);
    let (kept, dismissed): (Vec<&Leftover>, Vec<&Leftover>) =
        audit.leftovers.iter().partition(|leftover| !subject.decided.dismissals.contains_key(&leftover.id));
    let first_look = subject.decided.first_look.as_ref().map(|look| Before { mismatch: look.mismatch, leftovers: look.leftovers, at: At(look.at) });
    Report {
        schema: SCHEMA,
        made_with: concat!("connection-lens ", env!("CARGO_PKG_VERSION")).to_owned(),
        made_at: subject.made_at,
        flow: subject.flow.clone(),
        intended: subject.intent.base.accounts.clone(),
        sign_in_alone: subject.intent.base.sign_in_alone,
        sources: subject.sources.clone(),
        missing: subject.missing.clone(),
        gaps: subject.gaps.to_vec(),
        counts: audit.counts,
        first_look,
        operations: audit.operations.iter().map(|judged| operation(judged, &places)).collect(),
        leftovers: kept.into_iter().chain(dismissed).map(|leftover| left(leftover, subject)).collect(),
        checklist: subject.checklist.steps.iter().map(|step| step_row(step.id, step.state)).collect(),
        needs: subject.checklist.needs.iter().map(need).collect(),
        who_can_tell: audit.who_can_tell.iter().filter_map(who).collect(),
    }
}

fn who(account: &Account) -> Option<Who> {
    let name = account.display_name.clone().filter(|name| !name.trim().is_empty());
    let who = Who { address: account.address().map(str::to_owned), name };
    (who.address.is_some() || who.name.is_some()).then_some(who)
}

fn named(id: Option<&str>, told: Option<&str>) -> Option<String> {
    Some(connector_name(id, told)).filter(|name| !name.is_empty())
}

fn health(health: Option<&Health>) -> (Option<HealthWord>, Option<String>) {
    match health {
        None => (None, None),
        Some(Health::Connected) => (Some(HealthWord::Connected), None),
        Some(Health::Broken(code)) => (Some(HealthWord::Broken), code.clone()),
        Some(Health::Unknown) => (Some(HealthWord::Unknown), None),
    }
}

fn operation(judged: &Judged, places: &Places) -> OperationRow {
    let (verdict, differs, why) = match judged.verdict {
        Verdict::AsIntended => (Said::AsIntended, None, None),
        Verdict::Mismatch { sign_in, owner } => (Said::Mismatch, Some(Differs { sign_in, owner }), None),
        Verdict::Unknown { why } => (Said::Unknown, None, Some(why)),
        Verdict::RunOnly => (Said::RunOnly, None, None),
        Verdict::NoConnection => (Said::NoConnection, None, None),
    };
    let (health, health_code) = health(judged.health.as_ref());
    OperationRow {
        name: judged.name.clone(),
        kind: judged.kind,
        type_name: judged.type_name.clone(),
        path: judged.path.clone(),
        branch: judged.branch.clone(),
        runs_on: RunsOn {
            reference: judged.reference.clone(),
            connector: judged.connector.clone(),
            connector_name: named(judged.connector.as_deref(), judged.connector_name.as_deref()),
            connection: judged.connection.clone(),
            label: judged.label.clone(),
            sign_in: judged.sign_in.as_ref().and_then(who),
            owner: judged.owner.as_ref().and_then(who),
            health,
            health_code,
        },
        verdict,
        differs,
        why,
        unsaved: judged.unsaved,
        title: title(&judged.name),
        place: places.steps(judged),
    }
}

fn left(leftover: &Leftover, subject: &Subject) -> LeftoverRow {
    let (health, health_code) = health(leftover.health.as_ref());
    let dismissal = subject.decided.dismissals.get(&leftover.id);
    LeftoverRow {
        id: leftover.id.clone(),
        runs_on: RunsOn {
            reference: leftover.reference.clone(),
            connector: leftover.connector.clone(),
            connector_name: named(leftover.connector.as_deref(), leftover.connector_name.as_deref()),
            connection: leftover.connection.clone(),
            label: leftover.label.clone(),
            sign_in: leftover.sign_in.as_ref().and_then(who),
            owner: leftover.owner.as_ref().and_then(who),
            health,
            health_code,
        },
        grade: leftover.grade,
        evidence: leftover.evidence.clone(),
        removable: leftover.is_removable(),
        connection_used_by: leftover.connection_used_by.clone(),
        dismissed: dismissal.map(|dismissal| Dismissed { reason: dismissal.reason.clone(), at: At(dismissal.at) }),
    }
}

fn step_row(id: StepId, state: StepState) -> StepRow {
    let (state, at) = match state {
        StepState::Verified => (StateWord::Verified, None),
        StepState::ByHand { at } => (StateWord::ByHand, Some(At(at))),
        StepState::Open => (StateWord::Open, None),
        StepState::Waiting => (StateWord::Waiting, None),
        StepState::Later => (StateWord::Later, None),
    };
    StepRow { id, state, at }
}

fn need(need: &Need) -> NeedRow {
    NeedRow {
        connector: need.connector.to_owned(),
        connector_name: connector_name(Some(need.connector), need.example.connector_name.as_deref()),
        ready: need.ready.len(),
        broken: need.broken.len(),
    }
}
