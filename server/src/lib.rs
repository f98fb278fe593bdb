//! The whole product as one program: wiring, the router, the worker and the commands. A library too, so that tests can start it.

pub mod audit;
pub mod clock;
pub mod config;
pub mod connections;
pub mod demo;
pub mod doctor;
pub mod gateway;
pub mod http;
pub mod people;
pub mod privacy;
pub mod recommendations;
pub mod serve;
pub mod site;
pub mod telemetry;
pub mod worker;
pub mod world;
