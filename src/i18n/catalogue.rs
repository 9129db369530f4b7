//! The words that a translation must give.

/// A language's words. `{name}` marks what [`fill`] puts in.
pub struct Catalogue {
    /// The primary language subtag (BCP 47).
    pub language: &'static str,

    /// Read out while the article is on its way.
    pub article_loading: &'static str,
    /// `{cause}` is one of the causes below.
    pub article_failed: &'static str,
    /// The source holds no article.
    pub article_unreadable: &'static str,
    /// The address leads nowhere.
    pub article_not_found: &'static str,
    /// `{attribute}` of the tag is wrong.
    pub attribute_wrong: &'static str,
    /// `{attribute}` of the tag is missing.
    pub attribute_missing: &'static str,
    /// Neither `src` nor children.
    pub article_missing: &'static str,
    /// Before the author's name, for a screen reader.
    pub byline: &'static str,
    /// Before the modification date.
    pub updated: &'static str,
    /// How many minutes the article takes to read.
    pub reading_time: Plural,
    /// The button that unfolds the rest of a long article.
    pub read_on: &'static str,
    /// The link to an article that is only described here; `{site}` is whose it is.
    pub read_elsewhere: &'static str,
    /// The button that hands the article's address to another app.
    pub share: &'static str,
    /// The same, where only copying is possible.
    pub copy_link: &'static str,
    /// Read out, and shown, when the address is on the clipboard.
    pub link_copied: &'static str,
    /// The label of the address, where the browser lets no script copy it.
    pub link_to_copy: &'static str,
    /// The button that loads what `{site}` shows in a frame.
    pub open_embed: &'static str,
    /// The name of a table without a caption, for a screen reader.
    pub table: &'static str,

    /// The conversation's heading.
    pub comments: &'static str,
    /// The count beside it, for a screen reader.
    pub comment_count: Plural,
    /// Read out while comments are on their way.
    pub comments_loading: &'static str,
    /// `{cause}` is one of the causes below.
    pub comments_failed: &'static str,
    /// The empty conversation.
    pub comments_empty: &'static str,
    /// The invitation under it.
    pub comments_invite: &'static str,
    /// The button for the next page.
    pub comments_more: &'static str,
    /// No endpoint is set.
    pub comments_unset: &'static str,
    /// `{count}` comments of a page could not be read.
    pub comments_unreadable: Plural,
    /// The conversation's name is not known until the article is.
    pub comments_wait: &'static str,

    /// The name's label.
    pub name_label: &'static str,
    /// The text's label.
    pub body_label: &'static str,
    /// The submit button.
    pub send: &'static str,
    /// The draft is kept on this device.
    pub draft_kept: &'static str,
    /// The draft is only in the page.
    pub draft_not_kept: &'static str,
    /// Characters left.
    pub characters_left: Plural,
    /// Characters too many.
    pub characters_over: Plural,
    /// No name was given.
    pub name_missing: &'static str,
    /// The name cannot be seen.
    pub name_invisible: &'static str,
    /// The name is longer than `{max}`.
    pub name_too_long: &'static str,
    /// No text was given.
    pub body_missing: &'static str,
    /// The text cannot be seen.
    pub body_invisible: &'static str,
    /// The text is longer than `{max}`.
    pub body_too_long: &'static str,
    /// The endpoint refused a field for a reason of its own.
    pub field_refused: &'static str,

    /// The tag of a comment on its way.
    pub sending: &'static str,
    /// The tag of a comment that waits for the network.
    pub waiting: &'static str,
    /// The tag of a comment that will not be sent again by itself.
    pub not_sent: &'static str,
    /// `{cause}`; it is kept on this device and will be sent.
    pub send_failed: &'static str,
    /// `{cause}`; it is kept in this page only.
    pub send_failed_unkept: &'static str,
    /// `{cause}`; it is not tried again as it is.
    pub send_refused: &'static str,
    /// Read out when a comment is acknowledged.
    pub sent: &'static str,
    /// The button that tries again.
    pub retry: &'static str,
    /// The button that takes an unsent comment back into the composer.
    pub edit: &'static str,

