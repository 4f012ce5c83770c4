//! How long `iamc who-can` and `iamc explain` take to answer, once the project is compiled: the times that
//! they tell themselves with `-v`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Result, declared, median, release_build};
use crate::organisation::{self, Size};

/// Milliseconds.
struct Times {
    compiled: f64,
    answered: f64,
}

/// Asks a generated organisation some questions `rounds` times each and prints what it took.
pub(crate) fn run(engineers: usize, rounds: usize) -> Result<()> {
    let iamc = release_build()?;
    let dir = tempfile::tempdir()?;
    let root = dir.path().join("organisation");
    organisation::write(Size { engineers }, 1, &root)?;
    let policies = declared(&root, "policies", "[policy.")?;
    println!("{engineers} engineers, {policies} policies; medians of {rounds} rounds");
    println!();
    println!("| question | compiling | answering |");
    println!("| --- | ---: | ---: |");
    for question in questions(&root)? {
        let times: Vec<Times> = (0..rounds).map(|_| ask(&iamc, &root, &question)).collect::<Result<_>>()?;
        let compiled = median(times.iter().map(|times| times.compiled).collect());
        let answered = median(times.iter().map(|times| times.answered).collect());
        println!("| `iamc {}` | {compiled:.0} ms | {answered:.1} ms |", question.join(" "));
    }
    Ok(())
}

fn questions(root: &Path) -> Result<Vec<Vec<String>>> {
    let of_team = bucket(&fs::read_to_string(root.join("policies/department0.toml"))?, "team")?;
    let of_all = bucket(&fs::read_to_string(root.join("policies/base.toml"))?, "base")?;
    let questions = [
        format!("who-can s3:GetObject arn:aws:s3:::{of_team}/x"),
        format!("who-can s3:GetObject arn:aws:s3:::{of_all}/x"),
        format!("who-can s3:GetObject arn:aws:s3:::{of_team}/*"),
        "who-can s3:GetObject".to_owned(),
        "who-can s3:GetObject *".to_owned(),
        "who-can ec2:StopInstances arn:aws:ec2:eu-central-1:123456789876:instance/i-0".to_owned(),
        "who-can iam:* *".to_owned(),
        format!("explain Engineer17 s3:GetObject arn:aws:s3:::{of_all}/x"),
        format!("explain Engineer17 s3:PutObject arn:aws:s3:::{of_team}/x"),
        "explain Engineer17 s3:* *".to_owned(),
    ];
    Ok(questions.map(|question| question.split(' ').map(str::to_owned).collect()).into())
}

/// The first bucket that begins with a word.
fn bucket(policies: &str, word: &str) -> Result<String> {
    let start = format!("bucket = \"{word}");
    let at = policies.find(&start).ok_or("no policy has such a bucket")? + "bucket = \"".len();
    Ok(policies[at..].split('"').next().unwrap_or_default().to_owned())
}

fn ask(iamc: &Path, root: &Path, question: &[String]) -> Result<Times> {
    let mut command = Command::new(iamc);
    command.arg("-C").arg(root).arg("-v").args(question);
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let times = said.lines().find_map(times).filter(|_| output.status.success());
    times.ok_or_else(|| format!("{command:?}: {said}").into())
}

/// Reads `compiled in 1204.3 ms, answered in 34.1 ms`.
fn times(line: &str) -> Option<Times> {
    let (compiled, answered) = line.strip_prefix("compiled in ")?.split_once(", answered in ")?;
    let milliseconds = |text: &str| text.strip_suffix(" ms")?.parse().ok();
    Some(Times { compiled: milliseconds(compiled)?, answered: milliseconds(answered)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_told() {
        let times = times("compiled in 1204.3 ms, answered in 34.1 ms").unwrap();
        assert_eq!((times.compiled, times.answered), (1204.3, 34.1));
    }
}
