use dateline::read::*;
use std::path::Path;
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let mut o = ReadOptions::default();
    o.period = a.get(2).map(|p| p.parse().unwrap());
    o.matrix_when = Some("2017-03".parse().unwrap());
    let t = std::time::Instant::now();
    if a[0] == "i" {
        match read_incidents(Path::new(&a[1]), &o) {
            Ok(t2) => {
                println!("{:?} rows {} records {} outside {} {:?}", t.elapsed(), t2.rows, t2.records.len(), t2.outside, t2.format);
                println!("{:#?}", t2.records.get(1));
                let t = std::time::Instant::now();
                let k = dateline::record::Count::total(t2.records.iter().map(|c| c.killed));
                println!("killed {}", k.unwrap());
                let i = dateline::record::incidents(t2.records);
                println!("{:?} incidents {}", t.elapsed(), i.len());
            }
            Err(e) => println!("{e}"),
        }
    } else {
        match read_displacement(Path::new(&a[1]), &o) {
            Ok(t) => {
                println!("rows {} records {} {:?}", t.rows, t.records.len(), t.format);
                println!("{:#?}", t.records.get(1));
                println!("people {}", t.records.iter().map(|c| c.people).sum::<dateline::record::Count>());
                println!("no origin {}", t.records.iter().filter(|c| c.origin.is_none()).map(|c| c.people).sum::<dateline::record::Count>());
            }
            Err(e) => println!("{e}"),
        }
    }
}
