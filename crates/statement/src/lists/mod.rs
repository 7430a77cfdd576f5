//! Lists of those to whom one thing happens, or who do it.

pub(crate) mod joined;
pub(crate) mod named;
