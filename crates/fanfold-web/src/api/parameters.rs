//! Which fields each address of the API takes.

use fanfold_model::query::Sort;
use fanfold_model::{Status, TagKind};
use serde_json::{Value, json};

use crate::error::Problem;
use crate::fields::Pairs;
use crate::listing::{ALONE, Wishes, orders};

/// Most works or tags in one answer.
pub(super) const MOST: u32 = 100;

/// What a field takes.
pub(super) enum Takes {
    /// Any text.
    Text,
    /// One of these.
    OneOf(Vec<String>),
    /// An order of works.
    Order,
    /// `true` or `false`.
    YesOrNo,
    /// A whole number, up to this.
    Number(u32),
    /// A date, as partial as wanted.
    Date,
}

/// A field of an address.
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) takes: Takes,
    /// Whether it may be given several times.
    pub(super) many: bool,
    pub(super) about: String,
}

/// A field that is given once.
fn one(name: &str, takes: Takes, about: impl Into<String>) -> Parameter {
    Parameter { name: name.to_owned(), takes, many: false, about: about.into() }
}

fn many(name: &str, takes: Takes, about: impl Into<String>) -> Parameter {
    Parameter { many: true, ..one(name, takes, about) }
}

/// The fields of `/api/v1/works`: those of the pages' filter form, and what only programs ask.
pub(super) fn of_works() -> Vec<Parameter> {
    let mut all = wishes();
    all.extend([
        one("after", Takes::Text, "go on behind the place that an earlier answer gave as `next`"),
        one("limit", Takes::Number(MOST), "most works in the answer; 20 without it"),
        one("facets", Takes::YesOrNo, "count the tags, languages and statuses of all works found"),
        one("snippets", Takes::YesOrNo, "show where the words stand"),
    ]);
    all
}

/// The fields of `/api/v1/works/ID`.
pub(super) fn of_work() -> Vec<Parameter> {
    vec![one("view_adult", Takes::YesOrNo, "the answer to what is asked before adult works")]
}

/// The fields of `/api/v1/tags`.
pub(super) fn of_tags() -> Vec<Parameter> {
    vec![
        one(
            "kind",
            kinds(&TagKind::ALL),
            "tags of this kind, by name; needed where no `name` is given",
        ),
        one("name", Takes::Text, "tags with this name; case, width and spacing do not matter"),
        one("after", Takes::Text, "go on behind this name, as an earlier answer gave it as `next`"),
        one("limit", Takes::Number(MOST), "most tags in the answer; 100 without it"),
        show(),
    ]
}

/// The fields of `/api/v1/tags/KIND/NAME`.
pub(super) fn of_tag() -> Vec<Parameter> {
    vec![show()]
}

/// The fields of `/api/v1/complete`.
pub(super) fn of_complete() -> Vec<Parameter> {
    vec![
        one("q", Takes::Text, "the text so far"),
        one(
            "kind",
            Takes::Text,
            "a field of the query language that takes names; `tag` without it",
        ),
        many("fandom", Takes::Text, "a fandom that is chosen already"),
        one("limit", Takes::Number(MOST), "most names; 10 without it, and never more than 25"),
    ]
}

fn show() -> Parameter {
    let about = "`all`: with what the owner's mutes and usual filter leave out";
    one("show", Takes::OneOf(vec!["all".to_owned()]), about)
}

fn kinds(kinds: &[TagKind]) -> Takes {
    Takes::OneOf(kinds.iter().map(|kind| kind.as_str().to_owned()).collect())
}

