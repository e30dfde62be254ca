import Host

extension Command {
    /// `portico files verify`
    static let files = verifying(
        "files",
        summary:
            "Opens tenants' files and finds what is no longer as it was stored; removes what unfinished uploads left. No host may run on the data.",
        by: FilesCheck.self)
}
