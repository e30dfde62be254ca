import Host
public import PluginAPI

/// What every plugin promises and this one does not keep; nothing when all is well.
///
/// - The manifest is sound, and the settings survive being written and read.
/// - Who is not known gets 401 wherever somebody must be signed in, who lacks the role 403; a forged token is worth nothing.
/// - One person's things do not exist for another, and no answer goes out whose handler forgot how far its caller's
///   permission reaches.
/// - Two tenants never meet: a token of one is worth nothing at the other, an object of one does not exist at the other.
/// - Wrong input is refused with 400 in the plugin's dialect; nothing a client sends is answered with 5xx.
/// - A write that is run a second time after it was undone comes to the same.
/// - Every refusal is declared by its route, and every success is what the route documents.
/// - The map of personal data names tables and columns that exist.
///
/// - Parameters:
///   - settings: the plugin's, as in `tenant.json`.
///   - tenant: further members of `tenant.json`.
///   - exercise: what the plugin is for, played at one tenant: data that is loaded, requests that succeed and fail. All
///     requests and writes in it are judged, and the objects it makes are looked for at the other tenant.
/// - Returns: one line for each promise that is broken.
public func conformance<P: Plugin>(
    of plugin: P.Type, settings: JSON = [:], tenant: JSON = [:],
    exercise: (Portal) async throws -> Void = { _ in }
) async -> [String] {
    let facts = PluginFacts(plugin)
    var findings = facts.faults
    findings += settingsFindings(plugin, settings)
    guard findings.isEmpty else { return findings }
    let stage: Stage
    do {
        stage = try await Stage(
            [plugin], settings: [P.manifest.id: settings], tenants: ["test", "other"], tenant: tenant, over: .process,
            at: TestClock.start, rateLimitScale: 10_000)
    } catch {
        return ["the host does not start: \(error)"]
    }
    var inspection = Inspection(stage, facts)
    do {
        try await exercise(inspection.portal)
        try await inspection.inspect()
    } catch {
        inspection.findings.append("the inspection came to an end: \(error)")
    }
    findings = inspection.findings + stage.host.unrepeatable
    await stage.close()
    var seen: Set<String> = []
    return findings.filter { seen.insert($0).inserted }
}

private func settingsFindings<P: Plugin>(_ plugin: P.Type, _ settings: JSON) -> [String] {
    var findings: [String] = []
    if !P.Settings.schema.roundTrips { findings.append("the settings do not survive being written and read") }
    do {
        let document = try JSONDocument(Array(settings.text.utf8))
        let value = try P.Settings.schema.decode(.json(document.root))
        let again = try JSONDocument(P.Settings.schema.encode(value))
        let other = try P.Settings.schema.decode(.json(again.root))
        if P.Settings.schema.encode(other) != P.Settings.schema.encode(value) {
            findings.append("these settings change when they are written and read")
        }
        findings += P.check(value).map { "these settings are refused: \($0.field) \($0.message)" }
    } catch let invalid as Invalid {
        findings += invalid.mistakes.map { "these settings are refused: \($0.field) \($0.message)" }
    } catch {
        findings.append("these settings cannot be read: \(error)")
    }
    return findings
}
