//! `GET /api/comments`: one page of a conversation.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use maqal_contract::limits::{PAGE_DEFAULT, PAGE_MAX};
use maqal_contract::{Page, ProblemType, Sort, validate};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::cursor::Cursor;
use crate::openapi::ListProblems;
use crate::problem::Refusal;
use crate::query::parameters;
use crate::reply;
use crate::store::Store;

/// A page of a conversation.
///
/// # Errors
/// A parameter cannot be read, or the database fails.
#[utoipa::path(
    get,
    path = "/api/comments",
    operation_id = "listComments",
    summary = "Read a page of a conversation",
    description = "Follow `next` (or the `Link` header) to the last page. Comments that arrive meanwhile neither \
                   repeat one nor skip one. Parameters that are not listed here are ignored.",
    params(
        ("thread" = String, Query, description = "The conversation; at most 2048 bytes of UTF-8", min_length = 1,
            max_length = 2048, example = "https://news.example/a/42"),
        ("after" = Option<String>, Query, description = "The `next` of the page before, with the same `sort`"),
        ("limit" = Option<u32>, Query, description = "Comments on the page; 20 if not given, and never more than 100 \
            however many are asked for", minimum = 1, example = 20),
        ("sort" = Option<Sort>, Query, description = "The order; `newest` if not given"),
    ),
    responses(
        (status = 200, description = "The page", body = Page, headers(
            ("Link" = String, description = "The next page, if there is one: `rel=\"next\"` (RFC 8288), relative to the address that was asked"),
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
    let asked = Asked::parse(query.as_deref())?;
    let part = store.part(&asked.thread, asked.sort, asked.after, asked.limit).await?;
    let next = part.next.map(|cursor| cursor.to_string());
    let link = next.as_ref().map(|cursor| asked.link(cursor));
    let page = Page { comments: part.comments, total: part.total, next, ..Page::default() };
    let mut response = reply::revalidated(&headers, &page)?;
    if let Some(Ok(link)) = link.map(HeaderValue::try_from) {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

/// The parameters, read.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    thread: String,
    sort: Sort,
    after: Option<i64>,
    limit: u32,
}

impl Asked {
    fn parse(query: Option<&str>) -> Result<Self, Refusal> {
        let malformed = |why: String| Refusal::new(ProblemType::Malformed, why);
        let [thread, after, limit, sort] = parameters(query, ["thread", "after", "limit", "sort"])?;
        let thread = validate::thread(&thread.unwrap_or_default())
            .map_err(|error| malformed(format!("The parameter {}.", error.detail)))?;
        let given = |value: Option<String>| value.filter(|value| !value.is_empty());
        let sort = match given(sort).as_deref() {
            None => Sort::default(),
            Some("newest") => Sort::Newest,
            Some("oldest") => Sort::Oldest,
            Some(_) => return Err(malformed("The parameter sort is neither newest nor oldest.".to_owned())),
        };
        let limit = match given(limit) {
            None => PAGE_DEFAULT,
            Some(digits) => page_size(&digits).ok_or_else(|| {
                malformed(format!("The parameter limit is not a whole number from 1 on; at most {PAGE_MAX} count."))
            })?,
        };
        let after = match given(after) {
            None => None,
            Some(text) => match Cursor::parse(&text) {
                Ok(cursor) if cursor.sort == sort => Some(cursor.seq),
                Ok(cursor) => {
                    let made_for = cursor.sort.as_str();
                    return Err(malformed(format!("The parameter after belongs to sort={made_for}.")));
                }
                Err(_) => {
                    let why = "The parameter after is not a next of this endpoint; leave it out for the first page.";
                    return Err(malformed(why.to_owned()));
                }
            },
        };
        Ok(Self { thread, sort, after, limit })
    }

    /// A reference without a path: it holds behind any proxy, under whatever path that shows us.
    fn link(&self, cursor: &str) -> String {
        let Self { sort, limit, .. } = self;
        let thread = utf8_percent_encode(&self.thread, NON_ALPHANUMERIC);
        format!("<?thread={thread}&sort={}&limit={limit}&after={cursor}>; rel=\"next\"", sort.as_str())
    }
}

/// A whole number from 1 on, cut to [`PAGE_MAX`].
fn page_size(digits: &str) -> Option<u32> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Digits alone fail only by being too many.
    let number = digits.parse::<u32>().unwrap_or(u32::MAX);
    (number > 0).then_some(number.min(PAGE_MAX))
}

#[cfg(test)]
mod tests {
    use super::{Asked, page_size};
    use maqal_contract::Sort;
    use maqal_contract::limits::PAGE_DEFAULT;

    #[test]
    fn a_thread_alone_asks_for_the_first_page_of_the_newest() {
        for query in ["thread=t", "thread=t&after=&limit=&sort="] {
            let asked = Asked { thread: "t".into(), sort: Sort::Newest, after: None, limit: PAGE_DEFAULT };
            assert_eq!(Asked::parse(Some(query)).unwrap(), asked);
        }
    }

    #[test]
    fn more_than_the_largest_page_is_the_largest_page() {
        for (text, size) in [("1", Some(1)), ("100", Some(100)), ("101", Some(100)), ("99999999999999", Some(100))] {
            assert_eq!(page_size(text), size, "{text}");
        }
        for bad in ["0", "-1", "+1", "1.5", "1e3", "ten", "٢٠"] {
            assert_eq!(page_size(bad), None, "{bad}");
        }
    }
}
