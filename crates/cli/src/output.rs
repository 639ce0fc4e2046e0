//! Standard output and standard error. A reader that goes away ends the writing, not the program.

use std::io::{self, Write};

/// Where the command writes to. Colours reach terminals only, and no one who set `NO_COLOR`.
#[derive(Debug, Default)]
pub(crate) struct Terminal {
    is_deaf: bool,
}

impl Terminal {
    /// Writes a line to standard output.
    pub(crate) fn say(&mut self, line: &str) {
        self.write(line);
        self.write("\n");
    }

    /// Writes to standard output, as it is.
    pub(crate) fn write(&mut self, text: &str) {
        if self.is_deaf {
            return;
        }
        // `head` closes the pipe when it has enough: nobody is left to tell, so there is nothing to report.
        self.is_deaf = anstream::stdout().write_all(text.as_bytes()).is_err();
    }

    /// Writes what went wrong to standard error.
    #[expect(clippy::unused_self, reason = "one way to write, whatever the stream")]
    pub(crate) fn complain(&mut self, message: &str) {
        let written = writeln!(anstream::stderr(), "error: {message}");
        ignore(written);
    }
}

/// There is no further place to report to.
fn ignore(_: io::Result<()>) {}
