import Synchronization

/// A portal that is killed again and again, the servers it tells, and what its clients were promised.
final class Chaos: Sendable {
    /// What one client was told in one life of the program.
    struct Promises: Sendable {
        /// Ids of booked visits, by the customer's number.
        var visits: [(person: Int, id: String)] = []
        /// Uploads: id, number of bytes and the seed they follow from.
        var files: [(person: Int, id: String, count: Int, seed: UInt64)] = []
    }

    let place: DemoPlace
    let texts: Receiver
    let hooks: Receiver
    private let tenants: TemporaryFolder

    init() throws {
        texts = try Receiver.ofTexts()
        hooks = try Receiver.ofWebhooks()
        tenants = try TemporaryFolder()
        try tenants.write(try Repository.text(of: "tenants/lumen/demo.json"), to: "lumen/demo.json")
        try tenants.write("s3cret-of-the-provider", to: "lumen/sms.token")
        try tenants.write(
            """
            {
              "name": "Lumen Clinics", "zone": "America/New_York", "language": "en", "defaultDialect": "clinic",
              "auth": { "accessTokenTtlSeconds": 43200 },
              "channels": {
                "sms": {
                  "driver": "twilio", "baseUrl": "\(texts.origin)", "accountSid": "AC0123456789abcdef0123456789abcdef",
                  "authToken": { "$file": "sms.token" }, "from": "+15005550006"
                }
              },
              "plugins": {
                "appointments": {
                  "bookingNoticeMinutes": 0, "cancellationNoticeHours": 0, "maximumDaysAhead": 400, "maximumUpcoming": 1000
                }
              }
            }
            """, to: "lumen/tenant.json")
        place = try DemoPlace(tenants: tenants.path)
    }

    func start() async throws -> PorticoProcess {
        try await PorticoProcess.start(place, ["--demo-ports", "off", "--allow-private-targets"])
    }

    func stop() async {
        await texts.stop()
        await hooks.stop()
    }

    /// Signs a customer in with the code that the provider was given.
    func signIn(_ number: Int, _ process: PorticoProcess) async throws -> SignedIn {
        let phone = "+1555010000\(number)"
        let asked = try await process.send(.post("/customer/auth", #"{"phone":"\#(phone)"}"#))
        guard asked.status == 202 else { throw Failure("asking for a code got \(asked.status): \(asked.text)") }
        let code = try await eventually("a code for \(phone)") {
            self.texts.messages.map(\.form).filter { $0["To"] == phone }.lazy.compactMap { message in
                message["Body"]?.split { !$0.isNumber }.first { $0.count == 6 }.map(String.init)
            }.last
        }
        let answer = try await process.send(
            .post("/customer/auth/verify", #"{"phone":"\#(phone)","code":"\#(code)"}"#)
        ).json(if: 200)
        guard let access = answer["accessToken"].string, let refresh = answer["refreshToken"].string else {
            throw Failure("the answer holds no tokens: \(answer)")
        }
        return SignedIn(phone: phone, accessToken: access, refreshToken: refresh, customer: answer["customer"])
    }

    /// Sixteen clients book and upload until the program is gone, which is after so many promises.
    func live(
        _ process: PorticoProcess, _ people: [SignedIn], _ slots: [OpenSlot], promises wanted: Int, seed: UInt64
    ) async throws -> [Promises] {
        let given = Atomic<Int>(0)
        let next = Atomic<Int>(0)
        async let clients = together(16) { _ in
            try process.connect()
        } act: { client, connection -> Promises in
            var promises = Promises()
            var dice = Dice(seed: seed &+ UInt64(client))
            while process.isRunning {
                let turn = next.add(1, ordering: .relaxed).oldValue
                let person = turn % people.count
                // Of three things two are visits, as long as there are any.
                guard slots.indices.contains(turn), dice.next() % 3 > 0 else {
                    let (count, seed) = (Int(dice.next() % 200_000) + 100, dice.next())
                    let request = Upload.request(count, seed: seed).by(people[person])
                    guard let answer = try? connection.sendNow(request) else { break }
                    guard answer.status == 201, let id = answer.json["id"].string else {
                        throw Failure("an upload got \(answer.status): \(answer.text)")
                    }
                    promises.files.append((person, id, count, seed))
                    given.add(1, ordering: .relaxed)
                    continue
                }
                let request = HTTPRequest.post(
                    "/api/customer/appointments", slots[turn].booking, ("Idempotency-Key", "\(seed)-\(turn)")
                ).by(people[person])
                guard let answer = try? connection.sendNow(request) else { break }
                guard answer.status == 201, let id = answer.json["id"].string else {
                    throw Failure("a booking got \(answer.status): \(answer.text)")
                }
                promises.visits.append((person, id))
                given.add(1, ordering: .relaxed)
            }
            return promises
        }
        while given.load(ordering: .relaxed) < wanted, process.isRunning { await Task.yield() }
        try await process.kill()
        return try await clients
    }
}

/// A form with one file.
enum Upload {
    static func request(_ count: Int, seed: UInt64) -> HTTPRequest {
        var dice = Dice(seed: seed)
        let boundary = "end-to-end-boundary"
        let front =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n"
        return HTTPRequest(
            method: "POST", path: "/_portico/v1/files",
            fields: [(name: "Content-Type", value: "multipart/form-data; boundary=\(boundary)")],
            body: Array(front.utf8) + dice.picture(count) + Array("\r\n--\(boundary)--\r\n".utf8))
    }
}
