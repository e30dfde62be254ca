import Host

extension Command {
    /// `portico check`
    static let check = Command(
        name: "check",
        summary: "Checks every tenant's settings without serving, and prints each mistake with its place.",
        options: [
            tenantsOption,
            Option(name: "demo", value: nil, meaning: "plugins that are not in this build are only mentioned"),
            tlsCertificateOption, tlsKeyOption,
            Option(name: "json", value: nil, meaning: "print the findings as JSON"),
        ]
    ) { options in
        let report = try TenantCheck.run(
            plugins: plugins, tenants: options.text("tenants") ?? "tenants", isDemo: options.has("demo"),
            tlsFiles: try tlsFiles(options))
        Output.line(options.has("json") ? report.json : report.text)
        return report.isSound ? 0 : 1
    }

    /// `portico routes`
    static let routes = Command(
        name: "routes", summary: "Lists every route of every plugin, and who may call it.",
        options: [Option(name: "json", value: nil, meaning: "print the list as JSON")]
    ) { options in
        Output.line(try RouteList(plugins: plugins).text(asJSON: options.has("json")))
        return 0
    }

    /// `portico openapi`
    static let openapi = Command(
        name: "openapi", summary: "Prints the OpenAPI document of a tenant.", options: [tenantsOption],
        operands: "<tenant>"
    ) { options in
        guard let slug = options.operands.first, options.operands.count == 1 else {
            throw UsageMistake("name one tenant")
        }
        Output.line(
            try TenantDocument.text(plugins: plugins, tenants: options.text("tenants") ?? "tenants", tenant: slug))
        return 0
    }

    /// `portico version`
    static let version = Command(name: "version", summary: "Prints the version.", options: []) { _ in
        Output.line("portico \(Version.text)")
        return 0
    }
}
