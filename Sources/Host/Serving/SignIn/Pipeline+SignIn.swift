import Database
import HTTPServer
import PluginAPI

extension Pipeline {
    /// The answer of a step of a sign-in by texted code (contract §3; seed 001).
    func signIn(
        _ admitted: Admitted, _ position: Int, _ number: Int, _ step: SignInStep, _ body: [UInt8]
    ) async throws -> Response {
        switch step {
        case .request: try await requestCode(admitted, position, body)
        case .verify: try await verifyCode(admitted, position, number, body)
        case .refresh: try await refresh(admitted, position, body)
        case .logout: try await logout(admitted, position, body)
        }
    }

    private func requestCode(_ admitted: Admitted, _ position: Int, _ body: [UInt8]) async throws -> Response {
        var admitted = admitted
        let input = try decoded(PhoneCodeRequest.self, body)
        try countPhone(input.phone, position, &admitted)
        try await admitted.runtime.auth.requestCode(
            phone: input.phone, origin: admitted.head.origin(plugin: admitted.runtime.definitions[position].id),
            registrationIsOpen: admitted.runtime.settings.values.registration == .open)
        let answer = CodeRequested(
            expiresIn: Int(PhoneCodes.lifetime.components.seconds),
            resendAfter: Int(PhoneCodes.cooldown.components.seconds))
        return plain(202, CodeRequested.schema.encode(answer), admitted)
    }

    private func verifyCode(
        _ admitted: Admitted, _ position: Int, _ number: Int, _ body: [UInt8]
    ) async throws -> Response {
        var admitted = admitted
        let input = try decoded(PhoneCodeProof.self, body)
        try countPhone(input.phone, position, &admitted)
        let runtime = admitted.runtime
        guard let plugin = runtime.plugins[position] else { throw Problem.notFound }
        let definition = runtime.definitions[position]
        let owner = plugins.owners[position]
        let mount = definition.signIns[number]
        let origin = admitted.head.origin(plugin: definition.id)
        let tokens = try await runtime.auth.verifyCode(
            phone: input.phone, code: input.code, plugin: definition.id, role: mount.role, origin: origin,
            registrationIsOpen: runtime.settings.values.registration == .open
        ) { person, session in
            let backend = PluginWriteBackend(session, owner: owner, plugin: definition, origin: origin)
            try plugin.enrol(signIn: number, person, Transaction(backend: backend, now: origin.now))
        }
        let account = try await runtime.database.read(slot: admitted.slot, as: owner) { session in
            var writer = JSONWriter()
            let tx = ReadTransaction(source: PluginReadBackend(session, owner: owner), now: origin.now)
            try plugin.describe(signIn: number, tokens.person, tx, &writer)
            return writer.bytes
        }
        return plain(200, Self.encoded(tokens, account: (mount.member, account)), admitted)
    }

    private func refresh(_ admitted: Admitted, _ position: Int, _ body: [UInt8]) async throws -> Response {
        let input = try decoded(RefreshRequest.self, body)
        let tokens = try await admitted.runtime.auth.refresh(
            input.refreshToken, origin: admitted.head.origin(plugin: admitted.runtime.definitions[position].id))
        return plain(200, Self.encoded(tokens, account: nil), admitted)
    }

    private func logout(_ admitted: Admitted, _ position: Int, _ body: [UInt8]) async throws -> Response {
        let input = try decoded(LogoutRequest.self, body)
        try await admitted.runtime.auth.logout(
            input.refreshToken, allDevices: input.allDevices,
            origin: admitted.head.origin(plugin: admitted.runtime.definitions[position].id))
        return plain(204, [], admitted)
    }

    private func countPhone(_ phone: Phone, _ position: Int, _ admitted: inout Admitted) throws(Refused) {
        for (_, policy) in plugins.signInLimits[position].fromInput { try count(policy, .text(phone.text), &admitted) }
    }

    private func decoded<T: Described>(_ type: T.Type, _ body: [UInt8]) throws -> T {
        guard let document = try JSONBody.read(body) else { throw Problem.format("Send the body as JSON.") }
        return try T.schema.decode(.json(document.root))
    }

    private static func encoded(_ tokens: TokenAnswer, account: (member: String, json: [UInt8])?) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("accessToken")
        writer.value(tokens.accessToken)
        writer.key("refreshToken")
        writer.value(tokens.refreshToken)
        writer.key("expiresIn")
        writer.value(tokens.expiresIn)
        if let account {
            writer.key(account.member)
            writer.value(encoded: account.json)
        }
        writer.endObject()
        return writer.bytes
    }

    /// A success in the plugin's dialect that no cache may keep.
    private func plain(_ status: Int, _ data: [UInt8], _ admitted: Admitted) -> Response {
        var response = Response(status: status)
        response.headers.add("cache-control", "no-store")
        if !data.isEmpty {
            var writer = JSONWriter()
            _ = admitted.dialect.writeSuccess(encoded: data, .value, admitted.facts, into: &writer)
            response.headers.add("content-type", MediaType.json)
            response.body = .bytes(writer.bytes)
        }
        return finished(response, admitted)
    }
}
