//! The measures of the review checklist: lengths of files and functions, and the shares of what is documented and tested.

use crate::functions::{Function, functions};
use crate::lexer::{Source, line_of, take_apart, test_items, without_tests};
use crate::repository::Repository;
use crate::shape::opens_with_a_comment;
use crate::test_files::TestFiles;
use std::fmt::Write;

const FILE_WORTH_A_LOOK: usize = 350;
const FUNCTION_WORTH_A_LOOK: usize = 35;

/// What is added up over all Rust files.
#[derive(Default)]
struct Sums {
    files: Vec<(usize, String)>,
    functions: Vec<(usize, String)>,
    commented: usize,
    public: usize,
    documented: usize,
    code_lines: usize,
    test_lines: usize,
    tests: usize,
    panics: usize,
}

/// A page of figures, one a line, each beside the bar it is held against.
pub(crate) fn report(repository: &Repository) -> String {
    let mut sums = Sums::default();
    let tests = TestFiles::of(repository);
    for path in repository.files("", &[".rs"]) {
        sums.add(&path, &repository.read(&path), tests.has(&path));
    }
    sums.files.sort();
    sums.functions.sort();
    sums.print()
}

impl Sums {
    fn add(&mut self, path: &str, text: &str, for_tests: bool) {
        let source = take_apart(text);
        let lines = text.lines().count();
        let in_tests = if for_tests { lines } else { inline_test_lines(&source.code) };
        self.test_lines += in_tests;
        self.tests +=
            source.code.matches("#[test]").count() + source.code.matches("#[tokio::test").count();
        self.commented += usize::from(opens_with_a_comment(text));
        self.files.push((lines - in_tests.min(lines), path.to_owned()));
        if for_tests {
            return;
        }
        let production = without_tests(&source.code);
        self.code_lines += lines - in_tests;
        self.panics +=
            production.matches(".unwrap()").count() + production.matches(".expect(\"").count();
        let (documented, public) = documented_items(&production, &source, text);
        self.documented += documented;
        self.public += public;
        for Function { name, line, lines } in functions(&production) {
            self.functions.push((lines, format!("{path}:{line} {name}")));
        }
    }

    fn print(&self) -> String {
        let mut page = String::new();
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let per_thousand = 1000.0 * self.panics as f64 / self.code_lines.max(1) as f64;
        let lines = [
            format!("files         {}  (bar 120 / 350 / 500)", spread(&self.files)),
            format!("functions     {}  (bar 10 / 35 / 60)", spread(&self.functions)),
            format!(
                "opened by a comment  {:.0} % of files  (bar 95)",
                share(self.commented, self.files.len())
            ),
            format!(
                "documented    {:.0} % of {} public items  (bar 90)",
                share(self.documented, self.public),
                self.public
            ),
            format!(
                "tests         {}, {:.2} test lines to a code line  (bar 0.8)",
                self.tests,
                self.test_lines as f64 / self.code_lines.max(1) as f64
            ),
            format!("may panic     {per_thousand:.2} calls in 1,000 code lines  (bar 0.5)"),
        ];
        for line in lines {
            let _ = writeln!(page, "{line}");
        }
        for (what, list, bar) in [
            ("file", &self.files, FILE_WORTH_A_LOOK),
            ("function", &self.functions, FUNCTION_WORTH_A_LOOK),
        ] {
            for (lines, name) in list.iter().rev().take_while(|(lines, _)| *lines > bar) {
                let _ = writeln!(page, "long {what}: {lines} {name}");
            }
        }
        page
    }
}

fn spread(sorted: &[(usize, String)]) -> String {
    let at = |share: f64| {
        sorted
            .get(((sorted.len() as f64 - 1.0).max(0.0) * share) as usize)
            .map_or(0, |entry| entry.0)
    };
    format!("{}: median {} p90 {} longest {}", sorted.len(), at(0.5), at(0.9), at(1.0))
}

fn inline_test_lines(code: &str) -> usize {
    test_items(code)
        .into_iter()
        .map(|item| 1 + line_of(code, item.end) - line_of(code, item.start))
        .sum()
}

/// Public items with a doc comment in front (attributes between are skipped), and all public items.
fn documented_items(production: &str, source: &Source, text: &str) -> (usize, usize) {
    let is_doc = |line: usize| {
        source.comments.iter().any(|(at, comment)| *at == line && comment.starts_with("///"))
    };
    let lines: Vec<&str> = text.lines().collect();
    let (mut documented, mut public) = (0, 0);
    for (index, line) in production.lines().enumerate() {
        if !line.trim_start().starts_with("pub ") || line.trim_start().starts_with("pub use ") {
            continue;
        }
        public += 1;
        let above = (0..index).rev().find(|above| !lines[*above].trim_start().starts_with("#["));
        documented += usize::from(above.is_some_and(|above| is_doc(above + 1)));
    }
    (documented, public)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::planted;

    #[test]
    fn the_report_counts_code_apart_from_its_tests() {
        let code = "//! A.\n\n/// Told.\n#[must_use]\npub fn a() -> u8 {\n    x.unwrap()\n}\n\npub fn b() {}\n\
            #[cfg(test)]\nmod tests {\n    #[test]\n    fn c() {}\n}\n";
        let (_folder, repository) = planted(&[("crates/a/src/lib.rs", code)]);
        let report = report(&repository);
        assert!(report.contains("files         1: median 9 p90 9 longest 9"), "{report}");
        assert!(report.contains("functions     2: median 1 p90 1 longest 3"), "{report}");
        assert!(report.contains("50 % of 2 public items"), "{report}");
        assert!(report.contains("tests         1, 0.56 test lines"), "{report}");
    }

    #[test]
    fn this_repository_has_something_to_measure() {
        let report = report(&Repository::this());
        assert!(report.lines().count() >= 6 && !report.contains("files         0"), "{report}");
    }
}
