import Documents
import HTTPServer
import PluginAPI

/// Hands e-mail to a mail server.
///
/// SMTP has no idempotency: where the connection breaks between the message's end and the server's answer nobody knows
/// whether it was taken, and it is sent again. Its `Message-ID` is made of the message's own id, so that mailboxes can
/// tell.
struct SMTPDriver: MessageDriver {
    private let options: SMTPOptions
    /// What stands before the address where `from` has no name.
    private let senderName: String
    /// The tenant's folder, where secrets are.
    private let folder: String
    private let client: HTTPClient
    private let times: SMTPTimes
    private let pool = SMTPPool()

    init(
        _ options: SMTPOptions, senderName: String, folder: String, client: HTTPClient, times: SMTPTimes = SMTPTimes()
    ) {
        self.options = options
        self.senderName = senderName
        self.folder = folder
        self.client = client
        self.times = times
    }

    func send(_ message: OutboundMessage) async throws -> String? {
        do throws(SMTPFault) { return try await deliver(message) } catch { throw error.failure }
    }

    private func deliver(_ message: OutboundMessage) async throws(SMTPFault) -> String {
        let deadline = Deadline(in: times.total)
        guard let to = MailAddress(message.to) else { throw .badAddress }
        let id = "\(message.id)@\(options.from.address.domain)"
        let envelope = SMTPEnvelope(from: options.from.address, to: to, content: mail(message, to: to, id: id).bytes)
        let breaker = client.breakers?.breaker(for: "smtp://\(options.host):\(options.usedPort)")
        let permit: CircuitBreaker.Permit?
        do throws(CircuitBreaker.Open) { permit = try breaker?.permit() } catch { throw .resting(error.retryAfter) }
        do throws(SMTPFault) {
            try await hand(over: envelope, by: deadline)
            if let permit { breaker?.succeeded(permit) }
        } catch {
            if let permit { error.isFailureOfServer ? breaker?.failed(permit) : breaker?.abandoned(permit) }
            throw error
        }
        return id
    }

    private func hand(over envelope: SMTPEnvelope, by deadline: Deadline) async throws(SMTPFault) {
        let kept = try await pool.take(by: deadline)
        var (session, uses) = (kept?.session, kept?.uses ?? 0)
        do throws(SMTPFault) {
            if let used = session {
                // A server may have left without a word since; then another conversation is begun.
                do throws(SMTPFault) { try await used.reset(by: deadline) } catch {
                    used.close()
                    session = nil
                }
            }
            let ready: SMTPSession
            if let session {
                ready = session
            } else {
                uses = 0
                ready = try await .open(try terms(), client, by: deadline)
                session = ready
            }
            try await ready.send(envelope, by: deadline)
        } catch {
            if !error.leavesConnection {
                session?.close()
                session = nil
            }
            await pool.give(back: session, uses: uses + 1, idleTime: times.idle)
            throw error
        }
        await pool.give(back: session, uses: uses + 1, idleTime: times.idle)
    }

    private func terms() throws(SMTPFault) -> SMTPSession.Terms {
        var login: (username: String, password: String)?
        if let username = options.username, let password = options.password {
            do throws(SecretFault) { login = (username, try password.resolve(in: folder)) } catch {
                guard case .missing(let reason) = error else { throw .noPassword("the password cannot be read") }
                throw .noPassword(reason)
            }
        }
        // The operator names the server in the tenant's file; no request can.
        let target = LineTarget(
            options.host, port: options.usedPort, isSecure: options.security == .tls, policy: .anything)
        return SMTPSession.Terms(
            target: target, security: options.security, name: String(options.from.address.domain), login: login,
            times: times)
    }

    private func mail(_ message: OutboundMessage, to: MailAddress, id: String) -> MailMessage {
        let sender = options.from.address
        var mail = MailMessage(
            from: sender.name == nil ? MailAddress(sender.email, name: senderName) ?? sender : sender, to: [to],
            subject: message.subject, id: id, date: message.createdAt, text: message.body)
        mail.replyTo = options.replyTo?.address
        mail.html = message.html
        mail.unsubscribe = message.unsubscribeURL
        mail.attachments = message.attachments.map {
            MailMessage.Attachment(name: $0.name, contentType: $0.contentType, bytes: $0.bytes)
        }
        return mail
    }
}
