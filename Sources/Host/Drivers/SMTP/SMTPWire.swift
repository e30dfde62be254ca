import Crypto
import HTTPServer

/// Commands and answers on a connection, by a deadline.
struct SMTPWire: Sendable {
    let connection: LineConnection
    let times: SMTPTimes
    let deadline: Deadline

    static let quit = Array("QUIT\r\n".utf8)

    /// Sends a command and reads the answer, which must be positive.
    ///
    /// - Parameter command: without a line break; one with a line break is two commands, and is not sent.
    func ask(_ command: String, _ step: SMTPFault.Step) async throws(SMTPFault) -> SMTPReply {
        guard command.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .badAddress }
        try await send(Array("\(command)\r\n".utf8), step, times.answer)
        return try await expect(step)
    }

    func send(_ bytes: [UInt8], _ step: SMTPFault.Step, _ limit: Duration) async throws(SMTPFault) {
        do throws(ClientError) { try await connection.send(bytes, within: try left(limit)) } catch {
            throw .connection(step, error)
        }
    }

    /// Reads an answer, which must be positive.
    func expect(_ step: SMTPFault.Step, _ limit: Duration? = nil) async throws(SMTPFault) -> SMTPReply {
        let reply = try await answer(step, limit ?? times.answer)
        guard reply.isPositive else { throw .refused(step, reply) }
        return reply
    }

    private func answer(_ step: SMTPFault.Step, _ limit: Duration) async throws(SMTPFault) -> SMTPReply {
        var lines: [String] = []
        var code: Int?
        let until = Deadline(in: deadline.left(limit))
        while true {
            let bytes: [UInt8]
            do throws(ClientError) {
                bytes = try await connection.line(length: SMTPReply.lengthLimit, within: until.left(limit))
            } catch .headTooLarge { throw .garbage(step) } catch { throw .connection(step, error) }
            // All lines of an answer have one code (RFC 5321 §4.2.1).
            guard let line = SMTPReply.line(bytes), code == nil || code == line.code, lines.count < SMTPReply.lineLimit
            else { throw .garbage(step) }
            code = line.code
            lines.append(line.text)
            if line.isLast { return SMTPReply(code: line.code, lines: lines) }
        }
    }

    private func left(_ limit: Duration) throws(ClientError) -> Duration {
        guard !deadline.isPast else { throw .timedOut(.total) }
        return deadline.left(limit)
    }

    /// Says who we are, and hears what the server can do; old servers are greeted in the old way (RFC 5321 §4.1.4).
    func hello(_ name: String) async throws(SMTPFault) -> SMTPExtensions {
        do throws(SMTPFault) {
            return SMTPExtensions(try await ask("EHLO \(name)", .hello))
        } catch {
            guard case .refused(_, let reply) = error, [500, 501, 502, 504].contains(reply.code) else { throw error }
            _ = try await ask("HELO \(name)", .hello)
            return SMTPExtensions()
        }
    }

    /// Agrees on keys (RFC 3207).
    func startTLS() async throws(SMTPFault) {
        _ = try await ask("STARTTLS", .startTLS)
        do throws(ClientError) { try await connection.secure(within: try left(times.connect)) } catch {
            throw .connection(.startTLS, error)
        }
    }

    /// Signs in (RFC 4954), by PLAIN where it is offered (RFC 4616), else by LOGIN.
    func signIn(_ username: String, _ password: String, _ extensions: SMTPExtensions) async throws(SMTPFault) {
        let (name, word) = (Array(username.utf8), Array(password.utf8))
        guard !name.contains(0), !word.contains(0) else { throw .noAuth("the user name or password has a NUL") }
        if extensions.mechanisms.contains("PLAIN") {
            _ = try await ask("AUTH PLAIN " + Base64.encode([0] + name + [0] + word), .auth)
        } else if extensions.mechanisms.contains("LOGIN") {
            for step in ["AUTH LOGIN", Base64.encode(name)] {
                guard try await ask(step, .auth).code == 334 else { throw .garbage(.auth) }
            }
            _ = try await ask(Base64.encode(word), .auth)
        } else {
            throw .noAuth("the mail server takes no password by AUTH PLAIN or LOGIN")
        }
    }
}
