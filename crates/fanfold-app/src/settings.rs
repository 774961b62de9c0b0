//! The settings of a library, each with where it came from. Precedence: flag, environment,
//! `fanfold.toml` in the library, default. Flags and the environment are read by the binary and
//! handed in; nothing here asks for them.

use crate::Result;
use crate::error::AppError;
use crate::tools::Tools;
use fanfold_source::Limits;
use std::path::Path;

/// Where a setting came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command.
    Flag,
    /// An environment variable.
    Environment,
    /// `fanfold.toml`.
    File,
    /// Nothing said otherwise.
    Default,
}

impl Origin {
    /// The origin in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::File => "fanfold.toml",
            Self::Default => "default",
        }
    }
}

/// One setting as `config check` shows it. Secrets are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingLine {
    /// Section and key ("site.base_url").
    pub key: &'static str,
    /// The value in force.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
}

/// What a flag or the environment says, before the file is read.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Key, value, origin; the first entry for a key wins.
    pub entries: Vec<(&'static str, String, Origin)>,
}

/// Settings in force.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A PostgreSQL address; `None` for SQLite in the library.
    pub database_url: Option<String>,
    /// The address the site is reached at, for feeds and links that leave it.
    pub base_url: Option<String>,
    /// Networks of proxies whose forwarding headers are believed.
    pub trusted_proxies: Vec<String>,
    /// Time zone for dates on pages.
    pub time_zone: String,
    /// Whether readers are asked before adult works, on loopback too.
    pub adult_gate: bool,
    /// Limits on input.
    pub limits: Limits,
    /// Programs that read what Fanfold does not.
    pub tools: Tools,
    /// Every setting with its origin.
    pub lines: Vec<SettingLine>,
}

impl Default for Settings {
    fn default() -> Self {
        Reader {
            table: toml::Table::new(),
            overrides: Overrides::default(),
            lines: Vec::new(),
            wrong: Vec::new(),
        }
        .settings()
    }
}

impl Settings {
    /// Reads `fanfold.toml` and lays flags and environment over it.
    ///
    /// # Errors
    /// If the file is no TOML, has an unknown key, or a value does not fit.
    pub fn read(file: &Path, overrides: Overrides) -> Result<Self> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(AppError::at(file, &error, "check its permissions")),
        };
        let wrong = |reason: String| AppError::Path {
            path: file.to_owned(),
            reason,
            hint: "see docs/operator-guide.md, “Settings”".to_owned(),
        };
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| wrong(error.message().to_owned()))?;
        let mut reader = Reader { table, overrides, lines: Vec::new(), wrong: Vec::new() };
        reader.unknown_keys();
        let wrongs = reader.wrong.clone();
        let settings = reader.settings_checked().map_err(&wrong)?;
        if let Some(reason) = wrongs.first() {
            return Err(wrong(reason.clone()));
        }
        Ok(settings)
    }
}

/// Every key there is; anything else in the file is a mistake worth telling.
const KEYS: [(&str, &[&str]); 5] = [
    ("database", &["url", "url_file"]),
    ("site", &["base_url", "trusted_proxies", "time_zone", "adult_gate"]),
    (
        "limits",
        &[
            "book_entries",
            "book_bytes",
            "book_ratio",
            "container_entries",
            "container_depth",
            "member_bytes",
            "container_ratio",
            "text_bytes",
            "memory_bytes",
        ],
    ),
    ("tools", &["doc", "seconds", "output_bytes"]),
    ("format", &[]),
];

struct Reader {
    table: toml::Table,
    overrides: Overrides,
    lines: Vec<SettingLine>,
    wrong: Vec<String>,
}

impl Reader {
    fn unknown_keys(&mut self) {
        for (section, value) in &self.table {
            let Some((_, keys)) = KEYS.iter().find(|(name, _)| name == section) else {
                self.wrong.push(format!("there is no section or key `{section}`"));
                continue;
            };
            for key in value.as_table().into_iter().flat_map(toml::Table::keys) {
                if !keys.contains(&key.as_str()) {
                    self.wrong.push(format!("there is no key `{key}` in section [{section}]"));
                }
            }
        }
    }

    fn settings(self) -> Settings {
        match self.settings_checked() {
            Ok(settings) => settings,
            Err(_) => unreachable_default(),
        }
    }

    fn settings_checked(mut self) -> std::result::Result<Settings, String> {
        let database_url = match self.text("database.url", None) {
            Some(url) => Some(url),
            None => self.secret_file()?,
        };
        let base_url = self.text("site.base_url", None);
        let proxies = self.text("site.trusted_proxies", Some("127.0.0.1/32, ::1/128"));
        let time_zone = self.text("site.time_zone", Some("UTC")).unwrap_or_default();
        let adult_gate = self.text("site.adult_gate", Some("true")).unwrap_or_default();
        let adult_gate = adult_gate
            .parse()
            .map_err(|_| format!("site.adult_gate is true or false, not `{adult_gate}`"))?;
        let limits = self.limits()?;
        let tools = self.tools()?;
        Ok(Settings {
            database_url,
            base_url,
            trusted_proxies: proxies
                .unwrap_or_default()
                .split(',')
                .map(|network| network.trim().to_owned())
                .filter(|network| !network.is_empty())
                .collect(),
            time_zone,
            adult_gate,
            limits,
            tools,
            lines: self.lines,
        })
    }

