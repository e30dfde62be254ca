import Host
import PluginAPI

extension Command {
    /// `portico reload`
    static let reload = Command(
        name: "reload", summary: "Tells the running host to read the tenants' folder again.", options: [dataOption]
    ) { options in
        guard options.operands.isEmpty else { throw UsageMistake("there is nothing to name") }
        let data = options.text("data") ?? "data"
        guard let answer = try Control.send(.reload, data: data) else {
            Output.error("portico reload: no host runs on \(data)")
            return 1
        }
        return show(answer)
    }

    /// `portico key rotate --signing <slug>`
    static let key = Command(
        name: "key", summary: "Rotates keys: `key rotate --signing <tenant>` lets another key sign its access tokens.",
        options: [
            Option(name: "signing", value: "TENANT", meaning: "the tenant whose access tokens get another key"),
            dataOption, tenantsOption, masterKeyOption,
            Option(name: "demo", value: nil, meaning: "the data folder is a demo's"),
        ], operands: "rotate"
    ) { options in
        guard options.operands == ["rotate"] else { throw UsageMistake("say what to do: key rotate") }
        guard let tenant = options.text("signing") else { throw UsageMistake("name the tenant: --signing <tenant>") }
        return show(try await carryOut(.rotateSigningKey(tenant: tenant), options))
    }

    static let dataOption = Option(name: "data", value: "DIR", meaning: "where the data is kept (default: data)")
    static let masterKeyOption = Option(
        name: "master-key-file", value: "F", meaning: "32 bytes as base64; else PORTICO_MASTER_KEY is used")

    /// Asks the running host, which alone has the files; where none runs, opens them itself.
    private static func carryOut(_ request: ControlRequest, _ given: Options) async throws -> ControlAnswer {
        var options = try hostOptions(given)
        if let answer = try Control.send(request, data: options.data) { return answer }
        options.hasDemoPorts = false
        options.loops = 1
        options.logLevel = .error
        let host = try await Host(plugins: plugins, options: options)
        let answer = await host.perform(request)
        await host.stop()
        return answer
    }

    private static func show(_ answer: ControlAnswer) -> Int32 {
        if answer.status == 0 { Output.line(answer.text) } else { Output.error(answer.text) }
        return Int32(clamping: answer.status)
    }
}
