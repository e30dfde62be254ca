import Host

extension Command {
    /// `portico files verify`
    static let files = Command(
        name: "files",
        summary:
            "Opens tenants' files and finds what is no longer as it was stored; removes what unfinished uploads left. No host may run on the data.",
        options: [
            Option(name: "data", value: "DIR", meaning: "where the data is kept (default: data)"),
            Option(name: "master-key-file", value: "F", meaning: "32 bytes as base64; else PORTICO_MASTER_KEY is used"),
            Option(name: "demo", value: nil, meaning: "take the demo's master key, from the data folder"),
            Option(name: "json", value: nil, meaning: "print the findings as JSON"),
        ],
        operands: "verify [<tenant> …]"
    ) { given in
        guard given.operands.first == "verify" else { throw UsageMistake("say files verify") }
        var options = HostOptions(tenants: "", data: given.text("data") ?? "data")
        options.masterKeyFile = given.text("master-key-file")
        options.isDemo = given.has("demo")
        let check = try await FilesCheck.run(options: options, tenants: Array(given.operands.dropFirst()))
        Output.line(given.has("json") ? check.json : check.text)
        return check.isSound ? 0 : 1
    }
}
