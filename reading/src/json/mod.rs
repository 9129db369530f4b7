//! JSON as plain data (RFC 8259): what a document holds.

mod parse;

pub use parse::{SyntaxError, parse, parse_beginning};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; one beyond what JavaScript's can tell apart is the nearest of those.
    Number(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// An object.
    Object(Object),
}

/// Members in the order of the document; of several with one name the last counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Json)>);

/// How deep a document may be: what is deeper is no article's, and a stack has an end.
const MAX_DEPTH: u32 = 128;

impl Json {
    /// The member `name` of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The object.
    #[must_use]
    pub const fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The whole number, where it is one and not negative.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            // Up to 2^53 each whole number is one of its own.
            Self::Number(number)
                if *number >= 0.0 && *number <= 9_007_199_254_740_992.0 && number.trunc() == *number =>
            {
                Some(*number as u64)
            }
            _ => None,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is a list.
    #[must_use]
    pub const fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// Whether it is an object.
    #[must_use]
    pub const fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

impl Object {
    /// The member `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Takes the value of the member `name` out.
    pub fn take(&mut self, name: &str) -> Option<Json> {
        let value = self.0.iter_mut().rev().find(|(key, _)| key == name);
        value.map(|(_, value)| std::mem::replace(value, Json::Null))
    }

    /// Whether there is a member `name`.
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The names.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &Json> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The members.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Json> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Gives each member the name that `new` has for it, where it has one.
    pub fn rename(&mut self, new: impl Fn(&str, &Self) -> Option<String>) {
        for at in 0..self.0.len() {
            if let Some(name) = new(&self.0[at].0, self) {
                self.0[at].0 = name;
            }
        }
    }
}

impl IntoIterator for Object {
    type Item = (String, Json);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<(String, Json)> for Object {
    fn from_iter<T: IntoIterator<Item = (String, Json)>>(members: T) -> Self {
        Self(members.into_iter().collect())
    }
}

#[cfg(test)]
impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(is_true) => Self::Bool(is_true),
            Value::Number(number) => Self::Number(number.as_f64().unwrap()),
            Value::String(text) => Self::String(text),
            Value::Array(list) => Self::Array(list.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name, Self::from(value))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, parse};

    #[test]
    fn of_several_members_with_one_name_the_last_counts_and_the_others_keep_their_order() {
        let json = parse(r#"{"b": 1, "a": [null, true, "x"], "b": 2.5}"#).unwrap();
        assert_eq!(json.get("b"), Some(&Json::Number(2.5)));
        assert_eq!(json.get("a"), Some(&Json::Array(vec![Json::Null, Json::Bool(true), Json::String("x".to_owned())])));
        assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["b", "a", "b"]);
    }

    #[test]
    fn a_whole_number_is_one_and_no_other_is() {
        let whole = |text: &str| parse(text).unwrap().as_u64();
        assert_eq!([whole("0"), whole("1200"), whole("12.0")], [Some(0), Some(1200), Some(12)]);
        assert_eq!([whole("-1"), whole("1.5"), whole("1e300"), whole("\"7\"")], [None; 4]);
    }
}
