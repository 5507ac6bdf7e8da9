//! `consortia review auto`: what the matcher finds about the organizations that are in the store, whichever import brought
//! them.

use std::path::Path;

use super::imports::{decisions, import, query};
use crate::support::consortia;

const REGISTRY: &str = "id,kind,name,names,acronyms,country,city,homepage,identifiers\n\
    charite,HOSPITAL,Charité – Universitätsmedizin Berlin,,,DE,Berlin,https://www.charite.de,ROR:001w7jn25\n\
    ror-056d84691,UNIVERSITY,Karolinska Institutet,Karolinska Institute,KI,SE,Stockholm,https://ki.se,ROR:056d84691\n\
    ror-05xg72x27,UNIVERSITY,Norwegian University of Science and Technology,Norges Teknisk-Naturvitenskapelige Universitet,NTNU,NO,Trondheim,https://www.ntnu.no,ROR:05xg72x27\n\
    ror-057qpr032,UNIVERSITY,University of Bordeaux,Université de Bordeaux,,FR,Bordeaux,https://www.u-bordeaux.fr,ROR:057qpr032\n\
    ror-001anga17,UNIVERSITY,Université Bordeaux-I,,,FR,Talence,http://www.u-bordeaux1.fr,ROR:001anga17\n\
    ror-04xs57h96,HOSPITAL,General Hospital,,,GB,London,,ROR:04xs57h96\n\
    ror-05krs5044,HOSPITAL,General Hospital,,,GB,Leeds,,ROR:05krs5044\n";

const PARTICIPANTS: &str = "id,kind,name,acronyms,country,city,homepage,identifiers\n\
    pic-999878620,HOSPITAL,CHARITE - UNIVERSITAETSMEDIZIN BERLIN,,DE,BERLIN,,PIC:999878620\n\
    pic-999978530,UNIVERSITY,KAROLINSKA INSTITUTET,,SE,Solna,http://www.karolinska.example,PIC:999978530\n\
    pic-999977851,UNIVERSITY,NORGES TEKNISK-NATURVITENSKAPELIGE UNIVERSITET NTNU,NTNU,NO,TRONDHEIM,,PIC:999977851\n\
    pic-949735440,UNIVERSITY,UNIVERSITE DE BORDEAUX,,FR,BORDEAUX,http://www.u-bordeaux.example,PIC:949735440\n\
    pic-999992304,HOSPITAL,General Hospital,,GB,,,PIC:999992304\n\
    pic-999984350,COMPANY,Quantum Widgets of Nowhere GmbH,,DE,Bonn,,PIC:999984350\n\
    pic-999997930,COMPANY,QUANTUM WIDGETS OF NOWHERE GMBH,,DE,Bonn,,PIC:999997930\n\
    pic-999979500,COMPANY,Quantum Widgets of Nowhere GmbH,,DE,Ulm,,PIC:999979500\n\
    pic-999991334,COMPANY,CORDIS participant 999991334,,DE,Berlin,,PIC:999991334\n\
    cordis-101,CONSORTIUM,Karolinska Institutet,,SE,Stockholm,,DOI:10.3030/101\n";

fn auto(at: &Path, more: &[&str]) -> String {
    let output = consortia(at).args([&["review", "auto"][..], more].concat()).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

fn pair(id: &str, verdict: &str) -> (String, String) {
    (id.to_owned(), verdict.to_owned())
}

#[test]
fn organizations_that_earlier_imports_brought_are_joined_and_again_changes_nothing() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    import(at, "participants.csv", PARTICIPANTS, &[]);
    import(at, "registry.csv", REGISTRY, &[]);
    let told = auto(at, &["--dry-run"]);
    assert!(told.starts_with("5 the same, 2 to be reviewed\n"), "{told}");
    assert!(decisions(at).is_empty(), "a dry run writes nothing");
    auto(at, &[]);
    let expected = [
        pair("charite:pic-999878620", "SAME"),
        pair("pic-949735440:ror-057qpr032", "SAME"),
        pair("pic-999977851:ror-05xg72x27", "SAME"),
        pair("pic-999978530:ror-056d84691", "SAME"),
        pair("pic-999984350:pic-999997930", "SAME"),
        pair("pic-999992304:ror-04xs57h96", "UNSURE"),
        pair("pic-999992304:ror-05krs5044", "UNSURE"),
    ];
    assert_eq!(decisions(at), expected);
    let kept = query(at, "{ graph { entity(id: \"pic-999978530\") { id mergedIds } } }");
    assert_eq!(kept["entity"]["id"], "ror-056d84691", "of two numbers that of ROR stays");
    let again = auto(at, &[]);
    assert!(again.contains("nothing to decide"), "{again}");
}

#[test]
fn what_somebody_decided_stays() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    import(at, "registry.csv", REGISTRY, &[]);
    import(at, "participants.csv", PARTICIPANTS, &[]);
    let different = ["review", "different", "pic-999984350", "pic-999997930", "--reason", "two shops", "--by", "Ada"];
    assert!(consortia(at).args(different).output().unwrap().status.success());
    auto(at, &["--ask"]);
    let found = decisions(at);
    assert!(found.contains(&pair("pic-999984350:pic-999997930", "DIFFERENT")), "{found:?}");
    assert!(found.contains(&pair("charite:pic-999878620", "UNSURE")), "{found:?}");
    assert!(found.iter().all(|(_, verdict)| verdict != "SAME"), "{found:?}");
}

#[test]
fn two_of_ror_are_never_made_one_by_what_is_like_both() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    let registry = "id,kind,name,country,city,homepage,identifiers\n\
        ror-056d84691,UNIVERSITY,Institute of Northern Lights,SE,Stockholm,https://lights.example,ROR:056d84691\n\
        ror-05xg72x27,UNIVERSITY,Institute of Northern Lights,SE,Lund,https://lights.example,ROR:05xg72x27\n";
    let participants = "id,kind,name,country,city,homepage,identifiers\n\
        pic-999878620,UNIVERSITY,INSTITUTE OF NORTHERN LIGHTS,SE,Lund,,PIC:999878620\n\
        pic-999978530,UNIVERSITY,INSTITUTE OF NORTHERN LIGHTS,SE,,https://lights.example,PIC:999978530\n\
        pic-999977851,UNIVERSITY,INSTITUTE OF NORTHERN LIGHTS,SE,Lund,https://lights.example,PIC:999977851\n";
    import(at, "registry.csv", registry, &[]);
    import(at, "participants.csv", participants, &[]);
    auto(at, &[]);
    let found = decisions(at);
    let same: Vec<_> = found.iter().filter(|(_, verdict)| verdict == "SAME").map(|(id, _)| id.as_str()).collect();
    assert_eq!(same, ["pic-999878620:ror-05xg72x27", "pic-999977851:ror-05xg72x27"], "{found:?}");
}
