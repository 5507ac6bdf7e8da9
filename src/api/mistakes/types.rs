//! The types of the schema by their names, read from what is printed of it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition};

use crate::model::nearest::nearest;

/// How many names a message lists.
const LISTED: usize = 12;

/// A field, an argument or a field of an input.
pub(super) struct Field {
    pub(super) name: String,
    /// As it is written: `[EntityKind!]`.
    pub(super) of_type: String,
    pub(super) needs_a_value: bool,
    pub(super) arguments: Vec<Field>,
}

impl Field {
    /// Its type without what makes it a list or not null.
    pub(super) fn base(&self) -> &str {
        base(&self.of_type)
    }
}

#[derive(Default)]
pub(super) struct Types {
    /// Of objects, interfaces and inputs.
    fields: BTreeMap<String, Vec<Field>>,
    inputs: Vec<String>,
    enums: BTreeMap<String, Vec<String>>,
    /// Of each interface and union what may stand for it.
    possible: BTreeMap<String, Vec<String>>,
    scalars: Vec<String>,
}

/// `[EntityKind!]!` without its brackets and marks.
pub(super) fn base(of_type: &str) -> &str {
    of_type.trim_matches(['[', ']', '!'])
}

fn written(of_type: &Type) -> String {
    of_type.to_string()
}

fn input(value: &InputValueDefinition) -> Field {
    let needs_a_value = !value.ty.node.nullable && value.default_value.is_none();
    Field { name: value.name.node.to_string(), of_type: written(&value.ty.node), needs_a_value, arguments: Vec::new() }
}

impl Types {
    /// Those of the schema, read once.
    pub(super) fn of_the_schema() -> &'static Self {
        static TYPES: OnceLock<Types> = OnceLock::new();
        TYPES.get_or_init(|| Self::read(&crate::api::sdl()))
    }

    fn read(sdl: &str) -> Self {
        let mut types = Self::default();
        let Ok(document) = parse_schema(sdl) else { return types };
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            let (fields, implements) = match definition.node.kind {
                TypeKind::Scalar => {
                    types.scalars.push(name);
                    continue;
                }
                TypeKind::Enum(of) => {
                    let values = of.values.iter().map(|value| value.node.value.node.to_string());
                    types.enums.insert(name, values.collect());
                    continue;
                }
                TypeKind::Union(of) => {
                    types.possible.insert(name, of.members.iter().map(|member| member.node.to_string()).collect());
                    continue;
                }
                TypeKind::InputObject(of) => {
                    types.inputs.push(name.clone());
                    types.fields.insert(name, of.fields.iter().map(|field| input(&field.node)).collect());
                    continue;
                }
                TypeKind::Object(of) => (of.fields, of.implements),
                TypeKind::Interface(of) => {
                    types.possible.entry(name.clone()).or_default();
                    (of.fields, Vec::new())
                }
            };
            for interface in implements {
                types.possible.entry(interface.node.to_string()).or_default().push(name.clone());
            }
            let fields = fields.into_iter().map(|field| Field {
                name: field.node.name.node.to_string(),
                of_type: written(&field.node.ty.node),
                needs_a_value: false,
                arguments: field.node.arguments.iter().map(|argument| input(&argument.node)).collect(),
            });
            types.fields.insert(name, fields.collect());
        }
        types
    }

    /// The fields of an object, an interface or an input; none of others.
    pub(super) fn fields(&self, of_type: &str) -> &[Field] {
        self.fields.get(of_type).map_or(&[], Vec::as_slice)
    }

    pub(super) fn field(&self, of_type: &str, name: &str) -> Option<&Field> {
        self.fields(of_type).iter().find(|field| field.name == name)
    }

    pub(super) fn is_input(&self, of_type: &str) -> bool {
        self.inputs.iter().any(|input| input == of_type)
    }

    /// Whether it is an object, an interface or a union: whether fields of it have to be asked for.
    pub(super) fn is_composite(&self, of_type: &str) -> bool {
        self.possible.contains_key(of_type) || self.fields.contains_key(of_type) && !self.is_input(of_type)
    }

    /// The values of an enum.
    pub(super) fn values(&self, of_type: &str) -> Option<&[String]> {
        self.enums.get(of_type).map(Vec::as_slice)
    }

    /// Whether the edges of a list of this type have a field, beside the node.
    pub(super) fn is_beside_a_node(&self, field: &str, of_type: &str) -> bool {
        let is_edge = |fields: &Vec<Field>| fields.iter().any(|node| node.name == "node" && node.base() == of_type);
        self.fields.values().filter(|fields| is_edge(fields)).any(|fields| fields.iter().any(|own| own.name == field))
    }

    /// What may stand for an interface or a union.
    pub(super) fn possible(&self, of_type: &str) -> &[String] {
        self.possible.get(of_type).map_or(&[], Vec::as_slice)
    }

    /// "did you mean …?", where a type is near.
    pub(super) fn near_type(&self, name: &str) -> Option<String> {
        let all = self.fields.keys().chain(self.enums.keys()).chain(self.possible.keys()).chain(&self.scalars);
        nearest(name, all.map(String::as_str)).map(|near| format!("did you mean {near}?"))
    }

    /// A field with a few of those that have to be asked for behind it: `entities { nodes { id name } }`.
    pub(super) fn asked(&self, field: &str, of_type: &str) -> String {
        format!("{field} {{ {} }}", self.some_fields(base(of_type)))
    }

    fn some_fields(&self, of_type: &str) -> String {
        if let Some(nodes) = self.field(of_type, "nodes") {
            return self.asked("nodes", &nodes.of_type);
        }
        let free = |field: &&Field| field.arguments.iter().all(|argument| !argument.needs_a_value);
        let plain = |field: &&Field| !self.is_composite(field.base()) && field.name != "cursor";
        let few = ["id", "name", "title", "sentence"].into_iter().filter(|name| self.field(of_type, name).is_some());
        let few: Vec<&str> = few.take(2).collect();
        if !few.is_empty() {
            return few.join(" ");
        }
        let first: Vec<&str> =
            self.fields(of_type).iter().filter(free).filter(plain).map(|field| field.name.as_str()).take(2).collect();
        if first.is_empty() { "__typename".to_owned() } else { first.join(" ") }
    }
}

/// What was meant of what there is: the nearest, or all of a few.
pub(super) fn meant<'k>(wanted: &str, known: impl Iterator<Item = &'k str> + Clone, what: &str) -> String {
    let same = known.clone().find(|known| known.eq_ignore_ascii_case(wanted));
    match same.or_else(|| nearest(wanted, known.clone())) {
        Some(near) => format!("did you mean {near}?"),
        None => listed(known, what),
    }
}

/// "it has a, b and 3 more".
pub(super) fn listed<'k>(known: impl Iterator<Item = &'k str>, what: &str) -> String {
    let all: Vec<&str> = known.collect();
    match all.split_at_checked(LISTED) {
        Some((first, rest)) if !rest.is_empty() => format!("{what} {} and {} more", first.join(", "), rest.len()),
        Some(_) | None => format!("{what} {}", all.join(", ")),
    }
}

/// Whether a written type is a list.
pub(super) fn is_list(of_type: &str) -> bool {
    Type::new(of_type).is_some_and(|of_type| matches!(of_type.base, BaseType::List(_)))
}
