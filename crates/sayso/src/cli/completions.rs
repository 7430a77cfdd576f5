use clap::Args;
use clap_complete::Shell;

/// Flags of `sayso completions`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso completions bash > ~/.local/share/bash-completion/completions/sayso
  sayso completions fish > ~/.config/fish/completions/sayso.fish
  sayso completions zsh > ~/.zfunc/_sayso")]
pub(crate) struct Completions {
    /// For which shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}
