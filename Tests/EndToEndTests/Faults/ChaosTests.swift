import Glibc
import Testing
import WebSocketClient

/// A few lives in `make test`; `make chaos` lives a hundred.
@Suite struct `Kills at random points, while sixteen clients send` {
    private static let lives = Int(clamping: Wish.number("PORTICO_CHAOS_LIVES") ?? 3)
    private static let seed = Wish.number("PORTICO_CHAOS_SEED") ?? .random(in: 0...999_999_999)

    @Test func `lose nothing that was acknowledged, and deliver nothing twice`() async throws {
        print("The seed of the kills is \(Self.seed): PORTICO_CHAOS_SEED=\(Self.seed) repeats them.")
        var dice = Dice(seed: Self.seed)
        let chaos = try Chaos()
        var process = try await chaos.start()
        let admin = try await process.signIn(email: "admin@lumen.example")
        let made = try await process.send(
            HTTPRequest.post(
                "/_portico/v1/webhooks", #"{"endpoint":"\#(chaos.hooks.address)","events":["appointment.*"]}"#
            ).with("Authorization", "Bearer \(admin)"))
        try #require(made.status == 201, "\(made.text)")
        var people: [SignedIn] = []
        for number in 1...9 { people.append(try await chaos.signIn(number, process)) }
        var known: Set<JSON> = []
        for person in people { known.formUnion(try await process.appointments(of: person).map { $0["id"] }) }
        var last = try await Self.follow(process, by: admin, after: nil, until: []).last

        var visits: [(person: Int, id: String)] = []
        var files: [(person: Int, id: String, count: Int, seed: UInt64)] = []
        for life in 0..<Self.lives {
            let slots = try await process.slots(daysAhead: 10 + 7 * (life % 50))
            let promises = try await chaos.live(
                process, people, slots, promises: Int.random(in: 1...60, using: &dice), seed: dice.next())
            let booked = promises.flatMap(\.visits)
            visits += booked
            files += promises.flatMap(\.files)
            process = try await chaos.start()
            // Somebody who follows the events comes back, and is told of each once.
            let told = try await Self.follow(process, by: admin, after: last, until: Set(booked.map(\.id)))
            #expect(Set(told.ids).count == told.ids.count)
            last = told.last
        }
        #expect(Set(visits.map(\.id)).count == visits.count)

        for (index, person) in people.enumerated() {
            let mine = try await process.appointments(of: person).filter { !known.contains($0["id"]) }
            let ids = mine.compactMap { $0["id"].string }
            #expect(Set(ids).count == ids.count)
            #expect(Set(visits.filter { $0.person == index }.map(\.id)).isSubset(of: ids))
            // Those too whose answer never came are confirmed, once each.
            let confirmations = try await eventually("every confirmation of \(person.phone)") {
                let sent = Self.confirmations(chaos.texts.messages, to: person.phone)
                return Set(sent.map(\.id)).count >= ids.count ? sent : nil
            }
            // A repetition carries the key of the first, and says the same.
            #expect(Set(confirmations.map(\.id)).count == ids.count)
            #expect(Set(confirmations.map { $0.id + $0.text }).count == ids.count)
            _ = try await eventually("every visit of \(person.phone) at the receiver of webhooks") {
                let told = chaos.hooks.messages.compactMap { $0.body["data"]["appointmentId"].string }
                return Set(ids).isSubset(of: told) ? told : nil
            }
        }
        let hooks = chaos.hooks.messages.map { ($0.body["data"]["appointmentId"].string ?? "", $0.id) }
        #expect(Set(hooks.map(\.0)).count == Set(hooks.map { $0.0 + $0.1 }).count, "a visit has one webhook id")

        for file in files {
            let read = try await process.send(.get("/_portico/v1/files/\(file.id)").by(people[file.person]))
            var dice = Dice(seed: file.seed)
            #expect(read.status == 200 && read.body == dice.picture(file.count), "file \(file.id)")
        }
        process.signal(SIGTERM)
        #expect(try await process.end() == .exit(0))
        for check in ["files", "audit"] {
            let found = try await Command.portico(check, "verify", "lumen", "--data", chaos.place.data, "--demo")
            #expect(found.ending == .exit(0), "\(found.output)")
        }
        print("\(Self.lives) lives: \(visits.count) visits and \(files.count) files were promised, and kept.")
        await chaos.stop()
    }

    private static func confirmations(_ messages: [Receiver.Message], to phone: String) -> [(id: String, text: String)]
    {
        messages.compactMap { message in
            let form = message.form
            guard form["To"] == phone, let text = form["Body"] else { return nil }
            // In the language of each.
            return ["is confirmed for", "ist bestätigt"].contains(where: text.contains) ? (message.id, text) : nil
        }
    }

    /// Follows the bookings until each of these was told.
    ///
    /// - Returns: the ids of the events, in order, and the last place in the log.
    private static func follow(
        _ process: PorticoProcess, by token: String, after last: String?, until wanted: Set<String>
    ) async throws -> (ids: [String], last: String?) {
        try await onThread {
            var request = HTTPRequest.get("/_portico/v1/events?topics=appointments.appointments").with(
                "Authorization", "Bearer \(token)")
            if let last { request = request.with("Last-Event-ID", last) }
            var reader = try EventReader.open(port: process.port, host: "lumen.localhost:\(process.port)", request)
            var (ids, place): ([String], String?) = ([], nil)
            var missing = wanted
            repeat {
                let event = try reader.next()
                if event.name == "reset" { throw Failure("the log no longer holds \(last ?? "the start")") }
                place = event.id ?? place
                guard !event.data.isEmpty, let id = event.id else { continue }
                ids.append(id)
                if let visit = try JSON(Array(event.data.utf8))["data"]["appointmentId"].string {
                    missing.remove(visit)
                }
            } while !missing.isEmpty || place == nil
            return (ids, place)
        }
    }
}
