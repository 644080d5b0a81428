//! The order desk, chapter 8: a domain that knows nothing of HTTP and SQL begins with one value.

pub mod domain;
