//! Paths as programs see them that run in the current folder.

use std::path::{Component, Path, PathBuf};

/// What leads from the current folder to the project's root.
#[derive(Debug)]
pub(super) struct Prefix(String);

impl Prefix {
    /// `../` for every folder to leave, then the folders to enter. Both folders are resolved first; one
    /// that cannot be is taken as it is written.
    pub(super) fn between(current: &Path, root: &Path) -> Self {
        let (current, root) = (resolved(current), resolved(root));
        let common = current.components().zip(root.components()).take_while(|(a, b)| a == b).count();
        let up = current.components().skip(common).map(|_| "..".to_owned());
        let down = root.components().skip(common).map(name);
        Self(up.chain(down).map(|part| part + "/").collect())
    }

    /// A path of the project, from the current folder; one that leads from the root of the file system
    /// stays.
    pub(super) fn path(&self, path: &str) -> String {
        if Path::new(path).is_absolute() { path.to_owned() } else { format!("{}{path}", self.0) }
    }

    /// The same as a relative reference of RFC 3986.
    pub(super) fn uri(&self, path: &str) -> String {
        let mut uri = String::new();
        for byte in self.path(path).bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    uri.push(char::from(byte));
                }
                _ => uri.push_str(&format!("%{byte:02X}")),
            }
        }
        uri
    }
}

fn resolved(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn name(component: Component<'_>) -> String {
    component.as_os_str().to_string_lossy().into_owned()
}
