/// The cookies that the host's own pages use (contract §3).
enum PortalCookie: String, Sendable {
    /// The secret of a signed-in session.
    case session = "portico_session"
    /// Names the browser, so that strangers' failures do not lock out its owner. It is never a credential.
    case device = "portico_device"

    /// How cookies are set where the request came in.
    enum Form: Sendable, Equatable {
        /// With the prefix `__Host-` and `Secure`: only over TLS, only from this very host, for every path.
        case secure
        /// Over plain http on loopback, where a browser keeps no secure cookie: the demo.
        case plain
    }

    /// The name.
    ///
    /// Cookies do not tell ports apart, and the demo's tenants share the host `localhost` on ports of their own: there each
    /// session has its tenant in its name. A browser stays the same browser at every tenant.
    func name(_ form: Form, tenant slug: String) -> String {
        switch (form, self) {
        case (.secure, _): "__Host-" + rawValue
        case (.plain, .session): rawValue + "-" + slug
        case (.plain, .device): rawValue
        }
    }
}
