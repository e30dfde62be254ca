extension Shell {
    /// How forms look, for phones first; beside the style of the API documents, whose colours these are too.
    static let formStyle = """
        :root { --alert: #b3261e; --good: #146c2e; --button: #0b57d0; --on-button: #ffffff; --field: #6b7280; }
        @media (prefers-color-scheme: dark) {
          :root { --alert: #ffb4ab; --good: #7ee2a0; --button: #8ab4f8; --on-button: #0b1e3b; --field: #8b949e; }
        }
        .narrow { max-width: 30rem; margin: 0 auto; }
        .narrow .who { margin: 0; color: var(--muted); }
        .narrow h1 { margin-top: .25rem; }
        form { margin: 1rem 0; }
        label { display: block; font-weight: 600; }
        label.box { display: flex; gap: .6rem; align-items: center; min-height: 2.75rem; font-weight: 400; }
        input:not([type=checkbox]):not([type=hidden]) {
          display: block; width: 100%; min-height: 2.75rem; margin-top: .25rem; padding: .5rem .75rem;
          border: 1px solid var(--field); border-radius: .4rem; background: var(--ground); color: var(--text);
          font: inherit;
        }
        textarea, select {
          display: block; width: 100%; min-height: 2.75rem; margin-top: .25rem; padding: .5rem .75rem;
          border: 1px solid var(--field); border-radius: .4rem; background: var(--ground); color: var(--text);
          font: inherit;
        }
        textarea { min-height: 7rem; resize: vertical; }
        input[type=checkbox] { width: 1.25rem; height: 1.25rem; margin: 0; flex: none; accent-color: var(--button); }
        .narrow form input[aria-invalid=true] { border: 2px solid var(--alert); }
        button {
          min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid transparent; border-radius: .4rem;
          background: var(--button); color: var(--on-button); font: inherit; font-weight: 600; cursor: pointer;
        }
        .narrow button { width: 100%; }
        .narrow summary { display: list-item; padding: .5rem 0; color: var(--link); cursor: pointer; }
        .narrow h3 { margin: 1.5rem 0 0; font-size: 1.05rem; }
        .cards { margin: 1rem 0; padding: 0; list-style: none; }
        .cards li { margin: 1rem 0; padding: .75rem 1rem; background: var(--raised); border-radius: .5rem; }
        .cards form { margin: .75rem 0 0; }
        .cards h2 { margin: .25rem 0 .5rem; padding: 0; border: 0; font-size: 1.15rem; }
        .cards dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem 1rem; margin: .25rem 0 0; }
        .cards dt { color: var(--muted); }
        .cards dd { margin: 0; }
        button.quiet { border-color: var(--field); background: transparent; color: var(--text); }
        input:focus-visible, button:focus-visible, textarea:focus-visible, select:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .facts { display: grid; grid-template-columns: minmax(0, 9rem) 1fr; gap: .35rem 1rem; margin: 1rem 0; }
        .facts dt { color: var(--muted); }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        .written { white-space: pre-wrap; overflow-wrap: anywhere; }
        .steps { padding-left: 1.25rem; }
        .steps time, .cards time { color: var(--muted); }
        .steps .now { font-weight: 600; }
        .hint { margin: .25rem 0 0; color: var(--muted); font-size: .95em; }
        .error, .done { padding: .75rem 1rem; border-left: 4px solid; border-radius: .25rem; background: var(--raised); }
        .error { border-color: var(--alert); color: var(--alert); }
        .done { border-color: var(--good); }
        .error ul { margin: .25rem 0 0; padding-left: 1.25rem; }
        .picture { margin: 1rem 0; text-align: center; }
        .picture svg { max-width: 100%; height: auto; border-radius: .4rem; }
        .codes { padding: 1rem 1rem 1rem 2.5rem; background: var(--raised); border-radius: .5rem; }
        .codes code { font-size: .9em; white-space: nowrap; user-select: all; }
        .secret { font-size: 1.05em; letter-spacing: .03em; user-select: all; }
        @media print { .narrow button, .narrow form, .narrow nav { display: none; } }

        """
}
