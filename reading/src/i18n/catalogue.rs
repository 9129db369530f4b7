//! The words that a translation gives: `catalogues/*.json`, one file for each language.
//!
//! A translator needs no Rust: `TRANSLATING.md`, which a test writes from the notes here, says what each key is.

/// A word or a sentence. `{name}` marks what [`fill`] puts in. It lives as long as the page.
pub type Text = &'static str;

/// Looks a phrase up: the text of a key, or of a key and one of its forms.
pub(super) type Find<'a> = &'a dyn Fn(&str, Option<&str>) -> Option<Text>;

/// The keys, one after the other, with what is found for them.
struct Reader<'a> {
    keys: std::slice::Iter<'static, Text>,
    find: Find<'a>,
}

impl Reader<'_> {
    fn key(&mut self) -> Text {
        self.keys.next().copied().unwrap_or_default()
    }
}

/// What a key can hold.
trait Phrase: Sized {
    /// Whether it has plural forms.
    const HAS_FORMS: bool;

    /// The phrase of the next key. Where there is none, the key stands for it: a card with a gap is still a card.
    fn read(reader: &mut Reader) -> Self;
}

impl Phrase for Text {
    const HAS_FORMS: bool = false;

    // There are two hundred calls.
    #[inline(never)]
    fn read(reader: &mut Reader) -> Self {
        let key = reader.key();
        (reader.find)(key, None).unwrap_or(key)
    }
}

/// A phrase in the plural categories of CLDR that its language has.
#[derive(Debug)]
pub struct Plural {
    /// By the categories' names, in the order of [`CATEGORIES`]; the last one is always there.
    forms: [Option<Text>; 6],
}

