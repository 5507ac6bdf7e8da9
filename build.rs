//! The build of the query page into `$OUT_DIR/explorer`, and the news that data/ has changed. Needs npm; where it is missing or fails, a
//! plain page takes its place and the build goes on.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

/// What the page is made of, in `web/`.
const INPUTS: [&str; 8] = [
    "package.json",
    "package-lock.json",
    ".npmrc",
    "build.mjs",
    "src",
    "examples",
    "plain/index.html",
    "../docs/glossary.md",
];

/// The longest that a step may take: a registry that does not answer must not hold up the build for ever.
const LONGEST_STEP: Duration = Duration::from_secs(300);

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CONSORTIA_PLAIN_PAGE");
    // Embedded by a macro that does not see new files.
    println!("cargo::rerun-if-changed=data");
    for input in INPUTS {
        println!("cargo::rerun-if-changed=web/{input}");
    }
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).ok_or(io::ErrorKind::NotFound);
    let web = variable("CARGO_MANIFEST_DIR")?.join("web");
    let page = variable("OUT_DIR")?.join("explorer");

    let plain_wanted = env::var_os("CONSORTIA_PLAIN_PAGE").is_some();
    if plain_wanted || bundle(&web, &page).inspect_err(|reason| warn(reason)).is_err() {
        if page.exists() {
            fs::remove_dir_all(&page)?;
        }
        fs::create_dir_all(&page)?;
        fs::copy(web.join("plain/index.html"), page.join("index.html"))?;
    }
    Ok(())
}

fn warn(reason: &str) {
    println!("cargo::warning=the query page is a plain one: {reason}");
    println!("cargo::warning=for the full one, mend that, then: touch build.rs && cargo build");
}

fn bundle(web: &Path, page: &Path) -> Result<(), String> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let installed = web.join("node_modules/.installed-from");
    let lock = fs::read(web.join("package-lock.json")).map_err(|error| format!("web/package-lock.json: {error}"))?;
    if fs::read(&installed).ok().as_ref() != Some(&lock) {
        run(web, npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])?;
        fs::write(&installed, &lock).map_err(|error| format!("web/node_modules: {error}"))?;
    }
    run(web, "node", [OsStr::new("build.mjs"), page.as_os_str()])
}

fn run(folder: &Path, program: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<(), String> {
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("{program} cannot be run ({error}); install Node.js 18 or newer with npm"))?;
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("{program} failed in web/ ({status}); run it there to see why")),
            Ok(None) if began.elapsed() < LONGEST_STEP => thread::sleep(Duration::from_millis(50)),
            Ok(None) => {
                // It is given up either way; a child that cannot be killed has ended.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{program} did not end in {LONGEST_STEP:?}; is the registry reachable?"));
            }
            Err(error) => return Err(format!("{program}: {error}")),
        }
    }
}
