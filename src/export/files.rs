//! Where a format of several files puts them: into a folder, or one after the other into a zip.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// Takes files one after the other.
pub trait Files {
    /// Begins the file of this path; what is written to the writer before the next begins is in it.
    ///
    /// # Errors
    /// What the system says.
    fn begin(&mut self, path: &str) -> io::Result<&mut dyn Write>;

    /// Ends the last file.
    ///
    /// # Errors
    /// What the system says; the files are whole only when there is none.
    fn finish(&mut self) -> io::Result<()>;
}

/// Files in a folder, which is made when it does not exist.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    open: Option<BufWriter<File>>,
}

impl Folder {
    /// The folder with this path.
    pub fn new(root: PathBuf) -> Self {
        Self { root, open: None }
    }
}

impl Files for Folder {
    fn begin(&mut self, path: &str) -> io::Result<&mut dyn Write> {
        self.finish()?;
        let path = self.root.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        Ok(self.open.insert(BufWriter::with_capacity(1 << 16, File::create(path)?)))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.open.take().map_or(Ok(()), |mut file| file.flush())
    }
}

/// Files in a zip that is written from its first byte to its last. All bear the date of 1980-01-01, so that equal files
/// give equal bytes.
pub struct Zip<W: Write>(Option<ZipWriter<StreamWriter<W>>>);

impl<W: Write> Zip<W> {
    /// A zip that goes to a writer.
    pub fn new(out: W) -> Self {
        Self(Some(ZipWriter::new_stream(out)))
    }
}

impl<W: Write> Files for Zip<W> {
    fn begin(&mut self, path: &str) -> io::Result<&mut dyn Write> {
        let zip = self.0.as_mut().ok_or_else(|| io::Error::other("the zip is finished already"))?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default())
            .large_file(true);
        zip.start_file(path, options)?;
        Ok(zip)
    }

    fn finish(&mut self) -> io::Result<()> {
        match self.0.take() {
            Some(zip) => zip.finish()?.into_inner().flush(),
            None => Ok(()),
        }
    }
}
