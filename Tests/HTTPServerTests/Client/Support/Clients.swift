@testable import HTTPServer

/// Lends a client whose names all stand for this machine, and closes it.
func withClient<T>(
    resolver: @escaping HostResolver = { _ in [loopback] }, trust: TLSTrust? = nil,
    _ change: (inout ClientConfiguration) -> Void = { _ in }, _ body: (HTTPClient) async throws -> T
) async throws -> T {
    let believed: TLSTrust
    if let trust {
        believed = trust
    } else {
        believed = try await onThread { Result { try Authority.shared.trust } }.get()
    }
    var configuration = ClientConfiguration(resolver: resolver, trust: believed)
    configuration.circuit = nil
    change(&configuration)
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

let loopback = SocketAddress(high: 0, low: 0x7f00_0001, port: 0, isIPv6: false)

extension ClientRequest {
    /// A request that may go anywhere and that a slow machine cannot make late.
    static func get(_ url: String, policy: AddressPolicy = .anything) throws -> ClientRequest {
        guard let url = ClientURL(url) else { throw ClientError.invalidRequest }
        var request = ClientRequest("GET", url, policy: policy)
        request.connectTimeout = .seconds(3600)
        request.firstByteTimeout = .seconds(3600)
        request.totalTimeout = .seconds(3600)
        return request
    }
}

/// What a request ends with instead of an answer; nil when it has one.
func failure(_ client: HTTPClient, _ request: ClientRequest) async -> ClientError? {
    do throws(ClientError) {
        _ = try await client.send(request)
        return nil
    } catch { return error }
}
