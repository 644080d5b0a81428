//! What a client can rely on, one module for each feature.

use first_route::app;

mod health;