    /// No network.
    pub cause_offline: &'static str,
    /// The server cannot be reached.
    pub cause_unreachable: &'static str,
    /// The server did not answer in time.
    pub cause_timeout: &'static str,
    /// Something before the server says that it is down (502, 503, 504).
    pub cause_gateway: &'static str,
    /// The server failed (other 5xx); `{status}`.
    pub cause_server: &'static str,
    /// Too many requests (429).
    pub cause_throttled: &'static str,
    /// Nothing is at the address (404, 410).
    pub cause_not_found: &'static str,
    /// The server does not let this page in (401, 403).
    pub cause_forbidden: &'static str,
    /// The server refused the request (other 4xx); `{status}`.
    pub cause_refused: &'static str,
    /// The answer is not what was asked for.
    pub cause_garbage: &'static str,
    /// The server takes its time.
    pub slow: &'static str,

    // Reading a conversation.
    /// The label of the choice of an order.
    pub sort_label: &'static str,
    /// The latest first.
    pub sort_newest: &'static str,
    /// The first first.
    pub sort_oldest: &'static str,
    /// The most liked first.
    pub sort_liked: &'static str,
    /// The button that shows comments that came meanwhile.
    pub comments_new: Plural,
    /// The button for the page before the first one here.
    pub comments_before: &'static str,
    /// More came than is taken.
    pub comments_cut: &'static str,
    /// The button for replies that are not here yet.
    pub replies_more: Plural,
    /// The button that folds the replies of `{name}`'s comment.
    pub replies_hide: &'static str,
    /// The button that unfolds them.
    pub replies_show: Plural,
    /// Read out while replies are on their way.
    pub replies_loading: &'static str,
    /// `{cause}` is one of the causes above.
    pub replies_failed: &'static str,
    /// Before a reply that does not stand under what it replies to; `{name}` wrote that.
    pub in_reply_to: &'static str,
    /// The same, where what it replies to is not here.
    pub in_reply_to_other: &'static str,
    /// The button that unfolds a long comment.
    pub comment_more: &'static str,
    /// The button that folds it again.
    pub comment_less: &'static str,
    /// In the place of a comment that is no more.
    pub comment_deleted: &'static str,
    /// The mark of a comment whose text its author changed.
    pub comment_edited: &'static str,
    /// The mark of a comment that waits for a moderator.
    pub comment_pending: &'static str,
    /// The mark of a comment that stands above all others.
    pub comment_pinned: &'static str,
    /// The mark of a comment that the editors set apart.
    pub comment_featured: &'static str,
    /// The badge of the article's author.
    pub badge_author: &'static str,
    /// The badge of one of the publisher's people.
    pub badge_staff: &'static str,

    // Never lost.
    /// The tag of an unsent comment that another tab sends.
    pub unsent_elsewhere: &'static str,
    /// Another tab has it in hand: it cannot be changed now.
    pub unsent_held: &'static str,
    /// It was not sent yet, and this page does not know why.
    pub unsent_waits: &'static str,
    /// It waits until the host page says who reads.
    pub unsent_unsigned: &'static str,
    /// The endpoint did not take the host page's word for who reads; `{cause}`.
    pub unsent_identity: &'static str,
    /// `{cause}`; it is not tried again as it is, and kept in this page only.
    pub unsent_refused_unkept: &'static str,
    /// The button that sends such a reply as a top-level comment.
    pub unsent_as_top: &'static str,
    /// The button that copies an unsent comment's text.
    pub unsent_copy: &'static str,
    /// The same button once it is on the clipboard.
    pub unsent_copied: &'static str,
    /// The label of the text where it is to be copied by hand.
    pub unsent_text: &'static str,
    /// The button that discards an unsent comment.
    pub unsent_discard: &'static str,
    /// Asked before it is discarded.
    pub unsent_question: &'static str,
    /// Read out when it was discarded.
    pub unsent_discarded: &'static str,

