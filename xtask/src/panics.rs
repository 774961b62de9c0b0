//! No panic on any bytes: `import`, `text` and `web` hold no `unwrap`, `expect` or `panic!` outside tests.
//!
//! Clippy's `unwrap_used` guards the rest of the house; these three meet hostile input, so `expect` is out as well.

use crate::lexer::{line_of, take_apart, without_tests};
use crate::repository::Repository;
use crate::test_files::TestFiles;

const GUARDED: [&str; 3] =
    ["crates/fanfold-import/src", "crates/fanfold-text/src", "crates/fanfold-web/src"];

/// Calls that panic. An own method that is called `expect` takes no string, so the quote tells them apart.
const PANICKING: [&str; 6] =
    [".unwrap()", ".expect(\"", ".unwrap_err()", "panic!(", "unreachable!(", "unimplemented!("];

/// Every panicking call in the guarded crates; the asserting fuzz entry points (`fuzz.rs`) are free.
pub(crate) fn faults(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    let tests = TestFiles::of(repository);
    for path in GUARDED.iter().flat_map(|folder| repository.files(folder, &[".rs"])) {
        if tests.has(&path) || path.ends_with("/fuzz.rs") {
            continue;
        }
        let code = without_tests(&take_apart(&repository.read(&path)).code);
        for call in PANICKING {
            for (at, _) in code.match_indices(call) {
                faults.push(format!("{path}:{} may panic: {call}", line_of(&code, at)));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{assert_kept, planted};

    #[test]
    fn import_text_and_web_hold_no_panicking_call() {
        assert_kept(&faults(&Repository::this()));
    }

    #[test]
    fn a_panicking_call_is_found_outside_tests_and_strings_only() {
        let code = "fn f() { a.expect(\"some invariant\"); b(\"panic!(\"); parser.expect(b'<'); }\n#[cfg(test)]\nmod tests { fn g() { x.unwrap(); } }";
        let (_folder, repository) = planted(&[("crates/fanfold-web/src/routes.rs", code)]);
        assert_eq!(
            faults(&repository),
            ["crates/fanfold-web/src/routes.rs:1 may panic: .expect(\""]
        );
    }
}
