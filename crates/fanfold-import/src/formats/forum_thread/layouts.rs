//! Where each program for boards puts posts, names and texts. One entry a program; the last ones are for boards that
//! only look like these.

/// One program's places, as CSS.
pub(super) struct Layout {
    /// What its pages hold in their beginning, all of it, in lower case.
    pub(super) signs: &'static [&'static str],
    /// Each post.
    pub(super) post: &'static str,
    /// Its author, inside it; an attribute `data-author` goes before.
    pub(super) author: &'static str,
    /// Its text, inside it.
    pub(super) text: &'static str,
    /// Its day, inside it.
    pub(super) day: &'static str,
    /// The thread's title.
    pub(super) title: &'static str,
}

/// All of them; the first whose posts are found reads the page.
pub(super) const LAYOUTS: [Layout; 11] = [
    // XenForo 2
    Layout {
        signs: &["message--post", "bbwrapper"],
        post: "article.message--post, article.message[data-author]",
        author: ".message-userDetails .username, .message-name .username, .username",
        text: ".message-body .bbWrapper, .bbWrapper",
        day: ".message-attribution-main time, time",
        title: "h1.p-title-value, .p-title h1, h1",
    },
    // XenForo 1
    Layout {
        signs: &["messagelist", "messagetext"],
        post: "li.message",
        author: "a.username, .username",
        text: "blockquote.messageText, .messageText",
        day: ".DateTime, .datePermalink",
        title: ".titleBar h1, h1",
    },
    // vBulletin 4 and 5
    Layout {
        signs: &["postcontent", "postbit"],
        post: "li.postbit, li.postbitlegacy, li.postcontainer, li.b-post",
        author: ".username strong, .username, .author a",
        text: ".postcontent, .js-post__content-text",
        day: ".postdate .date, .b-post__timestamp time, .date",
        title: ".threadtitle, h1.main-title, h1",
    },
    // vBulletin 3
    Layout {
        signs: &["post_message_"],
        post: "table[id^=post], div[id^=edit]",
        author: ".bigusername",
        text: "div[id^=post_message_], td[id^=td_post_] > div:not(.smallfont)",
        day: "td.thead",
        title: ".navbar strong, td.navbar strong, h1",
    },
    // phpBB 3
    Layout {
        signs: &["postbody", "postprofile"],
        post: "div.post",
        author: ".postprofile .username, .postprofile .username-coloured, .postprofile dt a, p.author strong",
        text: ".content",
        day: "p.author time, p.author",
        title: "h2.topic-title, #page-body h2, h2",
    },
    // SMF
    Layout {
        signs: &["post_wrapper", "poster"],
        post: ".post_wrapper",
        author: ".poster h4 a, .poster h4",
        text: ".post .inner, .inner",
        day: ".keyinfo .smalltext, .postinfo a",
        title: ".keyinfo h5 a, h3.catbg, h2.display_title, h1",
    },
    // Invision
    Layout {
        signs: &["ipscomment"],
        post: "article.ipsComment, article.ipsEntry",
        author: ".cAuthorPane_author a, .ipsComment_author a, .cAuthorPane_author, .ipsEntry__author",
        text: "[data-role=commentContent]",
        day: ".ipsComment_meta time, time",
        title: "h1.ipsType_pageTitle, h1",
    },
    Layout {
        signs: &["post_block", "entry-content"],
        post: ".post_block",
        author: ".author a, .author, h3 .name",
        text: ".entry-content",
        day: ".posted_info abbr, .published",
        title: "h1.ipsType_pagetitle, h1, h2.maintitle",
    },
    // Discourse
    Layout {
        signs: &["discourse"],
        post: ".crawler-post, .topic-post, article[data-post-id], div[itemprop=comment]",
        author: ".creator [itemprop=name], .names .username, .username a",
        text: ".cooked, [itemprop=text], [itemprop=articleBody]",
        day: "time, .post-date",
        title: "h1",
    },
    // Boards with markup for search engines
    Layout {
        signs: &["discussionforumposting", "itemprop=\"author\""],
        post: "[itemtype$=DiscussionForumPosting], [itemtype$=Comment]",
        author: "[itemprop=author] [itemprop=name], [itemprop=author]",
        text: "[itemprop=text], [itemprop=articleBody]",
        day: "[itemprop=datePublished], time",
        title: "h1",
    },
    // Anything like them
    Layout {
        signs: &["class=\"post\"", "class=\"username\""],
        post: ".post",
        author: ".username",
        text: ".post-body, .post-content, .content, .message, .text",
        day: "time, .date, .postdate",
        title: "h1, h2",
    },
];

/// phpBB 2 and boards like it: names and texts stand in rows of one table, in turn.
pub(super) const ROW_NAME: &str = "span.name";
/// The texts of those rows.
pub(super) const ROW_TEXT: &str = "span.postbody, td.postbody, div.postbody";

/// What is inside a post's text and not the author's: attributed quotations, signatures, notes about edits.
pub(super) const ASIDE: &str = "blockquote[data-quote], .bbCodeBlock--quote, .bbCodeQuote, .quote_container, .bbcode_quote, \
     .quoteheader, .quotefooter, blockquote.ipsQuote, .ipsBlockquote, blockquote.bbc_standard_quote, aside.quote, \
     .signature, .message-signature, .postsignature, .signaturecontainer, .moderatorbar, .message-lastEdit, .lastedited, \
     .editedby, .postedit, .notice, .attachment, .attachments, .attachmentList, .bbCodeSpoiler-button, .reactionsBar, \
     .likesSummary, .message-footer, .threadmarkLabel, .js-selectToQuoteEnd, form, script, style";
