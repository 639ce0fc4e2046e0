//! JSON objects, written key by key in the order of the calls, so that equal things are equal bytes.

use std::fmt::Write as _;

/// A JSON object under construction.
#[derive(Debug)]
#[must_use = "`finish` gives the text"]
pub struct Json(String);

impl Default for Json {
    fn default() -> Self {
        Self::new()
    }
}

impl Json {
    /// An object without keys.
    pub fn new() -> Self {
        Self("{".to_owned())
    }

    /// The object as one line.
    pub fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }

    /// Adds a string.
    pub fn text(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        quote(&mut self.0, value);
        self
    }

    /// Adds a whole number.
    pub fn number(mut self, key: &str, value: impl Into<u64>) -> Self {
        self.key(key);
        self.0 += &value.into().to_string();
        self
    }

    /// Adds a number: the shortest decimal that reads back as the same number; what is no number is `null`.
    pub fn float(mut self, key: &str, value: f64) -> Self {
        if !value.is_finite() {
            return self.null(key);
        }
        self.key(key);
        write!(self.0, "{value}").expect("writing to a string does not fail");
        self
    }

    /// Adds `true` or `false`.
    pub fn flag(mut self, key: &str, value: bool) -> Self {
        self.key(key);
        self.0 += if value { "true" } else { "false" };
        self
    }

    /// Adds `null`.
    pub fn null(mut self, key: &str) -> Self {
        self.key(key);
        self.0 += "null";
        self
    }

    /// Adds a whole number, or `null`.
    pub fn maybe(self, key: &str, value: Option<impl Into<u64>>) -> Self {
        match value {
            Some(value) => self.number(key, value),
            None => self.null(key),
        }
    }

    /// Adds a number of single precision, or `null`.
    pub fn maybe_float(mut self, key: &str, value: Option<f32>) -> Self {
        match value.filter(|value| value.is_finite()) {
            Some(value) => {
                self.key(key);
                write!(self.0, "{value}").expect("writing to a string does not fail");
                self
            }
            None => self.null(key),
        }
    }

    /// Adds a list of whole numbers, `null` where there is none.
    pub fn numbers(mut self, key: &str, values: impl Iterator<Item = Option<u64>>) -> Self {
        self.key(key);
        let values: Vec<String> = values
            .map(|value| value.map_or_else(|| "null".to_owned(), |it| it.to_string()))
            .collect();
        write!(self.0, "[{}]", values.join(",")).expect("writing to a string does not fail");
        self
    }

    /// Adds an object.
    pub fn object(mut self, key: &str, value: Json) -> Self {
        self.key(key);
        self.0 += &value.finish();
        self
    }

    /// Adds a list of objects.
    pub fn objects(mut self, key: &str, values: impl Iterator<Item = Json>) -> Self {
        self.key(key);
        let values: Vec<String> = values.map(Json::finish).collect();
        write!(self.0, "[{}]", values.join(",")).expect("writing to a string does not fail");
        self
    }

    fn key(&mut self, key: &str) {
        if self.0 != "{" {
            self.0.push(',');
        }
        quote(&mut self.0, key);
        self.0.push(':');
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                write!(out, "\\u{:04x}", u32::from(c)).expect("writing to a string does not fail");
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
