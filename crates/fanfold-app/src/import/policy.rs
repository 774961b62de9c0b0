//! What an import holds back. A policy file is TOML; its keys are the fields here.

use crate::Result;
use crate::error::AppError;
use fanfold_model::{Finding, FindingCode, Visibility, Work};
use std::path::Path;

/// What to do with a work whose author restricts copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PermissionPolicy {
    /// Hold works that say "do not archive".
    #[default]
    HoldRefusals,
    /// Hold those that say "ask first", too.
    HoldUnlessFree,
    /// Hold none; the operator has the permission.
    Take,
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Authors' words about copies.
    pub permission: PermissionPolicy,
    /// Hold everything, for a look before publication.
    pub hold_all: bool,
    /// Visibility of what is taken (`public` if absent).
    pub visibility: Option<String>,
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// If the file cannot be read or says something unknown.
    pub fn from_file(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| AppError::at(path, &error, "check the path of the policy file"))?;
        let wrong = |reason: String| {
            AppError::Path {
            path: path.to_owned(),
            reason,
            hint: "known keys: permission (hold-refusals, hold-unless-free, take), hold_all, visibility"
                .to_owned(),
        }
        };
        let policy: Self =
            toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
        match &policy.visibility {
            Some(name) if Visibility::from_name(name).is_none() => {
                Err(wrong(format!("`{name}` is no visibility")))
            }
            _ => Ok(policy),
        }
    }

    /// Lays the policy over a fresh reading. Underage is always held; nothing held is released.
    pub(crate) fn apply(&self, work: &mut Work) {
        if let Some(visibility) = self.visibility.as_deref().and_then(Visibility::from_name) {
            work.visibility = visibility;
        }
        if work.held.is_some() {
            return;
        }
        let archiving = work.permissions.archiving.as_deref();
        let refused = match self.permission {
            PermissionPolicy::HoldRefusals => archiving == Some("no"),
            PermissionPolicy::HoldUnlessFree => matches!(archiving, Some("no" | "ask")),
            PermissionPolicy::Take => false,
        };
        if refused {
            work.held = Some("permission".to_owned());
            if !work.findings.iter().any(|finding| finding.code == FindingCode::PERMISSION.code) {
                let words = work.permissions.as_read.clone().unwrap_or_default();
                work.findings.push(Finding::new(
                    FindingCode::PERMISSION,
                    format!("the author says: {words}"),
                ));
            }
        } else if self.hold_all {
            work.held = Some("policy".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanfold_model::Permissions;

    fn work(archiving: &str) -> Work {
        let permissions = Permissions { archiving: Some(archiving.into()), as_read: None };
        Work { permissions, ..Work::default() }
    }

    #[test]
    fn a_refusal_is_held_and_a_question_only_when_the_policy_asks_for_it() {
        let (mut refused, mut asked) = (work("no"), work("ask"));
        Policy::default().apply(&mut refused);
        Policy::default().apply(&mut asked);
        assert_eq!((refused.held.as_deref(), asked.held.as_deref()), (Some("permission"), None));
        let strict = Policy { permission: PermissionPolicy::HoldUnlessFree, ..Policy::default() };
        strict.apply(&mut asked);
        assert_eq!(asked.held.as_deref(), Some("permission"));
    }

    #[test]
    fn no_policy_releases_what_is_held_for_another_reason() {
        let mut underage = Work { held: Some("underage".into()), ..Work::default() };
        Policy { permission: PermissionPolicy::Take, ..Policy::default() }.apply(&mut underage);
        assert_eq!(underage.held.as_deref(), Some("underage"));
    }
}
