//! The public schema: printed into `schema.graphql`, valid to a foreign compiler, true to the contract, described.

use std::path::Path;

use apollo_compiler::Schema;
use apollo_compiler::ast::{self, Definition};
use apollo_compiler::schema::ExtendedType;

fn committed() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql")).unwrap()
}

fn schema() -> apollo_compiler::validation::Valid<Schema> {
    Schema::parse_and_validate(consortia::api::sdl(), "schema.graphql")
        .unwrap_or_else(|error| panic!("{}", error.errors))
}

#[test]
fn schema_graphql_is_the_print_of_the_code() {
    let printed = consortia::api::sdl();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql"), &printed).unwrap();
    }
    assert!(
        committed() == printed,
        "schema.graphql is not what the code prints; run UPDATE_EXPECT=1 cargo test, read the diff"
    );
}

#[test]
fn a_foreign_compiler_finds_the_schema_valid() {
    assert!(schema().types.contains_key("Organization"));
}

/// What a type of the contract asks for, as `Type.member` and the member's own text.
fn members(document: &ast::Document) -> Vec<(String, String)> {
    let mut members = Vec::new();
    let mut fields = |name: &str, fields: &[apollo_compiler::Node<ast::FieldDefinition>]| {
        for field in fields {
            members.push((format!("{name}.{}", field.name), field.ty.to_string()));
            for argument in &field.arguments {
                members.push((format!("{name}.{}({})", field.name, argument.name), typed(argument)));
            }
        }
    };
    for definition in &document.definitions {
        match definition {
            Definition::ObjectTypeDefinition(object) => fields(&object.name, &object.fields),
            Definition::InterfaceTypeDefinition(interface) => fields(&interface.name, &interface.fields),
            _ => {}
        }
    }
    for definition in &document.definitions {
        match definition {
            Definition::EnumTypeDefinition(values) => {
                let named =
                    values.values.iter().map(|value| (format!("{}.{}", values.name, value.value), String::new()));
                members.extend(named);
            }
            Definition::InputObjectTypeDefinition(input) => {
                members
                    .extend(input.fields.iter().map(|field| (format!("{}.{}", input.name, field.name), typed(field))));
            }
            _ => {}
        }
    }
    members
}

fn typed(value: &ast::InputValueDefinition) -> String {
    value.default_value.as_ref().map_or(value.ty.to_string(), |default| format!("{} = {default}", value.ty))
}

#[test]
fn every_name_of_the_contract_in_scope_is_there_with_its_type() {
    let parse =
        |text: &str| ast::Document::parse(text, "contract.graphql").unwrap_or_else(|error| panic!("{}", error.errors));
    let have = members(&parse(&consortia::api::sdl()));
    let asked = members(&parse(include_str!("../contract.graphql")));
    assert!(asked.len() > 150, "the contract was not read: {} members", asked.len());
    let missing: Vec<_> = asked.iter().filter(|member| !have.contains(member)).collect();
    assert!(missing.is_empty(), "the schema lacks, or has with another type: {missing:#?}");
}

#[test]
fn the_interfaces_of_the_contract_are_implemented() {
    let schema = schema();
    for name in ["Organization", "Person", "Agreement", "Event", "Program", "Topic"] {
        let object = schema.get_object(name).unwrap();
        for interface in ["Entity", "Node"] {
            assert!(object.implements_interfaces.contains(interface), "{name} does not implement {interface}");
        }
    }
    assert!(schema.get_interface("Entity").unwrap().implements_interfaces.contains("Node"));
    for name in ["Relationship", "Document", "Commit"] {
        assert!(schema.get_object(name).unwrap().implements_interfaces.contains("Node"), "{name}");
    }
}

#[test]
fn everything_a_stranger_meets_is_described() {
    let schema = schema();
    let mut bare = Vec::new();
    let mut note = |place: String, description: Option<&apollo_compiler::Node<str>>| {
        if description.is_none_or(|text| text.trim().len() < 8) {
            bare.push(place);
        }
    };
    for (name, definition) in
        schema.types.iter().filter(|(name, definition)| !name.starts_with("__") && !definition.is_built_in())
    {
        note(name.to_string(), definition.description());
        let fields = match definition {
            ExtendedType::Object(object) => Some(&object.fields),
            ExtendedType::Interface(interface) => Some(&interface.fields),
            _ => None,
        };
        for (field, definition) in fields.into_iter().flatten() {
            note(format!("{name}.{field}"), definition.description.as_ref());
            for argument in &definition.arguments {
                note(format!("{name}.{field}({})", argument.name), argument.description.as_ref());
            }
        }
        if let ExtendedType::Enum(values) = definition {
            for (value, definition) in &values.values {
                note(format!("{name}.{value}"), definition.description.as_ref());
            }
        }
        if let ExtendedType::InputObject(input) = definition {
            for (field, definition) in &input.fields {
                note(format!("{name}.{field}"), definition.description.as_ref());
            }
        }
    }
    assert!(bare.is_empty(), "not described: {bare:#?}");
}

#[test]
fn connections_have_the_shape_that_relay_asks_for() {
    let schema = schema();
    let mut connections = 0;
    for (name, definition) in &schema.types {
        let ExtendedType::Object(object) = definition else { continue };
        let Some(item) = name.strip_suffix("Connection") else { continue };
        connections += 1;
        let field = |field: &str| object.fields.get(field).map(|field| field.ty.to_string());
        assert_eq!(field("edges"), Some(format!("[{item}Edge!]!")), "{name}");
        assert_eq!(field("pageInfo").as_deref(), Some("PageInfo!"), "{name}");
        assert_eq!(field("totalCount").as_deref(), Some("Int!"), "{name}");
        let edge = schema.get_object(&format!("{item}Edge")).unwrap_or_else(|| panic!("{item}Edge"));
        let node = edge.fields.get("node").unwrap().ty.to_string();
        assert_eq!(field("nodes"), Some(format!("[{node}]!")), "{name}");
        assert_eq!(edge.fields.get("cursor").unwrap().ty.to_string(), "String!", "{name}");
    }
    assert!(connections >= 8, "{connections} connections");
}
