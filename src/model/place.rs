//! Where on earth something is.

use serde::{Deserialize, Serialize};

use super::violation::Violation;

/// A point in WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawCoordinates", into = "RawCoordinates")]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCoordinates {
    latitude: f64,
    longitude: f64,
}

impl Coordinates {
    /// Checks and keeps a point.
    ///
    /// # Errors
    /// A violation when the latitude is not in -90..=90 or the longitude not in -180..=180 degrees.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, Violation> {
        if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            Ok(Self { latitude, longitude })
        } else {
            Err(Violation::new(
                format!("{latitude}, {longitude} is no point on earth"),
                "use degrees: latitude from -90 to 90, longitude from -180 to 180",
            ))
        }
    }

    /// Degrees north of the equator, -90 to 90.
    pub fn latitude(&self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich, -180 to 180.
    pub fn longitude(&self) -> f64 {
        self.longitude
    }
}

impl TryFrom<RawCoordinates> for Coordinates {
    type Error = Violation;
    fn try_from(raw: RawCoordinates) -> Result<Self, Violation> {
        Self::new(raw.latitude, raw.longitude)
    }
}

impl From<Coordinates> for RawCoordinates {
    fn from(point: Coordinates) -> Self {
        Self { latitude: point.latitude, longitude: point.longitude }
    }
}
