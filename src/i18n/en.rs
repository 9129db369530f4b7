//! English.

use super::catalogue::{Catalogue, Plural};

pub(super) static CATALOGUE: Catalogue = Catalogue {
    language: "en",

    article_loading: "Loading the article…",
    article_failed: "The article could not be loaded. {cause}",
    article_unreadable: "What came from the address is not an article that can be shown.",
    article_not_found: "There is no article at this address.",
    attribute_wrong: "A setting of this card is wrong: {attribute}",
    attribute_missing: "A setting of this card is missing: {attribute}",
    article_missing: "There is no article in this card.",
    byline: "By",
    updated: "Updated {date}",
    reading_time: Plural {
        zero: "{n} min read",
        one: "{n} min read",
        two: "{n} min read",
        few: "{n} min read",
        many: "{n} min read",
        other: "{n} min read",
    },
    read_on: "Continue reading",
    read_elsewhere: "Read the whole article at {site}",
    share: "Share",
    copy_link: "Copy link",
    link_copied: "Link copied",
    link_to_copy: "The article's address",
    open_embed: "Show content from {site}",
    table: "Table",

    comments: "Comments",
    comment_count: plural("1 comment", "{n} comments"),
    comments_loading: "Loading the comments…",
    comments_failed: "The comments could not be loaded. {cause}",
    comments_empty: "There are no comments",
    comments_invite: "Tell us what you think, and be the first.",
    comments_more: "More comments",
    comments_unset: "Comments are not available in this card.",
    comments_unreadable: plural("1 comment could not be shown.", "{n} comments could not be shown."),
    comments_wait: "The comments appear once the article is loaded.",

    name_label: "Name",
    body_label: "Your comment",
    send: "Send comment",
    draft_kept: "The draft is kept on this device",
    draft_not_kept: "The draft cannot be kept on this device. Copy your text before you leave the page.",
    characters_left: plural("1 character left", "{n} characters left"),
    characters_over: plural("1 character too many", "{n} characters too many"),
    name_missing: "Write your name.",
    name_invisible: "Write a name that can be seen: this one holds only hidden characters.",
    name_too_long: "The name is longer than {max} characters.",
    body_missing: "Write your comment first.",
    body_invisible: "Write a comment that can be seen: this text holds only hidden characters.",
    body_too_long: "The comment is longer than {max} characters. Your text stays as you typed it.",
    field_refused: "The server did not accept this field.",

    sending: "Sending…",
    waiting: "Waiting for the network",
    not_sent: "Not sent",
    send_failed: "Your comment is not sent yet. {cause} It is kept here and will be sent by itself.",
    send_failed_unkept: "Your comment is not sent yet. {cause} Do not close the page: it cannot be kept on this device.",
    send_refused: "Your comment was not accepted. {cause} Your text is kept here.",
    sent: "Your comment is published.",
    retry: "Try again",
    edit: "Edit the text",

    cause_offline: "There is no internet connection.",
    cause_unreachable: "The server cannot be reached.",
    cause_timeout: "The server did not answer in time.",
    cause_gateway: "The server is down at the moment ({status}).",
    cause_server: "The server failed ({status}).",
    cause_throttled: "Too many requests in a short time.",
    cause_not_found: "There is nothing at this address ({status}).",
    cause_forbidden: "The server does not allow this from this page ({status}).",
    cause_refused: "The server refused the request ({status}).",
    cause_garbage: "The server's answer makes no sense.",
    slow: "The server is slow; we are still waiting for it.",

    // Listening.
    listen: "Listen",
    listen_pause: "Pause",
    listen_resume: "Resume",
    listen_stop: "Stop",
    listen_denied: "The browser did not allow the article to be read aloud. Press “{resume}” to start again.",
    listen_network: "The reading stopped: its voice needs the internet. Press “{resume}” when you are connected again.",
    listen_broken: "The reading stopped: the voice failed. Press “{resume}” to go on from the same sentence.",
};

const fn plural(one: &'static str, other: &'static str) -> Plural {
    Plural { zero: other, one, two: other, few: other, many: other, other }
}
