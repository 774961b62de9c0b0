//! The example pile: what is a work and what is not, and which parts belong together.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its ground has failed")]

use fanfold_import::assemble::{PartCard, plan};
use fanfold_import::{Reading, read};
use fanfold_model::ReadAs;
use fanfold_source::{Limits, walk};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

type Place = (String, Option<String>);

fn readings() -> BTreeMap<Place, Reading> {
    let attic = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/attic");
    let limits = Limits::default();
    let mut found = BTreeMap::new();
    walk(&[attic], &limits, &mut |item| {
        found.insert((item.path.clone(), item.member.clone()), read(&item, &limits));
        ControlFlow::Continue(())
    })
    .unwrap();
    found
}

fn manifest() -> BTreeMap<Place, Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/attic.manifest.json");
    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let place = |item: &Value| {
        (item["path"].as_str().unwrap().to_owned(), item["member"].as_str().map(str::to_owned))
    };
    manifest["items"].as_array().unwrap().iter().map(|item| (place(item), item.clone())).collect()
}

fn is_work(reading: &Reading) -> bool {
    reading.extracted.iter().any(|own| matches!(own.read_as, ReadAs::Work | ReadAs::Part))
}

#[test]
fn every_file_of_the_attic_is_told_a_work_or_none_as_the_manifest_says() {
    let (readings, manifest) = (readings(), manifest());
    let seen: Vec<&Place> = readings.keys().collect();
    assert_eq!(
        seen,
        manifest.keys().collect::<Vec<_>>(),
        "the walk and the manifest list the same items"
    );
    let mut wrong = Vec::new();
    for (place, reading) in &readings {
        let expected = manifest[place]["outcome"].as_str().unwrap() != "refused";
        if is_work(reading) != expected {
            wrong.push(format!(
                "{place:?}: {} ({:?})",
                manifest[place]["note"],
                reading.extracted.iter().map(|own| &own.findings).collect::<Vec<_>>()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parts_in_one_folder_of_the_attic_join_and_works_never_do() {
    let (readings, manifest) = (readings(), manifest());
    let places: Vec<&Place> = readings.keys().collect();
    let cards: Vec<PartCard> = places
        .iter()
        .enumerate()
        .filter_map(|(index, place)| {
            let path = place
                .1
                .as_ref()
                .map_or_else(|| place.0.clone(), |member| format!("{}/{member}", place.0));
            PartCard::of(index, &path, readings[*place].extracted.first()?)
        })
        .collect();
    let groups = plan(&cards);
    assert!(groups.len() >= 3, "{groups:?}");
    for group in groups {
        let works: Vec<&str> = group
            .members
            .iter()
            .map(|index| manifest[places[*index]]["work"].as_str().unwrap_or_default())
            .collect();
        assert!(works.windows(2).all(|pair| pair[0] == pair[1]), "{works:?}");
    }
}