    fn limits(&mut self) -> std::result::Result<Limits, String> {
        let base = Limits::default();
        Ok(Limits {
            book_entries: self.number("limits.book_entries", base.book_entries)?,
            book_bytes: self.number("limits.book_bytes", base.book_bytes)?,
            book_ratio: self.number("limits.book_ratio", base.book_ratio)?,
            container_entries: self.number("limits.container_entries", base.container_entries)?,
            container_depth: u32::try_from(
                self.number("limits.container_depth", u64::from(base.container_depth))?,
            )
            .map_err(|_| "limits.container_depth is too large".to_owned())?,
            member_bytes: self.number("limits.member_bytes", base.member_bytes)?,
            container_ratio: self.number("limits.container_ratio", base.container_ratio)?,
            text_bytes: self.number("limits.text_bytes", base.text_bytes)?,
            memory_bytes: self.number("limits.memory_bytes", base.memory_bytes)?,
        })
    }

    fn tools(&mut self) -> std::result::Result<Tools, String> {
        let base = Tools::default();
        let doc = self.text("tools.doc", None).unwrap_or_default();
        Ok(Tools {
            doc: doc.split_whitespace().map(str::to_owned).collect(),
            seconds: self.number("tools.seconds", base.seconds)?,
            output_bytes: self.number("tools.output_bytes", base.output_bytes)?,
        })
    }

    fn number(&mut self, key: &'static str, default: u64) -> std::result::Result<u64, String> {
        let text = self.text(key, Some(&default.to_string())).unwrap_or_default();
        text.replace('_', "").parse().map_err(|_| format!("{key} is a whole number, not `{text}`"))
    }

    /// A secret may come from a file, so that it stands in no settings and no process list.
    fn secret_file(&mut self) -> std::result::Result<Option<String>, String> {
        let Some(path) = self.text("database.url_file", None) else { return Ok(None) };
        let secret = std::fs::read_to_string(&path)
            .map_err(|error| format!("database.url_file {path}: {error}"))?;
        Ok(Some(secret.trim().to_owned()))
    }

    fn text(&mut self, key: &'static str, default: Option<&str>) -> Option<String> {
        let said = self.overrides.entries.iter().find(|(name, ..)| *name == key);
        let (value, origin) = match (said, self.in_file(key), default) {
            (Some((_, value, origin)), ..) => (value.clone(), *origin),
            (None, Some(value), _) => (value, Origin::File),
            (None, None, Some(value)) => (value.to_owned(), Origin::Default),
            (None, None, None) => {
                self.line(key, "(not set)", Origin::Default);
                return None;
            }
        };
        let shown = if key == "database.url" { masked(&value) } else { value.clone() };
        self.line(key, &shown, origin);
        Some(value)
    }

    fn line(&mut self, key: &'static str, value: &str, origin: Origin) {
        self.lines.push(SettingLine { key, value: value.to_owned(), origin });
    }

    fn in_file(&self, key: &str) -> Option<String> {
        let (section, name) = key.split_once('.')?;
        let value = self.table.get(section)?.get(name)?;
        Some(match value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Array(list) => {
                list.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(", ")
            }
            other => other.to_string(),
        })
    }
}

/// The defaults always fit; this is what they are, should a future edit break that.
fn unreachable_default() -> Settings {
    Settings {
        database_url: None,
        base_url: None,
        trusted_proxies: Vec::new(),
        time_zone: "UTC".to_owned(),
        adult_gate: true,
        limits: Limits::default(),
        tools: Tools::default(),
        lines: Vec::new(),
    }
}

/// A database address without its password.
fn masked(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            let user = url[scheme + 3..at].split(':').next().unwrap_or_default();
            format!("{}://{user}:…@{}", &url[..scheme], &url[at + 1..])
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, overrides: Overrides) -> Result<Settings> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("fanfold.toml");
        std::fs::write(&file, text).unwrap();
        Settings::read(&file, overrides)
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_both_over_the_file() {
        let text = "[site]\nbase_url = \"https://file.example\"\n";
        let both = vec![
            ("site.base_url", "https://flag.example".to_owned(), Origin::Flag),
            ("site.base_url", "https://env.example".to_owned(), Origin::Environment),
        ];
        let settings = read(text, Overrides { entries: both }).unwrap();
        assert_eq!(settings.base_url.as_deref(), Some("https://flag.example"));
        let line = settings.lines.iter().find(|line| line.key == "site.base_url").unwrap();
        assert_eq!(line.origin, Origin::Flag);
    }

    #[test]
    fn a_misspelt_key_is_told_and_not_ignored() {
        let error = read("[site]\nbase_ulr = \"x\"\n", Overrides::default()).unwrap_err();
        assert!(error.to_string().contains("`base_ulr`"), "{error}");
    }

    #[test]
    fn the_password_of_a_database_is_never_shown() {
        let text = "[database]\nurl = \"postgres://ann:secret@db.example/fan\"\n";
        let settings = read(text, Overrides::default()).unwrap();
        assert!(settings.lines.iter().all(|line| !line.value.contains("secret")));
        assert_eq!(settings.database_url.as_deref(), Some("postgres://ann:secret@db.example/fan"));
    }

    #[test]
    fn a_program_is_a_command_with_its_arguments_and_there_is_none_by_default() {
        let text = "[tools]\ndoc = \"antiword -w 0\"\nseconds = 5\n";
        let tools = read(text, Overrides::default()).unwrap().tools;
        assert_eq!(tools.doc, ["antiword", "-w", "0"]);
        assert_eq!(tools.seconds, 5);
        assert!(Settings::default().tools.doc.is_empty());
    }

    #[test]
    fn a_limit_can_be_raised() {
        let settings = read("[limits]\nbook_entries = 5000\n", Overrides::default()).unwrap();
        assert_eq!(settings.limits.book_entries, 5000);
    }
}
