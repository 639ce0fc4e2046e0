//! What the lexer cuts a text into: every byte belongs to exactly one token, so that nothing can be lost.

use crate::TextSpan;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A byte order mark at the very start.
    Bom,
    /// `\n`, `\r\n` or a lone `\r`.
    LineEnd,
    /// White space inside a line.
    Space,
    /// `// …` up to the end of the line.
    Comment,
    /// `# …` up to the end of the line: a lane's label.
    Hash,
    /// A run of letters, digits and `_`, with single hyphens inside: ids, keys, shapes.
    Word,
    /// `"…"`, in which `\"` is a quote and `\\` a backslash.
    Quoted,
    /// A string whose closing quote is missing: up to the end of the line.
    Unclosed,
    /// What stands in the brackets behind `loop`.
    Condition,
    /// `->`.
    Arrow,
    /// An arrow of another language, such as `-->`, `=>` or `→`.
    OddArrow,
    /// `:`.
    Colon,
    /// `=`.
    Equals,
    /// `.`.
    Dot,
    /// `{`.
    BraceOpen,
    /// `}`.
    BraceClose,
    /// `[`.
    BracketOpen,
    /// `]`.
    BracketClose,
    /// `(`.
    ParenOpen,
    /// `)`.
    ParenClose,
    /// A run of anything else.
    Other,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands. Tokens touch: each starts where the one before ends.
    pub span: TextSpan,
}
