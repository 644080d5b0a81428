//! Kills the tool at each step of what it does, by strace.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use crate::TOOL;

/// What makes, replaces and deletes files and folders; before each of them a kill is tried.
const STEPS: &str = "rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,fsync,mkdir";

/// Runs the tool in the workbook at `root` and kills it at its `nth` step; whether it came to that. `target` is where it builds,
/// if not in the workbook.
pub fn killed_at(root: &Path, target: Option<&Path>, nth: u32, arguments: &[&str]) -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-o", "/dev/null", "-e", &format!("trace={STEPS}")]);
    strace.args(["-e", &format!("inject={STEPS}:signal=SIGKILL:when={nth}"), TOOL]).args(arguments);
    strace.current_dir(root).stdin(Stdio::null()).env_remove("CARGO_TARGET_DIR");
    strace.envs(target.map(|target| ("CARGO_TARGET_DIR", target)));
    !strace.output().expect("strace, which .ci/run installs").status.success()
}
