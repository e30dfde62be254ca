import PluginAPI

/// One's second factor, for everybody's people alike (contract §3): the same as the steps of a sign-in.
extension Route<PorticoAPI> {
    static let mySecondFactor = Route.get(
        PorticoAPI.base + "/me/2fa", .reading(PorticoAPI.mySecondFactor), needs: .member,
        "Whether a second factor is set up, and how many recovery codes are left.")
    static let enableSecondFactor = Route.post(
        PorticoAPI.base + "/me/2fa/enable", .asynchronous(PorticoAPI.enableSecondFactor), needs: .member,
        limits: perHour(20), status: 200, notTransactionalBecause: secret,
        "Makes a secret for an authenticator app; it counts once a first code is verified.")
    static let verifySecondFactor = Route.post(
        PorticoAPI.base + "/me/2fa/verify", .asynchronous(PorticoAPI.verifySecondFactor), needs: .member,
        limits: perHour(60), status: 200, notTransactionalBecause: secret,
        "Proves the authenticator by its first code; the recovery codes are shown once.")
    static let disableSecondFactor = Route.post(
        PorticoAPI.base + "/me/2fa/disable", .asynchronous(PorticoAPI.disableSecondFactor), needs: .member,
        limits: perHour(20), status: 204, notTransactionalBecause: "it takes something away",
        "Ends one's second factor, for a code of it.")
    static let renewMyRecoveryCodes = Route.post(
        PorticoAPI.base + "/me/2fa/recovery-codes", .asynchronous(PorticoAPI.renewMyRecoveryCodes), needs: .member,
        limits: perHour(20), status: 200, notTransactionalBecause: secret,
        "Ten new recovery codes in the place of the old ones, for a code.")

    private static let secret = "the answer is a secret, which no answer kept for an Idempotency-Key may hold"

    private static func perHour<Input: Sendable>(_ count: Int) -> [RouteLimit<Input>] {
        [.per(.person, .init(count, each: .seconds(3600)))]
    }
}

extension PorticoAPI {
    func mySecondFactor(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> FactorStateShown {
        let person = call.caller.principal.person
        let state = try tx.host { tables in try host.auth.factorState(of: person, tables) }
        return FactorStateShown(enabled: state.isOn, recoveryCodesLeft: state.recoveryCodesLeft)
    }

    func enableSecondFactor(_ call: Call<Member>) async throws -> FactorEnrolmentShown {
        _ = try call.caller.principal.interactive()
        let made = try await host.auth.enrolFactor(of: call.caller.principal.person, origin: Origin(call))
        return FactorEnrolmentShown(secret: made.secret, otpauthUri: made.uri, qrCode: made.picture)
    }

    func verifySecondFactor(_ code: FactorCode, _ call: Call<Member>) async throws -> RecoveryCodeList {
        let session = try call.caller.principal.interactive()
        return RecoveryCodeList(
            recoveryCodes: try await host.auth.proveFactor(
                of: call.caller.principal.person, session: session, code: try code.shown(), origin: Origin(call)))
    }

    func disableSecondFactor(_ code: FactorCode, _ call: Call<Member>) async throws -> NoContent {
        let session = try call.caller.principal.interactive()
        try await host.auth.disableFactor(
            of: call.caller.principal.person, session: session, code: try code.shown(), origin: Origin(call))
        return NoContent()
    }

    func renewMyRecoveryCodes(_ code: FactorCode, _ call: Call<Member>) async throws -> RecoveryCodeList {
        _ = try call.caller.principal.interactive()
        return RecoveryCodeList(
            recoveryCodes: try await host.auth.renewRecoveryCodes(
                of: call.caller.principal.person, code: try code.shown(), origin: Origin(call)))
    }
}
