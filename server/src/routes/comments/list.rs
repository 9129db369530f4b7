//! `GET /api/comments`: one page of a conversation.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use maqal_contract::limits::{PAGE_DEFAULT, PAGE_MAX, REPLIES_DEFAULT, REPLIES_MAX};
use maqal_contract::{Page, ProblemType, Sort, validate};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::cursor::{Cursor, NotACursor, Place};
use crate::openapi::ListProblems;
use crate::problem::Refusal;
use crate::query::parameters;
use crate::reply;
use crate::store::{Ask, Found, From, Part, Store};

/// A page of a conversation.
///
/// # Errors
/// A parameter cannot be read, or the database fails.
#[utoipa::path(
    get,
    path = "/api/comments",
    operation_id = "listComments",
    summary = "Read a page of a conversation",
    description = "Top-level comments in the order asked for, each followed by the first of its replies in the order in \
                   which they came. Pinned comments stand at the top of the first page, and nowhere else. Follow \
                   `next` (or the `Link` header) to the last page. Comments that arrive meanwhile neither repeat one \
                   nor skip one. With `root`, the replies under one comment. Of `after`, `before` and `around` only \
                   one may be given, and with `root` only `after`. Parameters that are not listed here are ignored.",
    params(
        ("thread" = String, Query, description = "The conversation; at most 2048 bytes of UTF-8", min_length = 1,
            max_length = 2048, example = "https://news.example/a/42"),
        ("after" = Option<String>, Query, description = "The `next` of the page before, with the same `sort`; with \
            `root` also the `id` of the last reply that is known"),
        ("before" = Option<String>, Query, description = "The `previous` of the page behind, with the same `sort`: the \
            comments right before that page"),
        ("around" = Option<String>, Query, description = "The `id` of a comment: the page that begins with it, or with \
            the top-level comment that it stands under, whose replies then reach to it. A pinned one is on the first \
            page"),
        ("root" = Option<String>, Query, description = "The `id` of a top-level comment: the replies under it, the \
            oldest first, without itself"),
        ("limit" = Option<u32>, Query, description = "Top-level comments on the page, or replies with `root`; 20 if not \
            given, and never more than 100 however many are asked for", minimum = 1, example = 20),
        ("replies" = Option<u32>, Query, description = "Replies that come with each top-level comment; 3 if not given, \
            and never more than 100 however many are asked for", minimum = 0, example = 3),
        ("sort" = Option<Sort>, Query, description = "The order of top-level comments; `newest` if not given"),
    ),
    responses(
        (status = 200, description = "The page", body = Page, headers(
            ("Link" = String, description = "The pages behind and before this one, as far as there are such: \
                `rel=\"next\"`, `rel=\"prev\"` (RFC 8288), relative to the address that was asked"),
            ("ETag" = String, description = "Names this state of the page"),
        )),
        (status = 304, description = "The client has this state already (`If-None-Match`)"),
        ListProblems,
    )
)]
pub async fn list(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let ask = parse(query.as_deref())?;
    let page = match store.page(&ask).await? {
        Found::Page(page) => page,
        Found::Unknown => {
            return Err(Refusal::new(ProblemType::NotFound, "There is no comment of this id in this conversation."));
        }
        Found::UnknownReply => return Err(malformed("The parameter after names no reply under this root.")),
        Found::Reply(root) => {
            let why = format!("The parameter root names a reply; the top-level comment above it is {root}.");
            return Err(Refusal::new(ProblemType::Malformed, why));
        }
    };
    let mut response = reply::revalidated(&headers, &page)?;
    if let Some(Ok(links)) = links(&ask, &page).map(HeaderValue::try_from) {
        response.headers_mut().insert(header::LINK, links);
    }
    Ok(response)
}

fn malformed(why: &str) -> Refusal {
    Refusal::new(ProblemType::Malformed, why)
}

fn parse(query: Option<&str>) -> Result<Ask, Refusal> {
    let names = ["thread", "after", "before", "around", "root", "limit", "replies", "sort"];
    let [thread, after, before, around, root, limit, replies, sort] =
        parameters(query, names)?.map(|value| value.filter(|value| !value.is_empty()));
    let thread = validate::thread(&thread.unwrap_or_default())
        .map_err(|error| Refusal::new(ProblemType::Malformed, format!("The parameter {}.", error.detail)))?;
    let sort = match sort {
        None => Sort::default(),
        Some(name) => Sort::from_name(&name)
            .ok_or_else(|| malformed("The parameter sort is neither newest nor oldest nor liked."))?,
    };
    let number = |name: &str, value: Option<String>, least: u32, most: u32, default: u32| match value {
        None => Ok(default),
        Some(digits) => size(&digits, least, most).ok_or_else(|| {
            let why = format!("The parameter {name} is not a whole number from {least} on; at most {most} count.");
            Refusal::new(ProblemType::Malformed, why)
        }),
    };
    let part = match (root, after, before, around) {
        (None, None, None, None) => Part::First(sort),
        (None, Some(after), None, None) => Part::After(sort, place("after", &after, sort)?),
        (None, None, Some(before), None) => Part::Before(sort, place("before", &before, sort)?),
        (None, None, None, Some(around)) => Part::Around(sort, around),
        (Some(root), after, None, None) => Part::Under(root, from(after)?),
        (Some(_), ..) => return Err(malformed("The parameter root goes together with after, and no other place.")),
        (None, None, Some(_), Some(_)) => return Err(malformed("The parameter around goes without before.")),
        (None, Some(_), ..) => return Err(malformed("The parameter after goes without before and without around.")),
    };
    let limit = number("limit", limit, 1, PAGE_MAX, PAGE_DEFAULT)?;
    let replies = number("replies", replies, 0, REPLIES_MAX, REPLIES_DEFAULT)?;
    Ok(Ask { thread, part, limit, replies })
}

