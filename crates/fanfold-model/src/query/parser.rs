//! Recursive descent over the text. `and := or+`, `or := unary (OR unary)*`, so that OR binds tighter than the implied AND.

use super::ast::{Node, NumberField, Query, TextField, TextMatch};
use super::dates::date_range;
use super::error::QueryError;
use super::fields::{self, Field};
use super::nearest;
use super::numbers::number_range;
use super::scan::{Bare, Keyword, Scan, is_quote};
use super::sort::Sort;
use super::{MAX_DEPTH, MAX_LENGTH, MAX_TERMS};

/// Reads a query. White space alone is the query for everything.
///
/// # Errors
/// Says at which column the text stops making sense, and what would work.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let mut parser = Parser { scan: Scan::new(text), sort: None, terms: 0, depth: 0 };
    if parser.scan.len() > MAX_LENGTH {
        let message = format!("the query is longer than {MAX_LENGTH} characters");
        return Err(QueryError::at(MAX_LENGTH, message, "ask for less at once"));
    }
    let root = parser.all_of(ANYWHERE)?;
    if parser.scan.peek().is_some() {
        let hint = "take it out, or put an opening one before";
        return Err(QueryError::at(
            parser.scan.position(),
            "this parenthesis was never opened",
            hint,
        ));
    }
    Ok(Query { root, sort: parser.sort })
}

const ANYWHERE: Field = Field::Text(TextField::Anywhere);

struct Parser {
    scan: Scan,
    sort: Option<Sort>,
    terms: usize,
    depth: usize,
}

type Parsed = Result<Option<Node>, QueryError>;

impl Parser {
    /// Conditions up to the end or a closing parenthesis, all of which must hold. `field` is what bare words mean.
    fn all_of(&mut self, field: Field) -> Parsed {
        let mut nodes = Vec::new();
        let mut pending_and = None;
        loop {
            self.scan.skip_space();
            match self.scan.peek_keyword() {
                Some((Keyword::Or, _)) => return Err(self.lacks_operand("OR", "before")),
                Some((Keyword::And, _)) if nodes.is_empty() => {
                    return Err(self.lacks_operand("AND", "before"));
                }
                Some((Keyword::And, length)) => {
                    pending_and = Some(self.scan.position());
                    self.scan.rewind(self.scan.position() + length);
                    continue;
                }
                _ => {}
            }
            if self.scan.peek().is_none_or(|c| c == ')') {
                break;
            }
            nodes.extend(self.any_of(field)?);
            pending_and = None;
        }
        if let Some(index) = pending_and {
            self.scan.rewind(index);
            return Err(self.lacks_operand("AND", "after"));
        }
        Ok(joined(nodes, Node::And))
    }

    fn lacks_operand(&self, word: &str, side: &str) -> QueryError {
        let message = format!("{word} has nothing {side} it");
        QueryError::at(
            self.scan.position(),
            message,
            format!("to look for the word itself, write \"{word}\""),
        )
    }

    /// `a OR b OR c`.
    fn any_of(&mut self, field: Field) -> Parsed {
        let start = self.scan.position();
        let mut nodes = vec![self.unary(field)?];
        loop {
            self.scan.skip_space();
            let Some((Keyword::Or, length)) = self.scan.peek_keyword() else {
                break;
            };
            let operator = self.scan.position();
            self.scan.rewind(operator + length);
            self.scan.skip_space();
            let followed = self.scan.peek().is_some_and(|c| c != ')');
            let doubled = matches!(self.scan.peek_keyword(), Some((Keyword::Or | Keyword::And, _)));
            if !followed || doubled {
                self.scan.rewind(operator);
                return Err(self.lacks_operand("OR", "after"));
            }
            nodes.push(self.unary(field)?);
        }
        if nodes.len() > 1 && nodes.iter().any(Option::is_none) {
            return Err(QueryError::at(
                start,
                "one side of OR is no condition",
                "put sort: beside the conditions",
            ));
        }
        Ok(joined(nodes.into_iter().flatten().collect(), Node::Or))
    }

    /// A condition, or the exclusion of one.
    fn unary(&mut self, field: Field) -> Parsed {
        let start = self.scan.position();
        if let Some((Keyword::Not, length)) = self.scan.peek_keyword() {
            self.scan.rewind(start + length);
            self.scan.skip_space();
            return self.excluded(field, start, "NOT");
        }
        let attached = self.scan.peek_second().is_some_and(|c| !c.is_whitespace() && c != ')');
        if attached && self.scan.take('-') {
            return self.excluded(field, start, "-");
        }
        if attached {
            self.scan.take('+');
        }
        self.primary(field)
    }

