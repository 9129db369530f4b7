//! The benchmark of conversations; `cargo xtask bench` builds what it needs and runs it.

#[tokio::main]
async fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let table = maqal_e2e::bench::run(&wanted).await;
    print!("{}", table.render());
}