    // Listening.
    /// The button that has the article read aloud.
    pub listen: &'static str,
    /// The same button while a voice reads.
    pub listen_pause: &'static str,
    /// The same button when the reading has paused.
    pub listen_resume: &'static str,
    /// The button that ends the reading.
    pub listen_stop: &'static str,
    /// The browser forbids it; `{resume}` is the button's label.
    pub listen_denied: &'static str,
    /// The voice is remote and cannot be reached; `{resume}`.
    pub listen_network: &'static str,
    /// The voice or the sound failed; `{resume}`.
    pub listen_broken: &'static str,

    // Acting on a comment.
    /// The button that likes the comment of `{name}`.
    pub like: &'static str,
    /// How many readers like it, for a screen reader.
    pub likes: Plural,
    /// The like did not arrive; `{cause}`.
    pub like_failed: &'static str,
    /// The like was not taken back; `{cause}`.
    pub unlike_failed: &'static str,
    /// The button that answers a comment.
    pub reply: &'static str,
    /// The same, in full; it begins with the same word.
    pub reply_to: &'static str,
    /// The button of the menu, and the menu: what else can be done with the comment of `{name}`.
    pub acts: &'static str,
    /// What is passed on: a comment of `{name}`.
    pub comment_of: &'static str,
    /// The label of its address, where the browser lets no script copy it.
    pub comment_link: &'static str,
    /// Takes a comment into the composer as a quotation.
    pub comment_quote: &'static str,
    /// Gives one's own comment another text.
    pub comment_edit: &'static str,
    /// Deletes one's own comment.
    pub comment_delete: &'static str,
    /// Asked before that.
    pub delete_question: &'static str,
    /// The answer that changes nothing.
    pub delete_keep: &'static str,
    /// The answer that deletes it.
    pub delete_yes: &'static str,
    /// It was not deleted; `{cause}`.
    pub delete_failed: &'static str,
    /// The time for that is over.
    pub delete_too_late: &'static str,
    /// Read out when it is gone.
    pub deleted: &'static str,
    /// Hides what `{name}` writes, on this device.
    pub mute: &'static str,
    /// Shows it again.
    pub unmute: &'static str,
    /// Said once where that was asked for.
    pub muted_now: &'static str,
    /// In the place of a hidden comment.
    pub muted_comment: &'static str,
    /// Shows that one.
    pub muted_show: &'static str,
    /// Shows all of that name.
    pub muted_end: &'static str,
    /// Takes back what was just done.
    pub undo: &'static str,
    /// Tells the moderators about a comment.
    pub report: &'static str,
    /// That was done before.
    pub reported: &'static str,
    /// Above the reasons.
    pub report_why: &'static str,
    /// A reason: advertising.
    pub report_spam: &'static str,
    /// A reason: insults, threats, hatred.
    pub report_abuse: &'static str,
    /// A reason: it tells what is nobody's business.
    pub report_private: &'static str,
    /// A reason: it misleads.
    pub report_false: &'static str,
    /// A reason: it has nothing to do with the article.
    pub report_off_topic: &'static str,
    /// A reason: something else.
    pub report_other: &'static str,
    /// The label of the reader's own words.
    pub report_note: &'static str,
    /// They are longer than `{max}`.
    pub report_note_too_long: &'static str,
    /// No reason was chosen.
    pub report_reason_missing: &'static str,
    /// Sends the report.
    pub report_send: &'static str,
    /// It did not arrive; `{cause}`.
    pub report_failed: &'static str,
    /// It arrived.
    pub report_thanks: &'static str,
    /// Leaves a form as if it had not been opened.
    pub cancel: &'static str,
    /// Closes what was read.
    pub close: &'static str,

