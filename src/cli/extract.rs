//! `dateline extract`: news text → draft tables, for a person to check.

use std::io::{self, ErrorKind, Write, stdout};
use std::path::{Path, PathBuf};

use clap::Args;
use dateline::extract::{
    Article, Draft, Lexicon, displacement_csv, explained_html, explained_text, extract,
    incidents_csv,
};
use dateline::read::{ReadError, unreadable};
use dateline::record::counted;
use dateline::write::OutputFiles;
use itertools::Itertools;
use jiff::civil::Date;

use super::names::Names;
use super::{Error, Outcome};

/// Flags of `extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Articles: plain text (UTF-8) or HTML
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<PathBuf>,
    /// Day of publication, YYYY-MM-DD [default: what the head of the article, its HTML or the name of the file says]
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// Source of what nobody is named for [default: the agency of the dateline]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Folder to write incidents.csv and displacement.csv to
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Shows each text with what was taken from where, and what was passed over and why
    #[arg(long)]
    explain: bool,
    /// Names to use: a compiled gazetteer instead of the embedded one, or a table (CSV) laid over it; may be given several times
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Puts HXL hashtags as a second row into each table that is written
    #[arg(long)]
    hxl: bool,
}

/// Runs the command.
pub fn run(args: &ExtractArgs) -> Result<Outcome, Error> {
    let names = Names::load(&args.gazetteer, &[])?;
    for note in &names.notes {
        eprintln!("note: {note}");
    }
    let lexicon = Lexicon::english()?;
    let articles = read(args, &lexicon)?;
    let (drafts, failed): (Vec<Draft>, Vec<_>) = articles
        .iter()
        .map(|article| extract(article, &lexicon, names.gazetteer()))
        .partition_result();
    if !failed.is_empty() {
        return Err(Error::Extract(failed));
    }
    let mut files = OutputFiles::default();
    let claims = drafts.iter().flat_map(|draft| &draft.claims);
    files.add("incidents.csv", incidents_csv(claims, args.hxl)?);
    let movements = drafts.iter().flat_map(|draft| &draft.movements);
    files.add("displacement.csv", displacement_csv(movements, args.hxl)?);
    if args.explain {
        let pages: Vec<_> = articles.iter().zip(&drafts).collect();
        let mut out = stdout().lock();
        for (article, draft) in &pages {
            out.write_all(explained_text(article, draft).as_bytes())?;
        }
        writeln!(
            out,
            "» taken (+) or passed over (-); the rest has no word for an event, for people who were harmed or who moved"
        )?;
        files.add("explained.html", explained_html(&pages));
    }
    files.write(&args.out)?;
    for draft in &drafts {
        eprintln!("{}", summary(draft));
    }
    eprintln!(
        "drafts in {}: check each row against its quote",
        args.out.display()
    );
    Ok(Outcome::Done)
}

/// "a.txt: 2 incidents (3 claims), 1 movement; 4 sentences passed over".
fn summary(draft: &Draft) -> String {
    let incidents = draft
        .claims
        .iter()
        .map(|row| &row.claim.id)
        .unique()
        .count();
    format!(
        "{}: {} ({}), {}; {} passed over",
        draft.article,
        counted(incidents, "incident"),
        counted(draft.claims.len(), "claim"),
        counted(draft.movements.len(), "movement"),
        counted(draft.passed.len(), "sentence"),
    )
}

fn read(args: &ExtractArgs, lexicon: &Lexicon) -> Result<Vec<Article>, Error> {
    let mut articles = Vec::new();
    let mut failed: Option<ReadError> = None;
    for path in &args.articles {
        let text = match text_of(path) {
            Ok(text) => text,
            Err(error) => {
                let error = unreadable(path, &error);
                failed = Some(match failed {
                    Some(before) => before.and(error),
                    None => error,
                });
                continue;
            }
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut article = Article::read(&name, &text, lexicon);
        article.published = args.published.or(article.published);
        article.agency = args.source.clone().or(article.agency);
        articles.push(article);
    }
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(articles),
    }
}

/// The text of a file. A picture, a PDF or UTF-16 would be read as an article that tells of nothing.
fn text_of(path: &Path) -> io::Result<String> {
    let bytes = std::fs::read(path)?;
    let wrong = if bytes.contains(&0) || bytes.starts_with(b"%PDF") {
        "it is no plain text or HTML in UTF-8: save it as one of these"
    } else if bytes.iter().all(u8::is_ascii_whitespace) {
        "it is empty: an article is needed"
    } else {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    };
    Err(io::Error::new(ErrorKind::InvalidData, wrong))
}
