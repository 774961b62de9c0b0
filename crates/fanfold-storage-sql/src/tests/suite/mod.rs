//! What every store promises, as cases over `&dyn Store`. A new case is a function and its name below.

mod committing;
mod reading;

use fanfold_storage::Store;
use futures::future::BoxFuture;

/// A case of the suite.
pub(super) type Case = for<'s> fn(&'s dyn Store) -> BoxFuture<'s, ()>;

macro_rules! suite {
    ($($module:ident::{$($case:ident),* $(,)?};)*) => {
        /// All cases by name.
        pub(super) const CASES: &[(&str, Case)] = &[
            $($((stringify!($case), |store| Box::pin($module::$case(store))),)*)*
        ];

        mod on_sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    let (_folder, store) = crate::tests::engines::sqlite().await;
                    super::$module::$case(&store).await;
                }
            )*)*
        }
    };
}

suite! {
    committing::{
        a_group_is_there_whole_and_its_changes_are_logged,
        a_group_that_fails_leaves_nothing_behind,
        a_wanted_id_is_kept_where_it_is_free_and_the_counter_moves_on,
        the_same_uid_again_changes_nothing,
        a_further_version_is_shown_and_the_older_one_stays_readable,
        a_shorter_version_waits_for_a_person,
        a_copy_is_a_further_source_and_brings_its_identities,
        bytes_are_known_as_source_and_as_item,
        a_version_of_an_unknown_work_is_refused,
        a_rendition_keeps_uids_and_edits_and_says_where_a_value_changed,
        versions_known_by_name_only_are_kept_as_notes,
    };
    reading::{
        a_page_has_the_chapters_that_were_chosen,
        cards_come_in_the_order_asked,
        lists_page_by_id_from_the_newest,
    };
}
