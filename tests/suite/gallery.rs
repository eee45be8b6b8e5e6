//! The page of a batch in a browser, at the size of a desk and of a phone. Where Chromium is not installed the tests say
//! so and pass.

use serde_json::Value;

use crate::common::Desk;
use crate::common::picture::{path, run};

const INCIDENTS: &str = "\
date,place,kind,killed
2020-01-02,Idlib,air strike,1
2020-01-03,Idlib,air strike,>=2
2020-03-09,Saraqib,air strike,2
";
const DISPLACEMENT: &str = "\
date,origin,destination,people
2020-01-08,Saraqib,Idlib,~9000
2020-03-10,Saraqib,Idlib,300
";

/// Said by the page before anything else runs on it.
const WATCH: &str = r##"<script>
const errors = [];
addEventListener("error", e => errors.push(e.message || `not loaded: ${e.target.src}`), true);
console.error = console.warn = (...told) => errors.push(told.join(" "));
</script>"##;

/// What a reader does, and what is then on the page.
const DRIVE: &str = r##"<script>
addEventListener("load", () => {
  const $ = id => document.getElementById(id);
  const told = () => ({ title: $("title").textContent, heading: document.querySelector("h1").textContent, tab: document.title, src: decodeURI($("picture").src), alt: $("picture").alt,
    figures: $("figures").textContent, now: document.querySelectorAll("rect.now").length, slider: $("slider").value });
  const press = key => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const steps = {};
  steps.start = told();
  press("ArrowRight"); steps.right = told();
  $("slider").value = 2; $("slider").dispatchEvent(new Event("input")); steps.slider = told();
  $("on").click(); steps.end = told();
  press("Home"); steps.home = told();
  document.querySelector("[data-kind=displacement]")?.click(); steps.kind = told();
  [...document.querySelectorAll("rect.hit")][2]?.dispatchEvent(new MouseEvent("click")); steps.bar = told();
  for (const d of document.querySelectorAll("details")) d.open = true;
  const taps = [...document.querySelectorAll("button, summary, #slider")].map(e => Math.round(e.getBoundingClientRect().height));
  const links = [...document.querySelectorAll("a[download]")].map(a => a.getAttribute("href"));
  const outside = performance.getEntriesByType("resource").map(r => r.name).filter(n => !n.startsWith("file:"));
  const wide = document.documentElement.scrollWidth - innerWidth;
  const kinds = getComputedStyle($("kinds")).display;
  const widths = [...document.querySelectorAll("#timelines svg:first-of-type rect.hit")].map(r => Number(r.getAttribute("width")));
  const timeline = document.querySelector("#timelines figcaption").textContent;
  const bars = document.querySelectorAll("#timelines svg").length, labels = [...document.querySelectorAll(".ends span")].map(s => s.textContent);
  setTimeout(() => {
    const drawn = $("picture").naturalWidth;
    parent.postMessage(JSON.stringify({ steps, taps, links, outside, wide, bars, widths, timeline, kinds, labels, errors, drawn }), "*");
  }, 1000);
});
</script>"##;

