/// The SQL functions a statement may call; every other one is denied, also inside views and triggers.
///
/// Left out on purpose: `load_extension`, `fts3_tokenizer`, `fts5`, `randomblob`, `zeroblob`, `sqlite_*`, `rtree*`,
/// and `last_insert_rowid`, `changes`, `total_changes`, which would show one member of a commit group another one's
/// rows.
public struct SQLFunctions: Sendable {
    let names: Set<String>

    /// A list of one's own, in lower case.
    public init(_ names: Set<String>) { self.names = names }

    /// What plugins need: text, numbers, dates, JSON, aggregates, windows, full-text search.
    public static let standard = SQLFunctions([
        // Text
        "char", "concat", "format", "glob", "hex", "instr", "length", "like", "lower", "ltrim", "printf", "quote",
        "replace", "rtrim", "soundex", "substr", "substring", "trim", "unicode", "upper",
        // Numbers and choice
        "abs", "acos", "asin", "atan", "atan2", "ceil", "ceiling", "coalesce", "cos", "degrees", "exp", "floor",
        "ifnull", "iif", "likelihood", "likely", "ln", "log", "log10", "log2", "max", "min", "mod", "nullif", "pi",
        "pow", "power", "radians", "random", "round", "sign", "sin", "sqrt", "tan", "trunc", "typeof", "unlikely",
        // Dates
        "current_date", "current_time", "current_timestamp", "date", "datetime", "julianday", "strftime", "time",
        "unixepoch",
        // JSON
        "->", "->>", "json", "json_array", "json_array_length", "json_extract", "json_group_array",
        "json_group_object", "json_insert", "json_object", "json_patch", "json_quote", "json_remove", "json_replace",
        "json_set", "json_type", "json_valid",
        // Aggregates and windows
        "avg", "count", "cume_dist", "dense_rank", "first_value", "group_concat", "lag", "last_value", "lead",
        "nth_value", "ntile", "percent_rank", "rank", "row_number", "sum", "total",
        // Full-text search
        "bm25", "highlight", "match", "snippet",
    ])
}
