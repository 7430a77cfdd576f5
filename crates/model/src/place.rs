use serde::{Deserialize, Serialize};

use crate::span::PrintedSpan;

/// A place that a statement names, resolved against the gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its usual English name.
    pub name: String,
    /// `GeoNames` identifier; null when the gazetteer does not have it.
    pub geonameid: Option<u32>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// What the words cover.
    pub extent: Extent,
    /// The words in the article.
    pub span: PrintedSpan,
}

/// What a place name covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// A town or smaller.
    Point,
    /// A region, a front, a direction.
    Area,
    /// A country.
    Country,
}
