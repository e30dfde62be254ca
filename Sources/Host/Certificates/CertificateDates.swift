import HTTPServer
import PluginAPI
import Time

/// When a certificate is good.
enum CertificateDates {
    /// Days before its end at which the operator is told.
    static let warningDays: Int64 = 14

    /// What the operator should know about a certificate's dates; nil when all is well.
    static func notice(_ identity: TLSIdentity, _ now: Instant) -> String? {
        let seconds = now.microseconds / 1_000_000
        if identity.validUntil < seconds { return "the certificate expired on \(day(identity.validUntil))" }
        if identity.validFrom > seconds { return "the certificate is not good before \(day(identity.validFrom))" }
        guard identity.validUntil - seconds < warningDays * 86_400 else { return nil }
        return "the certificate expires on \(day(identity.validUntil))"
    }

    private static func day(_ seconds: Int64) -> String {
        String(Instant(microseconds: seconds * 1_000_000).description.prefix(10))
    }
}
