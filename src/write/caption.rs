//! The text beside a map, as Markdown: what is on it, how sure that is and who says so. Every figure is taken from the
//! layers that the map is drawn from, in the words of the map.

use std::fmt::Write;

use itertools::Itertools;

use super::caption_areas::Areas;
use super::caption_sources::Sources;
use super::caption_tolls::told;
use super::markdown::escape;
use crate::layer::{ClusterAttributes, DensityMethod, DensityStyle, LayerSet};
use crate::map::words::{self, BOUNDARIES, in_sentence};
use crate::map::{MapSpec, PageText, Tally};
use crate::record::{Period, When, counted, thousands};

/// The text beside a map, and what stands for the map where it cannot be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// As Markdown.
    pub text: String,
    /// As plain text.
    pub alt: String,
}

/// What a caption is made of.
pub(super) struct Caption {
    /// The words of the page.
    pub page: PageText,
    /// One sentence that stands for the picture, as plain text.
    pub alt: String,
    /// What is on the map, a paragraph each.
    pub body: Vec<String>,
    /// What is told one by one, each list below a line that says what it is.
    pub told: Vec<(String, Vec<String>)>,
    /// How the map is made.
    pub made: Vec<String>,
    /// Who says so.
    pub sources: Vec<String>,
    /// Whether there are records that are not on the map.
    pub left_out: bool,
}

impl Caption {
    /// As a document.
    pub fn written(self, credit: &[String]) -> Beside {
        let mut text = String::new();
        // Writing to a string does not fail.
        let mut line = |words: &str| writeln!(text, "{words}\n").unwrap_or_default();
        line(&format!("# {}", escape(&self.page.title)));
        if let Some(banner) = &self.page.banner {
            line(&format!("**{}**", escape(banner)));
        }
        line(&format!("Alt text: {}", escape(&self.alt)));
        for paragraph in &self.body {
            line(paragraph);
        }
        let list = |items: &[String]| items.iter().map(|item| format!("- {item}")).join("\n");
        for (what, items) in &self.told {
            line(what);
            line(&list(items));
        }
        let (method, notes): (Vec<&String>, Vec<&String>) = self
            .page
            .notes
            .iter()
            .partition(|note| *note == BOUNDARIES || note.starts_with("Projection: "));
        let mut notes: Vec<String> = notes.into_iter().map(|note| escape(note)).collect();
        if self.left_out {
            notes.push(
                "What is not on the map is listed, with the reason, in left-out.csv.".to_owned(),
            );
        }
        if !notes.is_empty() {
            line("## What is shown, and how sure it is");
            line(&list(&notes));
        }
        if !self.sources.is_empty() {
            line("## Sources");
            line(&list(&self.sources));
        }
        if !credit.is_empty() {
            line(&escape(&self.page.source));
        }
        let method = method.into_iter().map(|note| escape(note));
        line("## How the map is made");
        line(&self.made.iter().cloned().chain(method).join(" "));
        Beside {
            text: format!("{}\n", text.trim_end()),
            alt: self.alt,
        }
    }
}

/// Beside a map of density.
pub fn density(spec: &MapSpec, layers: &LayerSet, projection: &str, credit: &[String]) -> Beside {
    let page = words::density(spec, layers, projection);
    let killed = Tally::total(layers, spec.period).words();
    let mut caption = incidents(
        spec,
        layers,
        page,
        killed.map(|words| format!("{words} killed")),
    );
    let style = &layers.density.style;
    let mosaic = style.rule.method != DensityMethod::Kernel;
    if !mosaic && let Some(cluster) = layers.clusters.features.first() {
        let more = layers.clusters.features.len();
        caption.body.push(largest(&cluster.attributes, more));
        let name = &cluster.attributes.name;
        let n = cluster.attributes.incidents;
        write!(caption.alt, " The largest cluster, of {n}, is {name}.").unwrap_or_default();
    }
    caption.made = density_made(style, layers.density.features.is_empty());
    caption.written(credit)
}

/// Beside a map of tolls.
pub fn tolls(spec: &MapSpec, layers: &LayerSet, projection: &str, credit: &[String]) -> Beside {
    let page = words::tolls(spec, layers, projection);
    let killed = Tally::total(layers, spec.period).killed();
    let mut caption = incidents(spec, layers, page, killed);
    caption.made = vec![
        "A disc stands for the lowest figure of a place, a ring around it for the highest."
            .to_owned(),
    ];
    caption.written(credit)
}

