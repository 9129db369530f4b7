//! Reads a query string's parameters, strictly: no parameter twice unless it may, no byte that is not UTF-8.

use std::borrow::Cow;

use maqal_contract::ProblemType;
use percent_encoding::percent_decode_str;

use crate::problem::Refusal;

/// The value of each parameter in `names`, decoded as `application/x-www-form-urlencoded`; other parameters are
/// ignored, so that a later version may add some.
///
/// # Errors
/// [`ProblemType::Malformed`], naming a parameter that stands there twice or is not UTF-8.
pub fn parameters<const N: usize>(
    query: Option<&str>,
    names: [&'static str; N],
) -> Result<[Option<String>; N], Refusal> {
    let mut values = [const { None }; N];
    for (name, value) in pairs(query) {
        let Some(at) = names.iter().position(|known| name.as_deref() == Some(*known)) else { continue };
        if values[at].replace(read(names[at], value)?).is_some() {
            return Err(malformed(names[at], "stands there more than once"));
        }
    }
    Ok(values)
}

/// Every value of the parameter `name`, decoded as above, in their order.
///
/// # Errors
/// [`ProblemType::Malformed`] where one is not UTF-8.
pub fn all(query: Option<&str>, name: &'static str) -> Result<Vec<String>, Refusal> {
    let given = pairs(query).filter(|(given, _)| given.as_deref() == Some(name));
    given.map(|(_, value)| read(name, value)).collect()
}

/// Each name, decoded where it is UTF-8, and each value as it stands there.
fn pairs(query: Option<&str>) -> impl Iterator<Item = (Option<String>, &str)> {
    let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(name, value)| (decode(name), value))
}

fn read(name: &str, value: &str) -> Result<String, Refusal> {
    decode(value).ok_or_else(|| malformed(name, "is not UTF-8"))
}

fn malformed(name: &str, why: &str) -> Refusal {
    Refusal::new(ProblemType::Malformed, format!("The parameter {name} {why}."))
}

fn decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::{all, parameters};

    fn thread(query: &str) -> Result<Option<String>, Option<String>> {
        parameters(Some(query), ["thread"]).map(|[thread]| thread).map_err(|refusal| refusal.problem().detail.clone())
    }

    #[test]
    fn a_value_is_decoded_as_a_form_field() {
        for (query, value) in [
            ("thread=a+b%2Bc", "a b+c"),
            ("thread=%D8%A3", "أ"),
            ("x=1&&thread=a=b", "a=b"),
            ("thread", ""),
            ("%74hread=a", "a"),
        ] {
            assert_eq!(thread(query), Ok(Some(value.to_owned())), "{query}");
        }
        assert_eq!(thread("%FF=1&other=%FF"), Ok(None));
    }

    #[test]
    fn a_value_that_is_not_utf_8_is_refused_and_not_mended() {
        assert_eq!(thread("thread=%FF"), Err(Some("The parameter thread is not UTF-8.".to_owned())));
    }

    #[test]
    fn a_parameter_that_may_be_given_often_keeps_its_order() {
        assert_eq!(all(Some("thread=b&x=1&thread=a+b&thread"), "thread").unwrap(), ["b", "a b", ""]);
        assert_eq!(all(None, "thread").unwrap(), [""; 0]);
        assert!(all(Some("thread=a&thread=%FF"), "thread").is_err());
    }

    #[test]
    fn a_parameter_given_twice_is_refused() {
        assert_eq!(
            thread("thread=a&thread=b"),
            Err(Some("The parameter thread stands there more than once.".to_owned()))
        );
    }
}
