internal import PluginAPI

/// Where a customer may be, as far as calling hours go: in one of some zones. Nobody is called while it is too early or too
/// late in any of them.
struct CallingPlace: Sendable, Hashable {
    let zones: [Zone]

    init(_ zones: [Zone]) { self.zones = zones }

    /// As columns hold it; nil when a zone is not known any more.
    init?(key: String) {
        var zones: [Zone] = []
        for name in key.split(separator: ",") {
            guard let zone = try? Zone(named: String(name)) else { return nil }
            zones.append(zone)
        }
        guard !zones.isEmpty else { return nil }
        self.zones = zones
    }

    /// The names of the zones, with commas between.
    var key: String { zones.map(\.name).joined(separator: ",") }

    /// Where the owner of a phone number may be: by the company's own list, or by the country calling code (ITU-T E.164.1),
    /// of a country with several zones in any of them; in the company's zone when the code is not known.
    static func of(_ phone: Phone, _ known: [String: Zone], otherwise zone: Zone) -> CallingPlace {
        let text = phone.text
        for length in stride(from: text.utf8.count, to: 1, by: -1) {
            if let zone = known[String(text.prefix(length))] { return CallingPlace([zone]) }
        }
        for length in [4, 3, 2] {
            guard let names = CallingCodes.zones[String(text.prefix(length))] else { continue }
            let zones = names.compactMap { try? Zone(named: $0) }
            if !zones.isEmpty { return CallingPlace(zones) }
        }
        return CallingPlace([zone])
    }
}
