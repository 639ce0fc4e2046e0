//! Rollouts to begin with: `coalmine templates` lists them, `coalmine new` writes one.

use crate::{
    args::{Format, NewArgs},
    exit::{Exit, Failure},
    output::Terminal,
};
use coalmine_wire::{Json, TEMPLATES, nearest};
use std::{fs, path::Path};

/// `coalmine templates`: name, title, sentence.
pub(crate) fn list(format: Format, terminal: &mut Terminal) -> Exit {
    let width = |of: fn(&str, &str) -> usize| {
        let widths = TEMPLATES.iter().map(|it| of(it.name, it.title));
        widths.max().unwrap_or(0)
    };
    let (first, second) = (
        width(|name, _| name.chars().count()),
        width(|_, title| title.chars().count()),
    );
    for it in &TEMPLATES {
        let (name, title, note) = (it.name, it.title, it.note);
        terminal.say(&match format {
            Format::Text => format!("{name:first$}  {title:second$}  {note}"),
            Format::Json => Json::new()
                .text("name", name)
                .text("title", title)
                .text("note", note)
                .finish(),
        });
    }
    Exit::Fine
}

/// `coalmine new`: a file that is there already stays as it is.
pub(crate) fn write(args: &NewArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let found = TEMPLATES.iter().find(|it| it.name == args.template);
    let template = found.ok_or_else(|| Failure::Unknown {
        what: "template",
        name: args.template.clone(),
        near: nearest(&args.template, TEMPLATES.iter().map(|it| it.name)),
        list: "templates",
    })?;
    let usual = format!("{}.coalmine.toml", template.name);
    let path = args.output.as_deref().unwrap_or(&usual);
    if path == "-" {
        terminal.write(template.text);
        return Ok(Exit::Fine);
    }
    if Path::new(path).exists() {
        let why = format!(
            "{path} is there already, and is not written over: choose another name with -o"
        );
        return Err(Failure::Argument("new", why));
    }
    fs::write(path, template.text).map_err(|error| Failure::Write(path.to_owned(), error))?;
    terminal.say(&format!("{path}: {}", template.title));
    Ok(Exit::Fine)
}