/// The cardinal plural categories (CLDR, as `Intl.PluralRules` names them).
pub const CATEGORIES: [Text; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Phrase for Plural {
    const HAS_FORMS: bool = true;

    #[inline(never)]
    fn read(reader: &mut Reader) -> Self {
        let (key, find) = (reader.key(), reader.find);
        let mut forms = CATEGORIES.map(|category| find(key, Some(category)));
        // One text for all numbers is a plural too: what a host writes for its own words.
        forms[5] = forms[5].or_else(|| find(key, None)).or(Some(key));
        Self { forms }
    }
}

impl Plural {
    /// The phrase for `n` of the category that `Intl.PluralRules.select` names. Nothing may have words of its own in
    /// every language («No comments»), whatever its category.
    pub(super) fn form(&self, n: u64, category: &str) -> Text {
        let of = |category: &str| self.forms[CATEGORIES.iter().position(|c| *c == category)?];
        let none = if n == 0 { of("zero") } else { None };
        none.or_else(|| of(category)).or(self.forms[5]).unwrap_or_default()
    }
}

macro_rules! catalogue {
    ($($(#[doc = $note:literal])+ $key:ident: $kind:ty,)+) => {
        /// A language's words.
        #[derive(Debug)]
        pub struct Catalogue {
            /// The primary language subtag (BCP 47).
            pub language: Text,
            /// Months, days and ages, where browsers do not know the language's.
            pub dates: Option<super::dates::Dates>,
            $($(#[doc = $note])+ pub $key: $kind,)+
        }

        /// The keys of a catalogue, in its order.
        pub const KEYS: &[Text] = &[$(stringify!($key)),+];

        /// Whether the phrase of each key has plural forms, in the order of [`KEYS`].
        pub(super) const HAS_FORMS: &[bool] = &[$(<$kind as Phrase>::HAS_FORMS),+];

        /// What a translator is told: key, kind and note.
        #[cfg(test)]
        pub(super) const NOTES: &[(Text, Text, Text)] =
            &[$((stringify!($key), stringify!($kind), concat!($($note),+))),+];

        impl Catalogue {
            /// Reads the catalogue of `language`.
            pub(super) fn read(language: Text, find: Find) -> Self {
                let mut reader = Reader { keys: KEYS.iter(), find };
                Self {
                    language,
                    dates: super::dates::Dates::read(find),
                    $($key: Phrase::read(&mut reader),)+
                }
            }
        }
    };
}

catalogue! {
    /// Read out while the article is on its way.
    article_loading: Text,
    /// The card has broken by a fault of its own; the article shows without it.
    card_broken: Text,
    /// The button that loads a broken card again.
    card_reload: Text,
    /// `{cause}` is one of the causes below.
    article_failed: Text,
    /// The source holds no article.
    article_unreadable: Text,
    /// The address leads nowhere.
    article_not_found: Text,
    /// `{attribute}` of the tag is wrong.
    attribute_wrong: Text,
    /// `{attribute}` of the tag is missing.
    attribute_missing: Text,
    /// Neither `src` nor children.
    article_missing: Text,
    /// Before the author's name, for a screen reader.
    byline: Text,
    /// When the article was changed last: `{date}` is a day.
    updated: Text,
    /// How many minutes the article takes to read.
    reading_time: Plural,
    /// The button that unfolds the rest of a long article.
    read_on: Text,
    /// The link to an article that is only described here; `{site}` is whose it is.
    read_elsewhere: Text,
    /// The button that hands the article's address to another app.
    share: Text,
    /// The same, where only copying is possible.
    copy_link: Text,
    /// Read out, and shown, when the address is on the clipboard.
    link_copied: Text,
    /// The label of the address, where the browser lets no script copy it.
    link_to_copy: Text,
    /// The button of the reader's menu (text size, line spacing, colours), and the menu's name.
    comfort: Text,
    /// A letter of the script, drawn small and large on that button.
    comfort_letter: Text,
    /// The size of the text.
    text_size: Text,
    /// How large it is, in per cent of the usual size.
    text_size_now: Text,
    /// The button for a smaller text.
    text_smaller: Text,
    /// The button for a larger text.
    text_larger: Text,
    /// The space between the lines.
    line_spacing: Text,
    /// The usual space.
    line_spacing_normal: Text,
    /// More space.
    line_spacing_wide: Text,
    /// Still more space.
    line_spacing_wider: Text,
    /// The colours of the card.
    theme: Text,
    /// Light or dark, as the reader's device is set.
    theme_auto: Text,
    /// Dark letters on white.
    theme_light: Text,
    /// Brown letters on the paper of an old book.
    theme_sepia: Text,
    /// Light letters on black.
    theme_dark: Text,
    /// The button that loads what `{site}` shows in a frame.
    open_embed: Text,
    /// The name of a table without a caption, for a screen reader.
    table: Text,

    /// The conversation's heading.
    comments: Text,
    /// The count beside it, for a screen reader.
    comment_count: Plural,
    /// Read out while comments are on their way.
    comments_loading: Text,
    /// `{cause}` is one of the causes below.
    comments_failed: Text,
    /// The empty conversation.
    comments_empty: Text,
    /// The invitation under it.
    comments_invite: Text,
    /// The button for the next page.
    comments_more: Text,
    /// No endpoint is set.
    comments_unset: Text,
    /// How many comments of a page could not be read.
    comments_unreadable: Plural,
    /// The conversation's name is not known until the article is.
    comments_wait: Text,

    /// The name's label.
    name_label: Text,
    /// The text's label.
    body_label: Text,
    /// The submit button.
    send: Text,
    /// The draft is kept on this device.
    draft_kept: Text,
    /// The draft is only in the page.
    draft_not_kept: Text,
    /// Characters left.
    characters_left: Plural,
    /// Characters too many.
    characters_over: Plural,
    /// No name was given.
    name_missing: Text,
    /// The name cannot be seen.
    name_invisible: Text,
    /// The name has neither letter, digit nor picture: only marks or punctuation.
    name_no_letter: Text,
    /// A word of the name mixes scripts whose letters look alike, such as Latin and Cyrillic.
    name_mixed_scripts: Text,
    /// The name is in letters that look like those of another script («аса» in Cyrillic), or dressed ones («𝓢𝓪𝓵𝓶𝓪»).
    name_look_alike: Text,
    /// The name is longer than `{max}`.
    name_too_long: Text,
    /// No text was given.
    body_missing: Text,
    /// The text cannot be seen.
    body_invisible: Text,
    /// The text is longer than `{max}`.
    body_too_long: Text,
    /// The endpoint refused a field for a reason of its own.
    field_refused: Text,
    /// Several fields were refused: a list of links to them follows, each with what is wrong.
    fields_refused: Text,

    /// The tag of a comment on its way.
    sending: Text,
    /// The tag of a comment that waits for the network.
    waiting: Text,
    /// The tag of a comment that will not be sent again by itself.
    not_sent: Text,
    /// `{cause}`; it is kept on this device and will be sent.
    send_failed: Text,
    /// `{cause}`; it is kept in this page only.
    send_failed_unkept: Text,
    /// `{cause}`; it is not tried again as it is.
    send_refused: Text,
    /// Read out when a comment is acknowledged.
    sent: Text,
    /// The same, where a moderator has to let it through.
    sent_pending: Text,
    /// The button that tries again.
    retry: Text,
    /// The button that takes an unsent comment back into the composer.
    edit: Text,

    /// No network.
    cause_offline: Text,
    /// The server cannot be reached.
    cause_unreachable: Text,
    /// The server did not answer in time.
    cause_timeout: Text,
    /// Something before the server says that it is down (502, 503, 504); `{status}`.
    cause_gateway: Text,
    /// The server failed (other 5xx); `{status}`.
    cause_server: Text,
    /// Too many requests (429).
    cause_throttled: Text,
    /// Nothing is at the address (404, 410); `{status}`.
    cause_not_found: Text,
    /// The server does not let this page in (401, 403); `{status}`.
    cause_forbidden: Text,
    /// The server refused the request (other 4xx); `{status}`.
    cause_refused: Text,
    /// The answer is not what was asked for.
    cause_garbage: Text,
    /// The server takes its time.
    slow: Text,

    // Reading a conversation.
    /// The label of the choice of an order.
    sort_label: Text,
    /// The latest first.
    sort_newest: Text,
    /// The first first.
    sort_oldest: Text,
    /// The most liked first.
    sort_liked: Text,
    /// The button that shows comments that came meanwhile.
    comments_new: Plural,
    /// The button for the page before the first one here.
    comments_before: Text,
    /// More came than is taken.
    comments_cut: Text,
    /// The button for replies that are not here yet.
    replies_more: Plural,
    /// The button that folds the replies of a comment.
    replies_hide: Text,
    /// The button that unfolds them.
    replies_show: Plural,
    /// Read out while replies are on their way.
    replies_loading: Text,
    /// `{cause}` is one of the causes above.
    replies_failed: Text,
    /// Before a reply that does not stand under what it replies to; `{name}` wrote that.
    in_reply_to: Text,
    /// The same, where what it replies to is not here.
    in_reply_to_other: Text,
    /// The button that unfolds a long comment.
    comment_more: Text,
    /// The button that folds it again.
    comment_less: Text,
    /// In the place of a comment that is no more.
    comment_deleted: Text,
    /// The mark of a comment whose text its author changed.
    comment_edited: Text,
    /// The mark of a comment that waits for a moderator.
    comment_pending: Text,
    /// The mark of a comment that stands above all others.
    comment_pinned: Text,
    /// The mark of a comment that the editors set apart.
    comment_featured: Text,
    /// The badge of the article's author.
    badge_author: Text,
    /// The badge of one of the publisher's people.
    badge_staff: Text,

    // Never lost.
    /// The tag of an unsent comment that another tab sends.
    unsent_elsewhere: Text,
    /// Another tab has it in hand: it cannot be changed now.
    unsent_held: Text,
    /// It was not sent yet, and this page does not know why.
    unsent_waits: Text,
    /// It waits until the host page says who reads.
    unsent_unsigned: Text,
    /// The endpoint did not take the host page's word for who reads; `{cause}`.
    unsent_identity: Text,
    /// `{cause}`; it is not tried again as it is, and kept in this page only.
    unsent_refused_unkept: Text,
    /// The button that sends such a reply as a top-level comment.
    unsent_as_top: Text,
    /// The button that copies an unsent comment's text.
    unsent_copy: Text,
    /// The same button once it is on the clipboard.
    unsent_copied: Text,
    /// The label of the text where it is to be copied by hand.
    unsent_text: Text,
    /// The button that discards an unsent comment.
    unsent_discard: Text,
    /// Asked before it is discarded.
    unsent_question: Text,
    /// Read out when it was discarded.
    unsent_discarded: Text,

    // Listening.
    /// The button that has the article read aloud.
    listen: Text,
    /// The same button while a voice reads.
    listen_pause: Text,
    /// The same button when the reading has paused.
    listen_resume: Text,
    /// The button that ends the reading.
    listen_stop: Text,
    /// The browser forbids it; `{resume}` is the button's label.
    listen_denied: Text,
    /// The voice is remote and cannot be reached; `{resume}`.
    listen_network: Text,
    /// The voice or the sound failed; `{resume}`.
    listen_broken: Text,

    // Acting on a comment.
    /// The button that likes the comment of `{name}`.
    like: Text,
    /// How many readers like it, for a screen reader.
    likes: Plural,
    /// The like did not arrive; `{cause}`.
    like_failed: Text,
    /// The like was not taken back; `{cause}`.
    unlike_failed: Text,
    /// The button that answers a comment.
    reply: Text,
    /// The same, in full, to the comment of `{name}`; it begins with the same word.
    reply_to: Text,
    /// The button of the menu, and the menu: what else can be done with the comment of `{name}`.
    acts: Text,
    /// What is passed on: a comment of `{name}`.
    comment_of: Text,
    /// The label of its address, where the browser lets no script copy it.
    comment_link: Text,
    /// Takes a comment into the composer as a quotation.
    comment_quote: Text,
    /// Gives one's own comment another text.
    comment_edit: Text,
    /// Deletes one's own comment.
    comment_delete: Text,
    /// Asked before that.
    delete_question: Text,
    /// The answer that changes nothing.
    delete_keep: Text,
    /// The answer that deletes it.
    delete_yes: Text,
    /// It was not deleted; `{cause}`.
    delete_failed: Text,
    /// The time for that is over.
    delete_too_late: Text,
    /// Read out when it is gone.
    deleted: Text,
    /// Hides what `{name}` writes, on this device.
    mute: Text,
    /// Shows the comments of `{name}` again.
    unmute: Text,
    /// Said once where it was asked that the comments of `{name}` be hidden.
    muted_now: Text,
    /// In the place of a hidden comment.
    muted_comment: Text,
    /// Shows that one.
    muted_show: Text,
    /// Shows all of that name.
    muted_end: Text,
    /// Takes back what was just done.
    undo: Text,
    /// Tells the moderators about a comment.
    report: Text,
    /// That was done before.
    reported: Text,
    /// Above the reasons to report the comment of `{name}`.
    report_why: Text,
    /// A reason: advertising.
    report_spam: Text,
    /// A reason: insults, threats, hatred.
    report_abuse: Text,
    /// A reason: it tells what is nobody's business.
    report_private: Text,
    /// A reason: it misleads.
    report_false: Text,
    /// A reason: it has nothing to do with the article.
    report_off_topic: Text,
    /// A reason: something else.
    report_other: Text,
    /// The label of the reader's own words.
    report_note: Text,
    /// They are longer than `{max}`.
    report_note_too_long: Text,
    /// No reason was chosen.
    report_reason_missing: Text,
    /// Sends the report.
    report_send: Text,
    /// It did not arrive; `{cause}`.
    report_failed: Text,
    /// It arrived.
    report_thanks: Text,
    /// Leaves a form as if it had not been opened.
    cancel: Text,
    /// Closes what was read.
    close: Text,

    // Writing.
    /// The e-mail address's label.
    email_label: Text,
    /// Beside it: nobody sees it.
    email_hint: Text,
    /// The label of the author's own address.
    website_label: Text,
    /// Beside the label of a field that may stay empty.
    field_optional: Text,
    /// No e-mail address was given.
    email_missing: Text,
    /// It is no e-mail address.
    email_malformed: Text,
    /// No address of a website was given.
    website_missing: Text,
    /// It is no address of a website.
    website_malformed: Text,
    /// An e-mail address or a website's is longer than `{max}`.
    address_too_long: Text,
    /// What is replied to is there no more.
    parent_gone: Text,
    /// The box that keeps name and addresses on this device.
    remember: Text,
    /// In the place of the name's field, where the host page knows the reader; `{name}`.
    writing_as: Text,
    /// The host page's word for its reader cannot be read.
    identity_unreadable: Text,
    /// The host page's word for its reader was good once.
    identity_expired: Text,
    /// The label of a reply's text.
    reply_label: Text,
    /// The button that submits a reply.
    send_reply: Text,
    /// The form of another text for one's own comment.
    edit_label: Text,
    /// The button that saves that text.
    save: Text,
    /// The same button while it is on its way.
    saving: Text,
    /// `{cause}`; the text stays in the form.
    edit_failed: Text,
    /// Read out when the text was saved.
    edit_saved: Text,
    /// Escape was pressed in a form where something is written.
    escape_again: Text,
    /// The name of the toolbar.
    toolbar: Text,
    /// A button of it.
    tool_strong: Text,
    /// A button of it.
    tool_emphasis: Text,
    /// A button of it.
    tool_link: Text,
    /// A button of it.
    tool_quote: Text,
    /// A button of it.
    tool_code: Text,
    /// A button of it.
    tool_list: Text,
    /// The button that shows how the text will look, and the region where it does.
    preview: Text,
    /// There is no text to show yet.
    preview_empty: Text,
    /// `{cause}`.
    preview_failed: Text,
    /// The host page's word for the reader was good once.
    cause_identity_expired: Text,
    /// The host page's word for the reader is not believed.
    cause_identity_invalid: Text,
    /// Only readers whom the host page knows may do this.
    cause_identity_required: Text,
    /// The comment is another's.
    cause_not_author: Text,
    /// The time to change it is over.
    cause_window_closed: Text,
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