    fn excluded(&mut self, field: Field, start: usize, sign: &str) -> Parsed {
        let nothing = || {
            let hint = format!(
                "write {sign} before what must not be there; to look for it as text, use quotes"
            );
            QueryError::at(start, format!("{sign} has nothing after it"), hint)
        };
        let operator = matches!(self.scan.peek_keyword(), Some((Keyword::Or | Keyword::And, _)));
        if operator || self.scan.peek().is_none_or(|c| c == ')' || c.is_whitespace()) {
            return Err(nothing());
        }
        self.deeper(start)?;
        let node = self.unary(field)?.ok_or_else(nothing)?;
        self.depth -= 1;
        Ok(Some(Node::Not(Box::new(node))))
    }

    fn deeper(&mut self, index: usize) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("the query is nested more than {MAX_DEPTH} deep");
            return Err(QueryError::at(index, message, "take out parentheses"));
        }
        Ok(())
    }

    fn primary(&mut self, field: Field) -> Parsed {
        let start = self.scan.position();
        if self.scan.peek() == Some('(') {
            return self.group(field);
        }
        if let Some(named) = self.field_name()? {
            return self.named_value(named, start);
        }
        self.value(field, start)
    }

    fn group(&mut self, field: Field) -> Parsed {
        let opening = self.scan.position();
        self.deeper(opening)?;
        self.scan.skip();
        let inside = self.all_of(field)?;
        if !self.scan.take(')') {
            return Err(QueryError::at(
                opening,
                "this parenthesis is never closed",
                "put a ) after the group",
            ));
        }
        if inside.is_none() && self.sort.is_none() {
            return Err(QueryError::at(
                opening,
                "there is nothing between the parentheses",
                "put a condition there",
            ));
        }
        self.depth -= 1;
        Ok(inside)
    }

    /// A field name with its colon, or with a sign when the field takes numbers or dates (`words>1000`).
    fn field_name(&mut self) -> Result<Option<Field>, QueryError> {
        let start = self.scan.position();
        let name = self.scan.take_name();
        let known = fields::field_named(&name);
        if self.scan.take(':') {
            match known {
                Some(field) => return Ok(Some(field)),
                None if !name.is_empty()
                    && self.scan.peek().is_some_and(|c| !c.is_whitespace() && c != ')') =>
                {
                    return Err(unknown_field(start, &name));
                }
                None => {}
            }
        } else if let Some(field @ (Field::Number(_) | Field::Date(_))) = known {
            self.scan.skip_space();
            if matches!(self.scan.peek(), Some('<' | '>' | '=')) {
                return Ok(Some(field));
            }
        }
        self.scan.rewind(start);
        Ok(None)
    }

    fn named_value(&mut self, field: Field, start: usize) -> Parsed {
        self.scan.skip_space();
        match self.scan.peek() {
            None | Some(')') => {
                let name = fields::name_of(field);
                let hint = format!("write what to look for, as in {}", example(field));
                Err(QueryError::at(start, format!("{name}: has nothing after it"), hint))
            }
            Some('(') if field != Field::Sort => self.group(field),
            Some(_) => self.value(field, start),
        }
    }

    /// A quoted or bare value for a field.
    fn value(&mut self, field: Field, start: usize) -> Parsed {
        let index = self.scan.position();
        self.terms += 1;
        if self.terms > MAX_TERMS {
            let message = format!("the query has more than {MAX_TERMS} conditions");
            return Err(QueryError::at(start, message, "ask for less at once"));
        }
        if self.scan.peek().is_some_and(is_quote) {
            let text = self.scan.take_quoted()?;
            return self.quoted(field, text, index);
        }
        let mut bare = self.scan.take_bare()?;
        if matches!(field, Field::Number(_) | Field::Date(_) | Field::Sort) {
            self.finish_signed(&mut bare)?;
        }
        self.bare(field, bare, index)
    }

    /// `words: > 1000`: a lone sign goes on with the next word.
    fn finish_signed(&mut self, bare: &mut Bare) -> Result<(), QueryError> {
        if !bare.text.is_empty() && bare.text.chars().all(|c| matches!(c, '<' | '>' | '=')) {
            self.scan.skip_space();
            let rest = self.scan.take_bare()?;
            bare.text.push_str(&rest.text);
            bare.star = rest.star;
        }
        Ok(())
    }

    fn quoted(&mut self, field: Field, text: String, index: usize) -> Parsed {
        match field {
            Field::Text(field) => Ok(Some(Node::Text { field, what: TextMatch::Phrase(text) })),
            Field::Tag(kind) => Ok(Some(tag(kind, text, false))),
            _ => match fields::kind_counted(field) {
                Some(kind) => Ok(Some(tag(Some(kind), text, false))),
                None => self.typed(field, &text, index),
            },
        }
    }

    fn bare(&mut self, field: Field, bare: Bare, index: usize) -> Parsed {
        match field {
            Field::Text(field) => Ok(bare_text(field, bare)),
            Field::Tag(kind) => Ok(Some(tag(kind, bare.text, bare.star))),
            _ if names_a_tag(field, &bare) => {
                Ok(Some(tag(fields::kind_counted(field), bare.text, bare.star)))
            }
            _ if bare.star => {
                let name = fields::name_of(field);
                Err(QueryError::at(
                    index,
                    format!("{name}: takes no star"),
                    format!("write {}", example(field)),
                ))
            }
            _ => self.typed(field, &bare.text, index),
        }
    }

    /// Values that are not text.
    fn typed(&mut self, field: Field, text: &str, index: usize) -> Parsed {
        let at = |(message, hint): (String, String)| QueryError::at(index, message, hint);
        let wrong = || {
            at((
                format!("\"{text}\" is nothing that {}: takes", fields::name_of(field)),
                match nearest::value(field, text) {
                    Some(near) => format!("did you mean {}:{near}?", fields::name_of(field)),
                    None => format!("write {}", example(field)),
                },
            ))
        };
        let node = match field {
            Field::Number(field) => Node::Number { field, range: number_range(text).map_err(at)? },
            Field::Date(field) => Node::Date { field, range: date_range(text).map_err(at)? },
            Field::Flag(flag) => Node::Flag(flag, fields::yes_or_no(text).ok_or_else(wrong)?),
            Field::Language => Node::Language(fields::language(text).ok_or_else(wrong)?),
            Field::Status => Node::Status(fields::status(text).ok_or_else(wrong)?),
            Field::Only => Node::Only(fields::kind_of_field(text).ok_or_else(wrong)?),
            Field::Sort => return self.order(Sort::from_text(text).ok_or_else(wrong)?, index),
            Field::Text(_) | Field::Tag(_) => return self.quoted(field, text.to_owned(), index),
        };
        Ok(Some(node))
    }

    fn order(&mut self, sort: Sort, index: usize) -> Parsed {
        if self.sort.replace(sort).is_some() {
            return Err(QueryError::at(index, "the order is given twice", "keep one sort:"));
        }
        Ok(None)
    }
}

fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Option<Node> {
    if nodes.len() > 1 { Some(join(nodes)) } else { nodes.pop() }
}

/// `fandoms:Oz` names a fandom, as `fandom:Oz` does; `fandoms:2` and `fandoms:>1` count them.
fn names_a_tag(field: Field, bare: &Bare) -> bool {
    let is_number = bare.text.starts_with(['<', '>', '=']) || number_range(&bare.text).is_ok();
    fields::kind_counted(field).is_some() && (bare.star || !is_number)
}

fn bare_text(field: TextField, bare: Bare) -> Option<Node> {
    if !bare.escaped && !bare.star && field == TextField::Anywhere {
        if let Some(name) = fields::category_shorthand(&bare.text) {
            return Some(tag(Some(crate::TagKind::Category), name.to_owned(), false));
        }
        if is_loose_sign(&bare.text) {
            return None;
        }
    }
    let what = if bare.star { TextMatch::Prefix(bare.text) } else { TextMatch::Word(bare.text) };
    Some(Node::Text { field, what })
}

/// Signs that people write between words and that ask for nothing.
pub(super) fn is_loose_sign(word: &str) -> bool {
    matches!(word, "-" | "\u{2013}" | "\u{2014}" | "&" | "+" | "/" | "|" | "," | ":")
}

fn tag(kind: Option<crate::TagKind>, name: String, prefix: bool) -> Node {
    let name = match fields::category_shorthand(&name) {
        Some(category) if kind == Some(crate::TagKind::Category) && !prefix => category.to_owned(),
        _ => name,
    };
    Node::Tag { kind, name, prefix }
}

fn unknown_field(index: usize, name: &str) -> QueryError {
    let hint = match nearest::field_name(name) {
        Some(near) => format!("did you mean {near}: ? To look for it as text, put it in quotes"),
        None => "fields are title, creator, fandom, rel, char, tag, freeform, warning, rating, category, lang, status, \
                 series, collection, source, text, summary, words, chapters, kudos, hits, comments, bookmarks, fandoms, \
                 relationships, only, published, updated, imported, id; to look for it as text, put it in quotes"
            .to_owned(),
    };
    QueryError::at(index, format!("there is no field \"{name}\""), hint)
}

fn example(field: Field) -> &'static str {
    match field {
        Field::Text(_) => "title:attic or title:\"in the attic\"",
        Field::Tag(_) => "fandom:\"Treasure Island\"",
        Field::Number(NumberField::Fandoms) => "fandoms:1 or fandoms:2-5",
        Field::Number(NumberField::Relationships) => "relationships:1 or relationships:2-5",
        Field::Number(_) => "words:>1000 or words:1000-5000",
        Field::Date(_) => "updated:2003-05, updated:2003..2004 or updated:<30d",
        Field::Flag(_) => "complete:true or complete:false",
        Field::Language => "lang:en or lang:German",
        Field::Status => "status:complete, in-progress, hiatus, abandoned or unknown",
        Field::Only => "only:fandom, only:rel or only:char",
        Field::Sort => {
            "sort:kudos, sort:title, sort:updated or sort:>words (any of relevance, title, creator, published, \
                        updated, imported, words, hits, kudos, comments, bookmarks)"
        }
    }
}
