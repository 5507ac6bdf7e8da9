//! Names in every spelling find their entity.

use std::sync::Arc;

use consortia::model::change::Versioned;
use consortia::model::citation::{Citation, Strength};
use consortia::model::entity::{Entity, EntityKind, EntityRecord};
use consortia::model::id::{DocumentId, EntityId};
use consortia::model::name::{Name, NameKind};
use consortia::model::state::State;
use consortia::model::text;
use consortia::search::{Index, LEAST_SCORE, Match};
use proptest::prelude::*;

/// Entities by id and kind, each with its names (the preferred one first; `@` marks an acronym) and identifiers.
const WORLD: [(&str, EntityKind, &[&str], &[&str]); 24] = [
    (
        "university-of-oxford",
        EntityKind::University,
        &["University of Oxford", "Oxford University", "牛津大学"],
        &["ROR:052gg0110"],
    ),
    ("oxford-brookes-university", EntityKind::University, &["Oxford Brookes University"], &[]),
    ("university-of-birmingham", EntityKind::University, &["University of Birmingham", "伯明翰大学"], &[]),
    ("university-of-glasgow", EntityKind::University, &["University of Glasgow"], &[]),
    ("university-of-nottingham", EntityKind::University, &["University of Nottingham"], &[]),
    ("kings-college-london", EntityKind::University, &["King's College London"], &[]),
    (
        "hkust",
        EntityKind::University,
        &["The Hong Kong University of Science and Technology", "@HKUST", "香港科技大学"],
        &["ISNI:0000000419368948"],
    ),
    ("hku", EntityKind::University, &["The University of Hong Kong", "@HKU"], &[]),
    ("peking-university", EntityKind::University, &["Peking University", "Beijing University", "北京大学"], &[]),
    (
        "pumch",
        EntityKind::Hospital,
        &["Peking Union Medical College Hospital", "北京协和医院", "Xiehe Hospital"],
        &["WIKIDATA:Q7161108"],
    ),
    ("pumc", EntityKind::MedicalSchool, &["Peking Union Medical College", "北京协和医学院"], &[]),
    ("sichuan-university", EntityKind::University, &["Sichuan University", "@SCU", "四川大学"], &["ROR:011ashp19"]),
    (
        "west-china-hospital",
        EntityKind::Hospital,
        &["West China Hospital", "四川大学华西医院", "Huaxi Hospital"],
        &["GRID:grid.13291.38"],
    ),
    ("west-china-medical-center", EntityKind::MedicalSchool, &["West China Medical Center"], &[]),
    ("fudan-university", EntityKind::University, &["Fudan University", "复旦大学"], &[]),
    (
        "shanghai-jiao-tong-university",
        EntityKind::University,
        &["Shanghai Jiao Tong University", "@SJTU", "上海交通大学"],
        &[],
    ),
    ("hug", EntityKind::Hospital, &["Hôpitaux Universitaires de Genève", "Geneva University Hospitals", "@HUG"], &[]),
    ("karolinska-institutet", EntityKind::University, &["Karolinska Institutet"], &[]),
    ("university-of-copenhagen", EntityKind::University, &["Københavns Universitet", "University of Copenhagen"], &[]),
    ("eberhard-karls-universitat-tubingen", EntityKind::University, &["Eberhard Karls Universität Tübingen"], &[]),
    (
        "china-uk-consortium",
        EntityKind::Consortium,
        &["China-UK University Consortium on Medicine and Health", "China-UK University Medical Alliance"],
        &["DOI:10.3030/101057619"],
    ),
    ("nancy-ip", EntityKind::Person, &["Nancy Ip", "葉玉如"], &["ORCID:0000-0002-1825-0097"]),
    ("zhang-shuyang", EntityKind::Person, &["Zhang Shuyang"], &[]),
    ("gastrointestinal-cancer", EntityKind::Topic, &["Gastrointestinal cancer"], &[]),
];

