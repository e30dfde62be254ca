// swift-tools-version: 6.2
import PackageDescription

/// Every folder in `Plugins/`: a target and its tests each, by the same rule.
let plugins = ["Appointments", "LegalCases", "MedicalOpinion", "SalesTasks"]

let package = Package(
    name: "portico",
    products: [.executable(name: "portico", targets: ["portico"])],
    targets: [
        // The system's headers, made importable.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),

        // Leaves: they know nobody.
        .target(name: "Time"),
        .target(name: "StoreAPI"),
        .target(name: "Workers"),
        .target(name: "Matching"),

        // Pure functions from values to bytes that people and programs read.
        .target(name: "Documents", dependencies: ["Time"]),

        // What a plugin is written against.
        .target(name: "PluginAPI", dependencies: ["Time", "StoreAPI"]),

        // The machinery, each part unaware of tenants and plugins.
        .target(name: "HTTPServer", dependencies: ["CLinux", "COpenSSL"]),
        .target(name: "Database", dependencies: ["CSQLite", "StoreAPI"]),
        .target(name: "Crypto", dependencies: ["CCrypt", "COpenSSL", "Workers"]),

        // What joins them.
        .target(
            name: "Host",
            dependencies: [
                "PluginAPI", "Time", "Documents", "StoreAPI", "Workers", "HTTPServer", "Database", "Crypto",
            ]),
        .target(name: "PluginTestKit", dependencies: ["Host", "PluginAPI", "Time", "StoreAPI", "HTTPServer"]),
        .executableTarget(name: "portico", dependencies: ["Host", "PluginAPI"] + plugins.map { .target(name: $0) }),

        // HTTPServer alone, for measurements and public conformance suites.
        .executableTarget(name: "http-probe", dependencies: ["HTTPServer"], path: "Tests/Probe"),
        // The table of limits alone, for measurements.
        .executableTarget(name: "limit-probe", dependencies: ["Host"], path: "Tests/LimitProbe"),
        // Matching alone, for measurements.
        .executableTarget(name: "matching-probe", dependencies: ["Matching"], path: "Tests/MatchingProbe"),

        // A client for the tests, which knows nothing of the server it tests.
        .target(name: "WebSocketClient", path: "Tests/WebSocketClient"),

        .testTarget(name: "TimeTests", dependencies: ["Time"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents"]),
        .testTarget(name: "MatchingTests", dependencies: ["Matching"]),
        .testTarget(name: "StoreAPITests", dependencies: ["StoreAPI"]),
        .testTarget(name: "WorkersTests", dependencies: ["Workers"]),
        .testTarget(name: "PluginAPITests", dependencies: ["PluginAPI", "Time", "StoreAPI"]),
        .testTarget(name: "HTTPServerTests", dependencies: ["HTTPServer", "WebSocketClient"]),
        .testTarget(name: "DatabaseTests", dependencies: ["Database", "StoreAPI"]),
        .testTarget(name: "CryptoTests", dependencies: ["Crypto", "Workers"]),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto", "HTTPServer", "Workers",
                "WebSocketClient",
            ]),
        .testTarget(
            name: "FilesTests",
            dependencies: [
                "Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto", "HTTPServer", "Workers",
            ]),
        .testTarget(
            name: "RealtimeTests",
            dependencies: [
                "Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto", "HTTPServer",
                "WebSocketClient", "Workers",
            ]),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto", "HTTPServer", "Workers",
            ]),
        .testTarget(
            name: "MessagingTests",
            dependencies: [
                "Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto", "HTTPServer", "Workers",
            ]),
        .testTarget(
            name: "DriversTests",
            dependencies: [
                "Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto", "HTTPServer", "Workers",
                "Documents",
            ]),
        .testTarget(
            name: "ConversationsTests",
            dependencies: [
                "Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto", "Workers",
                "WebSocketClient",
            ]),
        .testTarget(
            name: "HostAPITests",
            dependencies: ["Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto"]),
        .testTarget(
            name: "AccountPagesTests",
            dependencies: ["Host", "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Database", "Crypto"]),
        .testTarget(
            name: "BrowserTests",
            dependencies: [
                "PluginTestKit", "PluginAPI", "Time", "StoreAPI", "Crypto", "Workers", "WebSocketClient",
                "MedicalOpinion",
            ]),
        .testTarget(
            name: "PluginTestKitTests",
            dependencies: ["PluginTestKit", "PluginAPI", "Host", "Time", "StoreAPI", "Database"]),
        .testTarget(
            name: "GuideTests",
            dependencies: ["PluginTestKit", "PluginAPI", "Host", "Time", "StoreAPI"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["PluginTestKit", "portico", "limit-probe", "Time", "HTTPServer", "WebSocketClient"]),
    ]
        + plugins.flatMap { name -> [Target] in
            [
                .target(
                    name: name, dependencies: ["PluginAPI", "Documents", "Matching"], path: "Plugins/\(name)/Sources"),
                .testTarget(
                    name: "\(name)Tests", dependencies: [.target(name: name), "PluginTestKit"],
                    path: "Plugins/\(name)/Tests"),
            ]
        },
    swiftLanguageModes: [.v6]
)

// `PORTICO_TESTS=HostTests,TimeTests swift build --build-tests` builds the tests of those alone, which takes a fraction of
// the time: all tests are linked into one program.
if let chosen = Context.environment["PORTICO_TESTS"]?.split(separator: ",") {
    package.targets.removeAll { $0.type == .test && !chosen.contains(Substring($0.name)) }
}

/// Only these may touch memory the compiler cannot check; everywhere else the build refuses it.
let mayBeUnsafe: Set<String> = [
    "HTTPServer", "Database", "Crypto", "Workers", "HTTPServerTests", "DatabaseTests", "CryptoTests", "EndToEndTests",
    "http-probe", "limit-probe", "WebSocketClient", "BrowserTests",
]

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .treatAllWarnings(as: .error),
    ]
    if !mayBeUnsafe.contains(target.name) { target.swiftSettings?.append(.strictMemorySafety()) }
}
