//! Which variable means what, and where it may be used.

use super::Checker;
use crate::graph::pattern::query::{Bound, Held, Register};
use crate::graph::pattern::syntax::PatternError;
use crate::graph::pattern::syntax::ast::{Name, Span};
use crate::model::nearest::nearest;

/// The least letters of a name for which another one is suggested.
const LIKELY: usize = 3;

/// The most variables that a message lists.
const LISTED: usize = 12;

pub(super) struct Declared {
    pub(super) name: String,
    pub(super) what: Bound,
    /// The repetition it belongs to; 0 outside all.
    pub(super) scope: usize,
    /// Where it was met last.
    pub(super) last: Span,
}

impl Declared {
    pub(super) fn is_in(&self, register: Register) -> bool {
        match self.what {
            Bound::One { register: own, .. } | Bound::Group { register: own } => own == register,
            Bound::Path { .. } => false,
        }
    }

    pub(super) fn description(&self) -> &'static str {
        match self.what {
            Bound::One { .. } => "an element",
            Bound::Group { .. } => "a group",
            Bound::Path { .. } => "a path",
        }
    }
}

impl Checker<'_> {
    /// The register of an element's variable that is met again; `None` where it is new.
    pub(super) fn element_variable(&mut self, name: &Name, node: bool) -> Result<Option<Register>, PatternError> {
        let Some(position) = self.declared.iter().position(|declared| declared.name == name.text) else {
            return Ok(None);
        };
        let declared = &self.declared[position];
        let register = match declared.what {
            Bound::One { register, .. } | Bound::Group { register } if declared.scope == self.scope => register,
            Bound::One { .. } | Bound::Group { .. } => {
                let message = format!(
                    "{} is used inside and outside of a repeated part, where it means different things; use two names",
                    name.text
                );
                return self.error(name.span, message);
            }
            Bound::Path { .. } => {
                return self.error(name.span, format!("{} is a path already; use another name", name.text));
            }
        };
        let is_node = matches!(self.registers[register], Held::Entity(_));
        if is_node != node {
            let (is, here) = if is_node { ("a node", "an edge") } else { ("an edge", "a node") };
            return self.error(name.span, format!("{} is {is} already, here it is {here}; use two names", name.text));
        }
        self.declared[position].last = name.span;
        Ok(Some(register))
    }

    pub(super) fn declare(&mut self, name: &Name, register: Register) {
        let what = match (self.scope, self.optional[self.scope]) {
            (0, _) => Bound::One { register, optional: false },
            (_, true) => Bound::One { register, optional: true },
            (_, false) => Bound::Group { register },
        };
        self.declared.push(Declared { name: name.text.clone(), what, scope: self.scope, last: name.span });
    }

    /// The position of a variable.
    pub(super) fn find(&self, name: &Name) -> Result<usize, PatternError> {
        let found = self.declared.iter().position(|declared| declared.name == name.text);
        found.map_or_else(|| self.no_variable(name), Ok)
    }

    /// A short name is close to every other one, so that for it all are listed.
    fn no_variable<T>(&self, name: &Name) -> Result<T, PatternError> {
        let text = &name.text;
        let known = || self.declared.iter().map(|declared| declared.name.as_str());
        let near = nearest(text, known()).filter(|_| text.chars().count() >= LIKELY);
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => {
                let listed: Vec<&str> = known().take(LISTED).collect();
                let more = if self.declared.len() > LISTED { " and others" } else { "" };
                let there_is = match listed.as_slice() {
                    [] => String::new(),
                    [only] => format!("the only one is {only}; "),
                    several => format!("there are {}{more}; ", several.join(", ")),
                };
                format!("{there_is}give the name to a node, as in ({text}:Hospital), or put a text in quotation marks")
            }
        };
        self.error(name.span, format!("there is no variable {text}; {hint}"))
    }
}
