import Host

extension Command {
    /// `portico serve`
    static let serve = Command(
        name: "serve", summary: "Serves the tenants of a folder until it is told to stop.",
        options: [
            tenantsOption,
            dataOption,
            Option(name: "port", value: "N", meaning: "the port to listen on; 0 takes a free one (default: 8080)"),
            Option(name: "host", value: "ADDR", meaning: "the address to listen on (default: 127.0.0.1)"),
            Option(name: "tls-port", value: "N", meaning: "a port for TLS; 0 takes a free one (default: no TLS)"),
            tlsCertificateOption, tlsKeyOption,
            Option(name: "redirect-port", value: "N", meaning: "a port that sends everyone to the TLS port"),
            Option(
                name: "outbound-ca", value: "F", meaning: "PEM, the authorities to believe when asking other servers"),
            Option(name: "base-domain", value: "NAME", meaning: "tenants answer at <slug>.NAME (default: localhost)"),
            masterKeyOption,
            Option(
                name: "trusted-proxy", value: "ADDR/BITS",
                meaning: "a proxy whose Forwarded and X-Forwarded-* fields count; may be repeated"),
            Option(
                name: "allow-private-targets", value: nil,
                meaning: "servers that tenants name may be on private and loopback addresses"),
            Option(name: "demo", value: nil, meaning: "load demo data, capture messages, show /_dev/; loopback only"),
            Option(
                name: "demo-ports", value: "on|off", meaning: "with --demo, a port for each tenant too (default: on)"),
            Option(name: "rate-limit-scale", value: "N", meaning: "multiply every rate limit, for load tests"),
            Option(name: "loops", value: "N", meaning: "event loops (default: one for each core)"),
            Option(name: "log-level", value: "LEVEL", meaning: "debug, info, warning or error (default: info)"),
            Option(name: "json", value: nil, meaning: "log as JSON even on a terminal"),
        ]
    ) { options in
        // Watched from the start, so that a signal during a long start is not lost.
        let signals = SignalWatch()
        let host = try await Host(plugins: plugins, options: try hostOptions(options))
        let ports = try await host.start()
        if options.has("demo") { announce(ports, options.text("base-domain") ?? "localhost") }
        for await signal in signals.received {
            switch signal {
            case .reload: await host.reload()
            case .stop:
                await host.stop()
                return 0
            }
        }
        return 0
    }

    static let tenantsOption = Option(
        name: "tenants", value: "DIR", meaning: "the folder of tenants (default: tenants)")

    static let tlsCertificateOption = Option(
        name: "tls-certificate", value: "F", meaning: "PEM, for names that no tenant's certificate covers")
    static let tlsKeyOption = Option(name: "tls-key", value: "F", meaning: "PEM, the key of --tls-certificate")

    /// The operator's own certificate and key.
    static func tlsFiles(_ given: Options) throws(UsageMistake) -> (certificate: String, key: String)? {
        switch (given.text("tls-certificate"), given.text("tls-key")) {
        case (let certificate?, let key?): return (certificate, key)
        case (nil, nil): return nil
        default: throw UsageMistake("--tls-certificate and --tls-key go together")
        }
    }

    static func hostOptions(_ given: Options) throws -> HostOptions {
        var options = HostOptions(tenants: given.text("tenants") ?? "tenants", data: given.text("data") ?? "data")
        options.host = given.text("host") ?? options.host
        options.port = UInt16(try given.number("port", 0...65_535) ?? 8080)
        options.tlsPort = try given.number("tls-port", 0...65_535).map { UInt16($0) }
        options.redirectPort = try given.number("redirect-port", 0...65_535).map { UInt16($0) }
        options.tlsFiles = try tlsFiles(given)
        options.outboundAuthorities = given.text("outbound-ca")
        options.allowsPrivateTargets = given.has("allow-private-targets")
        options.baseDomain = given.text("base-domain") ?? options.baseDomain
        options.masterKeyFile = given.text("master-key-file")
        options.trustedProxies = given.texts("trusted-proxy")
        options.isDemo = given.has("demo")
        options.rateLimitScale = try given.number("rate-limit-scale", 1...1_000_000_000) ?? 1
        options.loops = try given.number("loops", 1...256)
        options.logsForPeople = Output.isTerminal && !given.has("json")
        switch given.text("demo-ports") {
        case nil, "on": options.hasDemoPorts = true
        case "off": options.hasDemoPorts = false
        default: throw UsageMistake("--demo-ports must be on or off")
        }
        if let level = given.text("log-level") {
            guard let level = HostOptions.logLevel(level) else {
                throw UsageMistake("--log-level must be debug, info, warning or error")
            }
            options.logLevel = level
        }
        return options
    }

    /// Where a person finds the demo.
    private static func announce(_ ports: [UInt16], _ baseDomain: String) {
        guard let port = ports.first else { return }
        Output.line("Portico demo: http://\(baseDomain):\(port)/ (portals, people, outbox). Ctrl-C stops it.")
        for slug in Demo.tenants { Output.line("  http://\(slug).\(baseDomain):\(port)/") }
    }
}
