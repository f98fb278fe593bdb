//! `lectern audit`: every invariant of the books as one row.

use crate::config::Config;

/// What may be said on the command line.
#[derive(clap::Args)]
pub struct Options {
    /// Print JSON instead of lines.
    #[arg(long)]
    json: bool,
}

/// Asks every invariant; fails when one is broken.
pub async fn run(options: Options) -> Result<(), String> {
    let config = Config::load(Default::default())?;
    let app = crate::world::open(&config).await?;
    let found = domain::audit::check(&app).await.map_err(|cause| cause.to_string())?;
    let text = if options.json {
        serde_json::to_string_pretty(&found).map_err(|cause| cause.to_string())?
    } else {
        found
            .iter()
            .map(|row| {
                let state = if row.holds { "holds " } else { "BROKEN" };
                let meaning = locale::orders::invariant_meaning(model::Lang::En, &row.id);
                let offending: String = row.offending.iter().map(|text| format!("\n        {text}")).collect();
                format!("{}  {state}  {meaning}{offending}", row.id)
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    print(&text);
    match found.iter().filter(|row| !row.holds).count() {
        0 => Ok(()),
        broken => Err(format!("{broken} of {} invariants are broken", found.len())),
    }
}

#[allow(clippy::print_stdout)] // the command's answer
fn print(text: &str) {
    println!("{text}");
}
