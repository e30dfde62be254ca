import Documents
import HTTPServer

/// A conversation with a mail server: greeted, encrypted and signed in as the options ask, ready for messages.
struct SMTPSession: Sendable {
    let connection: LineConnection
    let extensions: SMTPExtensions
    private let times: SMTPTimes

    /// Who speaks to whom, and how.
    struct Terms: Sendable {
        let target: LineTarget
        let security: SMTPOptions.Security
        /// The name we give for ourselves.
        let name: String
        /// Nil does not sign in.
        let login: (username: String, password: String)?
        let times: SMTPTimes
    }

    /// Connects and goes through everything that comes before a message.
    static func open(_ terms: Terms, _ client: HTTPClient, by deadline: Deadline) async throws(SMTPFault) -> SMTPSession
    {
        let connection: LineConnection
        do throws(ClientError) {
            connection = try await client.connect(terms.target, within: deadline.left(terms.times.connect))
        } catch { throw .connection(nil, error) }
        let wire = SMTPWire(connection: connection, times: terms.times, deadline: deadline)
        do throws(SMTPFault) {
            _ = try await wire.expect(.greeting)
            var extensions = try await wire.hello(terms.name)
            if terms.security == .starttls {
                guard extensions.hasStartTLS else { throw .noTLS }
                try await wire.startTLS()
                // What was said in the clear may be anybody's (RFC 3207 §4.2).
                extensions = try await wire.hello(terms.name)
            }
            if let login = terms.login {
                guard terms.security != .none || connection.isLoopback else {
                    throw .noAuth("a password is sent over TLS, or to this machine only")
                }
                try await wire.signIn(login.username, login.password, extensions)
            }
            return SMTPSession(connection: connection, extensions: extensions, times: terms.times)
        } catch {
            connection.close(error.leavesConnection ? SMTPWire.quit : [])
            throw error
        }
    }

    /// Makes a used conversation ready for the next message.
    func reset(by deadline: Deadline) async throws(SMTPFault) {
        _ = try await wire(deadline).ask("RSET", .reset)
    }

    /// Hands a message over; when it returns, the server is responsible for it.
    func send(_ envelope: SMTPEnvelope, by deadline: Deadline) async throws(SMTPFault) {
        let wire = wire(deadline)
        let from = try envelope.mailCommand(extensions)
        _ = try await wire.ask(from, .mail)
        _ = try await wire.ask("RCPT TO:<\(envelope.to.email)>", .recipient)
        let leave = try await wire.ask("DATA", .data)
        guard leave.code == 354 else { throw .garbage(.data) }
        try await wire.send(envelope.transparent, .content, times.content)
        _ = try await wire.expect(.content, times.content)
    }

    /// Ends it.
    func close() { connection.close(SMTPWire.quit) }

    private func wire(_ deadline: Deadline) -> SMTPWire {
        SMTPWire(connection: connection, times: times, deadline: deadline)
    }
}
