//! The one door: opens the store, applies change sets, publishes snapshots.
