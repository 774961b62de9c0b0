//! The committer: each reading gets its one outcome, each batch becomes one group.

use super::matching::{Matcher, Verdict, head_of, uid_of};
use super::parts::{Joined, Waiting};
use super::perhaps::{Perhaps, Step};
use super::read::{One, Read, ReadContext, ReadWork};
use super::report::{Attention, Progress, Report};
use super::stream::Arrived;
use super::target::Target;
use super::versions::{keep_chapter_uids, mint_chapter_uids};
use crate::Result;
use fanfold_model::canonical::{EditRecord, TagRecord};
use fanfold_model::{ContentHash, Finding, FindingCode, ItemOutcome, Level, Uid, WorkId};
use fanfold_storage::{Entry, FurtherSource, ItemLine, KnownAs, NewVersion, NewWork, StoredHead};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Takes batches in order and commits them as groups.
pub(super) struct Committer {
    pub(super) target: Arc<dyn Target>,
    progress: Arc<dyn Progress>,
    pub(super) context: ReadContext,
    pub(super) matcher: Matcher,
    /// Set from outside to stop cleanly after the group under way.
    pub(super) stop: Arc<AtomicBool>,
    waiting: Waiting,
    perhaps: Perhaps,
    pub(super) report: Report,
    pub(super) tags: Vec<TagRecord>,
    pub(super) edits: Vec<EditRecord>,
    bytes: u64,
}

/// A group that is being put together.
#[derive(Default)]
pub(super) struct Group {
    originals: Vec<(ContentHash, Vec<u8>)>,
    pub(super) entries: Vec<Entry>,
    /// Lines with the work they belong to, told to the progress once the group is committed.
    pub(super) lines: Vec<(ItemLine, Option<Uid>)>,
}

impl Group {
    /// Keeps an original, once.
    fn keep(&mut self, hash: ContentHash, bytes: Vec<u8>) {
        if !self.originals.iter().any(|(known, _)| *known == hash) {
            self.originals.push((hash, bytes));
        }
    }
}

impl Committer {
    pub(super) fn new(
        target: Arc<dyn Target>,
        progress: Arc<dyn Progress>,
        context: ReadContext,
        stop: Arc<AtomicBool>,
    ) -> Self {
        let report = Report { import: target.import(), ..Report::default() };
        Self {
            target,
            progress,
            context,
            stop,
            matcher: Matcher::default(),
            waiting: Waiting::default(),
            perhaps: Perhaps::default(),
            report,
            tags: Vec::new(),
            edits: Vec::new(),
            bytes: 0,
        }
    }

    /// Takes what arrived, in its order, and commits it.
    pub(super) async fn take(&mut self, arrived: Vec<Arrived>) -> Result<()> {
        let mut batch = Vec::new();
        for arrived in arrived {
            match arrived {
                Arrived::Read(read) => batch.push(*read),
                Arrived::Streamed(item) => {
                    self.take_batch(std::mem::take(&mut batch)).await?;
                    self.take_streamed(*item).await?;
                }
            }
        }
        self.take_batch(batch).await
    }

    /// Nothing that waited for a neighbour waits beyond an item of this size.
    pub(super) async fn let_pass(&mut self, size: u64) -> Result<()> {
        self.bytes += size;
        let mut group = Group::default();
        for step in self.perhaps.pass() {
            self.step(step, &mut group).await?;
        }
        self.commit(group).await
    }

    async fn take_batch(&mut self, batch: Vec<Read>) -> Result<()> {
        self.matcher.load(self.target.as_ref(), &batch).await?;
        let mut group = Group::default();
        for mut read in batch {
            self.bytes += read.size;
            if self.known_as(&read).is_some() {
                // It became known while it was read, so it is nobody's part either.
                read.things.clear();
            }
            for step in self.perhaps.next(read) {
                self.step(step, &mut group).await?;
            }
        }
        self.commit(group).await
    }

    /// As what an item's bytes are known; what was refused for want of a program and is a work now is not.
    fn known_as(&self, read: &Read) -> Option<&KnownAs> {
        let known = self.matcher.known(read.line.blake3?)?;
        let format = read.line.format.as_deref().unwrap_or_default();
        let is_work = |one: &One| matches!(one, One::Work(_) | One::Part(_));
        let understood = *known == KnownAs::Item
            && self.context.tools.command(format).is_some()
            && read.things.iter().any(is_work);
        (!understood).then_some(known)
    }

