import Testing

/// What a customer is to be told outside the portal, and by which channels; compared with what the program planned, and
/// with what was sent.
struct ExpectedLetters {
    /// The channels that a customer chose, by category.
    let channels: [String: [String]]
    private(set) var messages: [String: Int] = [:]

    init(_ channels: [String: [String]]) { self.channels = channels }

    /// Expects one message of a type.
    mutating func expect(_ type: String, _ category: String = "case_updates") {
        messages["\(category) \(type)", default: 0] += 1
    }

    /// How many deliveries of each type there are to be on each channel.
    private var deliveries: [String: Int] {
        var all: [String: Int] = [:]
        for (message, count) in messages {
            let category = String(message.prefix { $0 != " " })
            for channel in channels[category] ?? [] { all["\(message) \(channel)"] = count }
        }
        return all
    }

    /// Waits until the customer has had so many mails of new messages: what is read before is told no more.
    static func messages(_ count: Int, to person: OpinionPerson) async throws {
        _ = try await eventually("\(count) mails of messages to \(person.email)") {
            let mails = try await person.service.sent(to: person.email)
            return mails.count { $0["subject"] == "You have a new message" } >= count ? true : nil
        }
    }

    /// Waits until everything is sent, then compares: what was to come by a channel came, and nothing by another one.
    func compare(
        with person: OpinionPerson, phone: String, device: String, admin: OpinionPerson,
        _ place: SourceLocation = #_sourceLocation
    ) async throws {
        let wanted = deliveries
        let categories = Set(channels.keys)
        var arrived: [String: Int] = [:]
        var waiting = 0
        _ = try? await eventually("all that \(person.email) is to be told", tries: 3000) {
            arrived = [:]
            waiting = 0
            for page in 1... {
                let answer = try await admin.send(
                    .get("/_portico/v1/deliveries?userId=\(person.id)&limit=100&page=\(page)")
                ).json(if: 200)
                for one in answer["data"].elements {
                    guard let category = one["category"].string, categories.contains(category),
                        let type = one["type"].string, let channel = one["channel"].string, channel != "in_app"
                    else { continue }
                    switch one["state"].string {
                    case "waiting": waiting += 1
                    case "sent", "delivered": arrived["\(category) \(type) \(channel)", default: 0] += 1
                    default: break
                    }
                }
                if Double(page) >= answer["pagination"]["totalPages"].number ?? 0 { break }
            }
            return waiting == 0 && arrived == wanted ? true : nil
        }
        #expect(arrived == wanted && waiting == 0, "\(person.email)", sourceLocation: place)

        // What the other side of each channel got.
        let service = person.service
        func count(_ channel: String) -> Int { wanted.filter { $0.key.hasSuffix(" " + channel) }.values.reduce(0, +) }
        let texts = try await service.sent(to: phone)
        #expect(texts.count { $0["channel"] == "sms" } == count("sms"), sourceLocation: place)
        #expect(texts.count { $0["channel"] == "whatsapp" } == count("whatsapp"), sourceLocation: place)
        let mails = try await service.sent(to: person.email).filter {
            // The link to register by is no news of a case.
            $0["body"].string?.contains("accept-invitation") == false
        }
        #expect(mails.count == count("email"), "\(mails)", sourceLocation: place)
        let pushes = try await service.send(.get("/_dev/outbox?channel=push")).json(if: 200).elements
        #expect(pushes.count { $0["to"].string?.contains(device) == true } == count("push"), sourceLocation: place)
        // Nothing that is medical leaves the portal.
        for letter in texts + mails + pushes {
            let text = "\(letter["subject"]) \(letter["body"])"
            for word in OpinionStory.secrets { #expect(!text.contains(word), "\(text)", sourceLocation: place) }
        }
    }
}
