//! The page's example of a list in pages: the log of the roastery, the oldest roast first.

use std::fmt;

use axum::extract::Query;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::json;
use sqlx::{FromRow, SqlitePool, sqlite::SqlitePoolOptions};

#[derive(Debug, FromRow)]
struct Roast {
    day: String,
    batch: i64,
    bean: String,
}

// ANCHOR: index
const INDEX: &str = "CREATE INDEX roasts_by_day ON roasts (day, batch)";
// ANCHOR_END: index

// ANCHOR: after
/// The roasts behind this place. Those of one day are in the order of their batches.
async fn roasts_after(
    pool: &SqlitePool,
    place: &Cursor,
    limit: u16,
) -> Result<Vec<Roast>, sqlx::Error> {
    sqlx::query_as(
        "SELECT day, batch, bean FROM roasts
         WHERE (day, batch) > (?, ?)
         ORDER BY day, batch
         LIMIT ?",
    )
    .bind(&place.day)
    .bind(place.batch)
    .bind(limit + 1)
    .fetch_all(pool)
    .await
}
// ANCHOR_END: after

// ANCHOR: query
/// The query of `GET /roasts`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListRoasts {
    after: Cursor,
}

/// A place in the log: behind the batch with this number on this day. The default is before all of them.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "String")]
struct Cursor {
    day: String,
    batch: i64,
}
// ANCHOR_END: query

// ANCHOR: cursor
impl Cursor {
    /// Which list a cursor is of, and in which order.
    const LIST: &str = "roasts by day, 1";
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inside = json!([Self::LIST, self.day, self.batch]).to_string();
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(inside))
    }
}

impl TryFrom<String> for Cursor {
    type Error = &'static str;

    fn try_from(cursor: String) -> Result<Self, Self::Error> {
        let inside: Option<(String, String, i64)> = BASE64_URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|inside| serde_json::from_slice(&inside).ok());
        match inside {
            Some((list, day, batch)) if list == Self::LIST => {
                Ok(Self { day, batch })
            }
            _ => Err("this is no cursor of this list"),
        }
    }
}
// ANCHOR_END: cursor

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // In memory, on one connection.
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect("sqlite::memory:")
        .await?;
    sqlx::raw_sql(
        "CREATE TABLE roasts (day TEXT, batch INTEGER, bean TEXT) STRICT;
         INSERT INTO roasts (day, batch, bean) VALUES
             ('2026-11-23', 1, 'Harrar'), ('2026-11-23', 2, 'Moka'), ('2026-11-24', 1, 'Java');",
    )
    .execute(&pool)
    .await?;
    sqlx::raw_sql(INDEX).execute(&pool).await?;

    let limit = 1;
    let mut place = Cursor::default();
    loop {
        let roasts = roasts_after(&pool, &place, limit).await?;
        let another_follows = roasts.len() > usize::from(limit);
        for roast in roasts.iter().take(usize::from(limit)) {
            println!("{} {} {}", roast.day, roast.batch, roast.bean);
            place = Cursor { day: roast.day.clone(), batch: roast.batch };
        }
        if !another_follows {
            return Ok(());
        }
        let link = format!("/roasts?after={place}");
        println!("next: {link}");
        let Query(ListRoasts { after }) = Query::try_from_uri(&link.parse()?)?;
        place = after;
    }
}