fn entity(id: &str, kind: EntityKind, names: &[&str], identifiers: &[&str]) -> Arc<Versioned<Entity>> {
    let mut record = EntityRecord::new(EntityId::new(id).expect("the id is a slug"), kind, names[0]);
    record.names = names[1..]
        .iter()
        .map(|name| match name.strip_prefix('@') {
            Some(acronym) => Name { text: acronym.into(), kind: NameKind::Acronym, language: None },
            None => Name { text: (*name).into(), kind: NameKind::Alias, language: None },
        })
        .collect();
    record.identifiers =
        identifiers.iter().map(|identifier| identifier.parse().expect("its check digits are right")).collect();
    let document = DocumentId::new("register").expect("the id is a slug");
    record.citations.push(Citation { document, locator: None, strength: Strength::Stated, note: None });
    Arc::new(Versioned { revision: 1, value: Entity::new(record).expect("the names are names") })
}

fn state(mut entities: Vec<Arc<Versioned<Entity>>>) -> State {
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    State { entities, ..State::default() }
}

fn world() -> State {
    state(WORLD.iter().map(|(id, kind, names, identifiers)| entity(id, *kind, names, identifiers)).collect())
}

fn search(state: &State, text: &str) -> Vec<Match> {
    Index::build(state).search(text, 50, &mut |_| true)
}

