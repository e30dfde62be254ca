extension APIDocument {
    /// The stylesheet of ``page``, for `/docs/style.css`. Every text has a contrast of at least 4.5 to 1 in both schemes.
    static let style = """
        :root {
          color-scheme: light dark;
          --ground: #ffffff; --text: #1b1f24; --muted: #4b5563; --line: #d0d7de; --link: #0b57d0; --raised: #f4f6f8;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14171a; --text: #e6e9ec; --muted: #a8b0b9; --line: #3a424b; --link: #8ab4f8; --raised: #1e2328;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--ground); color: var(--text);
          font: 1rem/1.5 system-ui, sans-serif;
        }
        a { color: var(--link); }
        a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { position: static; }
        code { font-family: ui-monospace, monospace; font-size: .95em; overflow-wrap: anywhere; }
        h1, h2, h3 { line-height: 1.25; }
        h2 { margin-top: 2.5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
        article { margin: 1.5rem 0; padding: .25rem 1rem; background: var(--raised); border-radius: .5rem; }
        nav ul { padding-left: 1rem; list-style: none; }
        nav li a, summary { display: inline-block; padding: .3rem 0; min-height: 1.5rem; }
        .scroll { overflow-x: auto; margin: 1rem 0; }
        table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); }
        thead th { color: var(--muted); font-weight: 600; border-top: 0; }
        tbody th { font-weight: 400; }
        @media print { nav, .skip { display: none; } article { break-inside: avoid; } }

        """
}
