import PluginAPI

/// The words of what is mailed about accounts.
extension Letter {
    /// A letter with a link.
    static func link(
        _ purpose: LinkPurpose, _ token: LinkToken, to email: Email, of tenant: Tenant, now: Instant
    ) -> Letter {
        let address = "\(tenant.origin)\(purpose.page)?token=\(token.text)"
        let (subject, words) =
            switch purpose {
            case .reset:
                (
                    "Set a new password",
                    "Somebody asked for a new password for your account. If it was you, set it here:"
                )
            case .verify: ("Confirm your e-mail address", "Confirm that this address is yours:")
            case .register: ("Your registration", "Choose a password, and your account is made:")
            case .invite: ("Your account", "An account has been made for you. Choose a password here:")
            }
        return Letter(
            type: "account-\(purpose.rawValue)", channel: .email, address: email.text,
            subject: "\(tenant.name): \(subject)",
            body: """
                \(words)

                \(address)

                The link works once, for \(purpose.lifetimeWords). If you did not expect this, ignore it.
                """, expiresAt: now + purpose.lifetime)
    }

    /// Tells the owner of an address that somebody tried to register with it.
    static func hasAccount(_ email: Email, of tenant: Tenant, now: Instant) -> Letter {
        Letter(
            type: "account-exists", channel: .email, address: email.text,
            subject: "\(tenant.name): You have an account already",
            body: """
                Somebody asked for an account with this address, which has one already. If it was you, sign in, or ask \
                for a new password: \(tenant.origin)/forgot-password

                If it was not you, there is nothing to do.
                """, expiresAt: now + LinkPurpose.register.lifetime)
    }

    /// Tells somebody that an administrator took their second factor off.
    static func secondFactorRemoved(_ email: Email, of tenant: Tenant, now: Instant) -> Letter {
        Letter(
            type: "second-factor-changed", channel: .email, address: email.text,
            subject: "\(tenant.name): Your second factor was removed",
            body: """
                An administrator took the second factor off your account, and you were signed out everywhere. Set up \
                another one after you have signed in: \(tenant.origin)/me/security

                If you did not ask for it, tell the administrators at once.
                """, expiresAt: now + .seconds(86_400))
    }

    /// Tells somebody that a second factor was set up or ended.
    static func secondFactor(isOn: Bool, _ email: Email, of tenant: Tenant, now: Instant) -> Letter {
        let words = isOn ? "A second factor was set up for" : "The second factor was taken off"
        return Letter(
            type: "second-factor-changed", channel: .email, address: email.text,
            subject: "\(tenant.name): Your second factor was changed",
            body: """
                \(words) your account. If it was not you, set a new password at once: \
                \(tenant.origin)/forgot-password
                """, expiresAt: now + .seconds(86_400))
    }

    /// Tells somebody that their password is another one now.
    static func passwordChanged(_ email: Email, of tenant: Tenant, now: Instant) -> Letter {
        Letter(
            type: "password-changed", channel: .email, address: email.text,
            subject: "\(tenant.name): Your password was changed",
            body: """
                The password of your account was changed. If it was not you, set a new one at once: \
                \(tenant.origin)/forgot-password
                """, expiresAt: now + .seconds(86_400))
    }
}
