//! The texts that a dataset is read from: a folder on disk, or the one inside this program.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::model::violation::{Origin, Violation, Violations};

/// The largest file that is read, in bytes.
const SIZE_LIMIT: u64 = 64 << 20;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// A file of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands, relative to the folder, with `/` between the parts.
    pub path: Arc<str>,
    /// What it holds.
    pub text: String,
}

/// The files of a dataset, sorted by path, and what was wrong with reading them.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
    violations: Violations,
}

impl Files {
    /// Reads all `*.toml` files in a folder and the folders in it. Names that begin with a dot are passed over.
    ///
    /// It never fails: a folder or file that cannot be read is a violation that [`read`](super::read()) gives back, and
    /// of a file that is not UTF-8 the readable part is kept.
    pub fn open(folder: &Path) -> Self {
        let mut walk = Walk { root: folder, ancestors: Vec::new(), found: Self::default() };
        walk.folder(folder);
        let mut found = walk.found;
        found.files.sort_by(|one, other| one.path.cmp(&other.path));
        if found.files.is_empty() && found.violations.is_empty() {
            found.violations.push(Violation::new(
                format!("{} holds no .toml file", folder.display()),
                "name the folder that holds authority/ and documents/",
            ));
        }
        found
    }

    /// The files of `data/` as they were when this program was built.
    pub fn embedded() -> Self {
        fn collect(folder: &'static Dir<'static>, files: &mut Vec<File>) {
            for file in folder.files() {
                if let (Some("toml"), Some(path), Some(text)) =
                    (file.path().extension().and_then(|e| e.to_str()), file.path().to_str(), file.contents_utf8())
                {
                    files.push(File { path: path.replace('\\', "/").into(), text: text.to_owned() });
                }
            }
            folder.dirs().for_each(|folder| collect(folder, files));
        }
        let mut files = Vec::new();
        collect(&EMBEDDED, &mut files);
        Self::from_iter(files)
    }

    /// The files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// What was wrong with reading them.
    pub fn violations(&self) -> &Violations {
        &self.violations
    }
}

impl FromIterator<File> for Files {
    fn from_iter<I: IntoIterator<Item = File>>(files: I) -> Self {
        let mut files: Vec<File> = files.into_iter().collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Self { files, violations: Violations::default() }
    }
}

struct Walk<'a> {
    root: &'a Path,
    /// The folders that lead to where the walk is, links resolved.
    ancestors: Vec<PathBuf>,
    found: Files,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) {
        let real = match fs::canonicalize(folder) {
            Ok(real) => real,
            Err(error) => return self.refuse(folder, format!("it cannot be read: {error}"), READABLE),
        };
        if self.ancestors.contains(&real) {
            return self.refuse(folder, "it is a link to a folder that it stands in".into(), "remove the link");
        }
        let entries = match fs::read_dir(&real) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(folder, format!("it cannot be read: {error}"), READABLE),
        };
        self.ancestors.push(real);
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(&folder.join(entry.file_name())),
                Err(error) => self.refuse(folder, format!("it cannot be read to its end: {error}"), READABLE),
            }
        }
        self.ancestors.pop();
    }

    fn entry(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            return;
        }
        let is_toml = path.extension().is_some_and(|extension| extension == "toml");
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => self.folder(path),
            Ok(_) | Err(_) if !is_toml => {}
            Ok(found) if !found.is_file() => {
                self.refuse(path, "it is neither a file nor a folder".into(), "remove it, or give it another ending");
            }
            Ok(found) if found.len() > SIZE_LIMIT => self.refuse(path, too_large(), "split it into several files"),
            Ok(_) => self.file(path),
            Err(error) => self.refuse(path, format!("it cannot be read: {error}"), READABLE),
        }
    }

    fn file(&mut self, path: &Path) {
        let mut bytes = Vec::new();
        // A file may grow after its length was asked.
        match fs::File::open(path).and_then(|file| file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes)) {
            Err(error) => return self.refuse(path, format!("it cannot be read: {error}"), READABLE),
            Ok(length) if length as u64 > SIZE_LIMIT => {
                return self.refuse(path, too_large(), "split it into several files");
            }
            Ok(_) => {}
        }
        let name = self.name(path);
        if path.to_str().is_none() {
            self.refuse(path, "its name is not UTF-8".into(), "rename it");
        }
        let text = String::from_utf8(bytes).unwrap_or_else(|error| {
            let readable = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let readable = String::from_utf8_lossy(readable);
            let column = readable.rsplit('\n').next().map_or(0, |line| line.chars().count());
            let origin = Origin {
                file: name.clone(),
                line: readable.matches('\n').count() as u32 + 1,
                column: column as u32 + 1,
            };
            self.found
                .violations
                .push(Violation::new("here the file is not UTF-8", "save it in the encoding UTF-8").at(Some(&origin)));
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        self.found.files.push(File { path: name, text });
    }

    /// The path relative to the root, for messages.
    fn name(&self, path: &Path) -> Arc<str> {
        let parts = path.strip_prefix(self.root).unwrap_or(path).components();
        let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/").into()
    }

    fn refuse(&mut self, path: &Path, problem: String, remedy: &str) {
        let name = self.name(path);
        let subject = if name.is_empty() { path.display().to_string() } else { name.to_string() };
        self.found.violations.push(Violation::new(problem, remedy).about(subject));
    }
}

const READABLE: &str = "make it readable, or name another folder";

fn too_large() -> String {
    format!("it is larger than {} MB", SIZE_LIMIT >> 20)
}
