//! What every store of products keeps. There is none in memory: nobody needs one.

use std::{fmt::Debug, sync::Arc};

use crate::desk::{
    adapters::{postgres::PostgresCatalogue, sqlite::SqliteCatalogue},
    application::ports::{Catalogue, InsertError, ProductRecord, ProductStore},
    domain::Sku,
};
use rstest::rstest;
use rstest_reuse::{apply, template};

use crate::{postgres::Postgres, service::Scratch};

/// The products of one adapter, with nothing in them.
#[derive(Debug)]
struct Products {
    store: Arc<dyn ProductStore>,
    /// The same products, as an order sees them.
    catalogue: Arc<dyn Catalogue>,
    /// What goes when the test is over.
    _scratch: Arc<dyn Debug + Send + Sync>,
}

async fn sqlite() -> Products {
    let scratch = Scratch::new();
    let products = Arc::new(SqliteCatalogue::new(scratch.pool()));
    Products {
        store: products.clone(),
        catalogue: products,
        _scratch: Arc::new(scratch),
    }
}

async fn postgres() -> Products {
    let postgres = Postgres::empty().await;
    let products = Arc::new(PostgresCatalogue::new(postgres.pool().clone()));
    Products {
        store: products.clone(),
        catalogue: products,
        _scratch: Arc::new(postgres),
    }
}

#[template]
#[rstest]
#[case::sqlite(sqlite())]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
#[case::postgres(postgres())]
#[tokio::test]
async fn every_store(
    #[future(awt)]
    #[case]
    products: Products,
) {
}

fn product(sku: &str, name: &str, price_cents: i64) -> ProductRecord {
    ProductRecord { sku: sku.to_owned(), name: name.to_owned(), price_cents }
}

impl Products {
    async fn with<const N: usize>(self, products: [&ProductRecord; N]) -> Self {
        for product in products {
            self.store.insert(product).await.expect("a new product is kept");
        }
        self
    }

    async fn list(&self, name: &str, sku: &str, limit: u16) -> Vec<ProductRecord> {
        self.store.list(name, sku, limit).await.expect("an answer")
    }

    /// Holds that this is what is kept of the sku.
    async fn assert_kept(
        &self,
        sku: &str,
        product: Option<&ProductRecord>,
        why: &str,
    ) {
        let found = self.store.get(sku).await.expect("an answer");
        assert_eq!(found.as_ref(), product, "{why}");
    }
}

#[apply(every_store)]
async fn product_is_read_as_inserted(products: Products) {
    let kept = [
        &product("moon", "A moon", i64::MAX),
        &product("air", "Air", 0),
        &product("00042", "Café O'Beans; エチオピア \u{1F375}", 400),
    ];

    let products = products.with(kept).await;

    for product in kept {
        products.assert_kept(&product.sku, Some(product), "all of it").await;
    }
    products.assert_kept("MOON", None, "another sku").await;
    products.assert_kept("moon ", None, "another one").await;
}

#[apply(every_store)]
async fn duplicate_sku_is_not_inserted(products: Products) {
    let (tea, other) = (product("tea", "Tea", 400), product("tea", "Coffee", 500));
    let products = products.with([&tea]).await;

    let again = products.store.insert(&other).await;

    assert!(
        matches!(again, Err(InsertError::SameId)),
        "there is a product with this sku: {again:?}"
    );
    products.assert_kept("tea", Some(&tea), "what was there first stays").await;
}

#[apply(every_store)]
async fn delete_says_whether_there_was_a_product(products: Products) {
    let (tea, mate) = (product("tea", "Tea", 400), product("mate", "Mate", 700));
    let products = products.with([&tea, &mate]).await;

    let first = products.store.delete("tea").await.expect("an answer");
    let second = products.store.delete("tea").await.expect("an answer");

    assert!(first, "it was there");
    assert!(!second, "it is gone already");
    products.assert_kept("tea", None, "it is gone").await;
    products.assert_kept("mate", Some(&mate), "the other one stays").await;
}

// ANCHOR: order
/// In the order of their bytes. A dictionary has ä beside a, and takes no notice of a hyphen.
const NAMES: [&str; 11] = [
    "",
    "Zebra",
    "a b",
    "a-b",
    "aa",
    "ab",
    "zebra",
    "Äpfel",
    "エチオピア",
    // In UTF-16, which some programs compare, the next two are the other way round.
    "\u{FFFD}",
    "\u{1F375}",
];

#[apply(every_store)]
async fn product_list_is_in_the_order_of_bytes(products: Products) {
    for number in [3, 9, 0, 6, 10, 2, 7, 1, 5, 8, 4] {
        let product = product(&format!("sku-{number}"), NAMES[number], 400);
        products.store.insert(&product).await.expect("a new product is kept");
    }

    let listed = products.list("", "", 100).await;

    let names: Vec<&str> = listed.iter().map(|product| &*product.name).collect();
    assert_eq!(names, NAMES, "on a server in whatever language");
}
// ANCHOR_END: order

#[apply(every_store)]
async fn product_list_continues_after_a_name_and_sku(products: Products) {
    let skus = ["B", "a", "b", "ä"];
    let teas = skus.map(|sku| product(sku, "Tea", 400));
    let [b, a, c, d] = &teas;
    let (mate, zebra) = (product("1", "Mate", 700), product("2", "Zebra", 1));
    let products = products.with([d, &zebra, a, c, &mate, b]).await;
    let all = [&mate, b, a, c, d, &zebra];

    let mut seen = Vec::new();
    let (mut name, mut sku) = (String::new(), String::new());
    // Six products are three pages, and the fourth is empty.
    for _ in 0..4 {
        let page = products.list(&name, &sku, 2).await;
        assert!(page.len() <= 2, "at most two at a time: {page:?}");
        let Some(last) = page.last() else { break };
        (name, sku) = (last.name.clone(), last.sku.clone());
        seen.extend(page);
    }

    let seen: Vec<&ProductRecord> = seen.iter().collect();
    assert_eq!(seen, all, "each of them once, and the skus byte by byte too");
}

#[apply(every_store)]
async fn catalogue_finds_stored_product(products: Products) {
    let tea = product("tea", "Tea, エチオピア", 400);
    let products = products.with([&tea]).await;
    let (sku, other) = (Sku::new("tea").unwrap(), Sku::new("TEA").unwrap());

    let found = products.catalogue.find(&sku).await.expect("an answer");
    let nothing = products.catalogue.find(&other).await.expect("an answer");

    let found = found.map(|product| {
        (product.sku().clone(), product.name().to_owned(), product.price().minor())
    });
    assert_eq!(found, Some((sku, tea.name, 400)), "at the price of this moment");
    assert!(nothing.is_none(), "{nothing:?}");
}
