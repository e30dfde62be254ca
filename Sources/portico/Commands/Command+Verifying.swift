import Host

extension Command {
    /// A command `<name> verify [<tenant> …]` that checks stored data and ends with 1 when something was found.
    static func verifying<Check: StoredCheck>(_ name: String, summary: String, by check: Check.Type) -> Command {
        Command(
            name: name,
            summary: summary,
            options: [
                Option(name: "data", value: "DIR", meaning: "where the data is kept (default: data)"),
                Option(
                    name: "master-key-file", value: "F", meaning: "32 bytes as base64; else PORTICO_MASTER_KEY is used"),
                Option(name: "demo", value: nil, meaning: "take the demo's master key, from the data folder"),
                Option(name: "json", value: nil, meaning: "print the findings as JSON"),
            ],
            operands: "verify [<tenant> …]"
        ) { given in
            guard given.operands.first == "verify" else { throw UsageMistake("say \(name) verify") }
            var options = HostOptions(tenants: "", data: given.text("data") ?? "data")
            options.masterKeyFile = given.text("master-key-file")
            options.isDemo = given.has("demo")
            let found = try await Check.run(options: options, tenants: Array(given.operands.dropFirst()))
            Output.line(given.has("json") ? found.json : found.text)
            return found.isSound ? 0 : 1
        }
    }
}
