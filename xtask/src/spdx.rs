//! Licence expressions: `MIT OR Apache-2.0`, `(A OR B) AND C`, `X WITH exception`, and the old `A/B` for "or".

use std::iter::Peekable;
use std::vec::IntoIter;

/// Whether the expression can be satisfied with allowed licences alone.
///
/// # Errors
/// A sentence when the text is no licence expression.
pub(crate) fn is_allowed(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut tokens = tokens(expression).into_iter().peekable();
    let verdict = any_of(&mut tokens, allowed)?;
    match tokens.next() {
        None => Ok(verdict),
        Some(extra) => Err(format!("`{extra}` is left over in `{expression}`")),
    }
}

fn tokens(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

type Tokens = Peekable<IntoIter<String>>;

fn any_of(tokens: &mut Tokens, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut verdict = all_of(tokens, allowed)?;
    while tokens.next_if(|token| token.eq_ignore_ascii_case("or")).is_some() {
        verdict |= all_of(tokens, allowed)?;
    }
    Ok(verdict)
}

fn all_of(tokens: &mut Tokens, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut verdict = one(tokens, allowed)?;
    while tokens.next_if(|token| token.eq_ignore_ascii_case("and")).is_some() {
        verdict &= one(tokens, allowed)?;
    }
    Ok(verdict)
}

fn one(tokens: &mut Tokens, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let token = tokens.next().ok_or("the expression ends too early")?;
    if token == "(" {
        let verdict = any_of(tokens, allowed)?;
        let closed = tokens.next().is_some_and(|token| token == ")");
        return if closed { Ok(verdict) } else { Err("a parenthesis is not closed".to_owned()) };
    }
    if token == ")" || ["or", "and", "with"].contains(&token.to_ascii_lowercase().as_str()) {
        return Err(format!("`{token}` stands where a licence was expected"));
    }
    if tokens.next_if(|token| token.eq_ignore_ascii_case("with")).is_some() {
        let exception = tokens.next().ok_or("WITH names no exception")?;
        return Ok(allowed(&format!("{token} WITH {exception}")));
    }
    Ok(allowed(&token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(expression: &str) -> Result<bool, String> {
        is_allowed(expression, &|licence| ["MIT", "Apache-2.0", "Unicode-3.0"].contains(&licence))
    }

    #[test]
    fn one_allowed_side_of_an_or_is_enough_and_both_sides_of_an_and_are_needed() {
        for yes in [
            "MIT",
            "GPL-3.0 OR MIT",
            "(MIT OR X) AND Unicode-3.0",
            "Apache-2.0/MIT",
            "X / MIT / Y",
            "X AND Y OR MIT",
        ] {
            assert_eq!(verdict(yes), Ok(true), "{yes}");
        }
        for no in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR X) AND AGPL-3.0",
            "Apache-2.0 WITH LLVM-exception",
            "X AND (Y OR MIT)",
        ] {
            assert_eq!(verdict(no), Ok(false), "{no}");
        }
    }

    #[test]
    fn what_is_no_expression_is_an_error_and_never_a_yes() {
        for broken in ["", "MIT OR", "(MIT", "MIT)", "OR MIT", "MIT Apache-2.0", "MIT WITH", "()"] {
            assert!(verdict(broken).is_err(), "{broken}");
        }
    }
}
