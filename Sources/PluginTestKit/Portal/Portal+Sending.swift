import Host
public import PluginAPI
import Synchronization

extension Portal {
    /// Sends a request and waits for the answer. Never throws: an answer of status 0 says what failed.
    ///
    /// - Parameters:
    ///   - path: with its query, as it goes on the wire.
    ///   - body: sent as JSON; none when nil.
    ///   - caller: whose token goes along.
    ///   - headers: further fields.
    @discardableResult
    public func send(
        _ method: String, _ path: String, _ body: JSON? = nil, as caller: Caller = .stranger,
        headers: [String: String] = [:]
    ) async -> Answer {
        await send(method, path, bytes: body.map { Array($0.text.utf8) }, as: caller, headers: headers)
    }

    /// Sends a request whose body is given as bytes, JSON or not.
    @discardableResult
    public func send(
        _ method: String, _ path: String, bytes: [UInt8]?, as caller: Caller = .stranger,
        headers: [String: String] = [:]
    ) async -> Answer {
        let answer: Answer
        do {
            let token = try await token(of: caller)
            let text = RequestText.bytes(method, path, host: hostName, token: token, headers: headers, body: bytes)
            answer = try await exchange(text, isHead: method == "HEAD")
        } catch {
            answer = Answer(failure: "\(error)")
        }
        stage.keep(Exchange(method: method, path: path, tenant: tenant, caller: caller, answer: answer))
        return answer
    }

    /// Sends a form.
    @discardableResult
    public func send(
        _ method: String, _ path: String, form parts: [FormPart], as caller: Caller = .stranger,
        headers: [String: String] = [:]
    ) async -> Answer {
        var headers = headers
        headers["Content-Type"] = headers["Content-Type"] ?? FormText.contentType
        return await send(method, path, bytes: FormText.bytes(parts), as: caller, headers: headers)
    }

    private func exchange(_ bytes: [UInt8], isHead: Bool) async throws -> Answer {
        if stage.transport == .process, let answer = await stage.host.exchange(bytes) {
            return Answer(status: answer.status, headers: Headers(fields: answer.fields), bytes: answer.body)
        }
        let port = port
        let received = try await stage.host.blocking { try LoopbackSocket.exchange(bytes, port: port) }
        guard let answer = ResponseText(received, isHead: isHead) else {
            return Answer(failure: "no whole answer: \(String(decoding: received, as: UTF8.self))")
        }
        return Answer(status: answer.status, headers: Headers(fields: answer.fields), bytes: answer.body)
    }
}