    // Writing.
    /// The e-mail address's label.
    pub email_label: &'static str,
    /// Beside it: nobody sees it.
    pub email_hint: &'static str,
    /// The label of the author's own address.
    pub website_label: &'static str,
    /// Beside the label of a field that may stay empty.
    pub field_optional: &'static str,
    /// No e-mail address was given.
    pub email_missing: &'static str,
    /// It is no e-mail address.
    pub email_malformed: &'static str,
    /// No address of a website was given.
    pub website_missing: &'static str,
    /// It is no address of a website.
    pub website_malformed: &'static str,
    /// An e-mail address or a website's is longer than `{max}`.
    pub address_too_long: &'static str,
    /// What is replied to is there no more.
    pub parent_gone: &'static str,
    /// The box that keeps name and addresses on this device.
    pub remember: &'static str,
    /// In the place of the name's field, where the host page knows the reader; `{name}`.
    pub writing_as: &'static str,
    /// The host page's word for its reader cannot be read.
    pub identity_unreadable: &'static str,
    /// The host page's word for its reader was good once.
    pub identity_expired: &'static str,
    /// The label of a reply's text.
    pub reply_label: &'static str,
    /// The button that submits a reply.
    pub send_reply: &'static str,
    /// The form of another text for one's own comment.
    pub edit_label: &'static str,
    /// The button that saves that text.
    pub save: &'static str,
    /// The same button while it is on its way.
    pub saving: &'static str,
    /// `{cause}`; the text stays in the form.
    pub edit_failed: &'static str,
    /// Escape was pressed in a form where something is written.
    pub escape_again: &'static str,
    /// The name of the toolbar.
    pub toolbar: &'static str,
    /// A button of it.
    pub tool_strong: &'static str,
    /// A button of it.
    pub tool_emphasis: &'static str,
    /// A button of it.
    pub tool_link: &'static str,
    /// A button of it.
    pub tool_quote: &'static str,
    /// A button of it.
    pub tool_code: &'static str,
    /// A button of it.
    pub tool_list: &'static str,
    /// The button that shows how the text will look, and the region where it does.
    pub preview: &'static str,
    /// There is no text to show yet.
    pub preview_empty: &'static str,
    /// `{cause}`.
    pub preview_failed: &'static str,
    /// The host page's word for the reader was good once.
    pub cause_identity_expired: &'static str,
    /// The host page's word for the reader is not believed.
    pub cause_identity_invalid: &'static str,
    /// Only readers whom the host page knows may do this.
    pub cause_identity_required: &'static str,
    /// The comment is another's.
    pub cause_not_author: &'static str,
    /// The time to change it is over.
    pub cause_window_closed: &'static str,
}

/// A phrase in the plural categories of CLDR; a language that lacks one repeats `other`.
pub struct Plural {
    /// Arabic: 0.
    pub zero: &'static str,
    /// One.
    pub one: &'static str,
    /// Arabic: 2.
    pub two: &'static str,
    /// Arabic: 3 to 10 of each hundred.
    pub few: &'static str,
    /// Arabic: 11 to 99 of each hundred.
    pub many: &'static str,
    /// The rest.
    pub other: &'static str,
}

impl Plural {
    /// The phrase of a category as `Intl.PluralRules.select` names it.
    pub(super) fn form(&self, category: &str) -> &'static str {
        match category {
            "zero" => self.zero,
            "one" => self.one,
            "two" => self.two,
            "few" => self.few,
            "many" => self.many,
            _ => self.other,
        }
    }
}

/// `template` with `value` in place of `{key}`.
#[must_use]
pub fn fill(template: &str, key: &str, value: &str) -> String {
    let mut mark = String::with_capacity(key.len() + 2);
    mark.push('{');
    mark.push_str(key);
    mark.push('}');
    template.replace(&mark, value)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn fill_replaces_the_named_mark_only() {
        assert_eq!(fill("{n} من {max}", "n", "٣"), "٣ من {max}");
    }
}