    async fn step(&mut self, step: Step, group: &mut Group) -> Result<()> {
        match step {
            Step::Place(read) => self.place(*read, group).await,
            Step::Wait(card, read)
                if self.matcher.compares() && self.waiting.holds(read.line.blake3) =>
            {
                drop(card);
                let known = KnownAs::Source {
                    work: WorkId(0),
                    uid: Uid(Default::default()),
                    removed: false,
                };
                self.place_known(*read, &known, group)
            }
            Step::Wait(card, read) => self.waiting.add(*card, *read),
        }
    }

    /// Joins the parts that waited for each other, takes over records, and gives the report.
    pub(super) async fn end(mut self) -> Result<Report> {
        let mut group = Group::default();
        for step in self.perhaps.end() {
            self.step(step, &mut group).await?;
        }
        self.commit(group).await?;
        let waiting = std::mem::take(&mut self.waiting);
        for group in waiting.groups() {
            let kin = self.kin(&waiting.cards(&group)).await?;
            if let Some(joined) = waiting.join(&group, &self.context, kin)? {
                self.take_joined(joined).await?;
            }
        }
        let (tags, edits) = (std::mem::take(&mut self.tags), std::mem::take(&mut self.edits));
        if !tags.is_empty() || !edits.is_empty() {
            self.target.put_records(tags, edits).await?;
        }
        Ok(self.report)
    }

    async fn take_joined(&mut self, joined: Joined) -> Result<()> {
        let Joined { work, mut first, mut others } = joined;
        first.things = vec![One::Work(Box::new(work))];
        self.matcher.load(self.target.as_ref(), std::slice::from_ref(&first)).await?;
        let mut group = Group::default();
        for read in others.iter_mut().chain([&mut first]) {
            keep_original(read, &mut group);
        }
        let lines = others.into_iter().map(|read| read.line).collect();
        if let Some(One::Work(work)) = first.things.pop() {
            self.place_work(*work, first.line, lines, 0, &mut group).await?;
        }
        self.commit(group).await
    }

    pub(super) async fn commit(&mut self, group: Group) -> Result<()> {
        let ids = match group.entries.is_empty() {
            true => Vec::new(),
            false => self.target.commit(group.originals, group.entries).await?,
        };
        let ids: HashMap<Uid, WorkId> = ids.into_iter().collect();
        for (line, uid) in &group.lines {
            self.progress.item(line, uid.and_then(|uid| ids.get(&uid).copied()));
        }
        self.progress.bytes(self.bytes);
        Ok(())
    }

    async fn place(&mut self, mut read: Read, group: &mut Group) -> Result<()> {
        if let Some(known) = self.known_as(&read).cloned() {
            return self.place_known(read, &known, group);
        }
        keep_original(&mut read, group);
        let stored = group.originals.iter().any(|(hash, _)| Some(*hash) == read.line.blake3);
        let many = read.things.len() > 1;
        self.place_things(read, 0, many, stored, group).await
    }

    /// Places what an item holds, or some of it: the first of these things has the place `first`.
    pub(super) async fn place_things(
        &mut self,
        read: Read,
        first: u64,
        many: bool,
        stored: bool,
        group: &mut Group,
    ) -> Result<()> {
        for (place, one) in (first..).zip(read.things) {
            let mut line = read.line.clone();
            if many && line.member.is_none() {
                line.member = Some(format!("record {}", place + 1));
            }
            match one {
                One::Work(work) => {
                    self.place_work(*work, line, Vec::new(), place, group).await?;
                }
                One::NotWork { read_as, reason, findings } => {
                    self.place_item(line, read_as, reason, findings, stored, place, group);
                }
                One::Record(record) => self.place_record(*record, line, group),
                One::Part(_) => {}
            }
        }
        Ok(())
    }

