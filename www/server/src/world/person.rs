//! The people of Contoso.

/// The tenant of everybody.
pub(crate) const TENANT: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";

/// Somebody at Contoso.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person {
    pub name: &'static str,
    pub mail: &'static str,
    pub id: &'static str,
}

pub(crate) const ANA: Person = Person { name: "Ana Kovač", mail: "ana.kovac@contoso.com", id: "8323f7fe-e8a4-46c4-b5ea-f4864887d160" };
pub(crate) const BEN: Person = Person { name: "Ben Ortiz", mail: "ben.ortiz@contoso.com", id: "fe36f75e-c103-410b-a18a-2bf6df06ac3a" };
pub(crate) const SERVICE: Person = Person { name: "Flow Service", mail: "svc-flows@contoso.com", id: "c0ffee00-5e7c-4f10-9a0b-5e2f1ce0acc7" };
/// Somebody who has left: no answer names her but by her object id.
pub(crate) const GONE: Person = Person { name: "", mail: "", id: "9d0e1f2a-3b4c-4d5e-8f60-718293a4b5c6" };

/// Colleagues whose flows Ana sees in a large environment, and a mailbox of a team.
pub(crate) const DORA: Person = Person { name: "Dora Lind", mail: "dora.lind@contoso.com", id: "3c8e2da1-5f60-4b7c-9d8e-af1b2c3d4e5f" };
pub(crate) const EMIL: Person = Person { name: "Emil Novák", mail: "emil.novak@contoso.com", id: "4d9f3eb2-6071-4c8d-8e9f-b02c3d4e5f60" };
pub(crate) const FACILITIES: Person = Person { name: "Facilities", mail: "facilities@contoso.com", id: "5ea04fc3-7182-4d9e-9fa0-c13d4e5f6071" };

/// Somebody who has no part in any flow.
pub(crate) const CLEO: Person = Person { name: "Cleo Marsh", mail: "cleo.marsh@contoso.com", id: "2b7d1c90-4e5f-4a6b-8c7d-9e0f1a2b3c4d" };

impl Person {
    /// Whoever can sign in here, by address.
    pub fn with(mail: &str) -> Option<Self> {
        [ANA, BEN, SERVICE, CLEO, DORA, EMIL, FACILITIES].into_iter().find(|person| person.mail == mail)
    }

    /// The person's row in Dataverse, which has an id of its own.
    pub fn row(self) -> String {
        format!("5e7c0de0{}", self.id.get(8..).unwrap_or_default())
    }
}
