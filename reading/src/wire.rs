//! What comment endpoints answer, from plain JSON: the contract's types, as leniently as the contract says. What is of another type
//! than it should be counts as absent.

use maqal_contract::{Badge, Comment, State};

use crate::json::{self, Json, Object};

/// A page of a conversation, comment by comment: one that is flawed does not hide the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The comments that could be read, in the order of the answer.
    pub comments: Vec<Comment>,
    /// How many could not.
    pub unreadable: u64,
    /// The answer broke off, or had more than are taken: these are the first of them.
    pub is_cut: bool,
    /// The length of the whole conversation, where the endpoint tells it.
    pub total: Option<u64>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Where the page before ends.
    pub previous: Option<String>,
    /// The moment of the page, to hear what changes from then on.
    pub live: Option<String>,
}

impl Page {
    /// Reads at most `most` comments of `text`. Where `breaks_off`, what came whole is taken.
    ///
    /// # Errors
    /// Why it is no page, in English, for the developer.
    pub fn read(text: &str, breaks_off: bool, most: usize) -> Result<Self, String> {
        let read = if breaks_off { json::parse_beginning(text) } else { json::parse(text).map(|json| (json, false)) };
        let (json, is_cut) =
            read.map_err(|error| ["it is no JSON from byte ", &error.at.to_string(), " on"].concat())?;
        Self::of(json, is_cut, most).map_err(str::to_owned)
    }

    /// Reads at most `most` comments of `json`, which `is_cut` or whole.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn of(json: Json, is_cut: bool, most: usize) -> Result<Self, &'static str> {
        let Json::Object(mut fields) = json else { return Err("it is no object") };
        let Some(Json::Array(mut list)) = fields.take("comments") else {
            return Err("there is no list `comments`");
        };
        let is_cut = is_cut || list.len() > most;
        list.truncate(most);
        let had = list.len();
        let comments: Vec<_> = list.into_iter().filter_map(comment).collect();
        Ok(Self {
            unreadable: (had - comments.len()) as u64,
            comments,
            is_cut,
            total: whole(&mut fields, "total"),
            next: text_of(&mut fields, "next"),
            previous: text_of(&mut fields, "previous"),
            live: text_of(&mut fields, "live"),
        })
    }
}

/// A comment; `None` where it has no id or no name.
#[must_use]
pub fn comment(json: Json) -> Option<Comment> {
    let Json::Object(mut fields) = json else { return None };
    let fields = &mut fields;
    Some(Comment {
        id: text_of(fields, "id")?,
        name: text_of(fields, "name")?,
        thread: text_of(fields, "thread").unwrap_or_default(),
        parent: text_of(fields, "parent"),
        root: text_of(fields, "root"),
        website: text_of(fields, "website"),
        avatar: text_of(fields, "avatar"),
        badge: text_of(fields, "badge").and_then(|name| Badge::from_name(&name)),
        body: text_of(fields, "body").unwrap_or_default(),
        html: text_of(fields, "html").unwrap_or_default(),
        created: text_of(fields, "created").unwrap_or_default(),
        edited: text_of(fields, "edited"),
        state: text_of(fields, "state").and_then(|name| State::from_name(&name)).unwrap_or_default(),
        pinned: is_true(fields, "pinned"),
        featured: is_true(fields, "featured"),
        likes: whole(fields, "likes").unwrap_or_default(),
        replies: whole(fields, "replies").unwrap_or_default(),
    })
}

fn text_of(fields: &mut Object, name: &str) -> Option<String> {
    match fields.take(name) {
        Some(Json::String(text)) => Some(text),
        _ => None,
    }
}

fn whole(fields: &mut Object, name: &str) -> Option<u64> {
    fields.take(name)?.as_u64()
}

fn is_true(fields: &mut Object, name: &str) -> bool {
    fields.take(name) == Some(Json::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::{Page, comment};
    use crate::json::parse;
    use maqal_contract::{Badge, Comment, State};

    fn whole() -> Comment {
        Comment {
            id: "1".into(),
            thread: "t".into(),
            parent: Some("p".into()),
            root: Some("r".into()),
            name: "سلمى".into(),
            website: Some("https://a.example/".into()),
            avatar: Some("https://a.example/a.png".into()),
            badge: Some(Badge::Staff),
            body: "نصّ".into(),
            html: "<p>نصّ</p>".into(),
            created: "2026-11-14T09:30:00Z".into(),
            edited: Some("2026-11-14T09:31:00Z".into()),
            state: State::Pending,
            pinned: true,
            featured: true,
            likes: 7,
            replies: 3,
        }
    }

    #[test]
    fn a_comment_that_the_contract_writes_is_read_again() {
        for written in [whole(), Comment { id: "1".into(), name: "س".into(), ..Comment::default() }] {
            let json = serde_json::to_string(&written).unwrap();
            assert_eq!(comment(parse(&json).unwrap()), Some(written));
        }
    }

    #[test]
    fn an_id_and_a_name_are_a_comment_and_flaws_in_other_fields_cost_nothing() {
        let json = r#"{"id":"1","name":"س","parent":7,"likes":-3,"state":"odd","pinned":"yes","badge":"king","created":null,
            "replies":1e99,"html":["x"],"website":{},"later":[1]}"#;
        let read = comment(parse(json).unwrap());
        assert_eq!(read, Some(Comment { id: "1".into(), name: "س".into(), ..Comment::default() }));
        for json in [r#"{"name":"س"}"#, r#"{"id":"1"}"#, r#"{"id":1,"name":"س"}"#, "[]"] {
            assert_eq!(comment(parse(json).unwrap()), None, "{json}");
        }
    }

    #[test]
    fn a_page_is_read_comment_by_comment() {
        let text = r#"{"comments":[{"id":"1","name":"س"},7,{"id":"2"},{"id":"3","name":"ص"}],"total":"many","next":"n","live":[]}"#;
        let page = Page::read(text, false, 100).unwrap();
        let ids: Vec<_> = page.comments.iter().map(|comment| comment.id.as_str()).collect();
        assert_eq!((ids.as_slice(), page.unreadable, page.is_cut), (["1", "3"].as_slice(), 2, false));
        assert_eq!((page.total, page.next.as_deref(), page.live), (None, Some("n"), None));
        let first = Page::read(text, false, 1).unwrap();
        assert_eq!((first.comments.len(), first.unreadable, first.is_cut), (1, 0, true));
    }

    #[test]
    fn of_an_answer_that_breaks_off_what_came_whole_is_taken() {
        let text = r#"{"total":9,"comments":[{"id":"1","name":"س","body":"a] }"},{"id":"2","name":"ص"},{"id":"3","na"#;
        let page = Page::read(text, true, 100).unwrap();
        assert_eq!((page.comments.len(), page.unreadable, page.is_cut, page.total), (2, 0, true, Some(9)));
        assert!(Page::read(text, false, 100).unwrap_err().contains(&format!("byte {}", text.len())));
        assert!(Page::read(r#"{"total":9,"comm"#, true, 100).is_err());
        assert!(
            Page::read(r#"{"comments":[{"id":"1","name":"س"}} "#, true, 100).is_err(),
            "it did not break off there"
        );
    }

    #[test]
    fn what_is_no_page_says_why() {
        for (text, why) in
            [("<html>", "byte 0"), ("[]", "no object"), ("{}", "no list"), (r#"{"comments":{}}"#, "no list")]
        {
            assert!(Page::read(text, false, 100).unwrap_err().contains(why), "{text}");
        }
    }
}
