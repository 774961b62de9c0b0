//! What every store promises, as cases over `&dyn Store`. A new case is a function and its name below.

mod alike;
mod chaining;
mod committing;
mod curating;
mod keeping;
mod names;
pub(super) mod pairs;
mod readers;
mod reading;
mod reviewing;
mod undoing;
pub(super) mod wrangling;

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
    pairs::{
        any_order_of_a_relationship_is_one_tag_and_works_keep_their_own,
        a_wrangler_may_choose_the_other_order_and_take_it_back,
        wrangling_from_elsewhere_makes_no_synonym_of_the_other_order,
        edits_and_mutes_know_a_relationship_in_any_order,
    };
    wrangling::{
        a_merge_takes_along_what_hung_on_the_tag_and_one_undo_restores_it,
        what_breaks_a_rule_is_refused_with_what_would_come_first,
        a_change_that_was_changed_since_is_not_taken_back,
        a_changed_tag_tells_what_it_means_now_and_no_work_changes,
        a_work_with_a_tag_and_its_synonym_counts_once,
        a_synonym_that_only_hidden_works_carry_is_told_to_the_owner_alone,
        tags_are_listed_by_what_they_are_and_where_they_belong,
        a_preview_counts_and_changes_nothing,
        loaded_wrangling_changes_nothing_the_second_time_and_own_decisions_stand,
        uses_elsewhere_are_replaced_by_the_next_load_and_noted_in_the_history,
        a_tag_that_was_decided_on_outlives_its_works,
    };
    alike::{
        a_text_is_unscreened_until_it_was_laid_beside_the_others,
        another_shown_text_is_sketched_and_screened_anew,
        a_missing_or_older_sketch_is_asked_for_and_kept,
        what_a_person_said_of_a_pair_stays,
        who_has_a_shingle_is_found_in_lists_of_any_number,
        removed_works_are_in_no_pair,
    };
    chaining::{
        linked_works_are_a_found_series_in_any_order_of_arrival,
        a_found_series_goes_with_what_it_stands_on,
        a_found_series_keeps_its_number_while_it_grows,
        forks_and_circles_build_nothing_that_is_not_certain,
        same_titles_of_two_creators_do_not_mix,
        an_address_chains_too_and_another_creators_work_does_not,
        what_a_series_states_already_is_not_found_again,
        a_found_series_shows_nobody_what_they_may_not_see,
    };
    committing::{
        a_group_is_there_whole_and_its_changes_are_logged,
        a_group_that_fails_leaves_nothing_behind,
        a_wanted_id_is_kept_where_it_is_free_and_the_counter_moves_on,
        the_same_uid_again_changes_nothing,
        a_further_version_is_shown_and_the_older_one_stays_readable,
        a_shorter_version_waits_for_a_person,
        a_copy_is_a_further_source_and_brings_its_identities,
        bytes_are_known_as_source_and_as_item,
        bytes_that_have_begun_are_known_once_they_have_ended,
        originals_that_came_later_are_stored_from_then_on,
        a_version_of_an_unknown_work_is_refused,
        a_rendition_keeps_uids_and_edits_and_says_where_a_value_changed,
        versions_known_by_name_only_are_kept_as_notes,
    };
    reading::{
        a_page_has_the_chapters_that_were_chosen,
        cards_come_in_the_order_asked,
        lists_page_by_id_from_the_newest,
    };
    readers::{
        a_filter_is_kept_under_its_name_and_one_at_most_is_the_usual,
        mutes_name_tags_works_and_the_works_of_creators_while_they_hold,
    };
    reviewing::{
        works_with_something_to_ask_are_listed_with_where_they_came_from,
        names_of_fandoms_are_learned_and_guesses_are_kept,
        an_answer_is_kept_replaced_and_taken_back,
        another_version_is_shown_when_a_person_says_so,
        a_merged_work_leads_to_the_one_it_became,
    };
    undoing::{
        an_undone_import_is_as_if_it_had_never_come_and_may_come_again,
        an_undone_works_number_goes_to_nobody_but_itself,
        works_that_others_touched_since_are_kept_with_why,
        what_an_import_added_to_older_works_is_detached,
        imports_are_listed_with_their_counts,
    };
    curating::{
        an_edit_is_shown_at_once_and_the_history_tells_it,
        an_edit_taken_back_shows_what_was_read,
        edits_that_do_not_fit_are_refused_and_none_of_them_is_made,
        a_held_work_is_the_owners_until_it_is_released,
        a_hidden_work_answers_as_a_missing_one_until_it_is_brought_back,
        an_erased_work_leaves_uid_hash_and_reason_only,
    };
    names::{
        tags_are_listed_by_name_with_what_the_viewer_may_see,
        names_in_use_are_those_that_lead_the_viewer_to_works,
        a_synonym_leads_to_its_canonical_tag_and_to_all_wider_ones,
        one_name_on_two_sites_is_two_creators,
        a_series_is_in_order_and_keeps_its_uid,
        old_addresses_and_links_lead_to_works,
    };
    keeping::{
        the_status_counts_what_is_there,
        blobs_that_rows_name_are_listed_once,
        a_backup_is_marked_while_it_runs,
        a_library_keeps_the_first_key_it_was_given,
        lone_parts_are_told_apart,
    };
}
