import Crypto
import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `A signing key` {
    @Test func `is followed by another when it is as old as the tenant's setting says`() async throws {
        let desk = try await SignInDesk(
            settings: AuthSettings(signingKeyRotationDays: 30),
            spares: [try SignInDesk.key.get(), try RSAKey.generate()])
        func kids(_ days: Int) -> Int {
            let set = desk.auth.jwks(now: SignInDesk.start + .seconds(days * 86_400))
            return String(decoding: set, as: UTF8.self).split(separator: "\"kid\"").count - 1
        }
        try await desk.auth.rotateSigningKeyIfDue(SignInDesk.origin())
        #expect(kids(0) == 0, "a tenant where nobody signed in has no key, and needs none")
        let token = try await desk.signIn().accessToken
        let day = Duration.seconds(86_400)
        try await desk.auth.rotateSigningKeyIfDue(SignInDesk.origin(day * 30 - .seconds(1)))
        #expect(kids(30) == 1)
        try await desk.auth.rotateSigningKeyIfDue(SignInDesk.origin(day * 30))
        #expect(kids(30) == 2, "both, as long as a token of the old one may be good")
        #expect(kids(32) == 1)
        try await desk.auth.rotateSigningKeyIfDue(SignInDesk.origin(day * 30))
        #expect(kids(30) == 2, "the new one is young")
        #expect(try desk.caller(token).facts != nil)
        #expect(try await desk.actions().filter { $0 == "signing-key.rotated" }.count == 1)
        await desk.close()
    }

    @Test func `is known at once to every runtime of its tenant`() async throws {
        let desk = try await SignInDesk(spares: [try SignInDesk.key.get(), try RSAKey.generate()])
        _ = try await desk.signIn()
        // Made before the rotation, as a runtime with other settings is.
        let other = try await TenantAuth.load(
            database: desk.database, tenant: desk.tenant, settings: AuthSettings(),
            definitions: [PluginDefinition(Surgery.self)], keys: desk.keys, epoch: desk.epoch, caches: desk.caches,
            spareKeys: desk.spareKeys, signing: desk.signing, passwords: desk.passwords, now: SignInDesk.start,
            ring: desk.auth.signingKeys
        ) { _, _, _ in }
        try await desk.auth.rotateSigningKey(SignInDesk.origin(.seconds(1)))
        let token = try await desk.signIn(after: .seconds(40)).accessToken
        let caller = try other.authenticate(
            Array(token.utf8), token: 0..<token.utf8.count, slot: 0, now: SignInDesk.start + .seconds(41))
        #expect(caller.facts != nil)
        await desk.close()
    }

    @Test func `lies sealed in the database`() async throws {
        try await withPortal { desk in
            _ = try await desk.signIn()
            let stored = try await desk.host {
                try $0.values("SELECT private_key FROM portico_signing_key", as: [UInt8].self)
            }
            let secret = try SignInDesk.key.get().pkcs8().withBytes { Base64URL.encode($0) }
            #expect(stored.count == 1 && stored.allSatisfy { $0.firstRange(of: Array(secret.utf8.prefix(64))) == nil })
        }
    }
}
