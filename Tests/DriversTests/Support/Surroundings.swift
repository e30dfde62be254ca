import Foundation
import HTTPServer
import PluginAPI
import Testing

@testable import Host

/// A folder of a test's own, with a certificate for `localhost` in it.
final class DriverFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/portico-drivers-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Makes `certificate.pem` and `key.pem`.
    func makeCertificate(for names: String = "DNS:localhost,IP:127.0.0.1") async throws {
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test", "-addext", "subjectAltName=\(names)", "-keyout", "\(path)/key.pem", "-out",
            "\(path)/certificate.pem",
        ]
        openssl.standardError = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            openssl.terminationHandler = { _ in done.resume() }
            do { try openssl.run() } catch { done.resume(throwing: error) }
        }
        try #require(openssl.terminationStatus == 0)
    }

    func trust() throws -> TLSTrust {
        try TLSTrust(authorities: Array(Data(contentsOf: URL(filePath: "\(path)/certificate.pem"))))
    }
}

/// Lends a client to whom every name is this machine.
func withOutbound<T>(
    trust: TLSTrust? = nil, circuit: CircuitBreaker.Configuration? = nil, _ body: (HTTPClient) async throws -> T
) async throws -> T {
    let loopback = try #require(SocketAddress(host: "127.0.0.1", port: 0))
    var configuration = ClientConfiguration(resolver: { _ in [loopback] }, trust: try trust ?? .system())
    configuration.circuit = circuit
    let client = HTTPClient(configuration)
    do {
        let result = try await body(client)
        await client.close()
        return result
    } catch {
        await client.close()
        throw error
    }
}

/// Why a driver does not take a message; nil when it does.
func failure(_ driver: any MessageDriver, _ message: OutboundMessage) async throws -> DeliveryFailure? {
    do {
        _ = try await driver.send(message)
        return nil
    } catch let failure as DeliveryFailure { return failure }
}

/// The driver must take the message.
func expectTaken(by driver: any MessageDriver, _ message: OutboundMessage) async throws {
    let failed = try await failure(driver, message)
    #expect(failed?.reason == nil)
}

extension OutboundMessage {
    static let moment = Instant(rfc3339: "2026-11-28T09:30:00Z") ?? Instant(microseconds: 0)

    static func mail(
        _ id: String = "msg_1", to: String = "ada@example.com", subject: String = "Hello", body: String = "Good day."
    ) -> OutboundMessage {
        OutboundMessage(id: id, channel: .email, to: to, subject: subject, body: body, createdAt: moment)
    }

    static func text(_ id: String = "msg_1", on channel: Channel = .sms, body: String = "Hello") -> OutboundMessage {
        OutboundMessage(id: id, channel: channel, to: "+15550100001", subject: "", body: body, createdAt: moment)
    }
}
