import Database
import HTTPServer
import PluginAPI

extension TenantWebhooks {
    /// Sends one message and notes how it went.
    func deliver(_ due: Due) async {
        let began = means.clock.now
        let started = ContinuousClock.now
        var request: WebhookRequest?
        var outcome = WebhookOutcome.failed("the address is none that can be sent to")
        if let url = try? means.target.check(due.webhook.endpoint) {
            let made = WebhookRequest(
                due.delivery, to: url, secrets: due.webhook.secrets(at: began), policy: means.target.policy, now: began)
            request = made
            do throws(ClientError) {
                outcome = .answered(try await means.client.send(made.request))
            } catch {
                outcome = WebhookOutcome(error)
            }
        }
        let now = means.clock.now
        let attempt = WebhookAttempt(
            number: due.delivery.attemptsBefore + due.delivery.attempts + 1, at: began,
            milliseconds: Int((ContinuousClock.now - started) / .milliseconds(1)), status: outcome.status,
            error: outcome.error, request: request?.shown ?? "",
            response: { if case .answered(let response) = outcome { WebhookRequest.shown(response) } else { "" } }())
        means.places.giveBack(tenant: number, webhook: due.webhook.id)
        do {
            let settled = outcome
            try await database.write(as: .host) { [self] session in
                try record(settled, attempt, due.delivery, now: now, HostWriter(session))
            }
        } catch let error as StoreError where error.kind == .closed {
            // The process ends; the lease does too, and the message is sent again.
        } catch {
            log.write(
                .error, "how a webhook went could not be noted",
                ["webhook": due.webhook.id, "delivery": due.delivery.id, "error": "\(error)"])
        }
    }

    private func record(
        _ outcome: WebhookOutcome, _ attempt: WebhookAttempt, _ delivery: WebhookDelivery, now: Instant,
        _ host: HostWriter
    ) throws {
        guard case .notTried = outcome else {
            try WebhookTable.note(
                success: outcome.isSuccess, status: outcome.status, of: delivery.webhook, now: now, host)
            return try settle(outcome, attempt, delivery, now: now, host)
        }
        try WebhookTable.putBack(delivery, until: now + Self.again, host)
    }

    private func settle(
        _ outcome: WebhookOutcome, _ attempt: WebhookAttempt, _ delivery: WebhookDelivery, now: Instant,
        _ host: HostWriter
    ) throws {
        if outcome.isSuccess {
            return try WebhookTable.record(attempt, of: delivery, .delivered, again: nil, now: now, host)
        }
        let webhook = try WebhookTable.find(delivery.webhook, host)
        if outcome.status == 410, !delivery.isTest {
            try WebhookTable.record(attempt, of: delivery, .failed, again: nil, now: now, host)
            if let webhook, webhook.state == .active {
                try stop(webhook, as: .gone, because: "the receiver answered 410 Gone", now: now, host)
            }
            return
        }
        if !delivery.isTest, delivery.attempts < schedule.count {
            let again = now + pause(after: delivery.attempts, outcome.retryAfter(now: now))
            return try WebhookTable.record(attempt, of: delivery, .waiting, again: again, now: now, host)
        }
        try WebhookTable.record(attempt, of: delivery, .failed, again: nil, now: now, host)
        // Nothing has arrived for as long as this message was tried.
        if let webhook, !delivery.isTest, webhook.state == .active,
            webhook.lastSuccessAt.map({ $0 < delivery.createdAt }) ?? true
        {
            try stop(webhook, as: .paused, because: attempt.error ?? "no success", now: now, host)
        }
    }

    /// The pause after so many tries before this one, with up to a tenth added by chance so that what failed together does
    /// not come back together; longer when the receiver asks for it, but a day at most.
    private func pause(after tries: Int, _ wanted: Duration?) -> Duration {
        let seconds = schedule.indices.contains(tries) ? schedule[tries] : 0
        let regular = Duration.milliseconds(seconds * 1000 + Int.random(in: 0...seconds * 100))
        return max(regular, min(wanted ?? .zero, .seconds(86_400)))
    }

    /// Stops a webhook and tells its owner.
    func stop(
        _ webhook: Webhook, as state: Webhook.State, because reason: String, now: Instant, _ host: HostWriter
    ) throws {
        let origin = Origin(plugin: Owner.host.id, requestID: "webhooks", now: now)
        try WebhookTable.stop(webhook, as: state, because: reason, origin, host)
        guard let email = try People.person(webhook.owner, host)?.email else { return }
        try send(.webhookStopped(webhook, reason, to: email, of: tenant, now: now), origin, host)
    }
}