#[test]
fn readers_leaf_through_the_maps_at_a_desk_and_on_a_phone() {
    let desk = Desk::new();
    desk.file("i.csv", INCIDENTS).file("d.csv", DISPLACEMENT);
    let args = [
        &["batch", "--incidents", "i.csv", "--displacement", "d.csv"][..],
        &["--every", "month", "--size", "800x600", "--formats", "png"],
        &["--contact-sheet"],
    ]
    .concat();
    desk.dateline(&args).assert().success();
    assert!(
        desk.text("output/index.html")
            .contains("<title>Strike density in Syria; Displacement in Syria</title>"),
        "without a script too"
    );
    for (width, height) in WINDOWS {
        let Some(told) = browse(&desk, width, height) else {
            return;
        };
        assert_eq!(told["errors"].as_array().map(Vec::len), Some(0), "{told}");
        assert_eq!(told["outside"].as_array().map(Vec::len), Some(0), "{told}");
        let at = |step: &str, what: &str| {
            told["steps"][step][what]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        for (step, month, kind) in [
            ("start", "January 2020", "2020-01_density.png"),
            ("right", "February 2020", "2020-02_density.png"),
            ("slider", "March 2020", "2020-03_density.png"),
            ("end", "March 2020", "2020-03_density.png"),
            ("home", "January 2020", "2020-01_density.png"),
            ("kind", "January 2020", "2020-01_displacement.png"),
            ("bar", "March 2020", "2020-03_displacement.png"),
        ] {
            assert_eq!(at(step, "title"), month, "{step}");
            assert!(at(step, "src").ends_with(kind), "{step}: {told}");
            // A reader who sees no picture gets the words of its caption.
            let src = at(step, "src");
            let caption = src.rsplit_once("/frames/").expect("a frame").1;
            let caption = desk.text(&format!("output/frames/{}", caption.replace(".png", ".md")));
            let alt = format!("Alt text: {}", at(step, "alt"));
            assert!(caption.lines().any(|line| line == alt), "{step}: {alt}");
            let heading = match kind.contains("density") {
                true => "Strike density in Syria",
                false => "Displacement in Syria",
            };
            assert_eq!(at(step, "heading"), heading, "{step}");
            assert_eq!(at(step, "tab"), format!("{month} – {heading}"), "{step}");
        }
        assert_eq!(told["kinds"], "flex");
        assert_eq!(told["timeline"], "Incidents shown by period, at most 2");
        assert_eq!(told["drawn"], 800, "{told}");
        // The words of the maps.
        let figures = at("start", "figures");
        assert!(
            figures.contains("2 incidents shown · killed: at least 3"),
            "{figures}"
        );
        assert!(
            figures.contains("1 report of displacement shown: about 9,000 people"),
            "{figures}"
        );
        // Two timelines, each with one bar marked; their ends say when.
        assert_eq!(told["bars"], 2);
        assert_eq!(told["steps"]["bar"]["now"], 2);
        assert_eq!(told["labels"][1], "March 2020");
        for link in told["links"].as_array().unwrap() {
            let file = desk.path("output").join(link.as_str().unwrap());
            assert!(file.is_file(), "{link}");
        }
        let links = told["links"].to_string();
        for file in [
            "left-out.csv",
            "manifest.json",
            "contact-sheet_density.png",
            "flows.geojson",
        ] {
            assert!(links.contains(file), "{file}: {links}");
        }
        // Nothing sticks out, and fingers find what they want.
        assert!(told["wide"].as_i64() <= Some(0), "{told}");
        let taps = told["taps"].as_array().unwrap();
        assert!(
            taps.iter().all(|height| height.as_u64() >= Some(44)),
            "{told}"
        );
    }
}

#[test]
fn one_kind_of_map_needs_no_choice_and_a_long_period_has_a_wide_bar() {
    let desk = Desk::new();
    desk.file("i.csv", INCIDENTS).file(
        "r.csv",
        "name,period\nOne <i>day</i>,2020-01-02\nLong,2020-01-03/2020-03-22\n",
    );
    let args = [
        &["batch", "--incidents", "i.csv", "--ranges", "r.csv"][..],
        &["--size", "800x600", "--formats", "svg", "--title"],
        &["Strikes & \"sieges\" <b>"],
    ]
    .concat();
    desk.dateline(&args).assert().success();
    for (width, height) in WINDOWS {
        let Some(told) = browse(&desk, width, height) else {
            return;
        };
        assert_eq!(told["errors"].as_array().map(Vec::len), Some(0), "{told}");
        assert_eq!(told["kinds"], "none");
        let start = &told["steps"]["start"];
        assert_eq!(start["heading"], "Strikes & \"sieges\" <b>");
        assert_eq!(start["title"], "One <i>day</i>: 2 January 2020");
        let widths: Vec<f64> = serde_json::from_value(told["widths"].clone()).unwrap();
        assert!(widths[0] > 5.0 && widths[1] > 50.0 * widths[0], "{told}");
        assert_eq!(
            told["timeline"],
            "Incidents shown per day, at most 1; each bar is as wide as its period is long"
        );
        assert!(told["wide"].as_i64() <= Some(0), "{told}");
    }
}

/// A desk and a phone.
const WINDOWS: [(u32, u32); 2] = [(1280, 900), (390, 844)];

/// What the page tells when it is driven, in a window so large.
fn browse(desk: &Desk, width: u32, height: u32) -> Option<Value> {
    let page = desk.text("output/index.html");
    let driven = page.replacen("<meta", &format!("{WATCH}<meta"), 1);
    desk.file("output/driven.html", format!("{driven}{DRIVE}"));
    desk.file(
        "output/window.html",
        format!(
            "<!doctype html><pre id=told></pre><script>addEventListener('message', e => {{ told.textContent = btoa(unescape(encodeURIComponent(e.data))) }})</script>\
             <iframe style='border:0;width:{width}px;height:{height}px' src=driven.html></iframe>"
        ),
    );
    let dom = run(
        "chromium",
        &[
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--allow-file-access-from-files",
            "--virtual-time-budget=10000",
            "--window-size=1400,1000",
            &format!("--user-data-dir={}", path(&desk.path("home"))),
            "--dump-dom",
            &format!("file://{}", path(&desk.path("output/window.html"))),
        ],
    )?;
    let told = dom.split_once("id=\"told\">").expect("the page tells").1;
    let told = told.split_once('<').expect("an end").0;
    use base64::Engine as _;
    let told = base64::engine::general_purpose::STANDARD
        .decode(told)
        .expect("base64");
    Some(serde_json::from_slice(&told).expect("JSON"))
}
