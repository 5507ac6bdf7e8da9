//! The flags for what one operation may cost.

use std::time::Duration;

use clap::Args;

use crate::api::limits::Limits;

macro_rules! limit_arguments {
    ($($(#[doc = $doc:literal])+ $field:ident, $flag:ident: $type:ty;)+) => {
        /// What one operation may cost.
        #[derive(Args, Clone)]
        #[command(next_help_heading = "Limits of one operation")]
        #[group(skip)]
        pub(super) struct Arguments {
            $(
                $(#[doc = $doc])+
                #[arg(long, default_value_t = Limits::default().$field, value_name = "N")]
                $flag: $type,
            )+
            /// Seconds an operation may run
            #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
            max_seconds: u64,
        }

        impl Arguments {
            /// The limits in the API's terms.
            pub(super) fn limits(&self) -> Limits {
                Limits { $($field: self.$flag,)+ }
            }
        }
    };
}

limit_arguments! {
    /// Fields inside fields
    depth, max_depth: usize;
    /// Fields in all, with fragments expanded
    complexity, max_complexity: usize;
    /// Fields under another name
    aliases, max_aliases: usize;
    /// Names, numbers, strings and punctuators
    tokens, max_tokens: usize;
    /// Brackets inside brackets
    nesting, max_nesting: usize;
    /// Fields of the root type
    root_fields, max_root_fields: usize;
    /// Directives at one place
    directives, max_directives: usize;
    /// Fragments spread, fragments in fragments included
    fragments, max_fragments: usize;
    /// Fields in the answer, each item of each list counted
    answer_fields, max_answer_fields: usize;
    /// Errors in one response; more are left out
    errors, max_errors: usize;
    /// Characters of the message of an error; more are cut off
    error_characters, max_error_characters: usize;
    /// Items in one page of a list
    page, max_page: usize;
    /// Relationships that all traversals together may visit; answers that were found before do not count
    visits, max_visits: u64;
}

impl Arguments {
    /// How long an operation may run.
    pub(super) fn time(&self) -> Duration {
        Duration::from_secs(self.max_seconds)
    }
}