    /// Bytes that are already stored: nothing changes but, perhaps, a path to remember.
    pub(super) fn place_known(
        &mut self,
        mut read: Read,
        known: &KnownAs,
        group: &mut Group,
    ) -> Result<()> {
        let here = read.bytes.is_some().then_some(read.line.blake3).flatten();
        if here.is_some_and(|hash| self.matcher.takes_back(hash)) {
            keep_original(&mut read, group);
            return self.place_returned(read.line, group);
        }
        let mut line = read.line;
        let (outcome, finer) = match known {
            KnownAs::Source { removed: true, .. } => {
                "the same bytes belong to a work that was removed".clone_into(&mut line.reason);
                (ItemOutcome::Unchanged, "removed")
            }
            KnownAs::Source { .. } => {
                "the same bytes are already stored".clone_into(&mut line.reason);
                (ItemOutcome::Unchanged, "same-bytes")
            }
            KnownAs::Item => {
                "the same bytes were refused before".clone_into(&mut line.reason);
                (ItemOutcome::Refused, "refused-before")
            }
            KnownAs::Erased { reason } => {
                line.reason = format!("it was erased here: {reason}");
                (ItemOutcome::Refused, "erased")
            }
        };
        line.outcome = outcome;
        self.report.count(&line, finer);
        group.lines.push((line.clone(), None));
        group.entries.push(Entry::Unchanged(line));
        Ok(())
    }

    /// The original of something that came without it, in an export.
    pub(super) fn place_returned(&mut self, mut line: ItemLine, group: &mut Group) -> Result<()> {
        line.outcome = ItemOutcome::Merged;
        "the original of something that came without it".clone_into(&mut line.reason);
        self.report.count(&line, "original");
        group.lines.push((line.clone(), None));
        group.entries.push(Entry::Returned(line));
        Ok(())
    }

    async fn place_work(
        &mut self,
        mut read: ReadWork,
        mut line: ItemLine,
        mut others: Vec<ItemLine>,
        place: u64,
        group: &mut Group,
    ) -> Result<()> {
        let companions = std::mem::take(&mut read.companions);
        let verdict = self.matcher.verdict(&read).of_same_place(&read, line.blake3, place);
        let (uid, first, rest, finer) = match &verdict {
            Verdict::New => {
                let first =
                    if read.work.held.is_some() { ItemOutcome::Held } else { ItemOutcome::Taken };
                let rest =
                    if read.work.held.is_some() { ItemOutcome::Held } else { ItemOutcome::Merged };
                let finer = if read.lone_part { "part" } else { "work" };
                (uid_of(&read, line.blake3, place), first, rest, finer)
            }
            Verdict::Same(head) => {
                (head.uid, ItemOutcome::Unchanged, ItemOutcome::Unchanged, "same")
            }
            Verdict::Copy(head) => (head.uid, ItemOutcome::Merged, ItemOutcome::Merged, "copy"),
            Verdict::Version(head) => {
                (head.uid, ItemOutcome::Merged, ItemOutcome::Merged, "version")
            }
        };
        line.outcome = first;
        line.reason = reason(&verdict, &read);
        for other in &mut others {
            other.outcome = rest;
            "joined as a part".clone_into(&mut other.reason);
        }
        self.report.count(&line, finer);
        for other in &others {
            self.report.count(other, "joined");
        }
        self.note_work(&read, &line, others.len() as u64);
        let lines: Vec<ItemLine> = std::iter::once(line).chain(others).collect();
        group.lines.extend(lines.iter().map(|line| (line.clone(), Some(uid))));
        let known = KnownAs::Source { work: WorkId(0), uid, removed: false };
        for (hash, bytes) in companions {
            self.matcher.learn_companion(hash, known.clone());
            group.keep(hash, bytes);
        }
        let entry = self.entry(read, verdict, uid, lines).await?;
        group.entries.extend(entry);
        Ok(())
    }

