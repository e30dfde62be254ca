import HTTPServer
import PluginAPI

extension SignInPage {
    /// `POST /sign-in/password`: signs in with a password, the same for known and unknown names.
    @Sendable static func provePassword(_ call: HostCall) async throws -> Response {
        let form = try FormBody(call)
        let typed = Typed(form)
        guard call.isMeant(form), let device = call.device else {
            return choice(call, typed, .wrong(call.say(.stale)), status: 403)
        }
        let password = form["password"]
        guard let name = AccountName(typed: typed.name), !password.isEmpty else {
            return choice(call, typed, .wrong(call.say(.bothNeeded)), status: 400)
        }
        try call.count(SignInLimits.guess(name.text, from: .address(of: call.inbound)))
        let proof = PasswordProof(
            name: name, password: password, device: "cookie \(device.value)", isRemembered: typed.isRemembered)
        do {
            let outcome = try await call.runtime.auth.signInToPages(
                proof, replacing: call.sessionCookie, origin: call.origin)
            switch outcome {
            case .done(let session): return try await welcome(session, next: typed.next, call)
            case .secondFactorDue(let challenge): return factorForm(call, challenge.token, next: typed.next)
            }
        } catch let problem as Problem where problem.status == 401 || problem.status == 423 {
            let phrase = problem.retryAfter.map { Phrase.locked($0) } ?? .wrongPassword
            return choice(call, typed, .wrong(call.say(phrase)), status: problem.status)
                .retrying(after: problem.retryAfter)
        }
    }
}

extension AccountName {
    /// A name as somebody types it who may have any kind of account; nil when it is empty or longer than any.
    init?(typed: String) {
        let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        guard (1...254).contains(text.utf8.count) else { return nil }
        self.init(kind: .username, text: Email(text)?.text ?? text)
    }
}
