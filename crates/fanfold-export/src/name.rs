//! File names that every file system and every e-reader takes.

use fanfold_model::Work;

/// Longest stem in bytes: room for a number in front and an extension behind within 255.
const LONGEST: usize = 120;

/// "Title - Creator.ext", with what no file system forbids.
#[must_use]
pub fn file_name(work: &Work, extension: &str) -> String {
    let creator =
        work.creators.first().map(|credit| format!(" - {}", credit.name)).unwrap_or_default();
    let mut stem = String::new();
    for c in format!("{}{creator}", work.title).chars() {
        let c = if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c };
        if stem.len() + c.len_utf8() > LONGEST {
            break;
        }
        if !(c.is_whitespace() && stem.ends_with(' ')) {
            stem.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    let stem = stem.trim_matches([' ', '.']);
    let stem = if stem.is_empty() || is_device(stem) { "Untitled" } else { stem };
    format!("{stem}.{extension}")
}

/// Names that Windows keeps for devices.
fn is_device(stem: &str) -> bool {
    let name = stem.split('.').next().unwrap_or(stem).trim().to_ascii_uppercase();
    let numbered = |prefix: &str| name.len() == 4 && name.starts_with(prefix);
    matches!(name.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanfold_model::Credit;

    fn named(title: &str) -> String {
        file_name(&Work { title: title.into(), ..Work::default() }, "epub")
    }

    #[test]
    fn what_a_file_system_forbids_becomes_a_space() {
        assert_eq!(named("Holmes/Watson: \"What?\""), "Holmes Watson What.epub");
        assert_eq!(named("../../etc/passwd"), "etc passwd.epub");
        assert_eq!(named("con"), "Untitled.epub");
        assert_eq!(named("…"), "….epub");
    }

    #[test]
    fn a_long_title_is_cut_between_letters() {
        let work = Work {
            title: "Donaudampfschifffahrtsgesellschaftskapitän ".repeat(9),
            creators: vec![Credit::author("Wren")],
            ..Work::default()
        };
        let name = file_name(&work, "epub");
        assert!(name.len() <= 130 && name.ends_with(".epub"), "{name}");
    }
}