    async fn entry(
        &mut self,
        mut read: ReadWork,
        verdict: Verdict,
        uid: Uid,
        lines: Vec<ItemLine>,
    ) -> Result<Vec<Entry>> {
        let hash = lines.first().and_then(|line| line.blake3).filter(|_| !read.canonical);
        Ok(match verdict {
            Verdict::New => {
                read.work.uid = Some(uid);
                mint_chapter_uids(uid, &mut read.work);
                for line in &lines {
                    let head = head_of(&read, uid);
                    self.matcher.learn(line.blake3.filter(|_| !read.canonical), &read, &head);
                    self.matcher.learn_names(&read, &head);
                }
                vec![Entry::Work(Box::new(NewWork {
                    work: read.work,
                    identities: read.identities,
                    text: read.text,
                    extracted: read.extracted,
                    sketch: Some(read.sketch),
                    lone_part: read.lone_part,
                    items: lines,
                }))]
            }
            Verdict::Same(_) => lines.into_iter().map(Entry::Unchanged).collect(),
            Verdict::Copy(head) => {
                self.matcher.learn(hash, &read, &head);
                let sources = std::mem::take(&mut read.work.sources);
                let copies = sources.into_iter().zip(lines).map(|(source, item)| {
                    let identities = read.identities.clone();
                    Entry::Copy(Box::new(FurtherSource { uid, source, identities, item }))
                });
                copies.collect()
            }
            Verdict::Version(head) => vec![self.version(read, head, hash, lines).await?],
        })
    }

    async fn version(
        &mut self,
        mut read: ReadWork,
        head: StoredHead,
        hash: Option<ContentHash>,
        lines: Vec<ItemLine>,
    ) -> Result<Entry> {
        let number = head.version + 1;
        let old =
            self.target.text_of(head.uid).await?.map(|work| work.chapters).unwrap_or_default();
        read.work.uid = Some(head.uid);
        keep_chapter_uids(head.uid, number, &old, &mut read.work);
        let show = read.work.words >= head.words;
        let (code, message) = if show {
            (FindingCode::VERSION_NEW, format!("version {number} has {} words", read.work.words))
        } else {
            let words = (read.work.words, head.words);
            let message =
                format!("version {number} has {} words, the one shown {}", words.0, words.1);
            (FindingCode::VERSION_SHORTER, message)
        };
        read.work.findings.push(Finding::new(code, message));
        let (text, words) =
            if show { (read.text, read.work.words) } else { (head.text, head.words) };
        let head = StoredHead { version: number, text, words, ..head };
        self.matcher.learn(hash, &read, &head);
        Ok(Entry::Version(Box::new(NewVersion {
            uid: head.uid,
            work: read.work,
            identities: read.identities,
            text: read.text,
            extracted: read.extracted,
            sketch: Some(read.sketch),
            show,
            rendition: false,
            items: lines,
        })))
    }

    fn note_work(&mut self, read: &ReadWork, line: &ItemLine, others: u64) {
        let wants = read.work.findings.iter().find(|finding| finding.level != Level::Info);
        if wants.is_some() || read.work.held.is_some() {
            self.report.needs_person += 1 + if read.work.held.is_some() { others } else { 0 };
        }
        for finding in read.work.findings.iter().filter(|finding| finding.level != Level::Info) {
            self.report.note(attention(line, finding, Some(&read.work.title)));
        }
    }
}

fn keep_original(read: &mut Read, group: &mut Group) {
    if let (Some(hash), Some(bytes)) = (read.line.blake3, read.bytes.take()) {
        group.keep(hash, bytes);
    }
}

pub(super) fn attention(line: &ItemLine, finding: &Finding, title: Option<&str>) -> Attention {
    Attention {
        path: line.path.clone(),
        member: line.member.clone(),
        code: finding.code.clone(),
        level: finding.level,
        message: finding.message.clone(),
        title: title.map(str::to_owned),
    }
}

fn reason(verdict: &Verdict, read: &ReadWork) -> String {
    match verdict {
        Verdict::New => match &read.work.held {
            Some(why) => format!("“{}” waits: {why}", read.work.title),
            None => format!("“{}” began", read.work.title),
        },
        Verdict::Same(_) => "the same work is already stored".to_owned(),
        Verdict::Copy(_) => format!("a further copy of “{}” with equal text", read.work.title),
        Verdict::Version(_) if read.continues.is_some() => {
            format!("joined “{}” as a part", read.work.title)
        }
        Verdict::Version(_) => format!("another text of “{}”", read.work.title),
    }
}
