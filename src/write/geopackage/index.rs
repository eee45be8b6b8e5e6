//! The R-tree of a table: the extension `gpkg_rtree_index` of the standard, with the triggers that keep it when somebody
//! edits the table. They call functions that editors of GeoPackages have and plain SQLite has not.

use rusqlite::{Connection, Result, params};

use super::{geometry, quoted};

/// The standard's own definition.
const EXTENSION: &str = "http://www.geopackage.org/spec120/#extension_rtree";

/// Indexes a table that is filled.
pub(super) fn create(database: &Connection, table: &str) -> Result<()> {
    let name = format!("rtree_{table}_geom");
    let (tree, rows) = (quoted(&name), quoted(table));
    database.execute_batch(&format!(
        "CREATE VIRTUAL TABLE {tree} USING rtree(id, minx, maxx, miny, maxy)"
    ))?;
    {
        let mut read = database.prepare(&format!(
            "SELECT fid, geom FROM {rows} WHERE geom IS NOT NULL ORDER BY fid"
        ))?;
        let mut write = database.prepare(&format!("INSERT INTO {tree} VALUES (?, ?, ?, ?, ?)"))?;
        let mut found = read.query([])?;
        while let Some(row) = found.next()? {
            let blob: Vec<u8> = row.get(1)?;
            if let Some([min_x, max_x, min_y, max_y]) = geometry::bounds(&blob) {
                write.execute(params![row.get::<_, i64>(0)?, min_x, max_x, min_y, max_y])?;
            }
        }
    }
    database.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', ?, 'write-only')",
        params![table, EXTENSION],
    )?;
    let whole = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)";
    let there = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))";
    let gone = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))";
    let put = format!("INSERT OR REPLACE INTO {tree} VALUES (NEW.fid, {whole});");
    let take = |row: &str| format!("DELETE FROM {tree} WHERE id = {row}.fid;");
    for (kind, when, condition, what) in [
        ("insert", "INSERT", there.to_owned(), put.clone()),
        (
            "update1",
            "UPDATE OF geom",
            format!("OLD.fid = NEW.fid AND {there}"),
            put.clone(),
        ),
        (
            "update2",
            "UPDATE OF geom",
            format!("OLD.fid = NEW.fid AND {gone}"),
            take("OLD"),
        ),
        (
            "update3",
            "UPDATE",
            format!("OLD.fid != NEW.fid AND {there}"),
            format!("{} {put}", take("OLD")),
        ),
        (
            "update4",
            "UPDATE",
            format!("OLD.fid != NEW.fid AND {gone}"),
            format!("DELETE FROM {tree} WHERE id IN (OLD.fid, NEW.fid);"),
        ),
        (
            "delete",
            "DELETE",
            "OLD.geom NOT NULL".to_owned(),
            take("OLD"),
        ),
    ] {
        let trigger = quoted(&format!("{name}_{kind}"));
        database.execute_batch(&format!(
            "CREATE TRIGGER {trigger} AFTER {when} ON {rows} WHEN {condition} BEGIN {what} END;"
        ))?;
    }
    Ok(())
}
