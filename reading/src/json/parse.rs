//! The grammar of JSON (RFC 8259). A library's parser is ten times as large, for what no document here needs.

use super::{Json, MAX_DEPTH, Object};

/// Where a text stops to be JSON, in bytes from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Of the first byte that cannot stand there; the text's length where more was to come.
    pub at: usize,
}

/// Reads a document of one value.
///
/// # Errors
/// [`SyntaxError`] where it is not well-formed, has half of a surrogate pair, or is deeper than any article's.
pub fn parse(text: &str) -> Result<Json, SyntaxError> {
    Parser { text, at: 0, kept: u32::MAX, breaks_off: false }.document().map(|(value, _)| value)
}

/// Reads the beginning of a document: where it breaks off, in the document's own collection or in one of its members, what came
/// whole is taken. And whether it did break off.
///
/// # Errors
/// As [`parse`], where that is not for want of more.
pub fn parse_beginning(text: &str) -> Result<(Json, bool), SyntaxError> {
    Parser { text, at: 0, kept: MAX_DEPTH - 2, breaks_off: false }.document()
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// Collections are kept that break off, which may still hold others so many levels deep.
    kept: u32,
    breaks_off: bool,
}

impl Parser<'_> {
    fn document(mut self) -> Result<(Json, bool), SyntaxError> {
        let value = self.value(MAX_DEPTH)?;
        self.space();
        if self.at < self.text.len() { Err(self.error()) } else { Ok((value, self.breaks_off)) }
    }

    /// An error within a collection is none where the text breaks off, and the collection is kept then.
    fn ends(&mut self, depth: u32, error: SyntaxError) -> Result<(), SyntaxError> {
        if depth < self.kept || error.at < self.text.len() {
            return Err(error);
        }
        self.at = error.at;
        self.breaks_off = true;
        Ok(())
    }

    const fn error(&self) -> SyntaxError {
        SyntaxError { at: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Passes over `byte`, if that comes next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, byte: u8) -> Result<(), SyntaxError> {
        if self.takes(byte) { Ok(()) } else { Err(self.error()) }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, SyntaxError> {
        for byte in word.bytes() {
            self.expect(byte)?;
        }
        Ok(value)
    }

    fn value(&mut self, depth: u32) -> Result<Json, SyntaxError> {
        self.space();
        match self.peek() {
            Some(b'"') => self.string().map(Json::String),
            Some(b'{' | b'[') if depth == 0 => Err(self.error()),
            Some(b'{') => self.object(depth - 1),
            Some(b'[') => self.array(depth - 1),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: u32) -> Result<Json, SyntaxError> {
        let mut members = Vec::new();
        self.collection(depth, b'}', &mut |parser| {
            let name = parser.string()?;
            parser.space();
            parser.expect(b':')?;
            members.push((name, parser.value(depth)?));
            Ok(())
        })?;
        Ok(Json::Object(Object(members)))
    }

    fn array(&mut self, depth: u32) -> Result<Json, SyntaxError> {
        let mut values = Vec::new();
        self.collection(depth, b']', &mut |parser| {
            values.push(parser.value(depth)?);
            Ok(())
        })?;
        Ok(Json::Array(values))
    }

    /// What stands between an opening bracket and `end`, parted by commas.
    fn collection(
        &mut self,
        depth: u32,
        end: u8,
        element: &mut dyn FnMut(&mut Self) -> Result<(), SyntaxError>,
    ) -> Result<(), SyntaxError> {
        self.at += 1;
        self.space();
        if self.takes(end) {
            return Ok(());
        }
        loop {
            self.space();
            let read = element(self).and_then(|()| {
                self.space();
                if self.takes(b',') { Ok(false) } else { self.expect(end).map(|()| true) }
            });
            match read {
                Ok(false) => {}
                Ok(true) => return Ok(()),
                Err(error) => return self.ends(depth, error),
            }
        }
    }

    fn string(&mut self) -> Result<String, SyntaxError> {
        self.expect(b'"')?;
        let mut out = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            // It begins and ends beside ASCII: between characters.
            out.push_str(&self.text[start..self.at]);
            if self.takes(b'"') {
                return Ok(out);
            }
            self.expect(b'\\')?;
            out.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Result<char, SyntaxError> {
        let escape = self.peek();
        let c = match escape {
            Some(b'"' | b'\\' | b'/') => escape.map(char::from),
            Some(b'b') => Some('\u{8}'),
            Some(b'f') => Some('\u{c}'),
            Some(b'n') => Some('\n'),
            Some(b'r') => Some('\r'),
            Some(b't') => Some('\t'),
            Some(b'u') => None,
            _ => return Err(self.error()),
        };
        self.at += 1;
        let Some(c) = c else { return self.code_point() };
        Ok(c)
    }

    fn code_point(&mut self) -> Result<char, SyntaxError> {
        let first = self.unit()?;
        let code = if (0xD800..0xDC00).contains(&first) {
            self.expect(b'\\')?;
            self.expect(b'u')?;
            let second = self.unit()?;
            if !(0xDC00..0xE000).contains(&second) {
                return Err(self.error());
            }
            0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        } else {
            first
        };
        char::from_u32(code).ok_or(self.error())
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, SyntaxError> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16)).ok_or(self.error())?;
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    fn digits(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(self.error()) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<Json, SyntaxError> {
        let start = self.at;
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        // One at the very end may go on where the text breaks off.
        if self.at == self.text.len() && self.kept < u32::MAX {
            return Err(self.error());
        }
        Ok(Json::Number(number(&self.text[start..self.at])))
    }
}

/// The number that `text` writes: by the browser, which has the code for it.
#[cfg(target_arch = "wasm32")]
fn number(text: &str) -> f64 {
    js_sys::Number::parse_float(text)
}

#[cfg(not(target_arch = "wasm32"))]
fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{Json, SyntaxError, parse, parse_beginning};

    #[test]
    fn a_document_is_read_as_it_is_written() {
        let text = " {\"a\" : [1, -0.5e+3, true, false, null, {}, [] ],\n\"ب\": \"س\\n\\u0633\\ud83c\\udf0a\\/\\\"\"} ";
        let json = parse(text).unwrap();
        let numbers = [1.0, -500.0].map(Json::Number);
        let Some(Json::Array(list)) = json.get("a") else { panic!("{json:?}") };
        assert_eq!((list[..2] == numbers, list.len()), (true, 7));
        assert_eq!(json.get("ب"), Some(&Json::String("س\nس🌊/\"".to_owned())));
    }

    #[test]
    fn what_is_no_json_is_an_error_where_it_stops_to_be_one() {
        for (text, at) in [
            ("", 0),
            ("{", 1),
            ("{\"a\"}", 4),
            ("{\"a\":1,}", 7),
            ("[1 2]", 3),
            ("[1,]", 3),
            ("tru", 3),
            ("nul!", 3),
            ("01", 1),
            ("1.", 2),
            ("-", 1),
            ("1e", 2),
            ("+1", 0),
            ("\"a", 2),
            ("\"a\nb\"", 2),
            ("\"\\x\"", 2),
            ("\"\\ud800\"", 7),
            ("\"\\udc00\"", 7),
            ("\"\\u12g4\"", 5),
            ("'a'", 0),
            ("{} {}", 3),
        ] {
            assert_eq!(parse(text), Err(SyntaxError { at }), "{text}");
        }
    }

    #[test]
    fn of_a_document_that_breaks_off_what_came_whole_is_kept_two_levels_deep() {
        let beginning = |text: &str| parse_beginning(text).map(|(json, breaks_off)| (format!("{json:?}"), breaks_off));
        let same = |text: &str| (format!("{:?}", parse(text).unwrap()), true);
        for (cut, whole) in [
            (r#"{"a":1,"b":[1,[2,3],[4"#, r#"{"a":1,"b":[1,[2,3]]}"#),
            (r#"{"a":[1,"#, r#"{"a":[1]}"#),
            (r#"{"a":[1, 2"#, r#"{"a":[1]}"#),
            (r#"{"a":["x","y"#, r#"{"a":["x"]}"#),
            (r#"{"a":1,"b"#, r#"{"a":1}"#),
            (r#"{"a":1,"b":{"c":{"d":1"#, r#"{"a":1,"b":{}}"#),
            ("{", "{}"),
        ] {
            assert_eq!(beginning(cut), Ok(same(whole)), "{cut}");
        }
        assert_eq!(beginning(r#"{"a":[1]}"#), Ok((format!("{:?}", parse(r#"{"a":[1]}"#).unwrap()), false)));
        assert_eq!(beginning(r#"{"a":[1}"#), Err(SyntaxError { at: 7 }));
        assert!(beginning("").is_err());
    }

    #[test]
    fn what_is_too_deep_is_refused_and_does_not_end_the_stack() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(128)).is_ok());
        assert_eq!(parse(&nested(129)), Err(SyntaxError { at: 128 }));
        assert!(parse(&nested(1_000_000)).is_err());
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod property {
        use super::super::{Json, parse};
        use proptest::prelude::*;

        proptest! {
            #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

            #[test]
            fn it_takes_and_refuses_what_the_library_does(text in r#"([\[\]{},:"\\ ue0-9.+\-tfnalrs]|\\u[dD][89cC][0-9]{2}|"[a-zب\\]{0,4}"|true|null){0,14}"#) {
                let theirs = serde_json::from_str::<serde_json::Value>(&text).ok().map(Json::from);
                // The library refuses numbers beyond the range; here they are infinite, as in a browser.
                let ours = parse(&text).ok().filter(|json| !format!("{json:?}").contains("inf"));
                prop_assert_eq!(ours, theirs);
            }

            #[test]
            fn what_the_library_writes_is_read_again(texts in proptest::collection::vec(any::<String>(), 0..4), numbers in proptest::collection::vec(any::<f64>().prop_filter("finite", |n| n.is_finite()), 0..4)) {
                let value = serde_json::json!({ "texts": texts, "numbers": numbers, "pair": [texts, numbers] });
                prop_assert_eq!(parse(&value.to_string()).unwrap(), Json::from(value));
            }
        }
    }
}
