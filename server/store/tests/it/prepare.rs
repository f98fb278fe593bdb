use store::{Db, on_both, testing};

use crate::schema::SCHEMA;

on_both!(SCHEMA, every_statement_of_these_tests_prepares, async |db: Db| testing::prepare_everything(&db).await);
