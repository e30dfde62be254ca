import PluginAPI
import Testing

@testable import Host

@Suite struct `Secrets and personal data` {
    @Test(arguments: [
        "password", "newPassword", "token", "access_token", "refreshToken", "code", "smsCode", "sms_code", "phone",
        "phoneNumber", "Phone-Number", "email", "userEmail", "e-mail", "authorization", "Authorization", "cookie",
        "Set-Cookie", "clientSecret", "apiKey", "X-API-Key", "otp", "totp", "pin", "dateOfBirth", "firstName",
        "last_name", "address", "PASSWORD", "codes", "recoveryCodes",
    ]) func `are concealed by the names they go by`(name: String) {
        #expect(Redaction.conceals(name))
    }

    @Test(arguments: [
        "id", "attempts", "statusCode", "error_code", "exitCode", "duration", "table", "pinned", "encoding", "decoded",
        "driver", "count", "pingTime", "",
    ]) func `are not seen in other names`(name: String) {
        #expect(!Redaction.conceals(name))
    }

    @Test func `never reach a sink through a plugin's log`() {
        let log = RecordingLog()
        TenantLog(log, tenant: "lumen", plugin: "appointments", requestID: "r-1")
            .write(.info, "code sent", ["phone": "+15550100001", "attempt": "2", "code": "123456"])
        let line = log.lines.first
        #expect(line?.tenant == "lumen")
        #expect(line?.plugin == "appointments")
        #expect(line?.requestID == "r-1")
        #expect(line?.fields.map(\.name) == ["attempt", "code", "phone"])
        #expect(line?["phone"] == "<redacted>")
        #expect(line?["code"] == "<redacted>")
        #expect(line?["attempt"] == "2")
    }

    @Test func `are not made into lines that nobody keeps`() {
        let log = RecordingLog(level: .warning, most: 2)
        let plugin = TenantLog(log, tenant: "lumen", plugin: "appointments")
        plugin.write(.info, "left out", [:])
        for attempt in 0..<5 { plugin.write(.error, "kept", ["attempt": "\(attempt)"]) }
        #expect(log.lines.map { $0["attempt"] } == ["3", "4"])
    }
}
