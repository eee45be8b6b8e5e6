//! Files are staged beside their destination and renamed in one go, so that a run that fails leaves nothing behind.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot write {path}: {source}; {}. Choose a folder that you may write to with --out",
    stays(*.frames)
)]
pub struct WriteError {
    path: PathBuf,
    source: std::io::Error,
    /// Frames of a batch that were written before.
    frames: usize,
}

impl WriteError {
    /// The same, after so many frames of a batch were written.
    pub fn after(self, frames: usize) -> Self {
        Self { frames, ..self }
    }
}

/// What is there all the same.
fn stays(frames: usize) -> String {
    match frames {
        0 => "nothing was written".to_owned(),
        1 => "1 frame was finished before and stays, whole: --resume keeps it".to_owned(),
        n => format!("{n} frames were finished before and stay, whole: --resume keeps them"),
    }
}

/// The files of one run, in memory until all are made.
#[derive(Debug, Default)]
pub struct OutputFiles {
    files: BTreeMap<String, Vec<u8>>,
}

impl OutputFiles {
    /// Adds a file under its path relative to the output folder, with `/` between folders.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Each file's path and SHA-256, by path.
    pub fn hashes(&self) -> impl Iterator<Item = (&str, String)> {
        self.files
            .iter()
            .map(|(name, bytes)| (name.as_str(), sha256(bytes)))
    }

    /// Each file's size in bytes, by path.
    pub fn sizes(&self) -> BTreeMap<String, u64> {
        let sizes = self.files.iter();
        sizes
            .map(|(name, bytes)| (name.clone(), bytes.len() as u64))
            .collect()
    }

    /// Keeps these and no others.
    pub fn keep(&mut self, names: &[&str]) {
        self.files.retain(|name, _| names.contains(&name.as_str()));
    }

    /// Takes a file out.
    pub fn take(&mut self, name: &str) -> Option<Vec<u8>> {
        self.files.remove(name)
    }

    /// Writes all files below `folder`, or none of them.
    ///
    /// # Errors
    /// Where a folder or file cannot be made; the temporary files are gone by then.
    pub fn write(self, folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
        let mut staged = Vec::with_capacity(self.files.len());
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            let file = stage(&path, bytes).map_err(|source| failed(&path, source))?;
            staged.push((file, path));
        }
        let mut written = Vec::with_capacity(staged.len());
        for (file, path) in staged {
            let kept = file.persist(&path);
            kept.map_err(|error| failed(&path, error.error))?;
            written.push(path);
        }
        Ok(written)
    }
}

fn stage(path: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    if path.is_dir() {
        return Err(std::io::Error::new(
            std::io::ErrorKind::IsADirectory,
            "a folder of that name is in the way",
        ));
    }
    let mut builder = tempfile::Builder::new();
    // tempfile makes files that only their owner can read; a map is for others to read.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.prefix(".dateline-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// A file that is written bit by bit and is not there until it is whole.
pub(super) struct StagedFile {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl StagedFile {
    pub fn create(path: &Path) -> Result<Self, WriteError> {
        let path = path.to_owned();
        match stage(&path, b"") {
            Ok(file) => Ok(Self { file, path }),
            Err(source) => Err(failed(&path, source)),
        }
    }

    pub fn append(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        let written = self.file.write_all(bytes);
        written.map_err(|source| failed(&self.path, source))
    }

    /// What it is written to.
    pub fn inner(&mut self) -> impl Write {
        &mut self.file
    }

    pub fn finish(self) -> Result<(), WriteError> {
        let kept = self.file.persist(&self.path);
        kept.map(|_| ())
            .map_err(|error| failed(&self.path, error.error))
    }
}

fn failed(path: &Path, source: std::io::Error) -> WriteError {
    WriteError {
        path: path.to_owned(),
        source,
        frames: 0,
    }
}

/// The SHA-256 of some bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_nothing_where_one_file_is_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("b.txt")).unwrap();
        let mut files = OutputFiles::default();
        files.add("a.txt", "a");
        files.add("b.txt", "b");
        let error = files.write(folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("b.txt") && error.contains("in the way"),
            "{error}"
        );
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["b.txt"]);
    }

    #[test]
    fn hash_is_sha_256() {
        // FIPS 180-2, appendix B.1
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
