//! What programs that download stories write into their files, whatever the format: FanFicFare and its forerunners
//! label what they know, and name the page that they took it from.
//!
//! Their "Category" is the site's section, which is the fandom; their table of labels types the tags that the book's
//! own flat list of subjects repeats; the page's address is the work's identity.

use crate::formats;
use crate::seen::field;
use crate::site_address;
use crate::text_work;
use fanfold_model::{Extracted, ExtractedField, FieldKind, Identity, IdentityKind, ReadAs};

/// Labels that only such programs write.
const OWN_LABELS: [&str; 7] = [
    "packaged",
    "story url",
    "storyurl",
    "author url",
    "authorurl",
    "publisher",
    "original source",
];

/// Settles what a download says about itself.
pub(crate) fn settle(extracted: &mut Extracted) {
    if !matches!(extracted.read_as, ReadAs::Work | ReadAs::Part) || extracted.canonical.is_some() {
        return;
    }
    part_joined_labels(extracted);
    if is_download(extracted) {
        sections_are_fandoms(extracted);
        drop_flat_subjects(extracted);
        part_title_and_creator(extracted);
    }
    identify(extracted);
}

fn is_download(extracted: &Extracted) -> bool {
    let own = |label: &str| {
        let label = label.trim().trim_end_matches(':').to_ascii_lowercase();
        OWN_LABELS.contains(&label.as_str())
    };
    extracted.fields.iter().filter(|field| own(&field.label)).count() >= 2
}

fn sections_are_fandoms(extracted: &mut Extracted) {
    for field in &mut extracted.fields {
        let label = field.label.to_ascii_lowercase();
        if matches!(field.kind, FieldKind::Classification | FieldKind::Category)
            && matches!(label.trim_end_matches(':'), "category" | "categories")
        {
            field.kind = FieldKind::Fandom;
        }
    }
}

fn drop_flat_subjects(extracted: &mut Extracted) {
    let typed = extracted.fields.iter().any(|field| {
        !field.label.starts_with("dc:")
            && matches!(field.kind, FieldKind::Genre | FieldKind::Fandom)
    });
    for field in extracted.fields.iter_mut().filter(|field| typed && field.label == "dc:subject") {
        field.kind = FieldKind::Other;
    }
}

/// "English, Genre: Humor/Adventure, Characters: [Dorothy, Ozma] Toto": labels that a program ran together behind a
/// value. Only where at least two follow: a comma and a colon alone stand in many values.
fn part_joined_labels(extracted: &mut Extracted) {
    let joined = |own: &ExtractedField| {
        let at_most = own.value.len() < 1_500 && !own.html;
        at_most && own.kind != FieldKind::Summary && marks(&own.value).len() >= 2
    };
    let Some(at) = extracted.fields.iter().position(joined) else { return };
    let own = extracted.fields.remove(at);
    let marks = marks(&own.value);
    let first = marks.first().map_or(own.value.len(), |mark| mark.0);
    extracted.fields.push(ExtractedField {
        value: own.value[..first].trim().to_owned(),
        span: None,
        ..own.clone()
    });
    for (place, (start, label)) in marks.iter().enumerate() {
        let end = marks.get(place + 1).map_or(own.value.len(), |next| next.0);
        let value = own.value[*start..end].split_once(':').map_or("", |(_, value)| value.trim());
        facts(label, value, &mut extracted.fields);
    }
}

/// Where ", Label:" stands, and the label; only labels that sites write in such lines.
fn marks(value: &str) -> Vec<(usize, &'static str)> {
    const LABELS: [&str; 14] = [
        "Genre",
        "Genres",
        "Characters",
        "Character",
        "Status",
        "id",
        "Language",
        "Category",
        "Warnings",
        "Relationships",
        "Pairings",
        "Fandom",
        "Rated",
        "Rating",
    ];
    let label = |rest: &str| {
        let name = rest.split_once(':')?.0.trim();
        LABELS.into_iter().find(|own| own.eq_ignore_ascii_case(name))
    };
    let joints = value.match_indices(", ").map(|(at, joint)| (at, joint.len()));
    joints.filter_map(|(at, length)| Some((at, label(&value[at + length..])?))).collect()
}

/// One of the labels, its values parted as the site of the line writes them.
fn facts(label: &str, value: &str, fields: &mut Vec<ExtractedField>) {
    let mut push = |kind, value: &str| fields.push(field(kind, label, value, "joined-labels", 0.9));
    match text_work::kind_of_label(label) {
        _ if value.is_empty() || label.eq_ignore_ascii_case("id") => {}
        Some(FieldKind::Genre) => match formats::ffn_page::genres(value) {
            Some(genres) => genres.iter().for_each(|genre| push(FieldKind::Genre, genre)),
            None => push(FieldKind::Genre, value),
        },
        Some(FieldKind::Character) => {
            let mut found = Vec::new();
            formats::ffn_page::characters(value, &mut found);
            found.iter().for_each(|(kind, _, value)| push(*kind, value));
        }
        Some(kind) => push(kind, value),
        None => push(FieldKind::Other, value),
    }
}

/// "The Lamp by Wren Example" as the only heading.
fn part_title_and_creator(extracted: &mut Extracted) {
    if extracted.fields_of(FieldKind::Creator).next().is_some() {
        return;
    }
    let Some(title) = extracted.fields.iter_mut().find(|own| own.kind == FieldKind::Title) else {
        return;
    };
    let Some((name, creator)) = title.value.rsplit_once(" by ") else { return };
    let (name, creator) = (name.trim().to_owned(), creator.trim().to_owned());
    if name.is_empty() || creator.is_empty() {
        return;
    }
    title.value = name;
    title.span = None;
    extracted.fields.push(field(FieldKind::Creator, "", &creator, "heading-by", 0.9));
}

/// The page that the work was taken from is its identity, if it is a work's page of a known site.
fn identify(extracted: &mut Extracted) {
    let known =
        extracted.fields_of(FieldKind::SourceUrl).find_map(|own| site_address::of(&own.value));
    let Some(address) = known else { return };
    // The page itself may be known by an address with a chapter in it, or under the site's older name.
    extracted.identities.retain(|own| {
        let same = site_address::of(&own.value).is_some_and(|other| other.work == address.work);
        own.kind != IdentityKind::Address || !same || own.value == address.work
    });
    let missing: Vec<Identity> = address
        .identities()
        .into_iter()
        .filter(|own| !extracted.identities.contains(own))
        .collect();
    extracted.identities.extend(missing);
}
