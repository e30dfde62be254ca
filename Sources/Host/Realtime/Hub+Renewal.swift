import Database
import HTTPServer
import PluginAPI
import Synchronization

extension Hub {
    /// Something has changed about who may do what. On a writer's thread.
    func renewAll() {
        guard !isRenewing.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let shards = shards
        guard !shards.isEmpty else { return isRenewing.store(false, ordering: .releasing) }
        for shard in shards {
            let isTold = shard.loop.submit { [self] in
                isRenewing.store(false, ordering: .releasing)
                shard.renewAll()
            }
            if !isTold { isRenewing.store(false, ordering: .releasing) }
        }
    }

    /// Reads again who a connection is, if anything has changed since.
    ///
    /// - Returns: false when it is nobody any more; then it is being closed.
    func renew(_ subscriber: Subscriber, slot: Int, always: Bool = false) async -> Bool {
        guard let facts = subscriber.facts else { return true }
        guard let view = current, view.isServing else {
            subscriber.connection.close(.goingAway)
            return false
        }
        do {
            for _ in 0..<8 {
                let now = epoch.current
                if !always, subscriber.isCurrent(now) { return true }
                switch try view.auth.again(facts, slot: slot, now: clock.now) {
                case .known(let renewed):
                    // Whoever has signed in again meanwhile is known better already.
                    if subscriber.facts === facts { subscriber.identify(renewed, epoch: now) }
                    return true
                case .needsReader: try await database.openReader(slot: slot)
                case .refused(let problem):
                    subscriber.connection.close(.signIn, reason: problem.code)
                    return false
                }
            }
        } catch {
            log?.write(.error, "a session could not be read again", tenant: tenant, ["error": .text("\(error)")])
        }
        subscriber.connection.close(.tryAgainLater)
        return false
    }

    /// A deadline has passed.
    func expire(_ subscriber: Subscriber, slot: Int) {
        guard let facts = subscriber.facts else {
            return subscriber.connection.close(.authTimeout, reason: "no sign-in")
        }
        // Pages that are used go on, and with them their session.
        guard facts.idle != nil else {
            return subscriber.connection.close(.signIn, reason: Problem.tokenExpired.code)
        }
        Task(executorPreference: subscriber.connection.loop) { [self] in
            guard await renew(subscriber, slot: slot, always: true) else { return }
            shard(of: subscriber.connection.loop).watch(subscriber.deadline)
        }
    }
}
