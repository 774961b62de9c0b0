//! A record read for a list: what only a work's own page shows is passed over instead of read and thrown away. Evidence
//! and sources are more than half of a record.

use super::{CanonicalError, WorkRecord};
use crate::work::Work;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use std::fmt;

/// What is passed over. All of these are allowed to be missing.
const PASSED_OVER: [&str; 5] = ["original", "sources", "evidence", "suggestions", "versions"];

/// The work of a record, without originals, sources, evidence, suggestions and versions.
///
/// # Errors
/// If the record is not JSON, or what is read of it is no work.
pub fn brief_work(record: &[u8]) -> Result<Work, CanonicalError> {
    let mut json = serde_json::Deserializer::from_slice(record);
    let read = WorkRecord::deserialize(Brief(&mut json)).and_then(|read| json.end().map(|()| read));
    let read =
        read.map_err(|error| CanonicalError { reason: error.to_string(), column: error.column() })?;
    Work::try_from(read)
}

/// A deserializer of a record that does not show the fields that are passed over.
struct Brief<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Brief<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Brief(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Brief<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Fields(map))
    }
}

/// The fields that are left.
struct Fields<A>(A);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        mut seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.0.next_key_seed(Name(seed))? {
            match name {
                Ok(kept) => return Ok(Some(kept)),
                Err(unused) => seed = unused,
            }
            self.0.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

/// Reads a field's name with the seed, or gives the seed back if the field is passed over.
struct Name<K>(K);

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Name<K> {
    type Value = Result<K::Value, K>;

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<Self::Value, D::Error> {
        name.deserialize_identifier(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for Name<K> {
    type Value = Result<K::Value, K>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
        if PASSED_OVER.contains(&name) {
            return Ok(Err(self.0));
        }
        self.0.deserialize(name.into_deserializer()).map(Ok)
    }
}