fn wishes() -> Vec<Parameter> {
    let mut all = vec![one("q", Takes::Text, "a query; the guide to searching has the language")];
    for (field, about) in [
        ("with", "that the works carry"),
        ("any", "of which, with the others of its kind, the works carry at least one"),
        ("without", "that the works do not carry"),
    ] {
        let of = |kind: TagKind| {
            many(&format!("{field}.{kind}"), Takes::Text, format!("a {kind} {about}"))
        };
        all.extend(TagKind::ALL.into_iter().map(of));
    }
    let status = Status::ALL.map(|status| status.as_str().to_owned()).into();
    all.extend([
        one("status", Takes::OneOf(status), "works of this status"),
        one("crossover", Takes::YesOrNo, "only works of several fandoms, or none of them"),
        one("otp", Takes::YesOrNo, "only works of one relationship, or none of them"),
        many("language", Takes::Text, "a language (BCP 47) of which one is enough"),
        many(
            "only",
            kinds(&ALONE),
            "a kind of which the works carry nothing but what is asked for",
        ),
    ]);
    for field in ["words", "chapters", "fandoms", "relationships"] {
        all.push(one(&format!("{field}_from"), Takes::Number(u32::MAX), format!("fewest {field}")));
        all.push(one(&format!("{field}_to"), Takes::Number(u32::MAX), format!("most {field}")));
    }
    for field in ["published", "updated"] {
        all.push(one(&format!("{field}_from"), Takes::Date, format!("{field} then or later")));
        all.push(one(&format!("{field}_to"), Takes::Date, format!("{field} then or earlier")));
    }
    all.push(one("sort", Takes::Order, "the order; a sign turns its direction round"));
    all.push(show());
    all
}

fn order_names() -> Vec<String> {
    orders().map(|sort| sort.to_string()).collect()
}

impl Takes {
    /// As a schema of OpenAPI 3.1.
    pub(super) fn schema(&self) -> Value {
        match self {
            Self::Text => json!({"type": "string"}),
            Self::OneOf(values) => json!({"type": "string", "enum": values}),
            Self::Order => json!({"type": "string", "enum": order_names()}),
            Self::YesOrNo => json!({"type": "boolean"}),
            Self::Number(most) => json!({"type": "integer", "minimum": 0, "maximum": most}),
            Self::Date => json!({"type": "string", "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2]))?$"}),
        }
    }

    fn fits(&self, value: &str) -> bool {
        match self {
            Self::OneOf(values) => values.iter().any(|own| own == value),
            Self::Order => Sort::from_text(value).is_some(),
            Self::YesOrNo => matches!(value, "true" | "false"),
            Self::Number(most) => value.parse::<u32>().is_ok_and(|number| number <= *most),
            Self::Text | Self::Date => true,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::OneOf(values) => values.join(", "),
            Self::Order => order_names().join(", "),
            Self::YesOrNo => "true or false".to_owned(),
            Self::Number(most) => format!("a number from 0 to {most}"),
            Self::Date => "a date: 2003, 2003-06 or 2003-06-01".to_owned(),
        }
    }
}

/// Refuses fields that the address does not take, and values that their fields do not take: a program that misspells one
/// should learn it, and not be answered another question. Blank values are no values.
pub(super) fn check(pairs: &Pairs, known: &[Parameter]) -> Result<(), Problem> {
    for (name, value) in pairs {
        let Some(own) = known.iter().find(|own| own.name == *name) else {
            let names: Vec<&str> = known.iter().map(|own| own.name.as_str()).collect();
            return Err(Problem::Bad(format!(
                "there is no `{name}` here; there are {}",
                names.join(", ")
            )));
        };
        let value = value.trim();
        if !value.is_empty() && !own.takes.fits(value) {
            return Err(refused(own));
        }
    }
    Ok(())
}

/// The wishes of a request; what a page would pass over is refused.
pub(super) fn wishes_of(pairs: &Pairs) -> Result<Wishes, Problem> {
    for (own, pair) in wishes().iter().flat_map(|own| {
        pairs.iter().filter(|(name, _)| *name == own.name).map(move |pair| (own, pair))
    }) {
        let said = pair.1.replace('\0', "");
        let read = Wishes::from_pairs(std::slice::from_ref(pair));
        if !said.trim().is_empty() && read == Wishes::default() {
            return Err(refused(own));
        }
    }
    Ok(Wishes::from_pairs(pairs))
}

fn refused(own: &Parameter) -> Problem {
    Problem::Bad(format!("`{}` takes {}", own.name, own.takes.words()))
}