/// What is common to maps of incidents.
fn incidents(spec: &MapSpec, layers: &LayerSet, page: PageText, killed: Option<String>) -> Caption {
    let s = &layers.summary;
    let shown = || layers.incidents.features.iter().map(|one| &one.attributes);
    let period = spec.period.map(|period| period.label());
    let mut sources = Sources::default();
    for one in shown() {
        let said = one.said.iter();
        sources.add(said.map(|said| (said.source.as_deref(), said.url.as_deref())));
    }
    let mut caption = Caption {
        alt: String::new(),
        body: Vec::new(),
        told: told(layers, spec.period).into_iter().collect(),
        made: Vec::new(),
        sources: sources.list("incident"),
        left_out: s.incidents_drawn < s.incidents_read,
        page,
    };
    if s.incidents_drawn == 0 {
        let none = words::no_incidents(s);
        let what = period.map_or_else(String::new, |period| format!(" ({period})"));
        caption.body.push(format!("{}{what}.", escape(&none)));
        caption.alt = format!("Map: {}: {none}.", caption.page.title);
        return caption;
    }
    let kinds = words::kinds(layers).into_iter();
    let kinds = kinds
        .map(|(kind, n)| format!("{} ({})", escape(&in_sentence(kind)), thousands(n as u64)))
        .join(", ");
    let when = period.map_or_else(|| whole(layers), |period| format!("for {period}"));
    let areas = Areas::of(shown());
    let n = words::incidents(s);
    caption.body.push(format!(
        "The map shows {n} {when}: {kinds}. {}",
        areas.sentence(s.incidents_drawn)
    ));
    let without = match s.killed_unknown {
        0 => String::new(),
        n => format!(
            "; for {} of the incidents no source gives a number",
            thousands(n as u64)
        ),
    };
    caption.body.push(match &killed {
        Some(killed) => format!("{} in all{without}.", capital(killed)),
        None => "No source gives a number of killed.".to_owned(),
    });
    let killed = killed.map_or_else(String::new, |killed| format!("; {killed}"));
    let most = areas
        .most()
        .map_or_else(String::new, |most| format!(", {most}"));
    caption.alt = format!("Map: {}: {n}{most}{killed}.", caption.page.title);
    caption
}

/// The time that incidents of a map without a period span.
fn whole(layers: &LayerSet) -> String {
    let whens = layers
        .incidents
        .features
        .iter()
        .map(|one| one.attributes.when);
    let hull = whens.reduce(When::hull);
    hull.map_or_else(String::new, |when| {
        format!("for {}", Period::new(when.start(), when.end()).label())
    })
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The largest cluster, in a sentence.
fn largest(cluster: &ClusterAttributes, clusters: usize) -> String {
    let n = match (cluster.incidents_low, cluster.incidents_high) {
        (low, high) if low < high => {
            format!("{}–{}", thousands(low as u64), counted(high, "incident"))
        }
        _ => counted(cluster.incidents, "incident"),
    };
    let days = [&cluster.date_start, &cluster.date_end].map(|day| day.parse().ok());
    let days = match days {
        [Some(from), Some(to)] => format!(", {}", Period::new(from, to).label()),
        _ => String::new(),
    };
    let killed = cluster.killed;
    let killed = words::bounds(killed.low, killed.best, killed.high);
    let killed = killed.map_or_else(String::new, |killed| format!("; {killed} killed"));
    let of = match clusters {
        1 => "The only cluster".to_owned(),
        n => format!("The largest of {}", counted(n, "cluster")),
    };
    format!("{of} is {}: {n}{days}{killed}.", escape(&cluster.name))
}

/// How the density is made.
fn density_made(style: &DensityStyle, empty: bool) -> Vec<String> {
    let unit = style.rule.unit();
    let mut made = vec![
        match (style.rule.method, style.bandwidth_km, style.hexagon_km) {
            (DensityMethod::Kernel, Some(km), _) => format!(
                "{unit}, smoothed with a bandwidth of {} km: what is nearer together than that runs into one.",
                short(km)
            ),
            (DensityMethod::Hexagons, _, Some(km)) => {
                format!(
                    "{unit}, counted in hexagons of equal area, {} km wide.",
                    short(km)
                )
            }
            _ => format!("{unit}, counted by admin area."),
        },
    ];
    if let (false, [first, .., last]) = (empty, style.breaks.as_slice()) {
        let classes = match style.breaks.len() - 1 {
            1 => "1 class".to_owned(),
            n => format!("{n} classes"),
        };
        made.push(format!(
            "{classes}, from {} to {}.",
            short(*first),
            short(*last)
        ));
    }
    made
}

/// A number with no more digits than it needs.
pub(super) fn short(n: f64) -> String {
    if n >= 1000.0 {
        return thousands(n.round() as u64);
    }
    let digits = if n >= 10.0 { 1.0 } else { 1000.0 };
    format!("{}", (n * digits).round() / digits)
}
