import PluginAPI

/// One step of a sign-in at its path: what it takes, who may call it and how often, what it answers and refuses with.
struct MountedStep: Sendable {
    let step: SignInStep
    let path: String
    let summary: String
    let access: Access
    let body: JSONSchema?
    let limits: [RateLimit]
    let status: Int
    let answer: AnswerDocument
    /// What it refuses with beyond what every operation can.
    let problems: [Problem]

    init(
        _ step: SignInStep, _ path: String, _ inputs: SignInMount.Inputs, _ answers: SignInAnswer, limits: [RateLimit],
        _ names: SignInNames
    ) {
        self.step = step
        self.path = path
        self.limits = limits
        summary = Self.summary(step)
        access = Self.access(step)
        body = Self.body(step, inputs)
        problems = Self.problems(step)
        switch step {
        case .requestCode: (status, answer) = (202, .value(CodeRequested.schema.document))
        case .verifyCode, .login, .social: (status, answer) = (200, .value(answers.signedIn))
        case .refresh: (status, answer) = (200, .value(answers.renewed))
        case .forgotPassword, .sendVerification, .register:
            (status, answer) = (202, .value(LinkRequested.schema(names).document))
        case .enableFactor: (status, answer) = (200, .value(FactorEnrolment.schema(names).document))
        case .verifyFactor: (status, answer) = (200, .value(answers.verifiedFactor))
        case .renewRecoveryCodes: (status, answer) = (200, .value(RecoveryCodesShown.schema(names).document))
        case .logout, .changePassword, .resetPassword, .verifyEmail, .acceptInvitation, .disableFactor:
            (status, answer) = (204, .empty)
        }
    }

    private static func summary(_ step: SignInStep) -> String {
        switch step {
        case .requestCode: "Asks for a code by text message; the answer is the same for every number."
        case .verifyCode: "Trades the texted code for tokens."
        case .login: "Trades a password for tokens; unknown accounts are answered like wrong passwords."
        case .refresh: "Trades a refresh token for new tokens; the old one is used up."
        case .logout: "Ends the session of a refresh token, or all of the person's."
        case .changePassword: "Changes one's own password and ends one's other sessions."
        case .forgotPassword: "Asks for a link with which to set a new password; the answer is the same for everybody."
        case .resetPassword: "Sets a new password by a link and ends all sessions. A link is good once, for 30 minutes."
        case .sendVerification: "Asks for a link that proves one's e-mail address."
        case .verifyEmail: "Proves an e-mail address by a link."
        case .acceptInvitation:
            "Sets the first password by the link of an invitation, or of a registration, whose account it makes."
        case .register: "Asks for an account; the answer is the same for every address, which gets a link."
        case .social: "Trades the ID token of an identity provider for tokens."
        case .enableFactor: "Makes a secret for an authenticator app; it counts once a first code is verified."
        case .verifyFactor:
            "Completes a sign-in that waits for a code; or, signed in, proves an authenticator by its first code."
        case .disableFactor: "Ends one's second factor, for a code of it."
        case .renewRecoveryCodes: "Ten new recovery codes in the place of the old ones, for a code."
        }
    }

    private static func access(_ step: SignInStep) -> Access {
        if step.isForMembers { return .member }
        return switch step {
        case .verifyFactor: .anyone("the challenge is the credential, or the session")
        case .refresh, .logout: .anyone("the refresh token is the credential")
        case .resetPassword, .verifyEmail, .acceptInvitation: .anyone("the link is the credential")
        default: .anyone("it is how one signs in")
        }
    }

    private static func body(_ step: SignInStep, _ inputs: SignInMount.Inputs) -> JSONSchema? {
        switch step {
        case .requestCode: PhoneCodeRequest.schema.document
        case .verifyCode: PhoneCodeProof.schema.document
        case .login: inputs.login.document
        case .social: inputs.social.document
        case .refresh: inputs.refresh.document
        case .logout: inputs.logout.document
        case .changePassword: inputs.changePassword.document
        case .forgotPassword: inputs.identifier.document
        case .resetPassword, .acceptInvitation: inputs.setPassword.document
        case .verifyEmail: inputs.link.document
        case .register: inputs.register.document
        case .verifyFactor: inputs.factor.document
        case .disableFactor, .renewRecoveryCodes: inputs.factorCode.document
        case .sendVerification, .enableFactor: nil
        }
    }

    private static func problems(_ step: SignInStep) -> [Problem] {
        switch step {
        case .requestCode, .forgotPassword, .sendVerification: []
        case .verifyCode: [Problem(401, "AUTH_TOKEN_INVALID", "The code is wrong or has expired.")]
        case .login: [.tokenInvalid, .locked(60)]
        case .social:
            [.tokenInvalid, .conflict("RESOURCE_CONFLICT", "The account has not confirmed its e-mail address.")]
        case .refresh:
            [
                .tokenInvalid,
                .conflict("RESOURCE_CONFLICT", "This refresh token has just been used; use its successor."),
            ]
        case .logout, .resetPassword, .verifyEmail, .acceptInvitation: [.tokenInvalid]
        case .changePassword: [.locked(60)]
        case .enableFactor: [.conflict("RESOURCE_CONFLICT", "An authenticator is set up; disable it first.")]
        case .verifyFactor, .disableFactor, .renewRecoveryCodes:
            [.tokenInvalid, .locked(60), .conflict("RESOURCE_CONFLICT", "There is no second factor.")]
        case .register: [.notOpen]
        }
    }
}

extension Problem {
    /// 423 after too many failures in a row.
    ///
    /// - Parameter seconds: until the next try is looked at.
    static func locked(_ seconds: Int) -> Problem {
        Problem(
            423, "ACCOUNT_LOCKED", "Too many failed attempts. Please try again later.", retryAfter: max(1, seconds))
    }

    /// 403 for a registration where accounts are made by staff alone.
    static let notOpen = Problem(
        403, "INSUFFICIENT_PERMISSIONS", "This portal does not take registrations; accounts are made by its staff.")
}
