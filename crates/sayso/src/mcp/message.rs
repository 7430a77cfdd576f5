//! JSON-RPC 2.0: what a line asks, and how it is answered.

use serde::Serialize;
use serde_json::{Map, Value};

/// A line from the client.
#[derive(Debug)]
pub(super) enum Incoming {
    /// It waits for an answer.
    Request(Request),
    /// A notification, or an answer to what was never asked: nothing is sent back.
    Other,
}

/// A request.
#[derive(Debug)]
pub(super) struct Request {
    /// A string or a number.
    pub(super) id: Value,
    /// What is asked.
    pub(super) method: String,
    /// With which parameters; none is an empty object.
    pub(super) params: Map<String, Value>,
}

impl Incoming {
    /// Reads a line.
    ///
    /// # Errors
    /// The id, null where it cannot be known, with what is wrong.
    pub(super) fn read(line: &[u8]) -> Result<Self, (Value, Failure)> {
        let value: Value = serde_json::from_slice(line).map_err(|error| {
            (Value::Null, Failure::new(Failure::PARSE_ERROR, format!("This is no JSON: {error}.")))
        })?;
        let wrong = |id: Value, words: &str| (id, Failure::invalid_request(words));
        let Value::Object(mut message) = value else {
            return Err(wrong(Value::Null, "A message is one JSON object a line."));
        };
        let id = message.remove("id");
        let known = match &id {
            Some(id @ (Value::String(_) | Value::Number(_))) => id.clone(),
            _ => Value::Null,
        };
        if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return Err(wrong(known, "A message has `\"jsonrpc\": \"2.0\"`."));
        }
        let method = match message.remove("method") {
            Some(Value::String(method)) => method,
            None if message.contains_key("result") || message.contains_key("error") => {
                return Ok(Self::Other);
            }
            _ => return Err(wrong(known, "A request names its method.")),
        };
        let params = match message.remove("params") {
            None => Map::new(),
            Some(Value::Object(params)) => params,
            Some(_) if id.is_none() => return Ok(Self::Other),
            Some(_) => {
                let words = "The parameters are an object.".to_owned();
                return Err((known, Failure::invalid_params(words)));
            }
        };
        match id {
            None => Ok(Self::Other),
            Some(_) if known.is_null() => {
                Err(wrong(known, "The id of a request is a string or a number."))
            }
            Some(id) => Ok(Self::Request(Request { id, method, params })),
        }
    }
}

/// An answer.
#[derive(Debug, Serialize)]
pub(super) struct Reply {
    jsonrpc: &'static str,
    id: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

impl Reply {
    pub(super) fn of(id: Value, outcome: Result<Value, Failure>) -> Self {
        match outcome {
            Ok(result) => Self { jsonrpc: "2.0", id, result: Some(result), error: None },
            Err(failure) => Self::failed(id, failure),
        }
    }

    pub(super) fn failed(id: Value, failure: Failure) -> Self {
        Self { jsonrpc: "2.0", id, result: None, error: Some(failure) }
    }
}

/// An error of the protocol. What a tool could not do is no such error but its result.
#[derive(Debug, Serialize)]
pub(super) struct Failure {
    code: i32,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
}

impl Failure {
    const PARSE_ERROR: i32 = -32700;
    const INVALID_REQUEST: i32 = -32600;
    const METHOD_NOT_FOUND: i32 = -32601;
    const INVALID_PARAMS: i32 = -32602;
    const INTERNAL_ERROR: i32 = -32603;
    /// Of revision 2026-07-28.
    const UNSUPPORTED_VERSION: i32 = -32022;

    fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: None }
    }

    pub(super) fn invalid_request(words: impl Into<String>) -> Self {
        Self::new(Self::INVALID_REQUEST, words)
    }

    pub(super) fn no_method(method: &str) -> Self {
        Self::new(Self::METHOD_NOT_FOUND, format!("There is no method: {}", clipped(method)))
    }

    pub(super) fn invalid_params(words: impl Into<String>) -> Self {
        Self::new(Self::INVALID_PARAMS, words)
    }

    pub(super) fn internal(words: impl Into<String>) -> Self {
        Self::new(Self::INTERNAL_ERROR, words)
    }

    pub(super) fn unsupported_version(requested: &str, supported: &[&str]) -> Self {
        let requested = clipped(requested);
        Self {
            data: Some(serde_json::json!({ "supported": supported, "requested": requested })),
            ..Self::new(
                Self::UNSUPPORTED_VERSION,
                format!("This revision of the protocol is not spoken: {requested}"),
            )
        }
    }
}

/// The beginning of words from outside, for a message.
pub(super) fn clipped(words: &str) -> String {
    const MOST: usize = 80;
    crate::screen::one_line(words).chars().take(MOST).collect()
}
