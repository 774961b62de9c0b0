//! The elements that may appear in a work, and how each behaves in a page.
//!
//! The list is AO3's (its sanitiser configuration) plus `wbr`, `bdi` and `bdo`. Obsolete presentational elements
//! (`big`, `center`, `strike`, `tt`, `acronym`) stay, because the creator wrote them.

/// How an element behaves in the flow of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Runs inside a line: `em`, `a`, `span`.
    Inline,
    /// Runs inside a line and has no end tag: `br`, `img`, `wbr`.
    InlineVoid,
    /// A block that holds only inline content: `p`, headings, `pre`.
    Leaf,
    /// A block that holds blocks or loose text: `div`, `blockquote`, `li`, `td`.
    Container,
    /// A block that may hold only certain children: `ul`, `table`, `tr`, `dl`.
    Structure,
    /// A block without content: `hr`, `col`.
    BlockVoid,
}

/// Every allowed element with its role, in alphabetical order.
pub(crate) const ALLOWED: &[(&str, Role)] = &[
    ("a", Role::Inline),
    ("abbr", Role::Inline),
    ("acronym", Role::Inline),
    ("address", Role::Container),
    ("b", Role::Inline),
    ("bdi", Role::Inline),
    ("bdo", Role::Inline),
    ("big", Role::Inline),
    ("blockquote", Role::Container),
    ("br", Role::InlineVoid),
    ("caption", Role::Leaf),
    ("center", Role::Container),
    ("cite", Role::Inline),
    ("code", Role::Inline),
    ("col", Role::BlockVoid),
    ("colgroup", Role::Structure),
    ("dd", Role::Container),
    ("del", Role::Inline),
    ("details", Role::Container),
    ("dfn", Role::Inline),
    ("div", Role::Container),
    ("dl", Role::Structure),
    ("dt", Role::Leaf),
    ("em", Role::Inline),
    ("figcaption", Role::Leaf),
    ("figure", Role::Container),
    ("h1", Role::Leaf),
    ("h2", Role::Leaf),
    ("h3", Role::Leaf),
    ("h4", Role::Leaf),
    ("h5", Role::Leaf),
    ("h6", Role::Leaf),
    ("hr", Role::BlockVoid),
    ("i", Role::Inline),
    ("img", Role::InlineVoid),
    ("ins", Role::Inline),
    ("kbd", Role::Inline),
    ("li", Role::Container),
    ("ol", Role::Structure),
    ("p", Role::Leaf),
    ("pre", Role::Leaf),
    ("q", Role::Inline),
    ("rp", Role::Inline),
    ("rt", Role::Inline),
    ("ruby", Role::Inline),
    ("s", Role::Inline),
    ("samp", Role::Inline),
    ("small", Role::Inline),
    ("span", Role::Inline),
    ("strike", Role::Inline),
    ("strong", Role::Inline),
    ("sub", Role::Inline),
    ("summary", Role::Leaf),
    ("sup", Role::Inline),
    ("table", Role::Structure),
    ("tbody", Role::Structure),
    ("td", Role::Container),
    ("tfoot", Role::Structure),
    ("th", Role::Container),
    ("thead", Role::Structure),
    ("tr", Role::Structure),
    ("tt", Role::Inline),
    ("u", Role::Inline),
    ("ul", Role::Structure),
    ("var", Role::Inline),
    ("wbr", Role::InlineVoid),
];

/// Removed together with all they hold (AO3's list, and what never is a creator's text).
pub(crate) const REMOVED_WITH_CONTENT: &[&str] = &[
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "title",
    "xmp",
];

/// Elements that are not kept but begin a block of their own: without a stand-in their text would be glued to its
/// neighbour's.
pub(crate) const STAND_INS: &[(&str, &str)] = &[
    ("article", "div"),
    ("aside", "div"),
    ("dialog", "div"),
    ("dir", "ul"),
    ("fieldset", "div"),
    ("footer", "div"),
    ("form", "div"),
    ("header", "div"),
    ("hgroup", "div"),
    ("legend", "div"),
    ("listing", "pre"),
    ("main", "div"),
    ("marquee", "div"),
    ("menu", "ul"),
    ("nav", "div"),
    ("search", "div"),
    ("section", "div"),
];

/// The role of an allowed element; `None` when it is not allowed.
pub(crate) fn role(name: &str) -> Option<Role> {
    let found = ALLOWED.binary_search_by(|(n, _)| (*n).cmp(name)).ok()?;
    ALLOWED.get(found).map(|(_, role)| *role)
}

/// True for an element without an end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(role(name), Some(Role::InlineVoid | Role::BlockVoid))
}

/// True for an element that begins a line of its own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(role(name), Some(Role::Leaf | Role::Container | Role::Structure | Role::BlockVoid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_the_search_finds_every_element() {
        assert!(ALLOWED.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(ALLOWED.iter().all(|(name, r)| role(name) == Some(*r)));
        assert_eq!(role("script"), None);
    }

    #[test]
    fn nothing_is_both_allowed_and_removed() {
        assert!(REMOVED_WITH_CONTENT.iter().all(|name| role(name).is_none()));
        assert!(STAND_INS.iter().all(|(from, to)| role(from).is_none() && role(to).is_some()));
    }
}
