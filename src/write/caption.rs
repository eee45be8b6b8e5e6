//! The text beside a map, as Markdown: what is on it, how sure that is and who says so. Every figure is taken from the
//! layers that the map is drawn from, in the words of the map.

use std::collections::BTreeMap;
use std::fmt::Write;

use itertools::Itertools;

use super::caption_sources::Sources;
use super::markdown::escape;
use crate::layer::{ClusterAttributes, DensityMethod, DensityStyle, IncidentAttributes, LayerSet};
use crate::map::words::{self, BOUNDARIES, counted, figure, in_sentence};
use crate::map::{MapSpec, PageText, Tally, thousands};
use crate::record::{Count, Period, When};

/// So many incidents are told one by one: those that sources disagree on, and the deadliest.
const TOLD: usize = 5;
/// So many areas are named.
const AREAS: usize = 3;

/// What a caption is made of.
pub(super) struct Caption {
    /// The words of the page.
    pub page: PageText,
    /// One sentence that stands for the picture.
    pub alt: String,
    /// What is on the map, a paragraph each.
    pub body: Vec<String>,
    /// What is told one by one, below a line that says what it is.
    pub told: Option<(String, Vec<String>)>,
    /// How the map is made.
    pub made: Vec<String>,
    /// Who says so.
    pub sources: Vec<String>,
    /// Whether there are records that are not on the map.
    pub left_out: bool,
}

impl Caption {
    /// As a document.
    pub fn written(&self, credit: &[String]) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let mut line = |words: &str| writeln!(text, "{words}\n").unwrap_or_default();
        line(&format!("# {}", escape(&self.page.title)));
        if let Some(banner) = &self.page.banner {
            line(&format!("**{}**", escape(banner)));
        }
        line(&format!("Alt text: {}", self.alt));
        for paragraph in &self.body {
            line(paragraph);
        }
        let list = |items: &[String]| items.iter().map(|item| format!("- {item}")).join("\n");
        if let Some((what, items)) = &self.told {
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
        format!("{}\n", text.trim_end())
    }
}

/// Beside a map of density.
pub fn density(spec: &MapSpec, layers: &LayerSet, projection: &str, credit: &[String]) -> String {
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
        let name = escape(&cluster.attributes.name);
        let n = cluster.attributes.incidents;
        write!(caption.alt, " The largest cluster, of {n}, is {name}.").unwrap_or_default();
    }
    caption.made = density_made(style, layers.density.features.is_empty());
    caption.written(credit)
}

/// Beside a map of tolls.
pub fn tolls(spec: &MapSpec, layers: &LayerSet, projection: &str, credit: &[String]) -> String {
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
        told: told(layers, spec.period),
        made: Vec::new(),
        sources: sources.list("incident"),
        left_out: s.incidents_drawn < s.incidents_read,
        page,
    };
    if s.incidents_drawn == 0 {
        let none = words::no_incidents(s);
        let what = period.map_or_else(String::new, |period| format!(" ({period})"));
        caption.body.push(format!("{}{what}.", escape(&none)));
        caption.alt = format!("Map: {}: {}.", escape(&caption.page.title), escape(&none));
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
    caption.alt = format!("Map: {}: {n}{most}{killed}.", escape(&caption.page.title));
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

/// How many incidents there are in each first-order area.
struct Areas {
    /// The most first.
    ranked: Vec<(String, usize)>,
    /// How many are in no one area for sure.
    unknown: usize,
    all: usize,
}

impl Areas {
    fn of<'a>(shown: impl Iterator<Item = &'a IncidentAttributes>) -> Self {
        let mut areas: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let (mut unknown, mut all) = (0, 0);
        for one in shown {
            all += 1;
            match &one.admin1 {
                Some(admin1) => {
                    let country = one.country.as_deref().unwrap_or_default();
                    *areas.entry((admin1, country)).or_default() += 1;
                }
                None => unknown += 1,
            }
        }
        let twice = areas
            .keys()
            .map(|(admin1, _)| *admin1)
            .duplicates()
            .collect_vec();
        let named = areas.iter().map(|((admin1, country), n)| {
            let country = if twice.contains(admin1) {
                format!(" ({})", escape(country))
            } else {
                String::new()
            };
            (format!("{}{country}", escape(admin1)), *n)
        });
        Self {
            ranked: named
                .sorted_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)))
                .collect(),
            unknown,
            all,
        }
    }

    /// "most of them in Idlib (10)".
    fn most(&self) -> Option<String> {
        let (name, n) = self.ranked.first()?;
        Some(match *n {
            n if n == self.all => format!("in {name}"),
            n if n * 2 > self.all => format!("most of them in {name} ({})", thousands(n as u64)),
            _ => return None,
        })
    }

    fn sentence(&self, shown: usize) -> String {
        let Some((name, n)) = self.ranked.first() else {
            return "Their provinces are not known.".to_owned();
        };
        if *n == shown {
            return match shown {
                1 => format!("It is in {name}."),
                _ => format!("All are in {name}."),
            };
        }
        let numbered = |(name, n): &(String, usize)| format!("{name} ({})", thousands(*n as u64));
        let named = self.ranked.iter().take(AREAS).map(numbered).join(", ");
        let rest = self.ranked.get(AREAS..).unwrap_or_default();
        let more: usize = rest.iter().map(|(_, n)| n).sum();
        let more = match more {
            0 => String::new(),
            n => format!(
                ", {} in {}",
                thousands(n as u64),
                counted(rest.len(), "other province")
            ),
        };
        let unknown = match self.unknown {
            0 => String::new(),
            1 => "; the province of 1 is not known".to_owned(),
            n => format!("; the province of {} is not known", thousands(n as u64)),
        };
        format!("By province: {named}{more}{unknown}.")
    }
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
        n => format!("The largest of {n} clusters"),
    };
    format!("{of} is {}: {n}{days}{killed}.", escape(&cluster.name))
}

