//! Where functions begin and how long they are, counted in lines from `fn` to the closing brace.

use crate::lexer::{item_end, line_of};

/// One function with a body.
#[derive(Debug, PartialEq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) lines: usize,
}

/// Every function in masked code (see `lexer`), nested ones too; declarations without a body are left out.
pub(crate) fn functions(code: &str) -> Vec<Function> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        if code[..at].ends_with(is_name) {
            continue;
        }
        let name: String =
            code[at + 3..].trim_start().chars().take_while(|c| is_name(*c)).collect();
        let end = item_end(code.as_bytes(), at);
        if name.is_empty() || !code[at..end].ends_with('}') {
            continue;
        }
        let line = line_of(code, at);
        found.push(Function { name, line, lines: 1 + line_of(code, end) - line });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_measured_and_declarations_and_pointers_are_not() {
        let code = "trait T {\n fn a(&self);\n fn b(x: [u8; 2]) {\n  { }\n }\n}\nfn c(f: fn (u8)) where X: Y\n{\n fn d() {}\n}";
        let lengths: Vec<_> =
            functions(code).into_iter().map(|f| (f.name, f.line, f.lines)).collect();
        assert_eq!(
            lengths,
            [("b".to_owned(), 3, 3), ("c".to_owned(), 7, 4), ("d".to_owned(), 9, 1)]
        );
    }
}
