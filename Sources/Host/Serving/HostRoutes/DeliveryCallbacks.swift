import Database
import HTTPServer
import PluginAPI

/// Where providers report what became of a message. No one signs in here: the report's own signature says whose it is.
enum DeliveryCallbacks {
    static func routes(in table: LimitTable) -> [HostRoute] {
        let limits = LimitPlan(
            general: [], own: [RateLimit(per: .address, [.init(6000, each: .seconds(60))])], name: "delivery-callbacks",
            in: table)
        return [HostRoute(.post, DeliveryReport.pattern, kind: .report, limits: limits, receive)]
    }

    @Sendable private static func receive(_ call: HostCall) async throws -> Response {
        let named = Dictionary(call.path.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let channel = named["channel"].flatMap(Channel.init(rawValue:)), let id = named["id"],
            let receiver = call.runtime.callbacks(of: channel)
        else { throw Problem.notFound }
        let form = try FormBody(call)
        let signature = call.inbound.header("x-twilio-signature") ?? ""
        guard try receiver.isSigned(signature, id: id, form.fields) else {
            throw Problem(403, "INSUFFICIENT_PERMISSIONS", "The report is not signed by the provider.")
        }
        if id == InboundMessages.word { return try await take(form, channel, call) }
        let status = form["MessageStatus"].isEmpty ? form["SmsStatus"] : form["MessageStatus"]
        guard DeliveryReport.statuses.contains(status) else { return Response(status: 204) }
        let (code, reference) = (form["ErrorCode"], form["MessageSid"])
        let report = DeliveryReport(
            message: id, status: status, errorCode: code.isEmpty ? nil : String(code.prefix(20)),
            reference: reference.isEmpty ? nil : String(reference.prefix(100)), at: call.inbound.now)
        let isKnown = try await call.runtime.database.write(as: .host) { session in
            try DeliveryReportTable.record(report, HostWriter(session))
        }
        guard isKnown else { throw Problem.notFound }
        return Response(status: 204)
    }

    /// What somebody wrote to the portal's number. The provider learns no more than that it was taken.
    private static func take(_ form: FormBody, _ channel: Channel, _ call: HostCall) async throws -> Response {
        let (text, sender, reference) = (form["Body"], form["From"], form["MessageSid"])
        guard !sender.isEmpty, (1...100).contains(reference.utf8.count) else {
            throw Problem.invalid(sender.isEmpty ? "From" : "MessageSid", .missing, "must be sent")
        }
        let origin = Origin(plugin: Owner.host.id, requestID: call.inbound.id, now: call.inbound.now)
        _ = try await call.runtime.database.write(as: .host) { session in
            try InboundMessages.take(
                text, from: sender, by: channel, reference: reference, origin, HostWriter(session))
        }
        return Response(status: 204)
    }
}