/// The incidents whose tolls sources disagree on, then the deadliest of the others.
fn told(layers: &LayerSet, period: Option<Period>) -> Option<(String, Vec<String>)> {
    let figures = |one: &IncidentAttributes| {
        let figures = one.said.iter().filter_map(|said| said.killed);
        figures.unique().collect_vec()
    };
    let most = |one: &IncidentAttributes| {
        let figures = figures(one).into_iter();
        figures
            .map(|killed| killed.said().1)
            .max()
            .unwrap_or_default()
    };
    let toll = layers.incidents.features.iter().map(|one| &one.attributes);
    let toll = toll.filter(|one| most(one) > 0).collect_vec();
    let disputed = toll.iter().filter(|one| figures(one).len() > 1).count();
    let ranked = toll.iter().sorted_by(|a, b| {
        let by = |one: &IncidentAttributes| (figures(one).len() > 1, most(one));
        by(b).cmp(&by(a))
    });
    let items = ranked
        .take(TOLD)
        .map(|one| incident(one, figures(one).len() > 1, period))
        .collect_vec();
    let what = match (disputed, toll.len()) {
        (_, 0) => return None,
        (0, all) if all > TOLD => {
            format!("The highest tolls, {TOLD} of {}:", thousands(all as u64))
        }
        (0, _) => "Tolls:".to_owned(),
        (n, _) if n > TOLD => format!(
            "Tolls on which sources disagree, the highest {TOLD} of {}:",
            thousands(n as u64)
        ),
        (n, all) if n == all => "Tolls, on which sources disagree:".to_owned(),
        (n, _) => format!(
            "Tolls on which sources disagree ({}), then the highest of the others:",
            counted(n, "incident")
        ),
    };
    Some((what, items))
}

/// One incident, with its toll and who says so.
fn incident(one: &IncidentAttributes, disputed: bool, period: Option<Period>) -> String {
    let admin1 = one.admin1.as_deref();
    let admin1 = admin1.filter(|area| !one.place_name.contains(area));
    let admin1 = admin1.map_or_else(String::new, |area| format!(" ({})", escape(area)));
    let named = |source: Option<&str>| source.map_or_else(|| "no source named".to_owned(), escape);
    let said = one
        .said
        .iter()
        .filter_map(|said| Some((said.killed?, said.source.as_deref())));
    let toll = if disputed {
        let by_figure: Vec<(Count, Vec<String>)> =
            said.fold(Vec::new(), |mut all, (killed, source)| {
                match all.iter_mut().find(|(known, _)| *known == killed) {
                    Some((_, sources)) => sources.push(named(source)),
                    None => all.push((killed, vec![named(source)])),
                }
                all
            });
        let mut figures = by_figure.into_iter().map(|(killed, sources)| {
            format!(
                "{} ({})",
                figure(killed),
                sources.into_iter().unique().join("; ")
            )
        });
        let all = one
            .said
            .iter()
            .filter_map(|said| said.killed)
            .reduce(Count::across);
        let all = all.map_or_else(String::new, figure);
        format!("{all} killed: {}", figures.join(", "))
    } else {
        let (killed, sources): (Vec<Count>, Vec<String>) =
            said.map(|(killed, source)| (killed, named(source))).unzip();
        let killed = killed.first().copied().map_or_else(String::new, figure);
        format!(
            "{killed} killed ({})",
            sources.into_iter().unique().join("; ")
        )
    };
    let perhaps = match period {
        Some(period) if !period.surely_contains(&one.when) => ", perhaps outside of the period",
        _ => "",
    };
    let kind = one.kind.split("; ").map(in_sentence).join(" or ");
    format!(
        "{}{perhaps}, {}{admin1}, {}: {toll}",
        day(&one.when),
        escape(&one.place_name),
        escape(&kind)
    )
}

/// When, in words: "10 January 2020", "about January 2020".
fn day(when: &When) -> String {
    let label = Period::new(when.start(), when.end()).label();
    match (when.is_approximate(), when.is_uncertain()) {
        (true, _) => format!("about {label}"),
        (_, true) => format!("probably {label}"),
        _ => label,
    }
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