#[test]
fn names_in_every_spelling_find_their_entity_first() {
    let state = world();
    let index = Index::build(&state);
    let mut wrong = Vec::new();
    for (query, expected) in [
        // case, diacritics, punctuation
        ("UNIVERSITY OF OXFORD", "university-of-oxford"),
        ("Hopitaux Universitaires de Geneve", "hug"),
        ("hôpitaux universitaires genève", "hug"),
        ("Kobenhavns Universitet", "university-of-copenhagen"),
        ("Universitat Tubingen", "eberhard-karls-universitat-tubingen"),
        ("Universitaet Tuebingen", "eberhard-karls-universitat-tubingen"),
        ("kings college london", "kings-college-london"),
        ("King s College London", "kings-college-london"),
        ("King’s College, London", "kings-college-london"),
        // misspelling
        ("Oxfrod Univeristy", "university-of-oxford"),
        ("Univercity of Birmingam", "university-of-birmingham"),
        ("Sichaun", "sichuan-university"),
        ("Sichuang University", "sichuan-university"),
        ("Pekin Union Medcal Colege Hospital", "pumch"),
        ("Karolinksa Institute", "karolinska-institutet"),
        ("Zang Shuyan", "zhang-shuyang"),
        ("gastrointestnal cancr", "gastrointestinal-cancer"),
        ("Nothingham", "university-of-nottingham"),
        // order, missing and extra words
        ("Hospital West China", "west-china-hospital"),
        ("Ip Nancy", "nancy-ip"),
        ("Prof. Nancy IP", "nancy-ip"),
        ("the University of Sichuan", "sichuan-university"),
        ("Glasgow", "university-of-glasgow"),
        ("China UK Consortium Medicine", "china-uk-consortium"),
        ("Shanghai Jiaotong University", "shanghai-jiao-tong-university"),
        ("Westchina Hospital", "west-china-hospital"),
        // script
        ("Оксфорд", "university-of-oxford"),
        ("Sichuan Daxue", "sichuan-university"),
        ("sichuandaxue", "sichuan-university"),
        ("牛津大学", "university-of-oxford"),
        ("牛津大學", "university-of-oxford"),
        ("牛津", "university-of-oxford"),
        ("四川大學", "sichuan-university"),
        ("华西医院", "west-china-hospital"),
        ("華西醫院", "west-china-hospital"),
        ("Huaxi Yiyuan", "west-china-hospital"),
        ("Οξφόρδη Oxford", "university-of-oxford"),
        // acronyms, listed and not
        ("HKUST", "hkust"),
        ("hku", "hku"),
        ("SCU", "sichuan-university"),
        ("PUMCH", "pumch"),
        ("PUMC", "pumc"),
        ("WCH", "west-china-hospital"),
        ("KCL", "kings-college-london"),
        ("The Hong Kong University of Science and Technology (HKUST)", "hkust"),
        ("HKUST Hong Kong", "hkust"),
        // as it is typed
        ("Univ of Oxf", "university-of-oxford"),
        ("Peking Un Med", "pumc"),
        ("fud", "fudan-university"),
        ("West Ch", "west-china-hospital"),
        // ids and outside identifiers
        ("west-china-medical-center", "west-china-medical-center"),
        ("pumch", "pumch"),
        ("china-uk-consortium", "china-uk-consortium"),
        ("ROR:052gg0110", "university-of-oxford"),
        ("https://ror.org/052gg0110", "university-of-oxford"),
        ("011ashp19", "sichuan-university"),
        ("Q7161108", "pumch"),
        ("grid.13291.38", "west-china-hospital"),
        ("0000 0004 1936 8948", "hkust"),
        ("https://orcid.org/0000-0002-1825-0097", "nancy-ip"),
        ("https://doi.org/10.3030/101057619", "china-uk-consortium"),
    ] {
        let hits = index.search(query, 3, &mut |_| true);
        let found: Vec<(&str, f32)> =
            hits.iter().map(|hit| (state.entities[hit.position].id.as_str(), hit.score)).collect();
        if found.first().map(|hit| hit.0) != Some(expected) {
            wrong.push(format!("{query}: {expected} is not the first of {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn exact_names_come_before_acronyms_and_these_before_keys() {
    let state = world();
    let first = |text: &str| {
        let hit = search(&state, text).remove(0);
        (hit.score, hit.matched)
    };
    assert_eq!(first("peking union medical college hospital"), (1.0, "Peking Union Medical College Hospital".into()));
    assert_eq!(first("北京协和医院"), (1.0, "北京协和医院".into()));
    assert_eq!(first("hkust"), (0.99, "HKUST".into()));
    assert_eq!(first("https://ror.org/011ashp19"), (0.98, "ROR:011ashp19".into()));
    assert_eq!(first("china-uk-consortium"), (0.98, "china-uk-consortium".into()));
    assert_eq!(first("KCL"), (0.75, "King's College London".into()));
    assert!(first("Peking Union Medical College Hospitl").0 < 0.97);
}

#[test]
fn a_preferred_name_comes_before_the_same_alias() {
    let state = state(vec![
        entity("a", EntityKind::University, &["Union University", "Central College"], &[]),
        entity("b", EntityKind::University, &["Central College"], &[]),
        entity("c", EntityKind::University, &["Central College"], &[]),
    ]);
    let positions: Vec<usize> = search(&state, "central college").iter().map(|hit| hit.position).collect();
    assert_eq!(positions, [1, 2, 0]);
}

#[test]
fn what_no_name_resembles_is_not_found() {
    let state = world();
    for text in ["", "   ", "🙂🙂", "—!?…", "\u{301}\u{301}", "xyzzy", "2022", "qqqqqqqq university of wwwwwww"]
    {
        let hits = search(&state, text);
        assert!(hits.is_empty(), "{text:?} finds {hits:?}");
    }
}

#[test]
fn only_accepted_entities_are_found_and_each_is_asked_about_once() {
    let state = world();
    let index = Index::build(&state);
    let mut asked = Vec::new();
    let hits = index.search("Peking University 北京大学 hospital", 50, &mut |position| {
        asked.push(position);
        state.entities[position].kind == EntityKind::Hospital
    });
    assert_eq!(state.entities[hits[0].position].id.as_str(), "pumch");
    assert!(hits.iter().all(|hit| state.entities[hit.position].kind == EntityKind::Hospital));
    let times = asked.len();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), times);
}

#[test]
fn pages_cover_all_hits_once_and_count_them() {
    let state = world();
    let index = Index::build(&state);
    let all = index.page("university", 0, 100, &mut |_| true);
    assert!(all.complete && all.total == all.matches.len() && all.total >= 10, "{}", all.total);
    let mut paged = Vec::new();
    for offset in (0..all.total).step_by(3) {
        let page = index.page("university", offset, 3, &mut |_| true);
        assert_eq!(page.total, all.total);
        paged.extend(page.matches);
    }
    assert_eq!(paged, all.matches);
    assert!(index.page("university", all.total, 3, &mut |_| true).matches.is_empty());
}

#[test]
fn an_unknown_id_is_told_its_nearest_neighbors() {
    let index = Index::build(&world());
    for (text, expected) in [
        ("west-china-hosptal", "west-china-hospital"),
        ("oxford-university", "university-of-oxford"),
        ("sichuan-univ", "sichuan-university"),
        ("pumchh", "pumch"),
        ("hong-kong-university-of-science", "hkust"),
        ("university-of-notingham", "university-of-nottingham"),
    ] {
        let nearest = index.nearest(text, 3);
        assert_eq!(nearest.first().map(EntityId::as_str), Some(expected), "{text}: {nearest:?}");
        assert!(nearest.len() <= 3);
    }
    assert!(index.nearest("!!!", 3).is_empty());
    assert!(index.nearest("west-china-hosptal", 0).is_empty());
}

#[test]
fn an_empty_index_finds_nothing() {
    assert!(search(&State::default(), "oxford").is_empty());
    assert!(Index::build(&State::default()).nearest("oxford", 3).is_empty());
}

#[test]
fn hostile_queries_are_cut_short() {
    let index = Index::build(&world());
    for text in [
        "a".repeat(1_000_000),
        "oxford ".repeat(200_000),
        "牛津大学".repeat(100_000),
        "é\u{301}\u{302}".repeat(100_000),
        "\u{fdfa}".repeat(10_000),
        "🙂".repeat(100_000),
        "a-b.c/d:e'f\"g\\".repeat(10_000),
        "\0\u{202e}\u{feff}".repeat(10_000),
        (0..50_000).map(|n| format!("w{n} ")).collect(),
    ] {
        let hits = index.search(&text, usize::MAX, &mut |_| true);
        assert!(hits.len() <= WORLD.len());
    }
}

proptest! {
    #[test]
    fn any_text_gives_ranked_scores_in_bounds(text in "\\PC{0,60}|[a-z大学йé '.:/-]{0,80}") {
        let state = world();
        let index = Index::build(&state);
        let hits = index.search(&text, 100, &mut |_| true);
        prop_assert!(hits.iter().all(|hit| (LEAST_SCORE..=1.0).contains(&hit.score)));
        prop_assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
        prop_assert_eq!(&hits, &index.search(&text, 100, &mut |_| true));
        let nearest = index.nearest(&text, 2);
        prop_assert!(nearest.len() <= 2);
        if let Some(first) = hits.first() {
            prop_assert_eq!(&nearest[0], &state.entities[first.position].id);
        }
    }

    #[test]
    fn a_preferred_name_finds_its_own_entity_first(
        names in prop::collection::vec("[A-Za-zàéüßøжд大学川 ,.'-]{1,40}", 1..20),
    ) {
        let entities: Vec<_> = names
            .iter()
            .filter(|name| !name.trim().is_empty())
            .enumerate()
            .map(|(n, name)| entity(&format!("entity-{n}"), EntityKind::University, &[name.as_str()], &[]))
            .collect();
        let state = state(entities);
        let index = Index::build(&state);
        for entity in &state.entities {
            if text::folded(&entity.name).is_empty() {
                continue;
            }
            let hits = index.search(&entity.name, 3, &mut |_| true);
            prop_assert!(!hits.is_empty(), "{:?} finds nothing", entity.name);
            prop_assert_eq!(hits[0].score, 1.0);
            let found = &state.entities[hits[0].position].name;
            prop_assert_eq!(text::folded(found), text::folded(&entity.name));
        }
    }

    #[test]
    fn one_typing_error_in_a_long_word_leaves_it_in_the_first_five(
        position in 0..WORLD.len(),
        word in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        edit in 0..4,
        letter in prop::char::range('a', 'z'),
    ) {
        let (id, _, names, _) = WORLD[position];
        let mut words: Vec<String> = text::folded_words(names[0]);
        let long: Vec<usize> = (0..words.len()).filter(|word| words[*word].chars().count() >= 6).collect();
        prop_assume!(!long.is_empty());
        let word = long[word.index(long.len())];
        let mut letters: Vec<char> = words[word].chars().collect();
        let place = 1 + place.index(letters.len() - 2);
        match edit {
            0 => { letters.remove(place); }
            1 => letters.insert(place, letter),
            2 => letters[place] = letter,
            _ => letters.swap(place, place + 1),
        }
        words[word] = letters.into_iter().collect();
        let state = world();
        let query = words.join(" ");
        let hits = Index::build(&state).search(&query, 5, &mut |_| true);
        prop_assert!(hits.iter().any(|hit| state.entities[hit.position].id.as_str() == id), "{query}: {hits:?}");
    }
}