/// A place in the order `sort`.
fn place(name: &str, text: &str, sort: Sort) -> Result<Place, Refusal> {
    let why = match Cursor::parse(text) {
        Ok(Cursor::Top(of, place)) if of == sort => return Ok(place),
        Ok(Cursor::Top(of, _)) => format!("The parameter {name} belongs to sort={}.", of.as_str()),
        Ok(Cursor::Reply(_)) => format!("The parameter {name} belongs to replies; give their root too."),
        Err(NotACursor) => {
            format!("The parameter {name} is no cursor of this endpoint; leave it out for the first page.")
        }
    };
    Err(Refusal::new(ProblemType::Malformed, why))
}

/// A place among replies: a cursor, or else the id of a reply. No text is both.
fn from(after: Option<String>) -> Result<From, Refusal> {
    let Some(text) = after else { return Ok(From::First) };
    match Cursor::parse(&text) {
        Ok(Cursor::Reply(seq)) => Ok(From::Place(seq)),
        Ok(Cursor::Top(..)) => Err(malformed("The parameter after belongs to top-level comments, not to replies.")),
        Err(NotACursor) => Ok(From::Reply(text)),
    }
}

/// The pages behind and before. References without a path: they hold behind any proxy, under whatever path that shows
/// us.
fn links(ask: &Ask, page: &Page) -> Option<String> {
    let Ask { thread, part, limit, replies } = ask;
    let thread = utf8_percent_encode(thread, NON_ALPHANUMERIC);
    let place = match part {
        Part::First(sort) | Part::After(sort, _) | Part::Before(sort, _) | Part::Around(sort, _) => {
            format!("replies={replies}&sort={}", sort.as_str())
        }
        Part::Under(root, _) => format!("root={}", utf8_percent_encode(root, NON_ALPHANUMERIC)),
    };
    let link = |cursor: &Option<String>, parameter: &str, relation: &str| {
        let cursor = cursor.as_ref()?;
        Some(format!("<?thread={thread}&{place}&limit={limit}&{parameter}={cursor}>; rel=\"{relation}\""))
    };
    let both = [link(&page.next, "after", "next"), link(&page.previous, "before", "prev")];
    let links: Vec<_> = both.into_iter().flatten().collect();
    (!links.is_empty()).then(|| links.join(", "))
}

/// A whole number from `least` on, cut to `most`.
fn size(digits: &str, least: u32, most: u32) -> Option<u32> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Digits alone fail only by being too many.
    let number = digits.parse::<u32>().unwrap_or(u32::MAX);
    (number >= least).then_some(number.min(most))
}

#[cfg(test)]
mod tests {
    use super::{parse, size};
    use crate::store::{Ask, Part};
    use maqal_contract::Sort;
    use maqal_contract::limits::{PAGE_DEFAULT, REPLIES_DEFAULT};

    #[test]
    fn a_thread_alone_asks_for_the_first_page_of_the_newest() {
        for query in ["thread=t", "thread=t&after=&before=&around=&root=&limit=&replies=&sort="] {
            let (limit, replies) = (PAGE_DEFAULT, REPLIES_DEFAULT);
            let asked = Ask { thread: "t".into(), part: Part::First(Sort::Newest), limit, replies };
            assert_eq!(parse(Some(query)).unwrap(), asked);
        }
    }

    #[test]
    fn more_than_the_largest_page_is_the_largest_page() {
        for (text, number) in [("1", Some(1)), ("100", Some(100)), ("101", Some(100)), ("99999999999999", Some(100))] {
            assert_eq!(size(text, 1, 100), number, "{text}");
        }
        for bad in ["0", "-1", "+1", "1.5", "1e3", "ten", "٢٠"] {
            assert_eq!(size(bad, 1, 100), None, "{bad}");
        }
        assert_eq!(size("0", 0, 100), Some(0));
    }
}
